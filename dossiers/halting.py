"""The clock stands still and runs again: the pauses of a dossier, and what they do to its day.

A supplement that is asked for and a duty to pay that the law lays on the applicant stop the
clock (NĐ 61/2018 Đ19(4); sector law). What the pause does to the promise is fixed when it
begins; the promise itself is computed when it ends.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dossiers import calendars, printing, rules, steps
from dossiers.access import Act
from dossiers.deadlines import HERE, local_date
from dossiers.holding import Target, locked, record, required_text
from dossiers.models import Dossier, Pause
from dossiers.rescheduling import PROMISE_FIELDS, promise_again
from dossiers.statuses import EventKind, FormKind, PauseKind
from organizations.models import User
from procedures import clock_rules
from procedures.statuses import ClockEffect
from workdays.calendar import Calendar


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A pause that is over: what it did, the promise before it and the promise now."""

    pause: Pause
    previous_due_at: datetime | None
    due_at: datetime | None
    calendar: Calendar

    @property
    def moved(self) -> bool:
        """Is another day promised now?"""
        return self.due_at != self.previous_due_at

    @property
    def data(self) -> dict[str, object]:
        """For the ledger."""
        return {
            "effect": self.pause.effect,
            "since": _text(self.pause.started_at),
            "previous_due_at": _text(self.previous_due_at),
            "due_at": _text(self.due_at),
        }


def begin(*, dossier: Dossier, kind: PauseKind, at: datetime) -> Pause:
    """Stop the clock; needs the dossier under lock, and the caller's event."""
    return Pause.objects.create(
        dossier=dossier, kind=kind, effect=effect_for(dossier, kind, at), started_at=at
    )


def effect_for(dossier: Dossier, kind: PauseKind, at: datetime) -> ClockEffect:
    """What a pause that begins now does: the version's own rule, or else the rule set's."""
    governing = rules.BY_CODE[dossier.rule_set]
    if kind == PauseKind.PAYMENT:
        return governing.payment_effect
    own = clock_rules.effect_for(dossier.version, local_date(at))
    return ClockEffect(own) if own else governing.supplement_effect


def end(*, dossier: Dossier, at: datetime) -> Ended:
    """Let the clock run again and promise anew; the caller records it with `PROMISE_FIELDS`."""
    calendar = calendars.steady_for(dossier.agency)
    pause = Pause.objects.running().select_for_update().get(dossier=dossier)
    pause.ended_at = at
    pause.save(update_fields=["ended_at"])
    previous = dossier.due_at
    promise_again(dossier, calendar)
    return Ended(pause=pause, previous_due_at=previous, due_at=dossier.due_at, calendar=calendar)


def run_again(
    *,
    dossier: Dossier,
    kind: EventKind,
    actor: User,
    at: datetime,
    reason: str = "",
    data: dict[str, object] | None = None,
) -> Ended:
    """End the pause, record it, plan the desks' shares anew; a new day is printed on Mẫu 01."""
    ended = end(dossier=dossier, at=at)
    told = ended.data | (data or {})
    record(dossier, kind, actor, at, saves=PROMISE_FIELDS, reason=reason, data=told)
    steps.plan_again(dossiers=[dossier], calendar=ended.calendar)
    if ended.moved:
        printing.ask(dossier=dossier, kind=FormKind.RECEIPT, actor=actor, at=at)
    return ended


@transaction.atomic
def pause_for_payment(*, target: Target, reason: str, actor: User, at: datetime) -> Dossier:
    """The applicant must first do a financial duty that the law lays on them."""
    dossier = locked(target, actor, Act.PAUSE)
    text = required_text(
        reason, "Hãy ghi rõ nghĩa vụ tài chính và số thông báo đã gửi người nộp.", "reason"
    )
    pause = begin(dossier=dossier, kind=PauseKind.PAYMENT, at=at)
    record(dossier, EventKind.PAUSED, actor, at, reason=text, data={"effect": pause.effect})
    return dossier


@transaction.atomic
def resume(*, target: Target, reason: str, actor: User, at: datetime) -> Dossier:
    """The duty is done: the clock runs again; the reason names the proof."""
    dossier = locked(target, actor, Act.RESUME)
    text = required_text(reason, "Hãy ghi chứng từ nộp tiền mà người nộp đã xuất trình.", "reason")
    run_again(dossier=dossier, kind=EventKind.RESUMED, actor=actor, at=at, reason=text)
    return dossier


def _text(moment: datetime | None) -> str | None:
    return moment.astimezone(HERE).isoformat() if moment else None
