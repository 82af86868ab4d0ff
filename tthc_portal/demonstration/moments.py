"""When people come: over the year, the week and the day."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from dossiers.deadlines import HERE
from workdays.calendar import Calendar
from workdays.refusals import CalendarGap

# January to December: spring begins slowly, schools and building make the summer full.
_MONTHS = (0.85, 0.6, 1.1, 1.05, 1.05, 1.15, 1.15, 1.15, 1.05, 1.0, 0.95, 0.95)
# Monday to Friday at the counter; a rest day brings only what is handed in online.
_WEEKDAYS = (1.25, 1.05, 1.0, 0.95, 0.75, 0.5, 0.5)
_REST_DAY = 0.05
# The first working day after a long rest is the fullest of all.
_AFTER_REST = 1.6
_LONG_REST = timedelta(days=4)
# Quarters of hours of the day, 07:30 first, and how full each is; lunch is closed.
_OPEN = ((7.5, 0.6), (8.0, 1.2), (8.5, 1.5), (9.0, 1.6), (9.5, 1.4), (10.0, 1.1), (10.5, 0.7),
         (13.5, 0.8), (14.0, 1.2), (14.5, 1.2), (15.0, 1.0), (15.5, 0.7), (16.0, 0.4))  # fmt: skip
_SUMS = list(accumulate(weight for _, weight in _OPEN))
_HALF_HOUR = 1800


def weights(*, calendar: Calendar, first: date, last: date) -> Iterator[tuple[date, float]]:
    """Each day from the first to the last, with how many dossiers it brings beside the others."""
    latest_work = first - timedelta(days=1)
    day = first
    while day <= last:
        weight = _MONTHS[day.month - 1] * _WEEKDAYS[day.weekday()]
        if not _works(calendar, day):
            weight = _REST_DAY
        else:
            if day - latest_work > _LONG_REST:
                weight *= _AFTER_REST
            latest_work = day
        yield day, weight
        day += timedelta(days=1)


def _works(calendar: Calendar, day: date) -> bool:
    try:
        return calendar.is_working_day(day)
    except CalendarGap:
        return False


def of_the_counter(day: date, random: Random) -> datetime:
    """A moment of the opening hours of this day."""
    return _moment(day, at_the_counter(random))


def at_the_counter(random: Random) -> int:
    """A second of the opening hours."""
    start, _ = _OPEN[bisect(_SUMS, random.random() * _SUMS[-1])]
    return int(start * 3600 + random.random() * _HALF_HOUR)


def on_the_web(random: Random) -> int:
    """Most hand in by day, some in the evening, hardly anybody at night."""
    if random.random() < 0.75:
        return int(random.triangular(7, 18, 9.5) * 3600)
    return int(random.triangular(17, 23.9, 20.5) * 3600)


def _moment(day: date, seconds: int) -> datetime:
    midnight = datetime.combine(day, time.min, HERE)
    return (midnight + timedelta(seconds=seconds)).astimezone(UTC)


def shared_out(total: int, shares: Sequence[float]) -> list[int]:
    """The total in whole parts that keep to the shares; nothing is lost by rounding."""
    whole = sum(shares)
    sums = [round(total * part / whole) for part in accumulate(shares)]
    return [after - before for before, after in zip([0, *sums], sums, strict=False)]
