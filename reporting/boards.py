"""An outcome as the pages show it: groups as bars, agencies as a heat table, the trend as a line.

What is made of an outcome alone is the same object as long as the outcome is.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from organizations.models import Agency
from reporting import charts, gains, ranking, wording
from reporting.indicator_sets.shapes import Band, Component, Group
from reporting.periods import ReportPeriod
from reporting.remedies import REMEDIES
from reporting.results import Outcome
from reporting.shares import Count

Columns = Sequence[Group | Component]
# One page for each agency of a province, twice.
_PARTS_KEPT = 320
# Shades of the heat table, by the bands of the decision: 5 is "Xuất sắc".
_SHADES = ((90, 5), (80, 4), (70, 3), (50, 2), (0, 1))


@dataclass(frozen=True, kw_only=True)
class ComponentLine:
    """One component: its counts, its points, and what would lift it."""

    component: Component
    count: Count
    points: Decimal
    on: date

    @cached_property
    def advice(self) -> list[str]:
        """How many more of what lift the points."""
        return advice(self.component, self.count, self.on)

    @property
    def missing(self) -> Decimal:
        """How far it lies below its maximum."""
        return self.component.maximum - self.points

    @property
    def share(self) -> str:
        """The share in words."""
        return wording.percent(self.count.ratio)

    @property
    def length(self) -> str:
        """Of its bar."""
        return charts.bar(self.points, self.component.maximum)


@dataclass(frozen=True, kw_only=True)
class GroupLine:
    """One group and its components."""

    group: Group
    points: Decimal
    before: Decimal | None
    components: list[ComponentLine]

    @property
    def length(self) -> str:
        """Of its bar."""
        return charts.bar(self.points, self.group.maximum)

    @property
    def change(self) -> Decimal | None:
        """Since the period before."""
        return None if self.before is None else self.points - self.before


class Cell(NamedTuple):
    """Points of one agency in one column; `shade` by the share of the maximum."""

    code: str
    name: str
    points: Decimal
    shade: int


@dataclass(frozen=True, kw_only=True)
class HeatRow:
    """One agency of the heat table."""

    agency: Agency
    place: int
    moved: str
    total: Decimal
    band: Band
    shade: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class League:
    """Agencies that are compared with each other."""

    label: str
    rows: list[HeatRow]
    idle: list[Agency]


@dataclass(frozen=True, kw_only=True, eq=False)
class Heat:
    """The heat table: agencies by league, against the groups or the components of one group."""

    columns: Columns
    leagues: list[League]


@dataclass(frozen=True, kw_only=True)
class AgencyLine:
    """One component of one agency."""

    agency: Agency
    line: ComponentLine


@lru_cache(maxsize=_PARTS_KEPT)
def group_lines(outcome: Outcome, agency: Agency | None) -> list[GroupLine]:
    """The groups of the whole or of an agency, each with its scored components."""
    score = outcome.score_of(agency)
    before = outcome.previous.groups if outcome.previous and agency is None else {}
    return [
        GroupLine(
            group=group,
            points=score.groups[group.code],
            before=before.get(group.code),
            components=[
                component_line(outcome, agency, component)
                for component in group.components
                if component.is_scored
            ],
        )
        for group in outcome.scored.indicator_set.groups
    ]


def component_line(outcome: Outcome, agency: Agency | None, component: Component) -> ComponentLine:
    """One component of the whole or of an agency."""
    count = outcome.figures_of(agency).counts[component.code]
    return ComponentLine(
        component=component,
        count=count,
        points=outcome.score_of(agency).components[component.code],
        on=outcome.period.last_day,
    )


def advice(component: Component, count: Count, on: date) -> list[str]:
    """How many more of what lift the points: by one, and to the maximum."""
    remedy = REMEDIES.get(component.code)
    if remedy is None:
        return []
    asked = {"component": component, "count": count, "way": remedy.way, "on": on}
    steps = [gains.next_gain(**asked), gains.whole_gain(**asked)]  # type: ignore[arg-type]
    said = [wording.gain(step, remedy.more) for step in steps if step is not None]
    return list(dict.fromkeys(said))


def most_to_gain(groups: Iterable[GroupLine], *, number: int = 3) -> list[ComponentLine]:
    """The components that miss most points and can be lifted, the largest first."""
    lines = [line for group in groups for line in group.components if line.advice]
    return sorted(lines, key=lambda line: line.missing, reverse=True)[:number]


@lru_cache(maxsize=_PARTS_KEPT)
def gains_of(outcome: Outcome, agency: Agency | None) -> list[ComponentLine]:
    """What the whole or an agency should do first."""
    return most_to_gain(group_lines(outcome, agency))


@lru_cache(maxsize=_PARTS_KEPT)
def agency_lines(outcome: Outcome, shown: frozenset[int] | None, code: str) -> list[AgencyLine]:
    """One component of each agency shown (None: all) with dossiers, the fewest points first."""
    component = outcome.scored.indicator_set.scored(code)
    lines = [
        AgencyLine(agency=agency, line=component_line(outcome, agency, component))
        for agency in outcome.scored.agencies
        if agency.pk in outcome.standings.agencies and (shown is None or agency.pk in shown)
    ]
    return sorted(lines, key=lambda one: one.line.points)


@lru_cache(maxsize=_PARTS_KEPT)
def heat(outcome: Outcome, shown: frozenset[int] | None, group_code: str = "") -> Heat:
    """The agencies shown (None: all) by groups, or by the scored components of one group."""
    groups = outcome.scored.indicator_set.groups
    columns: Columns = groups
    if group_code:
        components = next(group for group in groups if group.code == group_code).components
        columns = [component for component in components if component.is_scored]
    return Heat(columns=columns, leagues=leagues(outcome, shown, columns))


def leagues(outcome: Outcome, shown: Collection[int] | None, columns: Columns) -> list[League]:
    """The heat table of the agencies shown (None: all), in the order of their places."""
    members: dict[str, list[Agency]] = {}
    for agency in outcome.scored.agencies:
        if shown is None or agency.pk in shown:
            members.setdefault(ranking.league(agency), []).append(agency)
    return [_league(outcome, label, found, columns) for label, found in sorted(members.items())]


def _league(outcome: Outcome, label: str, members: list[Agency], columns: Columns) -> League:
    busy = [agency for agency in members if agency.pk in outcome.places]
    busy.sort(key=lambda agency: outcome.places[agency.pk])
    return League(
        label=label,
        rows=[_heat_row(outcome, agency, columns) for agency in busy],
        idle=[agency for agency in members if agency.pk not in outcome.places],
    )


def _heat_row(outcome: Outcome, agency: Agency, columns: Columns) -> HeatRow:
    score = outcome.scored.agencies[agency]
    place = outcome.places[agency.pk]
    points = {**score.groups, **score.components}
    before = outcome.earlier_places.get(agency.pk)
    return HeatRow(
        agency=agency,
        place=place,
        moved=wording.places_moved(place, before),
        total=score.total,
        band=score.band,
        shade=shade(score.total, Decimal(100)),
        cells=tuple(
            Cell(
                code=column.code,
                name=column.name,
                points=points[column.code],
                shade=shade(points[column.code], column.maximum),
            )
            for column in columns
        ),
    )


def shade(points: Decimal, maximum: Decimal) -> int:
    """The step of the heat table: the bands of the decision, applied to the share."""
    share = points * 100 / maximum if maximum else Decimal(0)
    return next(step for least, step in _SHADES if share >= least)


@lru_cache(maxsize=_PARTS_KEPT)
def trend(outcome: Outcome, agency: Agency | None) -> charts.Line:
    """Twelve periods of the whole or of an agency; a period without dossiers is a gap."""
    values: list[tuple[str, Decimal | None]] = []
    for standing in [*outcome.past, outcome.standings]:
        value = standing.total if agency is None else standing.agencies.get(agency.pk)
        period = ReportPeriod.parse(standing.code)
        values.append((short_name(period), value if standing.has_dossiers else None))
    bands = outcome.scored.indicator_set.bands
    return charts.line(values, [(band.name, band.minimum) for band in bands])


def short_name(period: ReportPeriod) -> str:
    """`11/26` below the chart, `Q4/26`, `2026`."""
    code = period.code.removesuffix("-tk")
    year, _, part = code.partition("-")
    return f"{part.lstrip('0')}/{year[2:]}" if part else year
