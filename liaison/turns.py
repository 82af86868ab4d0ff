"""Whose turn it is in a sequence, what ran out, and what ended: acts and sweeps.

Each row is settled in a transaction of its own, under the lock of its dossier; a sweep that
comes twice finds nothing left to do.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from dossiers.models import Dossier
from dossiers.statuses import ENDED_STATUSES, DossierStatus
from liaison import holding, reminding
from liaison.models import Consultation
from liaison.statuses import OPEN_CONSULTATIONS, ConsultationStatus

BATCH = 500
_S = ConsultationStatus
# An earlier agency of the same round that has still to answer.
_HELD_UP = Exists(
    Consultation.objects.filter(
        round=OuterRef("round"), position__lt=OuterRef("position"), status__in=OPEN_CONSULTATIONS
    )
)
_TURN_HAS_COME = Q(status=_S.WAITING, dossier__status=DossierStatus.PROCESSING) & ~Q(_HELD_UP)


def tend(*, at: datetime) -> int:
    """Remind, record what ran out, ask whose turn has come, close what ended; how many."""
    return (
        _each(Q(status=_S.ASKED, is_reminded=False, remind_at__lte=at), _remind, at)
        + _each(Q(status=_S.ASKED, late_noted=False, due_at__lt=at), _note_late, at)
        + _each(_TURN_HAS_COME, _ask, at)
        + lapse(at=at)
    )


def ask_next(dossier: Dossier, *, at: datetime) -> None:
    """Ask the agencies of this dossier whose turn has come; the caller holds the dossier.

    While the dossier does not run, nobody is asked: the sweep does it when it runs again.
    """
    due = Consultation.objects.filter(_TURN_HAS_COME, dossier=dossier)
    for consultation in due.select_related("agency", "round").order_by("pk"):
        consultation.dossier = dossier
        holding.ask_now(consultation, actor=None, at=at)


def lapse(*, at: datetime) -> int:
    """Close the questions about dossiers that ended, late ones after their lateness is kept."""
    missed = Q(late_noted=False, due_at__lt=F("dossier__resolved_at"))
    return _each(
        Q(status__in=OPEN_CONSULTATIONS, dossier__status__in=ENDED_STATUSES) & ~missed, _lapse, at
    )


def _each(condition: Q, settle: Callable[[Consultation, datetime], bool], at: datetime) -> int:
    """Settle each row under lock; one that somebody else holds waits for the next time."""
    found = Consultation.objects.filter(condition).order_by("pk")
    settled = 0
    for pk, dossier_id in list(found.values_list("pk", "dossier_id")[:BATCH]):
        with transaction.atomic():
            consultation = _held(pk, dossier_id, condition)
            settled += consultation is not None and settle(consultation, at)
    return settled


def _held(pk: int, dossier_id: int, condition: Q) -> Consultation | None:
    """The row and its dossier under lock, if it is still so and nobody else holds them."""
    dossier = (
        Dossier.objects.select_related("agency", "counter")
        .select_for_update(of=("self",), skip_locked=True)
        .filter(pk=dossier_id)
        .first()
    )
    if dossier is None:
        return None
    consultation: Consultation | None = (
        Consultation.objects.filter(condition, pk=pk)
        .select_related("agency", "round")
        .select_for_update(of=("self",), skip_locked=True)
        .first()
    )
    if consultation is not None:
        consultation.dossier = dossier
    return consultation


def _remind(consultation: Consultation, at: datetime) -> bool:
    reminding.remind(consultation, at=at)
    return True


def _note_late(consultation: Consultation, at: datetime) -> bool:
    ended_at = consultation.dossier.resolved_at
    if ended_at and consultation.due_at and ended_at <= consultation.due_at:
        return False  # it lapsed in time
    holding.note_late(consultation, recorded_at=at)
    return True


def _ask(consultation: Consultation, at: datetime) -> bool:
    holding.ask_now(consultation, actor=None, at=at)
    return True


def _lapse(consultation: Consultation, at: datetime) -> bool:
    consultation.status = _S.LAPSED
    consultation.closed_at = consultation.dossier.resolved_at or at
    consultation.save(update_fields=["status", "closed_at"])
    return True
