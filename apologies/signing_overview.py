"""What administrators see of signing: which agencies can, until when, and who signs how."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch

from apologies.models import AgencyCertificate
from organizations import administration
from organizations.models import Agency, User

# A new certificate takes its authority some weeks.
WARNED_BEFORE = timedelta(days=45)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An agency, the certificate that it signs with, and what is to be done about it."""

    agency: Agency
    certificate: AgencyCertificate | None
    is_expired: bool
    # Still in force, and not for long.
    is_ending: bool
    # Entered and not proven yet, or in vain.
    is_waiting: bool

    @property
    def needs_care(self) -> bool:
        """Can the agency not sign, or soon no longer?"""
        return self.certificate is None or self.is_expired or self.is_ending


def standings(actor: User, *, at: datetime) -> list[Standing]:
    """Every active agency that the person administers, in two queries."""
    entered = AgencyCertificate.objects.filter(revoked_at__isnull=True).order_by("-pk")
    agencies = (
        Agency.objects.filter(pk__in=administration.administered_ids(actor))
        .active()
        .in_order()
        .prefetch_related(Prefetch("certificates", entered, to_attr="entered"))
    )
    return [_standing(agency, list(agency.entered), at) for agency in agencies]


def standing_of(agency: Agency, *, at: datetime) -> Standing:
    """The same of one agency."""
    entered = agency.certificates.filter(revoked_at__isnull=True).order_by("-pk")
    return _standing(agency, list(entered), at)


def _standing(agency: Agency, entered: list[AgencyCertificate], at: datetime) -> Standing:
    active = next((each for each in entered if each.is_active), None)
    return Standing(
        agency=agency,
        certificate=active,
        is_expired=active is not None and active.valid_until <= at,
        is_ending=active is not None and at < active.valid_until <= at + WARNED_BEFORE,
        is_waiting=any(each.proven_at is None and at < each.valid_until for each in entered),
    )
