"""Warns the counter of dossiers that look like the one at hand."""

from datetime import datetime, timedelta

from django.db.models import Q

from dossiers.models import Dossier
from dossiers.querysets import DossierQuerySet
from dossiers.requests import Request
from dossiers.statuses import ApplicantKind
from organizations.models import User

# How long after its acceptance a like dossier still looks like a duplicate.
DUPLICATE_DAYS = 30


def possible_duplicates(*, request: Request, actor: User, at: datetime) -> DossierQuerySet:
    """Dossiers of the same procedure and person that run, or were accepted of late."""
    who = request.applicant
    by_tax_code = who.kind == ApplicantKind.ORGANISATION
    number = who.tax_code if by_tax_code else who.identity_number
    if not number:
        return Dossier.objects.none()
    return Dossier.objects.visible_to(actor).filter(
        Q(tax_code=number) if by_tax_code else Q(identity_number=number),
        version__procedure_id=request.version.procedure_id,
        accepted_at__gte=at - timedelta(days=DUPLICATE_DAYS),
    )
