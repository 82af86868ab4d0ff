"""A result as the pages show it: groups as bars, agencies as a heat table, the trend as a line."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from organizations.models import Agency
from reporting import charts, gains, ranking, wording
from reporting.indicator_sets.shapes import Band, Component, Group
from reporting.periods import ReportPeriod
from reporting.remedies import REMEDIES
from reporting.results import Result
from reporting.shares import Count

Columns = Sequence[Group | Component]
# Shades of the heat table, by the bands of the decision: 5 is "Xuất sắc".
_SHADES = ((90, 5), (80, 4), (70, 3), (50, 2), (0, 1))


@dataclass(frozen=True, kw_only=True)
class ComponentLine:
    """One component: its counts, its points, and what would lift it."""

    component: Component
    count: Count
    points: Decimal
    advice: list[str]

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


def group_lines(result: Result, agency: Agency | None) -> list[GroupLine]:
    """The groups of the whole or of an agency, each with its scored components."""
    score = result.score_of(agency)
    before = result.previous.groups if result.previous and agency is None else {}
    return [
        GroupLine(
            group=group,
            points=score.groups[group.code],
            before=before.get(group.code),
            components=[
                component_line(result, agency, component)
                for component in group.components
                if component.is_scored
            ],
        )
        for group in result.scored.indicator_set.groups
    ]


def component_line(result: Result, agency: Agency | None, component: Component) -> ComponentLine:
    """One component of the whole or of an agency."""
    count = result.figures_of(agency).counts[component.code]
    return ComponentLine(
        component=component,
        count=count,
        points=result.score_of(agency).components[component.code],
        advice=advice(component, count, result.asked.period.last_day),
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


def leagues(result: Result, shown: Collection[int] | None, columns: Columns) -> list[League]:
    """The heat table of the agencies shown (None: all), in the order of their places."""
    members: dict[str, list[Agency]] = {}
    for agency in result.scored.agencies:
        if shown is None or agency.pk in shown:
            members.setdefault(ranking.league(agency), []).append(agency)
    return [_league(result, label, found, columns) for label, found in sorted(members.items())]


def _league(result: Result, label: str, members: list[Agency], columns: Columns) -> League:
    busy = [agency for agency in members if agency.pk in result.places]
    busy.sort(key=lambda agency: result.places[agency.pk])
    return League(
        label=label,
        rows=[_heat_row(result, agency, columns) for agency in busy],
        idle=[agency for agency in members if agency.pk not in result.places],
    )


def _heat_row(result: Result, agency: Agency, columns: Columns) -> HeatRow:
    score = result.scored.agencies[agency]
    place = result.places[agency.pk]
    points = {**score.groups, **score.components}
    before = result.earlier_places.get(agency.pk)
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


def trend(result: Result, agency: Agency | None) -> charts.Line:
    """Twelve periods of the whole or of an agency; a period without dossiers is a gap."""
    values: list[tuple[str, Decimal | None]] = []
    for standing in [*result.past, result.standings]:
        value = standing.total if agency is None else standing.agencies.get(agency.pk)
        period = ReportPeriod.parse(standing.code)
        values.append((short_name(period), value if standing.has_dossiers else None))
    bands = result.scored.indicator_set.bands
    return charts.line(values, [(band.name, band.minimum) for band in bands])


def short_name(period: ReportPeriod) -> str:
    """`11/26` below the chart, `Q4/26`, `2026`."""
    code = period.code.removesuffix("-tk")
    year, _, part = code.partition("-")
    return f"{part.lstrip('0')}/{year[2:]}" if part else year
