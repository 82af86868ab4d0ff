"""An agency's calendar in whole seconds, for histories that are drawn by the thousand.

The same lists as `workdays.tables` and the same promises as `dossiers.deadlines`: those are
asked once for each limit and day and remembered. A second is counted from the first midnight
of the calendar, on the wall clock here.
"""

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from dossiers import deadlines
from dossiers.clocks import Clock
from dossiers.deadlines import HERE
from dossiers.rules import RuleSet
from workdays.calendar import Calendar
from workdays.units import TimeUnit

DAY, HOUR = 86_400, 3600
_MICRO = 1_000_000
_SECOND = timedelta(seconds=1)
_WHOLE_DAYS = {TimeUnit.CALENDAR_DAY, TimeUnit.MONTH}
# Later than every moment of a calendar.
NEVER = 1 << 62


class Promised(NamedTuple):
    """The promise of a limit, and what is asked of it again and again."""

    due: int
    # When to begin warning of it, if it was accepted by then.
    near: int
    # Working seconds from the calendar's beginning to the promise.
    position: int
    due_at: datetime


class Seconds:
    """The arithmetic of one calendar; with an agency's days of warning."""

    def __init__(self, calendar: Calendar, *, remind_days: int) -> None:
        self.calendar, self._remind_days = calendar, remind_days
        tables = calendar.flat
        self._tables, self._origin, self.first = tables, tables.origin, tables.first
        self.opens = [each // _MICRO for each in tables.opens]
        self._closes = [each // _MICRO for each in tables.closes]
        self.idle = [each // _MICRO for each in tables.idle]
        self.after = [each // _MICRO for each in tables.after]
        self._latest = [self.of(each) for each in tables.latest]
        self._counter_opens = [each // _MICRO for each in tables.counter_opens]
        self._counter_closes = [each // _MICRO for each in tables.counter_closes]
        self._ahead = tables.origin.utcoffset() or timedelta()
        self._days_of_world, self.days = self._told_days(tables.size)
        self._shift = DAY - self._ahead // _SECOND
        self._promised: dict[tuple[Decimal, str, int], Promised | None] = {}
        self._transfers: dict[tuple[str, int, bool], int] = {}

    def _told_days(self, size: int) -> tuple[list[str], list[str]]:
        """Days as moments begin with them, from the day before the first; days as dates."""
        first = self._origin.date()
        days = [(first + timedelta(days=number)).isoformat() for number in range(-1, size)]
        return [f"{day}T" for day in days], days[1:]

    # -- Between seconds and moments -----------------------------------------------------

    def of(self, moment: datetime) -> int:
        """The second of a moment; what is left of it is dropped."""
        return (moment - self._origin) // _SECOND

    def of_day(self, day: date) -> int:
        """The second with which a day begins."""
        return (day.toordinal() - self._tables.first) * DAY

    def moment(self, second: int) -> datetime:
        """The moment in UTC."""
        return (self._origin + _SECOND * second).astimezone(UTC)

    def told(self, second: int) -> str:
        """The moment as the ledger writes it."""
        day, rest = divmod(second + self._shift, DAY)
        return self._days_of_world[day] + CLOCK[rest]

    def told_finely(self, micros: int) -> str:
        """A moment in microseconds, as the ledger writes it."""
        second, rest = divmod(micros, _MICRO)
        told = self.told(second)
        return f"{told[:20]}{rest:06d}{told[26:]}" if rest else told

    # -- Working time ----------------------------------------------------------------------

    def position(self, second: int) -> int:
        """Working seconds from the calendar's beginning."""
        session = bisect_right(self.opens, second) - 1
        if session < 0:
            return 0
        close = self._closes[session]
        return (second if second < close else close) - self.idle[session]

    def reached(self, second: int, seconds: int) -> int:
        """When so many working seconds have passed since; the last second if none is left."""
        # `position`, written out: a province asks seven times for each dossier.
        session = bisect_right(self.opens, second) - 1
        if session < 0:
            position = seconds
        else:
            close = self._closes[session]
            position = (second if second < close else close) - self.idle[session] + seconds
        session = bisect_left(self.after, position)
        return position + self.idle[session] if session < len(self.idle) else NEVER

    def share_of(self, position: int, seconds: int, share: int) -> int:
        """Microseconds at which so many hundredths of a per cent of the working seconds ran."""
        micros = position * _MICRO + seconds * share * 100
        return micros + self._tables.idle[bisect_left(self._tables.after, micros)]

    # -- What the portal promises ------------------------------------------------------------

    def promised(self, accepted: int, limit: Decimal, unit: str) -> Promised | None:
        """The promise; None when it is not on a whole second."""
        if not self._in_whole_days(limit, unit):
            return self._promise(accepted, limit, unit)
        key = limit, unit, self._day_zero(accepted)
        if key not in self._promised:
            self._promised[key] = self._promise(accepted, limit, unit)
        return self._promised[key]

    def _in_whole_days(self, limit: Decimal, unit: str) -> bool:
        """Depends the promise on the day of acceptance alone?"""
        whole = unit in _WHOLE_DAYS or (unit == TimeUnit.WORKING_DAY and limit == int(limit))
        return whole and self._tables.ends_at_close

    def _day_zero(self, accepted: int) -> int:
        day = accepted // DAY
        return self._tables.receives_next[day] if accepted > self._latest[day] else day

    def _promise(self, accepted: int, limit: Decimal, unit: str) -> Promised | None:
        clock = Clock(accepted_at=self.moment(accepted), time_limit=limit, time_unit=TimeUnit(unit))
        return self.of_clock(clock)

    def of_clock(self, clock: Clock) -> Promised | None:
        """The promise of a clock that may have stood still; None when on no whole second."""
        promise = deadlines.promise(
            clock=clock, calendar=self.calendar, remind_days=self._remind_days
        )
        due_at = promise.due_at
        if due_at is None or due_at.microsecond:
            return None
        near = self.of(self.calendar.add_working_days(due_at, -self._remind_days))
        due = self.of(due_at)
        return Promised(due, near, self.position(due), due_at)

    def accept_by(self, submitted: int, rules: RuleSet) -> int:
        """When an online dossier must be answered."""
        return self.reached(submitted, int(rules.acceptance_working_hours * HOUR))

    def transfer_by(self, accepted: int, rules: RuleSet) -> int:
        """When the papers must be with the agency: a matter of the day and the cut-off."""
        session = bisect_left(self._counter_closes, accepted)
        day, hour = divmod(max(accepted, self._counter_opens[session]), DAY)
        cutoff = rules.transfer_cutoff
        in_time = hour <= (cutoff.hour * 60 + cutoff.minute) * 60 + cutoff.second
        key = rules.code, day, in_time
        if key not in self._transfers:
            by = deadlines.transfer_by(
                accepted_at=self.moment(accepted), calendar=self.calendar, rules=rules
            )
            self._transfers[key] = self.of(by)
        return self._transfers[key]


def here(moment: datetime) -> str:
    """A moment as events tell it in their data."""
    return moment.astimezone(HERE).isoformat()


CLOCK = [
    f"{second // HOUR:02d}:{second // 60 % 60:02d}:{second % 60:02d}.000000+00:00"
    for second in range(DAY)
]
