"""Results of periods that are over, as known at the end of yesterday: they stand still.

Computed once a day, by a worker before anybody asks, and kept in the cache; a cache that was
lost costs whoever comes first a second.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

from django.core.cache import cache

from dossiers.deadlines import HERE, local_date
from reporting import asking, figures, indicator_sets, scores, standing
from reporting.asking import Asked, has_rules
from reporting.periods import ReportPeriod
from reporting.scores import ProvinceScores
from reporting.shares import ProvinceFigures
from reporting.standing import Standing

SHOWN = 12
_KEPT_SECONDS = 26 * 60 * 60
_TRAILS_KEPT = 16


@dataclass(frozen=True, kw_only=True)
class Standings:
    """Totals of one period: the whole, its groups, and each agency that had dossiers, by id."""

    code: str
    total: Decimal
    groups: dict[str, Decimal]
    agencies: dict[int, Decimal]
    has_dossiers: bool


def before(asked: Asked, *, stood: Standing) -> list[Standings]:
    """The eleven periods before the asked one, the oldest first, those without a set left out."""
    periods = tuple(one for one in asked.period.trail(SHOWN)[:-1] if has_rules(one))
    return _known(periods, known_on(asked), stood.latest_rebuild, stood.services)


def prepare(*, at: datetime) -> None:
    """Have the past ready of every period that the pages offer."""
    stood = standing.read()
    for choice in asking.choices(asking.now(at)):
        before(Asked(period=choice.periods[0], as_of=None, at=at), stood=stood)


@lru_cache(maxsize=_TRAILS_KEPT)
def _known(
    periods: tuple[ReportPeriod, ...], day: date, latest_rebuild: int, services: str
) -> list[Standings]:
    """From what this process knows, from the cache, or computed; in the order of the periods."""
    keys = {one: _key(one, day) for one in periods}
    # Only a rebuild may have changed what was known at the end of a day that is over.
    kept = cache.get_many(keys.values(), version=latest_rebuild)
    missing = {keys[one]: _standings(one, day) for one in periods if keys[one] not in kept}
    if missing:
        cache.set_many(missing, timeout=_KEPT_SECONDS, version=latest_rebuild)
    kept |= missing
    return [kept[keys[one]] for one in periods]


def known_on(asked: Asked) -> date:
    """The day at whose end the past is read: yesterday, or the earlier day that was asked."""
    yesterday = local_date(asked.at) - timedelta(days=1)
    return min(asked.as_of, yesterday) if asked.as_of else yesterday


def standings(province: ProvinceFigures, scored: ProvinceScores) -> Standings:
    """The totals of a whole result; an agency without a dossier has no standing."""
    return Standings(
        code=province.window.period.code,
        total=scored.whole.total,
        groups=dict(scored.whole.groups),
        agencies={
            agency.pk: score.total
            for agency, score in scored.agencies.items()
            if province.agencies[agency].counts["2.1"].denominator
        },
        has_dossiers=bool(province.whole.counts["2.1"].denominator),
    )


def _standings(period: ReportPeriod, day: date) -> Standings:
    # Any later moment knows the same of it.
    at = datetime.combine(day + timedelta(days=1), time(), HERE)
    province = figures.of_province(period=period, at=at, as_of=day)
    return standings(province, scores.of_province(province))


def _key(period: ReportPeriod, day: date) -> str:
    code = indicator_sets.in_force_on(period.last_day).code
    return f"standings:{code}:{period.code}:{day.isoformat()}"
