"""The moments of a dossier with the corrections that were accepted; the recorded ones stay.

A correction counts from the moment at which it was accepted (ADR 19, ADR 24): asked as of an
earlier one, nothing has changed. `with_end` says the same in SQL.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from dossiers.deadlines import timeliness
from dossiers.models import Correction, Dossier
from dossiers.querysets import CorrectionQuerySet, DossierQuerySet
from dossiers.statuses import DossierStatus, EventKind, MomentKind, Timeliness

Moments = Mapping[MomentKind, datetime | None]

# Which lines of the ledger set a moment; each happens once to a dossier.
SET_BY: Mapping[MomentKind, tuple[EventKind, ...]] = {
    MomentKind.TRANSFERRED: (EventKind.TRANSFERRED,),
    MomentKind.ENDED: (
        EventKind.APPROVED,
        EventKind.DECLINED,
        EventKind.STOPPED,
        EventKind.WITHDRAWN,
    ),
    MomentKind.RETURNED: (EventKind.RETURNED,),
}


def recorded(dossier: Dossier) -> Moments:
    """The moments as the acts recorded them."""
    return {
        MomentKind.TRANSFERRED: dossier.transferred_at,
        MomentKind.ENDED: dossier.resolved_at,
        MomentKind.RETURNED: dossier.returned_at,
    }


def moments(dossier: Dossier, *, known_at: datetime | None = None) -> Moments:
    """The moments with what was accepted before `known_at`, or until now; one query."""
    found = dict(recorded(dossier))
    accepted: CorrectionQuerySet = Correction.objects.accepted().filter(dossier=dossier)
    if known_at is not None:
        accepted = accepted.filter(decided_at__lt=known_at)
    for correction in accepted.order_by("decided_at", "id"):
        found[MomentKind(correction.moment)] = correction.true_at
    return found


@dataclass(kw_only=True)
class _Timed:
    """A dossier's promise with another end."""

    status: str
    due_at: datetime | None
    remind_at: datetime | None
    resolved_at: datetime | None


def timeliness_at_end(dossier: Dossier, *, ended_at: datetime) -> Timeliness:
    """Early, on time or late if the dossier had ended at this moment."""
    ended = _Timed(
        status=DossierStatus(dossier.status),
        due_at=dossier.due_at,
        remind_at=dossier.remind_at,
        resolved_at=ended_at,
    )
    return timeliness(ended, at=ended_at)


def with_end(dossiers: DossierQuerySet, *, known_at: datetime) -> DossierQuerySet:
    """Each with `effective_end`: the end that counts with what was accepted before `known_at`."""
    latest = (
        Correction.objects.accepted()
        .filter(dossier=OuterRef("pk"), moment=MomentKind.ENDED, decided_at__lt=known_at)
        .order_by("-decided_at", "-id")
        .values("true_at")[:1]
    )
    end: Any = Coalesce(Subquery(latest), F("resolved_at"), output_field=DateTimeField())
    told: DossierQuerySet = dossiers.annotate(effective_end=end)
    return told
