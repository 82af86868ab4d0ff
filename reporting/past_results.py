"""Results of periods that are over, as known at the end of yesterday: they stand still, so that
they are computed once a day and kept in the cache."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.core.cache import cache
from django.db.models import Min

from dossiers.deadlines import local_date
from reporting import figures, indicator_sets, scores
from reporting.asking import Asked, has_rules
from reporting.models import Tally
from reporting.periods import ReportPeriod
from reporting.scores import ProvinceScores
from reporting.shares import ProvinceFigures

SHOWN = 12
_KEPT_SECONDS = 26 * 60 * 60


@dataclass(frozen=True, kw_only=True)
class Standings:
    """Totals of one period: the whole, its groups, and each agency that had dossiers, by id."""

    code: str
    total: Decimal
    groups: dict[str, Decimal]
    agencies: dict[int, Decimal]
    has_dossiers: bool


def before(asked: Asked) -> list[Standings]:
    """The eleven periods before the asked one, the oldest first, those without a set left out."""
    periods = [one for one in asked.period.trail(SHOWN)[:-1] if has_rules(one)]
    day = known_on(asked)
    keys = {one: _key(one, day) for one in periods}
    # A rebuild gives every row a new number; nothing else touches the lowest.
    oldest = Tally.objects.aggregate(oldest=Min("id"))["oldest"]
    kept = cache.get_many(keys.values(), version=oldest or 0)
    missing = {keys[one]: _standings(one, day, asked) for one in periods if keys[one] not in kept}
    if missing:
        cache.set_many(missing, timeout=_KEPT_SECONDS, version=oldest or 0)
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


def _standings(period: ReportPeriod, day: date, asked: Asked) -> Standings:
    province = figures.of_province(period=period, at=asked.at, as_of=day)
    return standings(province, scores.of_province(province))


def _key(period: ReportPeriod, day: date) -> str:
    code = indicator_sets.in_force_on(period.last_day).code
    return f"standings:{code}:{period.code}:{day.isoformat()}"
