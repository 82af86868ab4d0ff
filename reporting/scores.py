"""Points of every agency from its counts: the province is measured, units inherit from it."""

from collections.abc import Mapping
from dataclasses import dataclass

from organizations.models import Agency
from organizations.statuses import AgencyKind
from reporting import indicator_sets, scoring
from reporting.indicator_sets.shapes import IndicatorSet, Level
from reporting.scoring import Ratio, Score
from reporting.shares import Figures, ProvinceFigures

_LEVELS = {AgencyKind.PROVINCE: Level.PROVINCE, AgencyKind.COMMUNE: Level.COMMUNE}


@dataclass(frozen=True, kw_only=True)
class ProvinceScores:
    """The whole and each agency below it, by the indicator set of the period's last day."""

    indicator_set: IndicatorSet
    whole: Score
    agencies: Mapping[Agency, Score]


def of_province(figures: ProvinceFigures, *, set_code: str = "") -> ProvinceScores:
    """Scores for the figures; without a code the set in force at the period's end."""
    rules = rules_of(figures, set_code)
    whole = of_agency(figures.root, figures.whole, figures=figures, rules=rules)
    return ProvinceScores(
        indicator_set=rules,
        whole=whole,
        agencies={
            agency: of_agency(agency, own, figures=figures, rules=rules, parent=whole)
            for agency, own in figures.agencies.items()
            if agency != figures.root
        },
    )


def rules_of(figures: ProvinceFigures, set_code: str = "") -> IndicatorSet:
    """The set asked for, or the one in force on the last day of the period."""
    if set_code:
        return indicator_sets.load(set_code)
    return indicator_sets.in_force_on(figures.window.period.last_day)


def of_agency(
    agency: Agency,
    own: Figures,
    *,
    figures: ProvinceFigures,
    rules: IndicatorSet,
    parent: Score | None = None,
) -> Score:
    """One agency's score; what its level is not measured by counts as 0/0, as on the Portal."""
    return scoring.score(
        indicator_set=rules,
        ratios=ratios(rules, level_of(agency), own),
        on=figures.window.period.last_day,
        parent=parent,
    )


def ratios(rules: IndicatorSet, level: Level, own: Figures) -> dict[str, Ratio]:
    """The shares that this level is measured by."""
    return {
        component.code: own.counts[component.code].ratio
        for component in rules.components
        if component.is_scored and level in component.levels and component.code in own.counts
    }


def level_of(agency: Agency) -> Level:
    """The level at which an agency is measured; whatever is no commune counts as a department."""
    return _LEVELS.get(AgencyKind(agency.kind), Level.DEPARTMENT)
