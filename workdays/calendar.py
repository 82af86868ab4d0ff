"""The working calendar of an agency: pure arithmetic over days off, make-up days and hours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple, overload

from workdays import adding, explaining, hours, tables
from workdays.explaining import Explanation, Step
from workdays.hours import Session
from workdays.intervals import Interval
from workdays.kinds import OBLIGATORY_WEEKDAYS, Weekday
from workdays.refusals import BrokenSchedule, CalendarGap
from workdays.units import TimeUnit

__all__ = [
    "BrokenSchedule",
    "Calendar",
    "CalendarGap",
    "DayOff",
    "Explanation",
    "Interval",
    "MakeUp",
    "Session",
    "Step",
    "TimeUnit",
]

_HUNDREDTH = Decimal("0.01")
_MICROSECOND = timedelta(microseconds=1)


class DayOff(NamedTuple):
    """A weekday or weekend day that is off, with its kind and its name."""

    kind: str
    name: str


class MakeUp(NamedTuple):
    """A day worked in place of another one."""

    name: str
    replaces: date | None = None


@dataclass(frozen=True, eq=False, kw_only=True)
class Calendar:
    """Lịch làm việc: everything known from `first_year` to `last_year`, and nothing outside.

    With `roll_after_closing`, what is accepted after closing counts as accepted at the next
    opening. With `day_ends_at_close`, a limit in days ends at the close of the last day;
    otherwise it keeps the hour of acceptance.
    """

    days_off: Mapping[date, DayOff]
    make_up_days: Mapping[date, MakeUp]
    sessions: Sequence[Session]
    first_year: int
    last_year: int
    roll_after_closing: bool = True
    day_ends_at_close: bool = True
    _tables: tables.Tables = field(init=False, repr=False)

    def __post_init__(self) -> None:
        both = sorted(set(self.days_off) & set(self.make_up_days))
        if both:
            raise BrokenSchedule(
                f"Ngày {both[0]:%d/%m/%Y} vừa là ngày nghỉ vừa là ngày làm bù: "
                "hãy bỏ một trong hai."
            )
        _freeze(self, "days_off", MappingProxyType(dict(self.days_off)))
        _freeze(self, "make_up_days", MappingProxyType(dict(self.make_up_days)))
        _freeze(self, "sessions", hours.checked(self.sessions))
        _freeze(self, "_tables", self._laid_out())

    def add(
        self, *, start: datetime, limit: Decimal, unit: TimeUnit, pauses: Sequence[Interval] = ()
    ) -> datetime:
        """The moment at which the limit ends (see `workdays.adding` for what pauses do)."""
        if pauses:
            return adding.with_pauses(self._tables, start, limit, unit, pauses).due_at
        return adding.due_at(self._tables, start, limit, unit)

    def explain(
        self, *, start: datetime, limit: Decimal, unit: TimeUnit, pauses: Sequence[Interval] = ()
    ) -> Explanation:
        """The same moment as `add`, with a sentence for each day and pause on the way."""
        return explaining.explain(self._tables, self._note, start, limit, unit, pauses)

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Counted working time from one moment to the other; negative when it runs back."""
        return timedelta(microseconds=self._tables.position(end) - self._tables.position(start))

    def after(self, start: datetime, span: timedelta) -> datetime:
        """The earliest moment by which so much working time has passed since the start."""
        return self._tables.at_position(self._tables.position(start) + span // _MICROSECOND)

    @overload
    def working_days(  # type: ignore[overload-overlap]  # a moment is also a date
        self, start: datetime, end: datetime
    ) -> Decimal: ...
    @overload
    def working_days(self, start: date, end: date) -> int: ...
    def working_days(self, start: date, end: date) -> int | Decimal:
        """Working days after `start` up to and including `end`; negative when it runs back.

        Between two moments the part of each day's own working time counts, in hundredths.
        """
        if isinstance(start, datetime) and isinstance(end, datetime):
            return (self._days_passed(end) - self._days_passed(start)).quantize(_HUNDREDTH)
        through = self._tables.through
        return through[self._tables.day_of(end)] - through[self._tables.day_of(start)]

    @overload
    def add_working_days(self, moment: datetime, days: int) -> datetime: ...
    @overload
    def add_working_days(self, moment: date, days: int) -> date: ...
    def add_working_days(self, moment: date, days: int) -> date:
        """The n-th working day after (before, when negative); a moment keeps its hour.

        Zero days lead to the day itself, or to the next working day when it is off.
        """
        if isinstance(moment, datetime):
            local = tables.local_moment(moment)
            return datetime.combine(self.add_working_days(local.date(), days), local.timetz())
        day = self._tables.day_of(moment)
        following = self._tables.through[day]
        before = following - self._tables.works(day)
        rank = following + days - 1 if days > 0 else before + days
        return self._tables.date_of(self._tables.working_day(rank))

    def next_opening(self, moment: datetime) -> datetime:
        """The moment itself while the counter is open, otherwise its next opening."""
        return self._tables.next_opening(moment)

    def close_of(self, day: date) -> datetime:
        """The close of a working day; a rest day has none and is refused."""
        if not self.is_working_day(day):
            raise BrokenSchedule(
                f"Ngày {day:%d/%m/%Y} là ngày nghỉ nên không có giờ đóng cửa: "
                "hãy chọn ngày làm việc."
            )
        return self._tables.close_on(self._tables.day_of(day))

    def is_working_day(self, day: date) -> bool:
        """Whether the day counts towards limits in working days."""
        return self._tables.works(self._tables.day_of(day))

    def why_off(self, day: date) -> str | None:
        """The name of the holiday or the weekday that is off; None on a working day."""
        if self.is_working_day(day):
            return None
        if day in self.days_off:
            return self.days_off[day].name
        return f"{hours.weekday_name(day.isoweekday())}, ngày nghỉ hằng tuần"

    @property
    def flat(self) -> tables.Tables:
        """The lists beneath, for whoever counts millions of moments; not to be changed."""
        return self._tables

    def _note(self, day: date) -> str | None:
        made_up = self.make_up_days.get(day)
        return made_up.name if made_up else self.why_off(day)

    def _days_passed(self, moment: datetime) -> Decimal:
        day = self._tables.day_of(tables.local_moment(moment))
        if not self._tables.works(day):
            return Decimal(self._tables.through[day])
        opening, closing = self._tables.elapsed[day], self._tables.elapsed[day + 1]
        part = Decimal(self._tables.position(moment) - opening) / (closing - opening)
        return self._tables.through[day] - 1 + part

    def _laid_out(self) -> tables.Tables:
        first = max(date(self.first_year, 1, 1), min(row.valid_from for row in self.sessions))
        last = min(date(self.last_year, 12, 31), max(row.valid_until for row in self.sessions))
        if last < first:
            raise BrokenSchedule(
                "Giờ làm việc không có hiệu lực trong những năm đã có lịch nghỉ: "
                "hãy sửa ngày áp dụng."
            )
        days = [
            self._hours_on(date.fromordinal(number))
            for number in range(first.toordinal(), last.toordinal() + 1)
        ]
        return tables.layout(
            first=first,
            days=days,
            roll_after_closing=self.roll_after_closing,
            ends_at_close=self.day_ends_at_close,
        )

    def _hours_on(self, day: date) -> tables.OpenHours:
        if day in self.days_off:
            return tables.OpenHours([], [])
        sessions = self._sessions_on(day)
        counted = [(row.opens, row.closes) for row in sessions if row.counts]
        must_work = day.isoweekday() in OBLIGATORY_WEEKDAYS or day in self.make_up_days
        if must_work and not counted:
            raise BrokenSchedule(
                f"Lịch làm việc không có giờ cho {hours.weekday_name(day.isoweekday())}, "
                f"ngày {day:%d/%m/%Y}: hãy nhập giờ làm việc của ngày đó."
            )
        return tables.OpenHours(counted, [(row.opens, row.closes) for row in sessions])

    def _sessions_on(self, day: date) -> list[Session]:
        if day not in self.make_up_days:
            return hours.on(self.sessions, day.isoweekday(), day)
        own = hours.on(self.sessions, Weekday.MAKE_UP, day)
        replaced = self.make_up_days[day].replaces
        weekday = replaced.isoweekday() if replaced else Weekday.MONDAY
        return own or hours.on(self.sessions, weekday, day)


def _freeze(calendar: Calendar, name: str, value: object) -> None:
    # The dataclass is frozen; its own construction is the one place that may set fields.
    object.__setattr__(calendar, name, value)
