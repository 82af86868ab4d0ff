"""Results as the public reads them: points of groups and places, nothing about persons.

Kept for a minute: a crowd that reads the page costs the portal one computation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from reporting import asking, boards, results
from reporting.asking import Asked
from reporting.periods import ReportPeriod

_KEPT_SECONDS = 60
# Only what the page offers may be asked, so that nobody fills the cache.
_OFFERED = 3


@dataclass(frozen=True, kw_only=True)
class Published:
    """The whole province and its agencies in one period; `tables` are drawn as they are kept."""

    period: ReportPeriod
    name: str
    total: Decimal
    band: str
    tables: SafeString
    fresh_at: datetime


def read(given: Mapping[str, str], *, at: datetime) -> Asked:
    """The period in the address if the page offers it; otherwise the running month."""
    asked = asking.now(at)
    known = {period.code: period for choice in offered(at) for period in choice.periods}
    period = known.get(given.get("ky", ""), asked.period)
    return Asked(period=period, as_of=None, at=at)


def offered(at: datetime) -> list[asking.Choices]:
    """The calendar periods to choose from."""
    return asking.choices(asking.now(at))[:_OFFERED]


def of(asked: Asked) -> Published:
    """The results of the period, at most a minute old."""
    key = f"published-tables:{asked.period.code}"
    kept: Published | None = cache.get(key)
    if kept is None:
        kept = _computed(asked)
        cache.set(key, kept, timeout=_KEPT_SECONDS)
    return kept


def _computed(asked: Asked) -> Published:
    result = results.load(asked)
    tables = {
        "groups": boards.group_lines(result.outcome, None),
        "leagues": boards.heat(result.outcome, None).leagues,
    }
    return Published(
        period=asked.period,
        name=result.scored.indicator_set.name,
        total=result.scored.whole.total,
        band=result.scored.whole.band.name,
        tables=render_to_string("reporting/_public_tables.html", tables),
        fresh_at=result.province.fresh_at,
    )
