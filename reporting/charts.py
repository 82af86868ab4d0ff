"""Geometry of the charts: plain numbers to points and lengths of SVG, as text for its attributes.

Everything drawn here stands beside a table with the same numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 720, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 12, 76, 22, 28
_SCORES = (0, 100)


@dataclass(frozen=True, kw_only=True)
class Point:
    """One mark of a line: where it lies, its words below, its number above."""

    x: str
    y: str
    label_y: str
    name: str
    value: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A level across the chart, named at its right end."""

    y: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line over periods; where nothing was measured it is interrupted."""

    points: list[Point]
    pieces: list[str]
    rules: list[Rule]
    width: int = WIDTH
    height: int = HEIGHT
    edge: str = str(WIDTH - _RIGHT)
    words_x: str = str(WIDTH - _RIGHT + 8)
    names_y: str = str(HEIGHT - 8)


def bar(value: Decimal | int, maximum: Decimal | int) -> str:
    """The length of a bar of 100, by its share of the maximum."""
    if not maximum:
        return "0"
    return _text(min(Decimal(100), Decimal(value) * 100 / Decimal(maximum)))


def line(
    values: Sequence[tuple[str, Decimal | None]], levels: Sequence[tuple[str, Decimal]]
) -> Line:
    """Values by their names, and the levels that give them a meaning."""
    lowest, highest = _scale([value for _, value in values if value is not None])

    def height(value: Decimal) -> Decimal:
        share = (value - lowest) / (highest - lowest)
        return HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM)

    step = Decimal(WIDTH - _LEFT - _RIGHT) / max(len(values), 1)
    points = [
        _point(name, value, Decimal(_LEFT) + step * (place + Decimal("0.5")), height)
        for place, (name, value) in enumerate(values)
    ]
    rules = [Rule(y=_text(height(level)), name=name) for name, level in levels if level > lowest]
    return Line(points=points, pieces=_pieces(points), rules=rules)


def _scale(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """From a round number below the lowest value up to the whole."""
    floor, ceiling = (Decimal(number) for number in _SCORES)
    lowest = min(values, default=floor)
    return max(floor, (lowest - 5) // 10 * 10), ceiling


def _point(
    name: str, value: Decimal | None, x: Decimal, height: Callable[[Decimal], Decimal]
) -> Point:
    y = height(value) if value is not None else Decimal(HEIGHT - _BOTTOM)
    return Point(x=_text(x), y=_text(y), label_y=_text(y - 9), name=name, value=value)


def _pieces(points: Sequence[Point]) -> list[str]:
    pieces: list[list[str]] = [[]]
    for point in points:
        if point.value is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{point.x},{point.y}")
    return [" ".join(piece) for piece in pieces if len(piece) > 1]


def _text(number: Decimal) -> str:
    """As SVG reads it, whatever the language of the page."""
    return f"{number:.1f}"
