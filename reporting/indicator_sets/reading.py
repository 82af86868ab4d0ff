"""Reads the file of an indicator set, and refuses it loudly unless everything fits.

A variant names the set that it varies and holds only what differs.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from reporting.indicator_sets.shapes import (
    Band,
    Component,
    Group,
    IndicatorSet,
    LegalGroup,
    Level,
    Scoring,
    Threshold,
    WhenNothing,
)
from reporting.indicator_sets.tables import Table
from reporting.refusals import BrokenIndicatorSet

WHOLE = Decimal(100)
Choice = TypeVar("Choice", bound=StrEnum)


def read_set(path: Path) -> IndicatorSet:
    """The set that this file describes; `BrokenIndicatorSet` names what is wrong with it."""
    raw = _raw(path)
    base = raw.get("variant_of")
    if base is not None:
        raw = _varied(Table(raw, path.name), path)
    indicator_set = _set(Table(raw, path.name), variant_of=base or "")
    if indicator_set.code != path.stem:
        _refuse(path.name, f"mã bộ chỉ số phải là “{path.stem}” như tên tệp")
    _check(indicator_set, path.name)
    return indicator_set


def _raw(path: Path) -> dict[str, Any]:
    try:
        # Shares such as 0.80 must stay what is written: no binary fractions.
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except FileNotFoundError:
        _refuse(path.name, "không có tệp này")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        _refuse(path.name, f"không đọc được tệp TOML ({error})")


def _varied(variant: Table, path: Path) -> dict[str, Any]:
    """The content of the set that is varied, with what differs put in its place."""
    base = path.with_name(f"{variant.take('variant_of', str)}.toml")
    raw = _raw(base)
    if "variant_of" in raw:
        _refuse(path.name, f"“{base.stem}” cũng là biến thể, phải dựa trên bộ chỉ số gốc")
    read_set(base)  # unsound itself, it would be blamed on the variant
    raw |= {key: variant.take(key, str) for key in ("code", "name", "basis")}
    components = {one["code"]: one for group in raw["groups"] for one in group["components"]}
    for code, change in variant.take("changes", dict).items():
        if code not in components or not isinstance(change, dict):
            _refuse(path.name, f"không thay đổi được chỉ số “{code}” của bộ {base.stem}")
        components[code] |= change
    variant.finish()
    return raw


def _set(table: Table, *, variant_of: str) -> IndicatorSet:
    indicator_set = IndicatorSet(
        code=table.take("code", str),
        name=table.take("name", str),
        basis=table.take("basis", str),
        variant_of=variant_of,
        in_force_from=_day(table, "in_force_from"),
        in_force_until=_day(table, "in_force_until") if "in_force_until" in table else None,
        groups=tuple(_group(group) for group in table.tables("groups")),
        legal_groups=tuple(_legal_group(group) for group in table.tables("legal_groups")),
        bands=tuple(_band(band) for band in table.tables("bands")),
    )
    table.finish()
    return indicator_set


def _group(table: Table) -> Group:
    group = Group(
        code=table.take("code", str),
        name=table.take("name", str),
        maximum=_number(table, "maximum"),
        legal_group=table.take("legal_group", int),
        components=tuple(_component(component) for component in table.tables("components")),
    )
    table.finish()
    return group


def _legal_group(table: Table) -> LegalGroup:
    group = LegalGroup(
        number=table.take("number", int),
        name=table.take("name", str),
        maximum=_number(table, "maximum"),
    )
    table.finish()
    return group


def _component(table: Table) -> Component:
    component = Component(
        code=table.take("code", str),
        portal_code=table.take("portal_code", str, ""),
        name=table.take("name", str),
        maximum=_number(table, "maximum"),
        scoring=_choice(table, Scoring, table.take("scoring", str)),
        thresholds=tuple(_threshold(one) for one in table.tables("thresholds", optional=True)),
        when_nothing=_choice(table, WhenNothing, table.take("when_nothing", str)),
        is_inherited=table.take("inherited", bool, False),
        levels=frozenset(_choice(table, Level, level) for level in table.take("levels", list)),
        numerator=table.take("numerator", str),
        denominator=table.take("denominator", str),
        note=table.take("note", str, ""),
    )
    table.finish()
    return component


def _threshold(table: Table) -> Threshold:
    threshold = Threshold(valid_from=_day(table, "from"), share=_number(table, "share"))
    table.finish()
    return threshold


def _band(table: Table) -> Band:
    band = Band(name=table.take("name", str), minimum=_number(table, "minimum"))
    table.finish()
    return band


def _number(table: Table, key: str) -> Decimal:
    number = Decimal(table.take(key, int | Decimal))
    if not number.is_finite():
        _refuse(table.where, f"“{key}” phải là một số")
    return number


def _day(table: Table, key: str) -> date:
    day: date = table.take(key, date)
    if isinstance(day, datetime):
        _refuse(table.where, f"“{key}” phải là ngày, không có giờ")
    return day


def _choice(table: Table, choices: type[Choice], value: object) -> Choice:
    try:
        return choices(str(value))
    except ValueError:
        _refuse(table.where, f"“{value}” không thuộc {', '.join(choices)}")


# -- What must fit together --------------------------------------------------------


def _check(indicator_set: IndicatorSet, where: str) -> None:
    for problem in _problems(indicator_set):
        _refuse(where, problem)


def _problems(indicator_set: IndicatorSet) -> Iterator[str]:
    yield from _problems_of_codes(indicator_set)
    for component in indicator_set.components:
        yield from _problems_of_component(component, indicator_set.in_force_from)
    yield from _problems_of_sums(indicator_set)
    yield from _problems_of_bands(indicator_set.bands)
    if not indicator_set.is_in_force_on(indicator_set.in_force_from):
        yield "ngày hết hiệu lực đứng trước ngày có hiệu lực"


def _problems_of_codes(indicator_set: IndicatorSet) -> Iterator[str]:
    codes = [group.code for group in indicator_set.groups]
    codes += [component.code for component in indicator_set.components]
    codes += [f"nhóm {group.number}" for group in indicator_set.legal_groups]
    yield from (f"mã “{code}” có nhiều lần" for code, times in Counter(codes).items() if times > 1)


def _problems_of_component(component: Component, begins: date) -> Iterator[str]:
    code = component.code
    if component.is_scored != (component.maximum > 0):
        yield f"chỉ số {code}: điểm tối đa phải lớn hơn 0, hoặc bằng 0 khi chỉ hiển thị"
    if not component.levels:
        yield f"chỉ số {code}: chưa ghi cấp được đo"
    if (component.scoring == Scoring.THRESHOLD) != bool(component.thresholds):
        yield f"chỉ số {code}: tính theo ngưỡng thì phải có ngưỡng, và ngược lại"
    if any(not 0 < threshold.share <= 1 for threshold in component.thresholds):
        yield f"chỉ số {code}: ngưỡng phải lớn hơn 0 và không quá 1"
    days = [threshold.valid_from for threshold in component.thresholds]
    if days and (days != sorted(set(days)) or days[0] > begins):
        yield f"chỉ số {code}: ngưỡng phải theo thứ tự ngày và có từ ngày {begins:%d/%m/%Y}"


def _problems_of_sums(indicator_set: IndicatorSet) -> Iterator[str]:
    for group in indicator_set.groups:
        if sum(component.maximum for component in group.components) != group.maximum:
            yield f"nhóm {group.code}: tổng điểm tối đa của các chỉ số khác {group.maximum}"
    numbers = {legal.number for legal in indicator_set.legal_groups}
    if {group.legal_group for group in indicator_set.groups} != numbers:
        yield "nhóm hiển thị và nhóm của quyết định không khớp nhau"
    for legal in indicator_set.legal_groups:
        shown = [group for group in indicator_set.groups if group.legal_group == legal.number]
        if sum(group.maximum for group in shown) != legal.maximum:
            yield f"nhóm {legal.number} của quyết định: tổng điểm khác {legal.maximum}"
    if sum(group.maximum for group in indicator_set.groups) != WHOLE:
        yield f"tổng điểm tối đa của các nhóm khác {WHOLE}"


def _problems_of_bands(bands: tuple[Band, ...]) -> Iterator[str]:
    minima = [band.minimum for band in bands]
    if minima != sorted(set(minima), reverse=True) or not minima or minima[-1] != 0:
        yield "các mức xếp loại phải giảm dần và mức cuối bắt đầu từ 0 điểm"
    elif minima[0] > WHOLE:
        yield f"mức xếp loại cao nhất vượt quá {WHOLE} điểm"
    if len({band.name for band in bands}) != len(bands):
        yield "tên mức xếp loại bị trùng"


def _refuse(where: str, problem: str) -> NoReturn:
    raise BrokenIndicatorSet(f"{where}: {problem}; hãy sửa tệp bộ chỉ số.")
