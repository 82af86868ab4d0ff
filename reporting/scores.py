"""Points of every agency from its counts: the province is measured, units inherit from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from organizations.models import Agency
from organizations.statuses import AgencyKind
from reporting import indicator_sets, scoring
from reporting.indicator_sets.shapes import IndicatorSet, Level
from reporting.scoring import Score
from reporting.shares import Count, Figures, ProvinceFigures

# A component's code, numerator and denominator.
Counted = tuple[str, int | None, int | None]
# Some twelve periods of a province.
_SCORES_KEPT = 2048

_LEVELS = {AgencyKind.PROVINCE: Level.PROVINCE, AgencyKind.COMMUNE: Level.COMMUNE}


@dataclass(frozen=True, kw_only=True)
class ProvinceScores:
    """The whole and each agency below it, by the indicator set of the period's last day."""

    indicator_set: IndicatorSet
    whole: Score
    agencies: Mapping[Agency, Score]


def of_province(figures: ProvinceFigures, *, set_code: str = "") -> ProvinceScores:
    """Scores for the figures; without a code the set in force at the period's end."""
    rules, on = rules_of(figures, set_code), figures.window.period.last_day
    whole = _kept(rules.code, on, counted(rules, level_of(figures.root), figures.whole), None)
    inherited = tuple(
        (component.code, whole.components[component.code])
        for component in rules.components
        if component.is_inherited
    )
    return ProvinceScores(
        indicator_set=rules,
        whole=whole,
        agencies={
            agency: _kept(rules.code, on, counted(rules, level_of(agency), own), inherited)
            for agency, own in figures.agencies.items()
            if agency != figures.root
        },
    )


def rules_of(figures: ProvinceFigures, set_code: str = "") -> IndicatorSet:
    """The set asked for, or the one in force on the last day of the period."""
    if set_code:
        return indicator_sets.load(set_code)
    return indicator_sets.in_force_on(figures.window.period.last_day)


def counted(rules: IndicatorSet, level: Level, own: Figures) -> tuple[Counted, ...]:
    """The counts that this level is measured by; what it is not measured by is 0/0 to it."""
    counts = own.counts
    return tuple(
        [
            (code, count.numerator, count.denominator)
            for code in _measured(rules.code, level)
            if (count := counts.get(code)) is not None
        ]
    )


@lru_cache
def _measured(set_code: str, level: Level) -> tuple[str, ...]:
    return tuple(
        component.code
        for component in indicator_sets.load(set_code).components
        if component.is_scored and level in component.levels
    )


@lru_cache(maxsize=_SCORES_KEPT)
def _kept(
    set_code: str,
    on: date,
    counts: tuple[Counted, ...],
    inherited: tuple[tuple[str, Decimal], ...] | None,
) -> Score:
    """A pure function of counts, and few agencies' counts change from one page to the next."""
    return scoring.score(
        indicator_set=indicator_sets.load(set_code),
        ratios={
            code: Count(numerator=numerator, denominator=denominator).ratio
            for code, numerator, denominator in counts
        },
        on=on,
        parent=None if inherited is None else dict(inherited),
    )


def level_of(agency: Agency) -> Level:
    """The level at which an agency is measured; whatever is no commune counts as a department."""
    return _LEVELS.get(AgencyKind(agency.kind), Level.DEPARTMENT)
