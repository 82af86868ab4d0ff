"""Fills an empty database with the shipped calendar; what people entered stays theirs."""

from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from workdays.models import Holiday, MakeUpDay, WorkingHours, WorkSchedule
from workdays.shipped import SHIPPED_DAYS, STANDARD_HOURS, DayRow, read_days

STANDARD_CODE = "standard"


class Loaded(NamedTuple):
    """What one load did with the lines of the file."""

    added: int
    confirmed: int
    kept: int


@transaction.atomic
def load_calendar(path: Path = SHIPPED_DAYS) -> Loaded:
    """Add the days that are missing and confirm provisional ones; safe to repeat.

    A day that is already entered as definite is never touched: an administrator may know
    of a decision that the file does not.
    """
    rows = list(read_days(path))
    added, confirmed = _load_days_off([row for row in rows if row.kind])
    added += _load_make_up_days([row for row in rows if not row.kind])
    return Loaded(added, confirmed, len(rows) - added - confirmed)


@transaction.atomic
def standard_schedule() -> WorkSchedule:
    """The schedule of eight hours from Monday to Friday, made when it is not there yet."""
    schedule, is_new = WorkSchedule.objects.get_or_create(
        code=STANDARD_CODE, defaults={"name": "Giờ hành chính"}
    )
    if is_new:
        WorkingHours.objects.bulk_create(
            WorkingHours(
                schedule=schedule,
                weekday=session.weekday,
                opens_at=session.opens,
                closes_at=session.closes,
                valid_from=session.valid_from,
            )
            for session in STANDARD_HOURS
        )
    return schedule


def _load_days_off(rows: list[DayRow]) -> tuple[int, int]:
    entered = {day.date: day for day in Holiday.objects.all()}
    new = [_holiday(row) for row in rows if row.day not in entered]
    Holiday.objects.bulk_create(new)
    definite = [_holiday(row) for row in rows if not row.is_provisional]
    confirmed = 0
    for day in definite:
        known = entered.get(day.date)
        if known and known.is_provisional:
            day.pk = known.pk
            day.save(update_fields=["kind", "name", "decision", "is_provisional"])
            confirmed += 1
    return len(new), confirmed


def _load_make_up_days(rows: list[DayRow]) -> int:
    entered = set(MakeUpDay.objects.values_list("date", flat=True))
    new = [
        MakeUpDay(
            date=row.day, name=row.name, replaces_date=row.swapped_with, decision=row.decision
        )
        for row in rows
        if row.day not in entered
    ]
    MakeUpDay.objects.bulk_create(new)
    return len(new)


def _holiday(row: DayRow) -> Holiday:
    return Holiday(
        date=row.day,
        kind=row.kind or "",
        name=row.name,
        decision=row.decision,
        is_provisional=row.is_provisional,
    )
