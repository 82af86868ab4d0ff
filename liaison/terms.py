"""The term of an answer, and the one meaning of a late one.

`querysets.ConsultationQuerySet.late` says the same in SQL; a property test proves them equal.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from workdays.calendar import Calendar
from workdays.units import TimeUnit


@dataclass(frozen=True, kw_only=True)
class Term:
    """How long an agency has: so many working days, or hours, of its own calendar."""

    length: int
    unit: TimeUnit


@dataclass(frozen=True, kw_only=True)
class Moments:
    """When the answer is due, and from when on it is near."""

    due_at: datetime
    remind_at: datetime


def moments(term: Term, *, asked_at: datetime, calendar: Calendar, remind_days: int) -> Moments:
    """The moments that follow from a term; raises CalendarGap beyond the calendar."""
    due_at = calendar.add(start=asked_at, limit=Decimal(term.length), unit=term.unit)
    near = calendar.add_working_days(due_at, -remind_days)
    return Moments(due_at=due_at, remind_at=max(near, asked_at))


class Answered(Protocol):
    """The moments that lateness is read from."""

    due_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None


def late_since(
    consultation: Answered, *, dossier_ended_at: datetime | None, at: datetime
) -> datetime | None:
    """Since when the agency is late, seen from this moment; None while it is not.

    Its duty ends with its answer, with the withdrawal, or with the dossier.
    """
    due_at = consultation.due_at
    ended = consultation.answered_at or consultation.closed_at or dossier_ended_at or at
    return due_at if due_at and due_at < min(ended, at) else None
