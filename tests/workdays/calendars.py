"""Calendars for the tests: the shipped days with other hours, and plain weeks without holidays."""

from datetime import date, datetime, time

from workdays.calendar import Calendar, Session
from workdays.shipped import SHIPPED_DAYS, STANDARD_HOURS, read_days, standard_calendar
from workdays.tables import ZONE

STANDARD = standard_calendar()
MORNING = (time(7), time(11, 30))
AFTERNOON = (time(13, 30), time(17))


def at(text: str) -> datetime:
    """A moment in Vietnam."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def week(*hours: tuple[time, time], weekdays=range(1, 6), **facts) -> list[Session]:
    """The same sessions on each of the weekdays."""
    return [Session(day, opens, closes, **facts) for day in weekdays for opens, closes in hours]


def make_calendar(**overrides) -> Calendar:
    """The shipped calendar with some of its parts replaced."""
    facts = {
        "days_off": STANDARD.days_off,
        "make_up_days": STANDARD.make_up_days,
        "sessions": STANDARD_HOURS,
        "first_year": 2018,
        "last_year": 2027,
    }
    return Calendar(**(facts | overrides))


def plain_week(sessions, **overrides) -> Calendar:
    """2026 without any holiday."""
    facts = {"days_off": {}, "make_up_days": {}, "first_year": 2026, "last_year": 2026}
    return make_calendar(sessions=sessions, **(facts | overrides))


def shipped_rows():
    """The lines of the file that ships with the portal."""
    return list(read_days(SHIPPED_DAYS))


def day(text: str) -> date:
    return date.fromisoformat(text)
