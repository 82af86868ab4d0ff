"""A statistical form as an Excel file, ready to print on A4 and to sign."""

from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from reporting.statistical import showing
from reporting.statistical.shapes import Table

_FONT = "Times New Roman"
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_COUNTRY, _MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
_UNIT = "Đơn vị tính: số hồ sơ thủ tục hành chính"
# The headings stand in two rows, the numbers of the columns in a third.
_HEAD_ROW = 9


def written(table: Table) -> bytes:
    """The form as the bytes of an .xlsx file; every figure is a number."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = table.form.number.replace("/", "-")
    last = len(table.form.columns) + 2
    _head(sheet, table, last)
    _headings(sheet, table)
    row = _rows(sheet, table)
    row = _signatures(sheet, row + 2, last)
    _page(sheet, row, last)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def _head(sheet: Any, table: Table, last: int) -> None:
    head, form = showing.head(table), table.form
    left = max(3, last * 42 // 100)
    _words(sheet, 1, 1, left, head.parent.upper())
    _words(sheet, 2, 1, left, head.body.upper(), bold=True)
    _words(sheet, 1, left + 1, last, _COUNTRY, bold=True)
    _words(sheet, 2, left + 1, last, _MOTTO, bold=True)
    _words(sheet, 3, left + 1, last, head.place_and_day, italic=True)
    _words(sheet, 3, 1, left, f"Biểu số {form.number}")
    _words(sheet, 5, 1, last, form.title.upper(), bold=True, size=14)
    _words(sheet, 6, 1, last, f"{head.period}. {head.cut_off}", italic=True)
    _words(sheet, 7, 1, last, form.unverified, italic=True)
    _words(
        sheet, 8, 1, last, "Đơn vị tính: số hồ sơ thủ tục hành chính", italic=True, align="right"
    )


def _words(
    sheet: Any,
    row: int,
    start: int,
    end: int,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: int = 12,
    align: str = "center",
) -> None:
    sheet.merge_cells(start_row=row, start_column=start, end_row=row, end_column=end)
    cell = sheet.cell(row=row, column=start, value=text)
    cell.font = Font(name=_FONT, size=size, bold=bold, italic=italic)
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
    # Nothing that somebody named may be taken for a formula.
    cell.data_type = "s"


def _headings(sheet: Any, table: Table) -> None:
    for place, label in ((1, "STT"), (2, showing.row_label(table))):
        sheet.merge_cells(
            start_row=_HEAD_ROW, start_column=place, end_row=_HEAD_ROW + 1, end_column=place
        )
        _boxed(sheet, _HEAD_ROW, place, label, bold=True)
        _boxed(sheet, _HEAD_ROW + 1, place, None)
        _boxed(sheet, _HEAD_ROW + 2, place, f"({place})")
    place = 3
    for group in showing.groups(table):
        end = place + len(group.columns) - 1
        if end > place:
            sheet.merge_cells(
                start_row=_HEAD_ROW, start_column=place, end_row=_HEAD_ROW, end_column=end
            )
        for number, column in enumerate(group.columns, start=place):
            _boxed(sheet, _HEAD_ROW, number, group.label if number == place else None, bold=True)
            _boxed(sheet, _HEAD_ROW + 1, number, column.label, bold=True)
            sums = f" = {column.sum_text}" if column.sum_of else ""
            _boxed(sheet, _HEAD_ROW + 2, number, f"({column.number}){sums}")
        place = end + 1
    sheet.row_dimensions[_HEAD_ROW + 1].height = 62


def _rows(sheet: Any, table: Table) -> int:
    row = _HEAD_ROW + 3
    for row, line in enumerate(showing.lines(table), start=row):  # noqa: B020
        is_total = line.number is None
        _boxed(sheet, row, 1, line.number)
        _boxed(sheet, row, 2, line.row.name, bold=is_total, align="left")
        for place, (_, count) in enumerate(line.cells, start=3):
            _boxed(sheet, row, place, count, bold=is_total, align="right")
    return row


def _boxed(
    sheet: Any,
    row: int,
    column: int,
    value: str | int | None,
    *,
    bold: bool = False,
    align: str = "center",
) -> None:
    # Also within a merged cell: its borders are those of its parts.
    cell = sheet.cell(row=row, column=column)
    cell.border = _BOX
    if value is None:
        return
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    cell.font = Font(name=_FONT, size=11, bold=bold)
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)


def _signatures(sheet: Any, row: int, last: int) -> int:
    half = last // 2
    for start, end, role in (
        (1, half, "NGƯỜI LẬP BIỂU"),
        (half + 1, last, "THỦ TRƯỞNG ĐƠN VỊ"),
    ):
        _words(sheet, row, start, end, role, bold=True)
    _words(sheet, row + 1, 1, half, "(Ký, ghi rõ họ tên)", italic=True)
    _words(sheet, row + 1, half + 1, last, "(Ký tên, đóng dấu)", italic=True)
    return row + 6


def _page(sheet: Any, row: int, last: int) -> None:
    for column in range(1, last + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 9.5
    sheet.column_dimensions["A"].width = 6
    sheet.column_dimensions["B"].width = 38
    sheet.freeze_panes = sheet.cell(row=_HEAD_ROW + 3, column=3)
    sheet.print_area = f"A1:{get_column_letter(last)}{row}"
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW + 2}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
