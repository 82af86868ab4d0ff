"""Keeps what the components of procedures come to, for as long as they cannot be otherwise.

They change when a row changes, which `ServiceChange` tells, or when the moment of the question
passes a moment that some row bears. So what was counted at one moment holds for every moment
between the two nearest ones of the rows, and need not be counted again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db import connection

from reporting import catalogue_counts
from reporting.periods import ReportPeriod
from reporting.shares import Count
from reporting.windows import Window

# The running periods and a trend of twelve; some 150 kilobytes each.
_PERIODS_KEPT, _MOMENTS_KEPT = 24, 4
# Each moment before which, or up to which, a condition of a component holds.
_NEAREST = """
SELECT max(moment) FILTER (WHERE moment < %(known_at)s),
    min(moment) FILTER (WHERE moment >= %(known_at)s)
FROM (
    SELECT unnest(ARRAY[since, until]) FROM reporting_offeredservice
    UNION ALL SELECT retired_at FROM procedures_procedure
    UNION ALL SELECT unnest(ARRAY[recorded_at, made_public_at,
        (public_by + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh' - interval '1 microsecond'
    ]) FROM procedures_decisionitem
    UNION ALL SELECT unnest(ARRAY[online_from, paid_from, population_from])
        FROM reporting_procedureuse
        WHERE half_month >= %(first_day)s AND half_month < %(end_day)s
    UNION ALL SELECT %(start)s
) AS fact (moment)
"""


@dataclass(frozen=True, kw_only=True)
class KeptCatalogue:
    """The counts of a period for every moment later than `after`, up to `until`."""

    after: datetime | None
    until: datetime | None
    each: Mapping[int | None, Mapping[str, Count]]
    publication: Mapping[str, Count]

    def holds_at(self, moment: datetime) -> bool:
        """Would counting at this moment come to the same?"""
        begun = self.after is None or self.after < moment
        return begun and (self.until is None or moment <= self.until)


def of(window: Window, *, services: str) -> KeptCatalogue:
    """The counts of each agency, those of the whole under None, and of publication.

    `services` is how the rows stood just before (`standing.read`).
    """
    kept = _of_period(services, window.period)
    for one in kept:
        if one.holds_at(window.known_at):
            return one
    kept.append(_counted(window))
    del kept[:-_MOMENTS_KEPT]
    return kept[-1]


@lru_cache(maxsize=_PERIODS_KEPT)
def _of_period(services: str, period: ReportPeriod) -> list[KeptCatalogue]:
    """What this process has counted of the period while the rows were in this state."""
    return []


def _counted(window: Window) -> KeptCatalogue:
    values = {
        "known_at": window.known_at,
        "first_day": window.period.first_day,
        "end_day": window.period.end_day,
        "start": window.start,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, values)
        after, until = cursor.fetchone()
    return KeptCatalogue(
        after=after,
        until=until,
        each=catalogue_counts.of_each(window),
        publication=catalogue_counts.publication(window),
    )
