"""The indicator sets as dated data: one file each, read once and refused when unsound."""

from datetime import date
from functools import cache
from pathlib import Path

from reporting.indicator_sets.reading import read_set
from reporting.indicator_sets.shapes import IndicatorSet
from reporting.refusals import UnknownIndicatorSet

SHIPPED = Path(__file__).parent


@cache
def codes() -> tuple[str, ...]:
    """The codes of all sets, sorted; a variant follows the set that it varies."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.toml")))


@cache
def load(code: str) -> IndicatorSet:
    """The set of this code."""
    if code not in codes():
        raise UnknownIndicatorSet(
            f"Không có bộ chỉ số “{code}”: hãy dùng một trong các bộ {', '.join(codes())}."
        )
    return read_set(SHIPPED / f"{code}.toml")


def in_force_on(day: date) -> IndicatorSet:
    """The set that governs this day; variants are only used when they are asked for by code."""
    for code in codes():
        indicator_set = load(code)
        if not indicator_set.variant_of and indicator_set.is_in_force_on(day):
            return indicator_set
    raise UnknownIndicatorSet(
        f"Chưa có bộ chỉ số nào có hiệu lực vào ngày {day:%d/%m/%Y}: hãy chọn ngày khác."
    )
