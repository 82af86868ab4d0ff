"""Invites those whose result was returned to rate: once for a dossier, by the way they chose.

No act of a dossier knows of it: a sweep reads the ledger's latest hand-overs. The key of the
message is the dossier's, so that no second invitation can be written.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from dossiers.models import Dossier, DossierEvent
from dossiers.statuses import DossierStatus, EventKind
from feedback import rating
from feedback.models import Rating
from notifications import outbox
from notifications.addresses import Addresses
from notifications.models import Message
from notifications.statuses import ChannelPreference

# The sweep looks back so far: longer than workers ever rest, shorter than people remember.
LOOKS_BACK = timedelta(days=2)
BATCH = 500
_KEY = "rating:"


def invite(*, at: datetime) -> int:
    """Write the invitations that are not written yet; how many dossiers."""
    written = 0
    for dossier in _to_invite(at)[:BATCH]:
        with transaction.atomic():
            written += bool(_tell(dossier, at))
    return written


def _to_invite(at: datetime) -> QuerySet[Dossier]:
    """Returned of late, not rated yet, and with somebody who can and wants to be written to."""
    handed_over = DossierEvent.objects.filter(
        kind=EventKind.RETURNED,
        recorded_at__gte=at - LOOKS_BACK,
        recorded_at__lte=at,
        at__gte=at - LOOKS_BACK,
    )
    invited = Message.objects.filter(
        key__in=[_key_of(OuterRef("pk"), channel) for channel in ("sms", "email")]
    )
    rows: QuerySet[Dossier] = Dossier.objects.filter(
        pk__in=handed_over.values("dossier"), status=DossierStatus.RETURNED
    )
    return (
        rows.exclude(contact_preference=ChannelPreference.NONE)
        .exclude(Q(phone="", delegate_phone="", email=""))
        .filter(~Exists(invited), ~Exists(Rating.objects.filter(dossier=OuterRef("pk"))))
        .select_related("agency")
        .order_by("pk")
    )


def _key_of(pk: OuterRef, channel: str) -> Concat:
    number = Cast(pk, CharField())
    return Concat(Value(_KEY), number, Value(f":{channel}"))


def _tell(dossier: Dossier, at: datetime) -> list[Message]:
    return outbox.tell(
        key=f"{_KEY}{dossier.pk}",
        subject=dossier.code,
        template="rate",
        values={
            "name": dossier.applicant_name,
            "code": dossier.code,
            "link": rating.link_for(dossier),
            "agency": dossier.agency.name,
        },
        to=Addresses(email=dossier.email, phone=dossier.delegate_phone or dossier.phone),
        preference=ChannelPreference(dossier.contact_preference),
        at=at,
    )
