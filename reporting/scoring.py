"""From counts to points, groups, total and band: exact arithmetic, nothing but the set's data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import floor
from types import MappingProxyType

from reporting.indicator_sets.shapes import Band, Component, IndicatorSet, WhenNothing
from reporting.refusals import ImpossibleCount, UnknownComponent

# What a component measured: a share from 0 to 1, or None when nothing occurred (0/0, no data).
Ratio = Fraction | None
_WHOLE_PERCENT = 100


@dataclass(frozen=True, kw_only=True)
class Score:
    """Điểm của một đơn vị; components and groups in the order of the set, two decimals each."""

    components: Mapping[str, Decimal]
    groups: Mapping[str, Decimal]
    total: Decimal
    band: Band


def ratio(*, numerator: int, denominator: int) -> Ratio:
    """The unrounded ratio of two counts; None for 0/0."""
    if numerator < 0 or denominator < 0:
        raise ImpossibleCount("Số đếm không thể âm: hãy kiểm tra lại tử số và mẫu số.")
    if numerator > denominator:
        raise ImpossibleCount(
            f"Tử số {numerator} lớn hơn mẫu số {denominator}: hãy kiểm tra lại số liệu."
        )
    return Fraction(numerator, denominator) if denominator else None


def share(percent: Decimal) -> Ratio:
    """The ratio that a share in per cent (0 to 100) stands for."""
    if not percent.is_finite() or not 0 <= percent <= _WHOLE_PERCENT:
        raise ImpossibleCount(f"Tỷ lệ {percent} % không nằm từ 0 đến 100: hãy kiểm tra lại tỷ lệ.")
    return Fraction(percent) / _WHOLE_PERCENT


@lru_cache(maxsize=8192)
def points(*, component: Component, ratio: Ratio, on: date) -> Decimal:
    """The component's points from the unrounded ratio, half-up to two decimals (QĐ 766)."""
    if ratio is None:
        full = component.when_nothing == WhenNothing.FULL
        return half_up(Fraction(component.maximum if full else 0), places=2)
    reached = min(Fraction(1), ratio / Fraction(component.full_share_on(on)))
    return half_up(Fraction(component.maximum) * reached, places=2)


def score(
    *,
    indicator_set: IndicatorSet,
    ratios: Mapping[str, Ratio],
    on: date,
    parent: Mapping[str, Decimal] | None = None,
) -> Score:
    """The score of a unit; a component that is not among the ratios counts as 0/0.

    With the points of a `parent`, inherited components take them: the unit publishes no
    procedures of its own, so a count of its own for them is refused. `on` chooses thresholds.
    """
    indicator_set.require_begun(on)
    for code in ratios:
        indicator_set.scored(code)
    components: dict[str, Decimal] = {}
    for component in indicator_set.components:
        measured = ratios.get(component.code)
        if parent is not None and component.is_inherited:
            components[component.code] = _inherited(component, measured, parent)
        elif component.is_scored:
            components[component.code] = points(component=component, ratio=measured, on=on)
    return _summed(indicator_set, components)


def _inherited(component: Component, measured: Ratio, parent: Mapping[str, Decimal]) -> Decimal:
    if measured is not None:
        raise UnknownComponent(
            f"Chỉ số {component.code} lấy điểm của đơn vị cấp trên: "
            "hãy bỏ số liệu riêng của đơn vị."
        )
    return parent[component.code]


def _summed(indicator_set: IndicatorSet, components: dict[str, Decimal]) -> Score:
    groups = {
        group.code: sum(
            (components[one.code] for one in group.components if one.is_scored), Decimal("0.00")
        )
        for group in indicator_set.groups
    }
    total = sum(groups.values(), Decimal("0.00"))
    return Score(
        components=MappingProxyType(components),
        groups=MappingProxyType(groups),
        total=total,
        band=indicator_set.band(total),
    )


def half_up(value: Fraction, *, places: int) -> Decimal:
    """The value, not negative, with so many decimals; a half is rounded up."""
    scale = 10**places
    return Decimal(floor(value * scale + Fraction(1, 2))).scaleb(-places)
