"""Calendars from the database, kept in the process until a row changes in any process."""

import threading
from datetime import date
from typing import NamedTuple

from workdays.calendar import Calendar, DayOff, MakeUp, Session
from workdays.kinds import DayOffKind
from workdays.models import CalendarStamp, Holiday, MakeUpDay, WorkSchedule
from workdays.refusals import BrokenSchedule, CalendarGap

# The Labour Code grants at least ten public holidays a year (eleven since 2021, Điều 112):
# a year with fewer rows has only begun to be entered, and counting in it would be guessing.
FEWEST_HOLIDAYS = 10
_ATTEMPTS = 5


class Kept(NamedTuple):
    """A calendar with the version of the stamp that its rows belong to."""

    version: int
    calendar: Calendar


_lock = threading.Lock()
_calendars: dict[int, Kept] = {}


def calendar_for(schedule_id: int, *, version: int | None = None) -> Calendar:
    """The calendar of a schedule as the database stands now: one tiny query when unchanged.

    None at all for a caller that has just read the version of the stamp itself.
    """
    version = _version() if version is None else version
    cached = _calendars.get(schedule_id)
    if cached and cached.version == version:
        return cached.calendar
    # One thread builds; those that wait find the result.
    with _lock:
        cached = _calendars.get(schedule_id)
        if cached and cached.version == version:
            return cached.calendar
        return _build_unmoved(schedule_id)


def kept_for(schedule_id: int) -> Kept:
    """The calendar as this process knows it; asks nothing, so it may be an old one.

    For callers who compare its version with the stamp in the transaction that uses it.
    """
    if schedule_id not in _calendars:
        calendar_for(schedule_id)
    return _calendars[schedule_id]


def known_years() -> range:
    """The unbroken years whose public holidays are entered in full."""
    entered: dict[int, int] = {}
    holidays = Holiday.objects.filter(kind=DayOffKind.HOLIDAY)
    for year in holidays.values_list("date__year", flat=True):
        entered[year] = entered.get(year, 0) + 1
    complete = sorted(year for year, days in entered.items() if days >= FEWEST_HOLIDAYS)
    if not complete:
        raise CalendarGap
    years = range(complete[0], complete[-1] + 1)
    missing = sorted(set(years) - set(complete))
    if missing:
        raise CalendarGap(date(missing[0], 1, 1))
    return years


def _build_unmoved(schedule_id: int) -> Calendar:
    """Build from rows that all belong to one version, also while others are writing."""
    for _ in range(_ATTEMPTS):
        version = _version()
        calendar = _build(schedule_id)
        if _version() == version:
            _calendars[schedule_id] = Kept(version, calendar)
            return calendar
    raise BrokenSchedule("Lịch làm việc đang được sửa liên tục: hãy thử lại sau ít phút.")


def _version() -> int:
    version = CalendarStamp.objects.values_list("version", flat=True).filter(id=1).first()
    if version is None:
        raise CalendarGap
    return version


def _build(schedule_id: int) -> Calendar:
    schedule = WorkSchedule.objects.filter(id=schedule_id).first()
    if schedule is None:
        raise BrokenSchedule("Lịch làm việc này không còn: hãy chọn lịch khác cho cơ quan.")
    years = known_years()
    return Calendar(
        days_off={row.date: DayOff(row.kind, row.name) for row in Holiday.objects.all()},
        make_up_days={
            row.date: MakeUp(row.name, row.replaces_date) for row in MakeUpDay.objects.all()
        },
        sessions=_sessions(schedule),
        first_year=years[0],
        last_year=years[-1],
        roll_after_closing=schedule.roll_after_closing,
        day_ends_at_close=schedule.day_ends_at_close,
    )


def _sessions(schedule: WorkSchedule) -> list[Session]:
    return [
        Session(
            weekday=row.weekday,
            opens=row.opens_at,
            closes=row.closes_at,
            counts=row.counts,
            valid_from=row.valid_from,
            valid_until=row.valid_until or date.max,
        )
        for row in schedule.hours.all()
    ]
