"""Keeps the figures of all agencies for as long as everything that they are made of is equal.

What is read of the database is read anew for each page. What was made of equal numbers before
is the same object again: pages know by it that scores, tables and drawings still hold.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from organizations.models import Agency
from reporting.periods import ReportPeriod
from reporting.shares import AllFigures, Count, Figures
from reporting.tally_sums import Sums

# The running periods and a trend of twelve; some 400 kilobytes each.
_PERIODS_KEPT, _STATES_KEPT = 24, 2


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What was read of a period: by agency, and under None of the whole."""

    agencies: tuple[Agency, ...]
    sums: Mapping[int | None, Sums]
    publication: Mapping[str, Count]
    catalogue: Mapping[int | None, Mapping[str, Count]]
    petitions: Mapping[int | None, Mapping[str, Count]]

    def equals(self, other: "Counted") -> bool:
        """Do the same figures come of it? Only the same agencies have the same names."""
        return (
            self.agencies is other.agencies
            and self.sums == other.sums
            and self.publication == other.publication
            and self.catalogue == other.catalogue
            and self.petitions == other.petitions
        )

    def has_same(self, pk: int, other: "Counted") -> bool:
        """Do the same figures of this agency come of it?"""
        return (
            self.sums[pk] == other.sums[pk]
            and self.catalogue[pk] == other.catalogue[pk]
            and self.petitions[pk] == other.petitions[pk]
        )


def of(
    counted: Counted, period: ReportPeriod, make: Callable[[Counted, int | None], Figures]
) -> AllFigures:
    """What was made of equal numbers, otherwise made now; of agencies without change nothing."""
    states = _of_period(period)
    for known, figures in states:
        if known.equals(counted):
            return figures
    made = _made(counted, states[-1] if states else None, make)
    states.append((counted, made))
    del states[:-_STATES_KEPT]
    return made


@lru_cache(maxsize=_PERIODS_KEPT)
def _of_period(period: ReportPeriod) -> list[tuple[Counted, AllFigures]]:
    """What this process made of the period, the latest last."""
    return []


def _made(
    counted: Counted,
    former: tuple[Counted, AllFigures] | None,
    make: Callable[[Counted, int | None], Figures],
) -> AllFigures:
    def own(agency: Agency) -> Figures:
        if former and agency in former[1].agencies and counted.has_same(agency.pk, former[0]):
            return former[1].agencies[agency]
        return make(counted, agency.pk)

    return AllFigures(
        root=next(agency for agency in counted.agencies if agency.parent_id is None),
        whole=make(counted, None),
        agencies={agency: own(agency) for agency in counted.agencies},
    )
