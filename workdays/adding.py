"""Adding a time limit to a moment of acceptance: one small function for each unit.

How a pause extends a limit: the working time inside the pauses is summed (overlaps once,
holidays and nights nothing) and added to the working time at which the limit would have
ended. A limit in whole days then ends at the close of the working day reached, so twenty
pauses of one minute cost one day, not twenty. A pause that starts when the limit has
already ended adds nothing: it cannot make a late dossier punctual.
"""

import math
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from workdays.intervals import ClosedInterval, Interval, merge
from workdays.refusals import CalendarGap, ImpossibleLimit, ImpossibleMoment
from workdays.tables import ZONE, Tables, since_midnight
from workdays.units import TimeUnit

HOUR = 3_600_000_000
LONGEST = 10_000
# Điều 146 Bộ luật Dân sự 2015: a month that is not a span of the calendar is thirty days.
DAYS_IN_PART_OF_MONTH = 30


class PausedTime(NamedTuple):
    """A merged pause and the working time (microseconds) that it gave back."""

    pause: ClosedInterval
    added: int
    too_late: bool


class Outcome(NamedTuple):
    """A due moment together with what the pauses did to it."""

    due_at: datetime
    pauses: tuple[PausedTime, ...]


def due_at(tables: Tables, start: datetime, limit: Decimal, unit: str) -> datetime:
    """The end of the limit when nothing stops the clock."""
    try:
        possible = 0 < limit <= LONGEST
    except InvalidOperation:
        possible = False
    if not possible:
        raise ImpossibleLimit(
            f"Thời hạn phải lớn hơn 0 và không quá {LONGEST}: hãy nhập lại thời hạn."
        )
    if start.tzinfo is None:
        raise ImpossibleMoment
    try:
        end = _ENDS[unit]
    except KeyError as error:
        raise ImpossibleLimit(
            f"Đơn vị thời hạn “{unit}” không có: hãy dùng {', '.join(TimeUnit.values)}."
        ) from error
    return end(tables, start.astimezone(ZONE), limit)


def with_pauses(
    tables: Tables, start: datetime, limit: Decimal, unit: str, pauses: Sequence[Interval]
) -> Outcome:
    """The end of the limit when the clock stood still in between."""
    base = due_at(tables, start, limit, unit)
    position, finish = _reach(tables, start.astimezone(ZONE), base, limit, unit)
    due, added, accounts = base, 0, []
    for pause in merge(pauses, not_before=start):
        too_late = pause.start >= due
        worked = 0 if too_late else tables.position(pause.end) - tables.position(pause.start)
        added += worked
        due = finish(position + added) if added else base
        accounts.append(PausedTime(pause, worked, too_late))
    return Outcome(due, tuple(accounts))


def day_zero(tables: Tables, local: datetime) -> int:
    """The day of acceptance, which is not counted (Điều 147 khoản 2 Bộ luật Dân sự 2015)."""
    day = local.toordinal() - tables.first
    if not 0 <= day < tables.size:
        raise CalendarGap(local.date())
    if local > tables.latest[day]:
        day = tables.receives_next[day]
        if day >= tables.size:
            raise CalendarGap(date.fromordinal(tables.first + tables.size))
    return day


def last_day(tables: Tables, day: int, limit: Decimal, unit: str) -> int:
    """The day on which a limit in days or months runs out, before it moves off a rest day."""
    return _LAST_DAYS[unit](tables, day, limit)


def _last_working_day(tables: Tables, day: int, limit: Decimal) -> int:
    return tables.working_day(tables.through[day] + int(limit) - 1)


def _last_calendar_day(tables: Tables, day: int, limit: Decimal) -> int:
    # Part of a day ends with that day (Điều 148 khoản 1 Bộ luật Dân sự 2015).
    return day + math.ceil(limit)


def _last_day_of_months(tables: Tables, day: int, limit: Decimal) -> int:
    """Điều 148 khoản 3: the same day of the last month, or that month's last day."""
    accepted = date.fromordinal(tables.first + day)
    whole, part_of_month = _whole_and_part(limit)
    year, month = divmod(accepted.year * 12 + accepted.month - 1 + whole, 12)
    reached = date(year, month + 1, min(accepted.day, monthrange(year, month + 1)[1]))
    part = math.ceil(part_of_month * DAYS_IN_PART_OF_MONTH) if part_of_month else 0
    return reached.toordinal() - tables.first + part


