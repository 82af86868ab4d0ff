"""Sweeps over promised moments: each passing is recorded once, in sets, by whoever comes first.

A sweep takes rows with SKIP LOCKED, so two beats share the work; the flag that takes a row
out of the partial index changes in the transaction that appends its event.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dossiers import ledger
from dossiers.models import Dossier
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import DossierStatus, EventKind
from dossiers.writing import update_many

BATCH = 500


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """What to look for, the moment it happened, and the flag that says it was recorded."""

    kind: EventKind
    moment: str
    flag: str
    among: Callable[[], DossierQuerySet]


def _open() -> DossierQuerySet:
    return Dossier.objects.all().open()


_DUE_SOON = Sweep(kind=EventKind.DUE_SOON, moment="remind_at", flag="due_soon_noted", among=_open)
_OVERDUE = Sweep(kind=EventKind.OVERDUE, moment="due_at", flag="overdue_noted", among=_open)
_NOT_TRANSFERRED = Sweep(
    kind=EventKind.NOT_TRANSFERRED,
    moment="transfer_by",
    flag="not_transferred_noted",
    among=lambda: Dossier.objects.filter(status=DossierStatus.ACCEPTED),
)
_NOT_ACCEPTED = Sweep(
    kind=EventKind.NOT_ACCEPTED_IN_TIME,
    moment="accept_by",
    flag="not_accepted_noted",
    among=lambda: Dossier.objects.filter(status=DossierStatus.SUBMITTED),
)


def record_due_soon(*, at: datetime) -> int:
    """Promises within the agency's days of warning."""
    return _sweep(_DUE_SOON, at)


def record_overdue(*, at: datetime) -> int:
    """Promises that ran out; the event bears the promised moment, not that of the sweep."""
    return _sweep(_OVERDUE, at)


def record_not_transferred(*, at: datetime) -> int:
    """Papers still at the counter after the hour of NĐ 61/2018 Đ18."""
    return _sweep(_NOT_TRANSFERRED, at)


def record_not_accepted(*, at: datetime) -> int:
    """Online dossiers that nobody answered within the working hours set."""
    return _sweep(_NOT_ACCEPTED, at)


def _sweep(sweep: Sweep, at: datetime) -> int:
    """Batches until nothing is left; each is a transaction, so a crash loses none."""
    total = 0
    while done := _batch(sweep, at):
        total += done
    return total


@transaction.atomic
def _batch(sweep: Sweep, at: datetime) -> int:
    passed = {f"{sweep.moment}__lt": at, sweep.flag: False}
    dossiers = list(
        sweep.among()
        .filter(**passed)
        .order_by(sweep.moment)
        .select_for_update(skip_locked=True, of=("self",))[:BATCH]
    )
    entries = [
        ledger.Entry(kind=sweep.kind, at=getattr(dossier, sweep.moment), recorded_at=at)
        for dossier in dossiers
    ]
    ledger.append_many(dossiers=dossiers, entries=entries)
    for dossier in dossiers:
        setattr(dossier, sweep.flag, True)
    update_many(dossiers, [*ledger.HEAD_FIELDS, sweep.flag])
    return len(dossiers)
