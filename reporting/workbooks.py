"""The figures of a result as an Excel file: numbers as numbers, so that Excel can go on."""

from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from desk.workbooks import plain
from organizations.models import Agency
from reporting.results import Result
from reporting.shares import Count

_COUNTS = ("Cơ quan", "Mã", "Chỉ số", "Tử số", "Mẫu số", "Điểm", "Điểm tối đa", "Ghi chú")
_WIDTHS = (40, 10, 60)
Value = str | int | Decimal | None


def written(result: Result, agencies: Iterable[Agency | None]) -> bytes:
    """Two sheets: the points of the units (None: the whole), and the counts behind them."""
    units = list(agencies)
    book = Workbook(write_only=True)
    _sheet(book, "Điểm", _heads(result), (_points(result, unit) for unit in units))
    _sheet(book, "Số liệu", _COUNTS, (row for unit in units for row in _counts(result, unit)))
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def _heads(result: Result) -> list[str]:
    groups = [group.name for group in result.scored.indicator_set.groups]
    return ["Cơ quan", "Hạng", "Xếp loại", "Tổng điểm", *groups]


def _points(result: Result, unit: Agency | None) -> list[Value]:
    score = result.score_of(unit)
    place = result.places.get(unit.pk) if unit else None
    return [_name(unit), place, score.band.name, score.total, *score.groups.values()]


def _counts(result: Result, unit: Agency | None) -> Iterable[list[Value]]:
    points, counts = result.score_of(unit).components, result.figures_of(unit).counts
    for component in result.scored.indicator_set.components:
        if component.is_scored:
            count: Count = counts[component.code]
            yield [
                _name(unit),
                component.code,
                component.name,
                count.numerator,
                count.denominator,
                points[component.code],
                component.maximum,
                count.note,
            ]


def _name(unit: Agency | None) -> str:
    return unit.name if unit else "Toàn tỉnh"


def _sheet(book: Workbook, title: str, heads: Iterable[str], rows: Iterable[list[Value]]) -> None:
    sheet: Any = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_head(sheet, label) for label in heads])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _head(sheet: Any, label: str) -> Any:
    cell = WriteOnlyCell(sheet, value=label)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Value) -> Any:
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value=plain(value))
    cell.data_type = "s"
    return cell