def _end_of_working_days(tables: Tables, local: datetime, limit: Decimal) -> datetime:
    whole, part = _whole_and_part(limit)
    if part:
        return _end_of_part_of_day(tables, local, whole, part)
    # Written out rather than built from the functions above: this is the path of nearly
    # every dossier, and a province asks for hundreds of thousands at once.
    day = day_zero(tables, local)
    rank = tables.through[day] + whole - 1
    if rank >= len(tables.working):
        raise CalendarGap(date.fromordinal(tables.first + tables.size))
    if tables.ends_at_close:
        return tables.closing[tables.working[rank]]
    return _at_close(tables, local, tables.working[rank])


def _end_of_calendar_days(tables: Tables, local: datetime, limit: Decimal) -> datetime:
    return _at_close(tables, local, _last_calendar_day(tables, day_zero(tables, local), limit))


def _end_of_months(tables: Tables, local: datetime, limit: Decimal) -> datetime:
    return _at_close(tables, local, _last_day_of_months(tables, day_zero(tables, local), limit))


def _end_of_working_hours(tables: Tables, local: datetime, limit: Decimal) -> datetime:
    """Hours start at the given moment (Điều 147 khoản 1) and run through the sessions."""
    reached = tables.position_of(tables.local_clock(local))
    return tables.at_position(reached + _time(limit, HOUR))


def _end_of_part_of_day(tables: Tables, local: datetime, whole: int, part: Decimal) -> datetime:
    """Whole days first, then that part of the working time of the next working day."""
    rank = tables.through[day_zero(tables, local)] + whole
    following = tables.working_day(rank)
    reached = tables.elapsed[following]
    length = tables.elapsed[following + 1] - reached
    if tables.ends_at_close:
        return tables.at_position(reached + _time(part, length))
    if whole:
        reached = tables.position(_at_close(tables, local, tables.working_day(rank - 1)))
    else:
        reached = tables.position(local)
    return tables.at_position(reached + _time(part, length))


def _at_close(tables: Tables, local: datetime, day: int) -> datetime:
    """The close of the last day, or the hour of acceptance where that is the local rule."""
    close = tables.close_on(day)
    if tables.ends_at_close:
        return close
    accepted = local
    if local > tables.latest[local.toordinal() - tables.first]:
        accepted = tables.next_opening(local)
    return tables.within_hours(tables.day_of(close), since_midnight(accepted))


def _reach(
    tables: Tables, local: datetime, base: datetime, limit: Decimal, unit: str
) -> tuple[int, Callable[[int], datetime]]:
    """How much working time the limit takes, and how a longer time becomes a due moment."""
    in_whole_days = unit != TimeUnit.WORKING_HOUR and not (
        unit == TimeUnit.WORKING_DAY and limit != int(limit)
    )
    if not (tables.ends_at_close and in_whole_days):
        return tables.position(base), tables.at_position
    last = last_day(tables, day_zero(tables, local), limit, unit)
    return tables.elapsed[last + 1], tables.close_at_position


# Kept: a catalogue has few limits, and decimal arithmetic costs more than all the look-ups.
@lru_cache(maxsize=1024)
def _whole_and_part(limit: Decimal) -> tuple[int, Decimal]:
    """1.5 is one and a half."""
    whole = int(limit)
    return whole, limit - whole


@lru_cache(maxsize=1024)
def _time(number: Decimal, span: int) -> int:
    """So many spans in whole microseconds, never none: a limit ends after its start."""
    return max(1, int((number * span).to_integral_value()))


_LAST_DAYS: dict[str, Callable[[Tables, int, Decimal], int]] = {
    TimeUnit.WORKING_DAY: _last_working_day,
    TimeUnit.CALENDAR_DAY: _last_calendar_day,
    TimeUnit.MONTH: _last_day_of_months,
}
_ENDS: dict[str, Callable[[Tables, datetime, Decimal], datetime]] = {
    TimeUnit.WORKING_DAY: _end_of_working_days,
    TimeUnit.CALENDAR_DAY: _end_of_calendar_days,
    TimeUnit.MONTH: _end_of_months,
    TimeUnit.WORKING_HOUR: _end_of_working_hours,
}
