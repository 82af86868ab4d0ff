"""A calendar laid out once as flat lists, so that a due moment is a few look-ups.

Days are numbered from the first known day; moments are microseconds on the local wall
clock since its midnight; positions are microseconds of counted working time since then.
Vietnam has had no change of clock since 1975, so the wall clock runs evenly.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from workdays.refusals import CalendarGap, ImpossibleMoment

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = 86_400_000_000
_MICROSECOND = timedelta(microseconds=1)


class OpenHours(NamedTuple):
    """The hours of one day: those that count towards limits, and those that receive."""

    counted: list[tuple[time, time]]
    receiving: list[tuple[time, time]]


@dataclass(slots=True)
class Tables:
    """The lists; `layout` fills them and nobody changes them afterwards."""

    first: int
    ends_at_close: bool
    # The first midnight, from which clock readings are counted.
    origin: datetime
    size: int = 0
    # Numbers of the working days; for each day how many of them lie at or before it.
    working: list[int] = field(default_factory=list)
    through: list[int] = field(default_factory=list)
    # For each day the close of that day or, on a rest day, of the next working day.
    closing: list[datetime] = field(default_factory=list)
    # For each day the last moment that is still received on it, and the day after it that receives.
    latest: list[datetime] = field(default_factory=list)
    receives_next: list[int] = field(default_factory=list)
    # Working time before each day and, last, before the day after the calendar's end.
    elapsed: list[int] = field(default_factory=lambda: [0])
    # Counted sessions: clocks of opening and closing, the time before that did not count (so
    # much a clock is ahead of its position), and the working time up to the close.
    opens: list[int] = field(default_factory=list)
    closes: list[int] = field(default_factory=list)
    idle: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)
    # All sessions in which a dossier is received.
    counter_opens: list[int] = field(default_factory=list)
    counter_closes: list[int] = field(default_factory=list)

    def day_of(self, day: date) -> int:
        """The number of a day (or of a local moment's day) inside the calendar."""
        number = day.toordinal() - self.first
        if not 0 <= number < self.size:
            raise CalendarGap(day)
        return number

    def date_of(self, number: int) -> date:
        """The day with this number; numbers beyond the calendar are a gap."""
        if not 0 <= number < self.size:
            raise CalendarGap(self._outside(number))
        return date.fromordinal(self.first + number)

    def works(self, number: int) -> bool:
        """Whether the day counts as a working day."""
        return self.elapsed[number + 1] > self.elapsed[number]

    def close_on(self, number: int) -> datetime:
        """The close of the day, or of the next working day when it is a rest day.

        Điều 148 khoản 5 Bộ luật Dân sự 2015: a term whose last day is a weekend or a
        holiday ends at the end of the next working day.
        """
        if number >= len(self.closing):
            raise CalendarGap(self._outside(number))
        return self.closing[number]

    def working_day(self, rank: int) -> int:
        """The number of the rank-th working day of the calendar, counted from 0."""
        if not 0 <= rank < len(self.working):
            raise CalendarGap(self._outside(-1 if rank < 0 else self.size))
        return self.working[rank]

    def clock(self, moment: datetime) -> int:
        """Any aware moment on the local wall clock."""
        if moment.tzinfo is None:
            raise ImpossibleMoment
        # One subtraction, whatever zone the moment is told in: a province asks millions of times.
        clock = (moment - self.origin) // _MICROSECOND
        if not 0 <= clock < self.size * DAY:
            raise CalendarGap(local_moment(moment))
        return clock

    def local_clock(self, local: datetime) -> int:
        """A moment in Vietnam's zone on the wall clock."""
        clock = (local - self.origin) // _MICROSECOND
        if not 0 <= clock < self.size * DAY:
            raise CalendarGap(local)
        return clock

    def moment(self, clock: int) -> datetime:
        """The aware local moment of a wall clock reading."""
        return self.origin + _MICROSECOND * clock

    def position(self, moment: datetime) -> int:
        """Working time between the start of the calendar and the moment."""
        return self.position_of(self.clock(moment))

    def position_of(self, clock: int) -> int:
        """Working time between the start of the calendar and a wall clock reading."""
        session = bisect_right(self.opens, clock) - 1
        if session < 0:
            return 0
        close = self.closes[session]
        return (clock if clock < close else close) - self.idle[session]

    def at_position(self, position: int) -> datetime:
        """The earliest moment at which so much working time has passed."""
        return self.origin + _MICROSECOND * (position + self.idle[self._session_at(position)])

    def close_at_position(self, position: int) -> datetime:
        """The close of the working day in which so much working time has passed."""
        return self.close_on(self.opens[self._session_at(position)] // DAY)

    def next_opening(self, moment: datetime) -> datetime:
        """The moment itself while a counter is open, otherwise the next opening."""
        clock = self.clock(moment)
        session = bisect_left(self.counter_closes, clock)
        if session >= len(self.counter_opens):
            raise CalendarGap(self._outside(self.size))
        return self.moment(max(clock, self.counter_opens[session]))

    def within_hours(self, number: int, hour: int) -> datetime:
        """The hour on that working day, moved to the next session or back to the close."""
        clock = number * DAY + hour
        session = bisect_left(self.closes, clock)
        if session < len(self.opens) and self.opens[session] // DAY == number:
            return self.moment(max(clock, self.opens[session]))
        return self.close_on(number)

    def _session_at(self, position: int) -> int:
        session = bisect_left(self.after, position)
        if session >= len(self.after):
            raise CalendarGap(self._outside(self.size))
        return session

    def _outside(self, number: int) -> date | None:
        ordinal = self.first + number
        return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def layout(
    *, first: date, days: list[OpenHours], roll_after_closing: bool, ends_at_close: bool
) -> Tables:
    """The tables of consecutive days that begin with `first`."""
    origin = datetime.combine(first, time(), tzinfo=ZONE)
    tables = Tables(first=first.toordinal(), ends_at_close=ends_at_close, origin=origin)
    for hours in days:
        _append(tables, hours, roll_after_closing)
    _look_ahead(tables, [bool(hours.receiving) for hours in days])
    return tables


def local_moment(moment: datetime) -> datetime:
    """The same moment on the clock of Vietnam."""
    if moment.tzinfo is None:
        raise ImpossibleMoment
    return moment.astimezone(ZONE)


def since_midnight(moment: datetime | time) -> int:
    """Microseconds since the midnight before, on the moment's own clock."""
    seconds = (moment.hour * 60 + moment.minute) * 60 + moment.second
    return seconds * 1_000_000 + moment.microsecond


def _append(tables: Tables, hours: OpenHours, roll_after_closing: bool) -> None:
    midnight = tables.size * DAY
    for opens, closes in hours.receiving:
        tables.counter_opens.append(midnight + since_midnight(opens))
        tables.counter_closes.append(midnight + since_midnight(closes))
    passed = tables.elapsed[-1]
    for opens, closes in hours.counted:
        tables.opens.append(midnight + since_midnight(opens))
        tables.closes.append(midnight + since_midnight(closes))
        tables.idle.append(tables.opens[-1] - passed)
        passed += tables.closes[-1] - tables.opens[-1]
        tables.after.append(passed)
    tables.elapsed.append(passed)
    tables.latest.append(tables.moment(_latest(tables, hours, midnight, roll_after_closing)))
    if hours.counted:
        tables.working.append(tables.size)
        close = tables.moment(tables.closes[-1])
        tables.closing.extend([close] * (tables.size + 1 - len(tables.closing)))
    tables.through.append(len(tables.working))
    tables.size += 1


def _latest(tables: Tables, hours: OpenHours, midnight: int, roll_after_closing: bool) -> int:
    if not roll_after_closing:
        return midnight + DAY - 1
    # A day without reception: even its first moment belongs to the next opening.
    return tables.counter_closes[-1] if hours.receiving else midnight - 1


def _look_ahead(tables: Tables, receives: list[bool]) -> None:
    following = tables.size
    for number in reversed(range(tables.size)):
        tables.receives_next.append(following)
        if receives[number]:
            following = number
    tables.receives_next.reverse()
