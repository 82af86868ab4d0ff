"""Scores given counts by an indicator set: a table to read, or JSON for programs."""

import json
import sys
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from reporting import indicator_sets, scoring
from reporting.counts import CountRow, read_counts, unit_name
from reporting.indicator_sets.shapes import Component, IndicatorSet
from reporting.refusals import UnreadableCounts
from reporting.scoring import Score

IMPOSSIBLE = 2
Rows = Mapping[str, CountRow]


class Command(BaseCommand):
    """Chấm điểm bộ chỉ số."""

    help = "Chấm điểm số liệu theo bộ chỉ số: từng chỉ số, nhóm, tổng điểm và xếp loại."
    requires_system_checks = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.error = self._misread  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, metavar="COUNTS.csv", help="cột unit,code,numerator,denominator"
        )
        parser.add_argument("--set", metavar="CODE", help=", ".join(indicator_sets.codes()))
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="ngày áp dụng, mặc định là hôm nay")
        parser.add_argument("--parent", metavar="UNIT", help="đơn vị cấp trên của mọi đơn vị khác")
        parser.add_argument("--json", action="store_true", help="in dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            on = timezone.localdate() if options["on"] is None else _day(options["on"])
            rules = _rules(options["set"], on)
            units = _by_unit(read_counts(_content(options["file"]), indicator_set=rules))
            parent = unit_name(options["parent"]) if options["parent"] else None
            scores = _scores(units, rules=rules, on=on, parent=parent)
        except ValidationError as refusal:
            self._refuse(" ".join(refusal.messages))
        self.stdout.write(
            _as_json(scores) if options["json"] else _as_text(rules, units, scores, on)
        )

    def _misread(self, message: str) -> NoReturn:
        self._refuse("Không đọc được lệnh: cần một tệp COUNTS.csv; hãy xem --help.")

    def _refuse(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        sys.exit(IMPOSSIBLE)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValidationError(
            f"Không đọc được ngày “{text}”: hãy ghi ngày như 2026-11-22."
        ) from error


def _rules(code: str | None, on: date) -> IndicatorSet:
    if code is None:
        return indicator_sets.in_force_on(on)
    rules = indicator_sets.load(code)
    rules.require_begun(on)
    return rules


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise UnreadableCounts(f"Không mở được tệp {path}: hãy kiểm tra đường dẫn.") from error


def _by_unit(rows: list[CountRow]) -> dict[str, dict[str, CountRow]]:
    units: dict[str, dict[str, CountRow]] = {}
    for row in rows:
        units.setdefault(row.unit, {})[row.code] = row
    return units


def _scores(
    units: Mapping[str, Rows], *, rules: IndicatorSet, on: date, parent: str | None
) -> dict[str, Score]:
    above = None
    if parent is not None:
        if parent not in units:
            raise UnreadableCounts(
                f"Tệp không có đơn vị cấp trên “{parent}”: hãy ghi đúng tên trong cột unit."
            )
        above = _score(units[parent], rules=rules, on=on, parent=None)
    return {
        unit: _score(rows, rules=rules, on=on, parent=None if unit == parent else above)
        for unit, rows in units.items()
    }


def _score(rows: Rows, *, rules: IndicatorSet, on: date, parent: Score | None) -> Score:
    if parent:
        _refuse_own_counts(rows, rules)
    ratios = {code: row.ratio for code, row in rows.items()}
    return scoring.score(
        indicator_set=rules, ratios=ratios, on=on, parent=parent.components if parent else None
    )


def _refuse_own_counts(rows: Rows, rules: IndicatorSet) -> None:
    """Names the row that `scoring.score` would refuse without knowing its line."""
    for code, row in rows.items():
        if rules.scored(code).is_inherited and row.ratio is not None:
            row.refuse(f"Chỉ số {code} lấy điểm của đơn vị cấp trên: hãy bỏ dòng này.")


# -- What is printed ---------------------------------------------------------------


def _as_json(scores: Mapping[str, Score]) -> str:
    units = {
        unit: {
            "components": _floats(score.components),
            "groups": _floats(score.groups),
            "total": float(score.total),
            "band": score.band.name,
        }
        for unit, score in scores.items()
    }
    return json.dumps({"units": units}, ensure_ascii=False)


def _floats(points: Mapping[str, Decimal]) -> dict[str, float]:
    # A float prints two decimals as they are; sums were made before, in decimals.
    return {code: float(value) for code, value in points.items()}


def _as_text(
    rules: IndicatorSet, units: Mapping[str, Rows], scores: Mapping[str, Score], on: date
) -> str:
    if not scores:
        return "Tệp số liệu không có đơn vị nào để chấm điểm."
    head = f"{rules.name} ({rules.code}), áp dụng ngày {on:%d/%m/%Y}"
    return "\n\n".join([head, *(_sheet(rules, unit, units[unit], scores[unit]) for unit in scores)])


def _sheet(rules: IndicatorSet, unit: str, rows: Rows, score: Score) -> str:
    lines = [("Mã", unit, "Số liệu", "Điểm", "Tối đa")]
    for group in rules.groups:
        lines.append(
            (group.code, group.name, "", _two(score.groups[group.code]), str(group.maximum))
        )
        lines += [
            _component_line(one, rows.get(one.code), score)
            for one in group.components
            if one.is_scored
        ]
    whole = sum(group.maximum for group in rules.groups)
    lines.append(("", f"Tổng điểm, xếp loại {score.band.name}", "", _two(score.total), str(whole)))
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    return "\n".join(_aligned(line, widths) for line in lines)


def _component_line(
    component: Component, row: CountRow | None, score: Score
) -> tuple[str, str, str, str, str]:
    measured = row.measured if row else "–"
    points = _two(score.components[component.code])
    return (f"  {component.code}", f"  {component.name}", measured, points, f"{component.maximum}")


def _aligned(cells: tuple[str, ...], widths: list[int]) -> str:
    """Words to the left, figures to the right."""
    code, name, *figures = (
        cell.ljust(width) if place < 2 else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join([code, name, *figures])


def _two(points: Decimal) -> str:
    return f"{points:.2f}".replace(".", ",")
