"""The row report: which row, which column, what is wrong, as an Excel file."""

import re
from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

HEADS = ("Dòng", "Mã cũ", "Kết quả", "Cột", "Cần làm gì")
# What a spreadsheet takes for a formula, also after the file was saved as CSV.
_FORMULA = re.compile(r"^[=+\-@\t\r]")


def write(path: Path, told: Iterable[tuple[int, str, str, str, str]]) -> None:
    """A line for each objection or remark; memory stays the same however many there are."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Báo cáo từng dòng")
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDE", (8, 30, 20, 24, 100), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append(HEADS)
    for number, *words in told:
        sheet.append([number, *(_plain(sheet, word) for word in words)])
    book.save(path)


def _plain(sheet: object, word: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=f"'{word}" if _FORMULA.match(word) else word)
    cell.data_type = "s"
    return cell
