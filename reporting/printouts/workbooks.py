"""A printout as an Excel file: numbers as numbers, so that Excel can go on."""

import re
from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from desk.workbooks import plain
from reporting.printouts.shapes import Printout, Sheet, Value

_WIDTHS = (40, 10, 60)
# What Excel takes for the name of a sheet.
_LONGEST_TITLE = 31
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")


def written(printout: Printout) -> bytes:
    """Every table of the printout as a sheet of its own."""
    book = Workbook(write_only=True)
    for sheet in printout.sheets:
        _add(book, sheet)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def _add(book: Workbook, table: Sheet) -> None:
    sheet: Any = book.create_sheet(_NOT_IN_TITLES.sub(" ", table.title)[:_LONGEST_TITLE])
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_head(sheet, label) for label in table.heads])
    _fill(sheet, table.rows)


def _fill(sheet: Any, rows: Iterable[Iterable[Value]]) -> None:
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _head(sheet: Any, label: str) -> Any:
    cell = WriteOnlyCell(sheet, value=label)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Value) -> Any:
    if isinstance(value, timedelta):
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = "[h]:mm"
        return cell
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value=plain(value))
    cell.data_type = "s"
    return cell
