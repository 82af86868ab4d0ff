"""How a promised moment follows from a dossier's clock: a pure function of facts and calendar.

The clock is the acceptance, the limit, every time that it stood still (a halt), and the one
new day that an apology may set. What a halt does is fixed when it begins: `restart` counts the
whole limit again once the supplement is complete (NĐ 61/2018 Đ19(4)), `subtract` gives back
the working time that passed (as the national index counts), `shift` puts the day off by as
many days as were waited. A halt that begins after the promise has passed gives nothing back:
what is late stays late. The order in which the facts were written down does not matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from procedures.statuses import ClockEffect
from workdays.calendar import Calendar, Explanation, Interval, Step
from workdays.units import TimeUnit

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
_HOUR = timedelta(hours=1)


def local_date(moment: datetime) -> date:
    """The day on the wall calendar here."""
    return moment.astimezone(HERE).date()


class Halt(NamedTuple):
    """The clock stood still from `started_at` until just before `ended_at`; None: it still does."""

    started_at: datetime
    ended_at: datetime | None
    effect: ClockEffect


class NewDay(NamedTuple):
    """The day that an apology promised instead, once (NĐ 61/2018 Đ19(9))."""

    at: datetime
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class Clock:
    """What a promise depends on; without a limit or a unit there is none."""

    accepted_at: datetime
    time_limit: Decimal | None
    time_unit: TimeUnit | None
    halts: Sequence[Halt] = ()
    new_day: NewDay | None = None
    # The day that an old system claims to have promised: no calendar of ours computes it.
    claimed: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class _Run:
    """The promise as it stands after some of the facts."""

    calendar: Calendar
    start: datetime
    limit: Decimal
    unit: TimeUnit
    stood: tuple[Interval, ...] = ()
    # A named day no longer follows from the limit: what comes later moves the day itself.
    named: datetime | None = None
    steps: tuple[Step, ...] = field(default=())

    @property
    def due_at(self) -> datetime:
        if self.named is not None:
            return self.named
        return self.calendar.add(
            start=self.start, limit=self.limit, unit=self.unit, pauses=self.stood
        )

    def explained(self) -> Explanation:
        if self.named is not None:
            return Explanation(self.named, self.steps)
        counted = self.calendar.explain(
            start=self.start, limit=self.limit, unit=self.unit, pauses=self.stood
        )
        return Explanation(counted.due_at, (*self.steps, *counted.steps))


def due_at(clock: Clock, calendar: Calendar) -> datetime | None:
    """The promised moment; None without a limit."""
    run = _run(clock, calendar)
    return run.due_at if run else None


def explain(clock: Clock, calendar: Calendar) -> Explanation | None:
    """The promised moment with a sentence for each step on the way to it."""
    run = _run(clock, calendar)
    return run.explained() if run else None


def _run(clock: Clock, calendar: Calendar) -> _Run | None:
    if clock.time_limit is None or clock.time_unit is None:
        return None
    run = _Run(
        calendar=calendar, start=clock.accepted_at, limit=clock.time_limit, unit=clock.time_unit
    )
    if clock.claimed is not None:
        why = f"Ngày hẹn {_day(clock.claimed)} là của hệ thống cũ, không tính lại."
        said = Step(local_date(clock.accepted_at), False, why)
        run = replace(run, named=clock.claimed, steps=(said,))
    for fact in _in_order_of_time(clock):
        run = _named(run, fact) if isinstance(fact, NewDay) else _halted(run, fact)
    return run


def _in_order_of_time(clock: Clock) -> list[Halt | NewDay]:
    # A halt that still lasts has no end to count with: the promise waits for it.
    facts: list[Halt | NewDay] = [halt for halt in clock.halts if halt.ended_at is not None]
    if clock.new_day is not None:
        facts.append(clock.new_day)
    return sorted(facts, key=lambda fact: (fact[0], fact[1]))


def _named(run: _Run, new_day: NewDay) -> _Run:
    why = f"Hẹn lại ngày trả kết quả: ngày hẹn mới là {_day(new_day.due_at)}."
    return _fixed(run, new_day.due_at, Step(local_date(new_day.at), False, why))


def _halted(run: _Run, halt: Halt) -> _Run:
    assert halt.ended_at is not None  # noqa: S101 (tells mypy what the caller has sorted out)
    if halt.effect == ClockEffect.SUBTRACT and run.named is None:
        # The calendar itself knows which halts come too late, and says so in its sentences.
        return replace(run, stood=(*run.stood, Interval(halt.started_at, halt.ended_at)))
    if halt.started_at >= run.due_at:
        why = "Tạm dừng sau khi đã hết hạn nên ngày hẹn không đổi."
        return replace(run, steps=(*run.steps, Step(local_date(halt.started_at), False, why)))
    return _EFFECTS[halt.effect](run, halt.started_at, halt.ended_at)


def _restarted(run: _Run, started_at: datetime, ended_at: datetime) -> _Run:
    why = f"Hồ sơ bổ sung nhận đủ ngày {_day(ended_at)}: thời hạn tính lại từ đầu."
    step = Step(local_date(ended_at), False, why)
    return replace(run, start=ended_at, stood=(), named=None, steps=(*run.steps, step))


def _subtracted(run: _Run, started_at: datetime, ended_at: datetime) -> _Run:
    waited = run.calendar.working_time(started_at, ended_at)
    if not waited:
        return run
    hours = Decimal(waited // timedelta(microseconds=1)) / (_HOUR // timedelta(microseconds=1))
    moved = run.calendar.add(start=run.due_at, limit=hours, unit=TimeUnit.WORKING_HOUR)
    due = run.calendar.close_of(local_date(moved))
    why = f"Trừ thời gian chờ: ngày hẹn là {_day(due)}."
    return _fixed(run, due, Step(local_date(ended_at), False, why))


def _shifted(run: _Run, started_at: datetime, ended_at: datetime) -> _Run:
    days = (local_date(ended_at) - local_date(started_at)).days
    if not days:
        return run
    due = run.due_at + timedelta(days=days)
    due = run.calendar.add_working_days(due, 0).astimezone(HERE)
    why = f"Chờ bổ sung {days} ngày: ngày hẹn lùi đến {_day(due)}."
    return _fixed(run, due, Step(local_date(ended_at), False, why))


_EFFECTS = {
    ClockEffect.RESTART: _restarted,
    ClockEffect.SUBTRACT: _subtracted,
    ClockEffect.SHIFT: _shifted,
}


def _fixed(run: _Run, due: datetime, step: Step) -> _Run:
    return replace(run, named=due, steps=(*run.explained().steps, step))


def _day(moment: datetime) -> str:
    return f"{local_date(moment):%d/%m/%Y}"
