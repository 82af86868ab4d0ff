"""Keeps the sums over the tallies while the tallies stand still and nothing begins to count.

A promise that will run out counts from its own moment, without anybody writing: what was summed
at one moment holds up to the next moment from which some row counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from organizations.statements import Statement
from reporting import tally_sums
from reporting.periods import ReportPeriod
from reporting.tally_sums import Sums
from reporting.windows import Window

# The running periods and a trend of twelve, each as of a few moments; some 30 kilobytes each.
_PERIODS_KEPT, _MOMENTS_KEPT = 24, 4
_NEAREST = Statement(
    "moments_of_tallies",
    ["timestamptz"],
    """
SELECT (SELECT max(counts_from) FROM reporting_tally
        WHERE grain = 'moment' AND counts_from < $1),
    (SELECT min(counts_from) FROM reporting_tally
        WHERE grain = 'moment' AND counts_from >= $1)
""",
)


@dataclass(frozen=True, kw_only=True)
class KeptSums:
    """The sums of a period for every moment of a half month later than `after`, up to `until`."""

    middle: datetime
    after: datetime | None
    until: datetime | None
    each: Mapping[int | None, Sums]

    def holds_at(self, moment: datetime) -> bool:
        """Would summing at this moment come to the same?"""
        begun = self.after is None or self.after < moment
        is_same_half = self.middle == tally_sums.half_month_start(moment)
        return begun and is_same_half and (self.until is None or moment <= self.until)


def of_each(window: Window, *, tallies: int) -> Mapping[int | None, Sums]:
    """As `tally_sums.of_each`; `tallies` is how they stood just before (`standing.read`)."""
    kept = _of_period(tallies, window.period)
    for one in kept:
        if one.holds_at(window.known_at):
            return one.each
    kept.append(_summed(window))
    del kept[:-_MOMENTS_KEPT]
    return kept[-1].each


@lru_cache(maxsize=_PERIODS_KEPT)
def _of_period(tallies: int, period: ReportPeriod) -> list[KeptSums]:
    """What this process has summed of the period while the tallies stood so."""
    return []


def _summed(window: Window) -> KeptSums:
    # Before the sums: a row that is written in between makes another state of the tallies.
    ((after, until),) = _NEAREST.rows(window.known_at)
    if not window.has_begun:
        until = window.start
    return KeptSums(
        middle=tally_sums.half_month_start(window.known_at),
        after=after,
        until=until,
        each=tally_sums.of_each(window),
    )
