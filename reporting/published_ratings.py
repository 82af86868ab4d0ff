"""What citizens say of each agency, as the public reads it: sums alone, nothing about persons.

Kept for a minute like the results; an agency with only a few ratings shows that it has few,
so that nobody can work out who gave which.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Avg, Count, Q

from feedback.models import Rating
from feedback.statuses import Satisfaction
from organizations.models import Agency
from reporting import wording
from reporting.asking import Asked
from reporting.scoring import Ratio, ratio
from reporting.windows import Window

_KEPT_SECONDS = 60
# Fewer ratings than these could be traced to those who gave them.
FEWEST = 5
_SUMS: Mapping[str, Any] = {
    "number": Count("pk"),
    "satisfied": Count("pk", filter=Q(satisfaction__gte=Satisfaction.SATISFIED)),
    "dissatisfied": Count("pk", filter=Q(satisfaction__lte=Satisfaction.DISSATISFIED)),
    "attitude": Avg("attitude"),
    "timing": Avg("timing"),
}


@dataclass(frozen=True, kw_only=True)
class RatedAgency:
    """The ratings of one agency, or of the whole; averages are out of 5."""

    name: str
    number: int
    satisfied: int
    dissatisfied: int
    attitude: float | None
    timing: float | None

    @property
    def is_shown(self) -> bool:
        """Are there enough to be told?"""
        return self.number >= FEWEST

    @property
    def share(self) -> Ratio:
        """Of those who were satisfied or more."""
        return ratio(numerator=self.satisfied, denominator=self.number)

    @property
    def share_text(self) -> str:
        """The same in words."""
        return wording.percent(self.share)


@dataclass(frozen=True, kw_only=True)
class PublishedRatings:
    """The whole, the agencies with enough ratings, and those with fewer."""

    whole: RatedAgency
    agencies: list[RatedAgency]
    few: list[RatedAgency]
    counted_at: datetime


def of(asked: Asked) -> PublishedRatings:
    """The ratings given in the period, at most a minute old."""
    key = f"published-ratings:{asked.period.code}"
    kept: PublishedRatings | None = cache.get(key)
    if kept is None:
        kept = _counted(asked)
        cache.set(key, kept, timeout=_KEPT_SECONDS)
    return kept


def _counted(asked: Asked) -> PublishedRatings:
    window = Window.of(asked.period, at=asked.at)
    rows = Rating.objects.given_between(window.start, window.until)
    named = dict(Agency.objects.values_list("pk", "name"))
    told = [
        RatedAgency(name=named[row.pop("agency")], **row)
        for row in rows.order_by().values("agency").annotate(**_SUMS)
    ]
    # The best share first; among equals who was rated by more.
    told.sort(key=lambda one: (-(one.share or 0), -one.number, one.name))
    return PublishedRatings(
        whole=RatedAgency(name="Toàn tỉnh", **rows.aggregate(**_SUMS)),
        agencies=[one for one in told if one.is_shown],
        few=[one for one in told if not one.is_shown],
        counted_at=asked.at,
    )
