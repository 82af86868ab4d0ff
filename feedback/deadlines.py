"""The four terms of a petition, in working days of its agency, and the one meaning of late.

Component 5.2 of QĐ 766/QĐ-TTg: refuse within 2 working days, ask for more within 5, answer
within 15, publish within 2. `feedback.querysets` says the same in SQL; a property test proves
the two equal. A petition that was late once stays late: `late_since` keeps it over rounds.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from workdays.calendar import Calendar
from workdays.units import TimeUnit

# Working days of each term (QĐ 766/QĐ-TTg, component 5.2).
REFUSE, ASK, ANSWER, PUBLISH = Decimal(2), Decimal(5), Decimal(15), Decimal(2)
# How long the sender may take to supplement; the law sets none, so as long as the office has.
SUPPLEMENT = Decimal(15)
# An answer counts as near this many working days before its term ends.
NEAR = 3


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The moments by which a petition must be refused or asked about, and answered."""

    refuse_by: datetime
    ask_by: datetime
    answer_by: datetime
    answer_near_at: datetime


def terms(*, start: datetime, calendar: Calendar) -> Terms:
    """The terms that begin with the sending, a supplement or a second complaint."""
    answer_by = after(start, ANSWER, calendar)
    return Terms(
        refuse_by=after(start, REFUSE, calendar),
        ask_by=after(start, ASK, calendar),
        answer_by=answer_by,
        answer_near_at=max(calendar.add_working_days(answer_by, -NEAR), start),
    )


def after(start: datetime, days: Decimal, calendar: Calendar) -> datetime:
    """The moment at which a term of working days ends; raises CalendarGap beyond the calendar."""
    return calendar.add(start=start, limit=days, unit=TimeUnit.WORKING_DAY)


class Termed(Protocol):
    """The moments that lateness is read from."""

    late_since: datetime | None
    refuse_by: datetime | None
    ask_by: datetime
    answer_by: datetime
    publish_by: datetime | None
    refused_at: datetime | None
    asked_at: datetime | None
    answered_at: datetime | None
    published_at: datetime | None


def late_since(petition: Termed, *, at: datetime) -> datetime | None:
    """Since when the petition is late, seen from this moment; None while it is in time."""
    found = [
        petition.late_since,
        _done_late(petition.refused_at, petition.refuse_by),
        _done_late(petition.asked_at, petition.ask_by),
        _missed(petition.answer_by, _answer_stopped_at(petition)),
        _missed(petition.publish_by, petition.published_at),
    ]
    return min((moment for moment in found if moment and moment < at), default=None)


def is_late(petition: Termed, *, at: datetime) -> bool:
    """Was any term of the petition missed by this moment?"""
    return late_since(petition, at=at) is not None


def _done_late(done_at: datetime | None, by: datetime | None) -> datetime | None:
    """These terms bind only whoever refuses or asks: lateness begins with the act."""
    return done_at if done_at and by and done_at > by else None


def _missed(by: datetime | None, done_at: datetime | None) -> datetime | None:
    """These bind in any case: lateness begins when the term ends with nothing done."""
    return by if by and (done_at is None or done_at > by) else None


def _answer_stopped_at(petition: Termed) -> datetime | None:
    """What ended, or while the sender supplements holds up, the duty to answer."""
    if petition.refuse_by is None:  # asked, and the sender has not supplemented
        return petition.asked_at
    return petition.answered_at or petition.refused_at
