"""The arithmetic of due dates, in one process: no database is asked."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from benchmarks.stage import Stage, Table
from workdays.shipped import standard_calendar
from workdays.units import TimeUnit

LIMITS = (
    (TimeUnit.WORKING_DAY, Decimal(5)),
    (TimeUnit.WORKING_DAY, Decimal("1.5")),
    (TimeUnit.CALENDAR_DAY, Decimal(15)),
    (TimeUnit.WORKING_HOUR, Decimal(8)),
    (TimeUnit.MONTH, Decimal(1)),
)


def measure(_: Stage) -> Iterator[Table]:
    """How many promises a second, for each unit."""
    table = Table(("Due dates, one process", "figure", "aim"))
    calendar = standard_calendar()
    starts = [datetime(2026, 1, 5, 2, tzinfo=UTC) + timedelta(minutes=7 * n) for n in range(50_000)]
    for unit, limit in LIMITS:
        began = time.perf_counter()
        for start in starts:
            calendar.add(start=start, limit=limit, unit=unit)
        rate = len(starts) / (time.perf_counter() - began)
        table.add(f"{limit} {unit}", f"{rate:,.0f} a second", "300,000 a second")
    yield table
