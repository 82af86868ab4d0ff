"""What would lift a component's points: scoring turned around, exact and without a database."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

from django.db import models

from reporting import scoring
from reporting.indicator_sets.shapes import Component
from reporting.shares import Count

_CENT = Decimal("0.01")
_HALF_OF_A_CENT = Fraction(1, 200)
# Nobody plans for ten times the dossiers of the period.
_WITHIN_REACH = 10


class Way(models.TextChoices):
    """Cách tăng điểm: what was counted can be made good, or only new ones can help."""

    MENDED = "mended", "Hoàn thành phần chưa đạt"
    ADDED = "added", "Thêm việc mới đạt yêu cầu"


@dataclass(frozen=True, kw_only=True)
class Gain:
    """So many more lift the component by so many points; `is_whole` when that is the maximum."""

    number: int
    points: Decimal
    is_whole: bool


def next_gain(*, component: Component, count: Count, way: Way, on: date) -> Gain | None:
    """The fewest more that are worth one point, or half of what is missing when that is less."""
    now = _points(component, count, on)
    wanted = now + min(Decimal(1), ((component.maximum - now) / 2).quantize(_CENT))
    return _gain(component, count, way, on, now, wanted)


def whole_gain(*, component: Component, count: Count, way: Way, on: date) -> Gain | None:
    """The fewest more that are worth the maximum; None where that is out of reach."""
    found = _gain(component, count, way, on, _points(component, count, on), component.maximum)
    return found if found and found.number <= _WITHIN_REACH * (count.denominator or 1) else None


def needed(
    *, component: Component, count: Count, way: Way, on: date, points: Decimal
) -> int | None:
    """How many more reach these points; None when no number does."""
    if count.numerator is None or count.denominator is None:
        return None
    if _points(component, count, on) >= points:
        return 0
    share = _least_share(component, on, points)
    if way == Way.ADDED:
        return _added(count.numerator, count.denominator, share)
    missing = max(0, ceil(share * count.denominator - count.numerator))
    return missing if 0 < missing <= count.denominator - count.numerator else None


def _gain(
    component: Component, count: Count, way: Way, on: date, now: Decimal, wanted: Decimal
) -> Gain | None:
    if wanted <= now:
        return None
    number = needed(component=component, count=count, way=way, on=on, points=wanted)
    if number is None:
        return None
    reached = _points(component, _with(count, way, number), on)
    return Gain(number=number, points=reached - now, is_whole=reached >= component.maximum)


def _with(count: Count, way: Way, number: int) -> Count:
    numerator, denominator = count.numerator or 0, count.denominator or 0
    more = number if way == Way.ADDED else 0
    return Count(numerator=numerator + number, denominator=denominator + more)


def _points(component: Component, count: Count, on: date) -> Decimal:
    return scoring.points(component=component, ratio=count.ratio, on=on)


def _least_share(component: Component, on: date, points: Decimal) -> Fraction:
    """The least share whose points, rounded half up, are these."""
    unrounded = Fraction(points) - _HALF_OF_A_CENT
    return unrounded * Fraction(component.full_share_on(on)) / Fraction(component.maximum)


def _added(numerator: int, denominator: int, share: Fraction) -> int | None:
    if denominator == 0:
        return 1
    missing = share * denominator - numerator
    return max(1, ceil(missing / (1 - share))) if share < 1 else None
