"""Promised moments as a pure function of a dossier's clock; the one meaning of "on time".

`dossiers.querysets` says the same in SQL; property tests prove the two equal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from dossiers import clocks
from dossiers.clocks import HERE, Clock, Halt, NewDay, local_date
from dossiers.rules import RuleSet
from dossiers.statuses import OPEN_STATUSES, PAUSED_STATUSES, Timeliness
from workdays.calendar import Calendar, Explanation
from workdays.units import TimeUnit

__all__ = ["HERE", "Clock", "Halt", "NewDay", "Promise", "local_date"]


class Limited(Protocol):
    """A time limit as a channel prints it and a dossier keeps it; no unit, nothing to count."""

    @property
    def time_limit(self) -> Decimal | None:
        """How much; None when the law sets none."""

    @property
    def time_unit(self) -> str:
        """Of what; empty when nothing may be counted."""


def clock_of(
    limited: Limited,
    *,
    accepted_at: datetime,
    halts: Sequence[Halt] = (),
    new_day: NewDay | None = None,
    claimed: datetime | None = None,
) -> Clock:
    """The clock of this limit from its acceptance, with what changed it since."""
    return Clock(
        accepted_at=accepted_at,
        time_limit=limited.time_limit,
        time_unit=TimeUnit(limited.time_unit) if limited.time_unit else None,
        halts=halts,
        new_day=new_day,
        claimed=claimed,
    )


@dataclass(frozen=True, kw_only=True)
class Promise:
    """The moments that follow from a clock; all None when the law sets no limit."""

    due_at: datetime | None
    remind_at: datetime | None


def promise(*, clock: Clock, calendar: Calendar, remind_days: int) -> Promise:
    """The promised moment and when to begin warning of it (whole working days before)."""
    due_at = clocks.due_at(clock, calendar)
    if due_at is None:
        return Promise(due_at=None, remind_at=None)
    near = calendar.add_working_days(due_at, -remind_days)
    return Promise(due_at=due_at, remind_at=max(near, clock.accepted_at))


def explain(*, clock: Clock, calendar: Calendar) -> Explanation | None:
    """The same as sentences, a line per step; None when the law sets no limit."""
    return clocks.explain(clock, calendar)


def transfer_by(*, accepted_at: datetime, calendar: Calendar, rules: RuleSet) -> datetime:
    """When the papers must be with the agency (NĐ 61/2018 Đ18).

    The same working day; received after 15:00, at the start of the next working day.
    """
    received = calendar.next_opening(accepted_at).astimezone(HERE)
    if received.time() <= rules.transfer_cutoff:
        return calendar.close_of(received.date())
    tomorrow = calendar.next_opening(calendar.close_of(received.date()))
    return calendar.add(
        start=tomorrow, limit=rules.transfer_grace_working_hours, unit=TimeUnit.WORKING_HOUR
    )


def accept_by(*, submitted_at: datetime, calendar: Calendar, rules: RuleSet) -> datetime:
    """When an online dossier must be accepted or refused."""
    return calendar.add(
        start=submitted_at, limit=rules.acceptance_working_hours, unit=TimeUnit.WORKING_HOUR
    )


class Timed(Protocol):
    """The moments that timeliness is read from."""

    status: str
    due_at: datetime | None
    remind_at: datetime | None
    resolved_at: datetime | None


def timeliness(dossier: Timed, *, at: datetime) -> Timeliness:
    """Where the dossier stands against its promise at this moment."""
    if dossier.due_at is None:
        return Timeliness.NO_LIMIT
    if dossier.resolved_at is not None:
        return _of_resolved(dossier.resolved_at, dossier.due_at)
    if dossier.status not in OPEN_STATUSES:
        paused = dossier.status in PAUSED_STATUSES
        return Timeliness.PAUSED if paused else Timeliness.NO_LIMIT
    if dossier.due_at < at:
        return Timeliness.OVERDUE
    if dossier.remind_at is not None and dossier.remind_at <= at:
        return Timeliness.DUE_SOON
    return Timeliness.RUNNING


def _of_resolved(resolved_at: datetime, due_at: datetime) -> Timeliness:
    if resolved_at > due_at:
        return Timeliness.LATE
    if local_date(resolved_at) < local_date(due_at):
        return Timeliness.EARLY
    return Timeliness.ON_TIME
