"""One sheet of Excel, written row by row: memory stays the same however long the list."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from dossiers.columns import Value
from dossiers.deadlines import HERE

# What one sheet of Excel holds, less its heading.
MOST_ROWS = 1_000_000
_WIDTHS = {"code": 24, "procedure": 60, "applicant": 30, "agency": 32, "summary": 50}
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Sheet:
    """Opened with its headings; rows are added; saved once, or dropped with its temporary file."""

    def __init__(self, *, title: str, columns: Iterable[tuple[str, str]]) -> None:
        self._book = Workbook(write_only=True)
        self._is_saved = False
        self._sheet: Any = self._book.create_sheet(title)
        self._sheet.freeze_panes = "A2"
        heads = list(columns)
        for number, (key, _) in enumerate(heads, start=1):
            self._sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(key, 20)
        self._sheet.append([self._head(label) for _, label in heads])

    def add(self, values: Iterable[Value]) -> None:
        """One row: words as words, moments as local moments that Excel can sort."""
        self._sheet.append([self._cell(value) for value in values])

    def save(self, path: str) -> None:
        """Write the file and close it."""
        self._book.save(path)
        self._is_saved = True

    def __enter__(self) -> "Sheet":
        return self

    def __exit__(self, *_: object) -> None:
        if not self._is_saved:
            self._sheet.close()
            self._sheet._writer.cleanup()

    def _head(self, label: str) -> Any:
        cell = WriteOnlyCell(self._sheet, value=label)
        cell.font, cell.alignment = Font(bold=True), Alignment(vertical="top")
        return cell

    def _cell(self, value: Value) -> Any:
        if isinstance(value, datetime):
            cell = WriteOnlyCell(self._sheet, value=value.astimezone(HERE).replace(tzinfo=None))
            cell.number_format = "dd/mm/yyyy hh:mm"
            return cell
        cell = WriteOnlyCell(self._sheet, value=plain(value or ""))
        # Said outright: openpyxl would take whatever begins with "=" for a formula.
        cell.data_type = "s"
        return cell


def plain(text: str) -> str:
    """Text that no spreadsheet takes for a formula, also not after it was saved as CSV."""
    clean = _UNWRITABLE.sub(" ", text)
    return f"'{clean}" if _FORMULA.match(clean) else clean
