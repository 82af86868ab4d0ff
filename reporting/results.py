"""The result of a period: figures, points, places, and how the periods before it went."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from organizations.models import Agency
from reporting import figures, past_results, ranking, scores
from reporting.asking import Asked
from reporting.past_results import Standings
from reporting.periods import ReportPeriod
from reporting.scores import ProvinceScores
from reporting.scoring import Score
from reporting.shares import AllFigures, Figures, ProvinceFigures

# Of as many states of figures; the outcomes of one differ by what was known of the past.
_FIGURES_KEPT, _PASTS_KEPT = 12, 2


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcome:
    """What follows from the figures and the past: one object while these are equal.

    What is made of it alone may be kept as long as it is (`boards`, `templatetags.figures`).
    """

    period: ReportPeriod
    figures: AllFigures
    scored: ProvinceScores
    standings: Standings
    past: list[Standings]

    @property
    def previous(self) -> Standings | None:
        """The period just before, when anything happened in it."""
        if not self.past or not self.past[-1].has_dossiers:
            return None
        known = self.past[-1].code == self.period.previous().code
        return self.past[-1] if known else None

    @cached_property
    def places(self) -> dict[int, int]:
        """The place of each agency in its league."""
        return ranking.places(self.scored.agencies, self.standings.agencies)

    @cached_property
    def earlier_places(self) -> dict[int, int]:
        """The places in the period before."""
        return ranking.places(self.scored.agencies, self.previous.agencies if self.previous else {})

    def figures_of(self, agency: Agency | None) -> Figures:
        """The counts of an agency, or of the whole."""
        return self.figures.agencies[agency] if agency else self.figures.whole

    def score_of(self, agency: Agency | None) -> Score:
        """The points of an agency, or of the whole."""
        return self.scored.agencies[agency] if agency else self.scored.whole


@dataclass(frozen=True, kw_only=True)
class Result:
    """Everything that the pages of one question show, loaded once."""

    asked: Asked
    province: ProvinceFigures
    outcome: Outcome

    @property
    def scored(self) -> ProvinceScores:
        """The points of the whole and of each agency."""
        return self.outcome.scored


def load(asked: Asked) -> Result:
    """Computed from the tallies of this moment; the past comes from the cache."""
    province = figures.of_province(period=asked.period, at=asked.at, as_of=asked.as_of)
    past = past_results.before(asked, stood=province.stood)
    return Result(asked=asked, province=province, outcome=_outcome(province, past))


def _outcome(province: ProvinceFigures, past: list[Standings]) -> Outcome:
    kept = _of_figures(province.figures)
    for one in kept:
        if one.past == past:
            return one
    scored = scores.of_province(province)
    made = Outcome(
        period=province.window.period,
        figures=province.figures,
        scored=scored,
        standings=past_results.standings(province, scored),
        past=past,
    )
    kept.append(made)
    del kept[:-_PASTS_KEPT]
    return made


@lru_cache(maxsize=_FIGURES_KEPT)
def _of_figures(figures: AllFigures) -> list[Outcome]:
    """What this process made of these figures; they belong to one period."""
    return []
