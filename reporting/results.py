"""The result of a period: figures, points, places, and how the periods before it went."""

from dataclasses import dataclass
from functools import cached_property

from organizations.models import Agency
from reporting import figures, past_results, ranking, scores
from reporting.asking import Asked
from reporting.past_results import Standings
from reporting.scores import ProvinceScores
from reporting.scoring import Score
from reporting.shares import Figures, ProvinceFigures


@dataclass(frozen=True, kw_only=True)
class Result:
    """Everything that the pages of one question show, loaded once."""

    asked: Asked
    province: ProvinceFigures
    scored: ProvinceScores
    past: list[Standings]

    @cached_property
    def standings(self) -> Standings:
        """The totals of this period, in the shape of those before it."""
        return past_results.standings(self.province, self.scored)

    @property
    def previous(self) -> Standings | None:
        """The period just before, when anything happened in it."""
        if not self.past or not self.past[-1].has_dossiers:
            return None
        known = self.past[-1].code == self.asked.period.previous().code
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
        return self.province.agencies[agency] if agency else self.province.whole

    def score_of(self, agency: Agency | None) -> Score:
        """The points of an agency, or of the whole."""
        return self.scored.agencies[agency] if agency else self.scored.whole


def load(asked: Asked) -> Result:
    """Computed from the tallies of this moment; the past comes from the cache."""
    province = figures.of_province(period=asked.period, at=asked.at, as_of=asked.as_of)
    return Result(
        asked=asked,
        province=province,
        scored=scores.of_province(province),
        past=past_results.before(asked, stood=province.stood),
    )
