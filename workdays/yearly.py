"""A year of the calendar to look at: its months as weeks of days, and the hours of schedules."""

from calendar import Calendar as Weeks
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from workdays.kinds import OBLIGATORY_WEEKDAYS, Weekday
from workdays.models import Holiday, MakeUpDay, WorkingHours, WorkSchedule

_WEEKS = Weeks()


@dataclass(frozen=True, kw_only=True)
class YearDay:
    """One day: its state (off, provisional, made_up, weekend, or nothing) and its name."""

    date: date
    state: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Month:
    """One month; a week has seven places, empty before the first and after the last day."""

    number: int
    weeks: Sequence[Sequence[YearDay | None]]


def months(year: int) -> list[Month]:
    """The twelve months of a year, Monday first."""
    marked = {row.date: _worked(row) for row in MakeUpDay.objects.filter(date__year=year)}
    marked |= {row.date: _off(row) for row in Holiday.objects.filter(date__year=year)}
    return [
        Month(number=number, weeks=[_week(days, number, marked) for days in weeks])
        for number in range(1, 13)
        if (weeks := _WEEKS.monthdatescalendar(year, number))
    ]


@dataclass(frozen=True, kw_only=True)
class DayHours:
    """The hours of one weekday."""

    weekday: str
    sessions: Sequence[WorkingHours]

    @property
    def counts(self) -> bool:
        """Is it working time, and not only duty at the counter?"""
        return all(session.counts for session in self.sessions)


@dataclass(frozen=True, kw_only=True)
class Week:
    """The weekly hours over one span of days."""

    valid_from: date
    valid_until: date | None
    days: Sequence[DayHours]


def weeks_of(schedule: WorkSchedule, *, today: date) -> list[Week]:
    """The hours that are in force or will be, the present ones first."""
    rows = sorted(
        (row for row in schedule.hours.all() if (row.valid_until or date.max) >= today),
        key=lambda row: (row.valid_from, row.valid_until or date.max, _place(row), row.opens_at),
    )
    return [
        Week(valid_from=start, valid_until=end, days=_days(list(found)))
        for (start, end), found in groupby(rows, lambda row: (row.valid_from, row.valid_until))
    ]


def _days(rows: Sequence[WorkingHours]) -> list[DayHours]:
    return [
        DayHours(weekday=str(Weekday(weekday).label), sessions=list(sessions))
        for weekday, sessions in groupby(rows, lambda row: row.weekday)
    ]


def _place(row: WorkingHours) -> int:
    """Monday to Sunday, then the hours of make-up days."""
    return row.weekday or len(Weekday)


def _week(days: Sequence[date], month: int, marked: Mapping[date, YearDay]) -> list[YearDay | None]:
    return [_day(day, marked) if day.month == month else None for day in days]


def _day(day: date, marked: Mapping[date, YearDay]) -> YearDay:
    if day in marked:
        return marked[day]
    is_weekend = day.isoweekday() not in OBLIGATORY_WEEKDAYS
    return YearDay(date=day, state="weekend" if is_weekend else "")


def _off(row: Holiday) -> YearDay:
    return YearDay(
        date=row.date, state="provisional" if row.is_provisional else "off", name=row.name
    )


def _worked(row: MakeUpDay) -> YearDay:
    return YearDay(date=row.date, state="made_up", name=row.name)
