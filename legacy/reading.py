"""Reads an old system's workbook row by row, at constant memory: openpyxl, read-only."""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from legacy import fields, guarding
from legacy.fields import FIELDS, folded
from legacy.guarding import FileRefused, Merged

# What broken parts make the library raise; that of XML is a SyntaxError.
_BROKEN = (
    AttributeError,
    BadZipFile,
    IndexError,
    InvalidFileException,
    KeyError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
)
# Titles and empty lines may stand above the headers.
_HEADERS_WITHIN = 30
_MOST_SHEETS = 10
_MOST_COLUMNS = 200
# One header alone may be a word in a title.
_FEWEST_HEADERS = 2


@dataclass(frozen=True, kw_only=True)
class Head:
    """Where the rows begin: the sheet, the row of its headers, and these as they stand."""

    sheet: str
    row: int
    headers: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of the sheet: its number and the values of the mapped columns."""

    number: int
    values: Mapping[str, Any]
    # Joined with a neighbour above or below it.
    is_merged: bool = False


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The workbook, read-only, after it was found harmless; FileRefused otherwise."""
    guarding.check(path)
    with warnings.catch_warnings():
        # Exports lack styles, or hold dates beyond Excel's years: each cell is judged by itself.
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
        except _BROKEN:
            raise FileRefused(
                "Tệp Excel bị hỏng nên không đọc được. Hãy mở bằng Excel rồi lưu lại dạng .xlsx.",
                code="broken",
            ) from None
        try:
            yield book
        finally:
            book.close()


def head_of(path: Path, columns: Mapping[str, str] | None = None) -> Head:
    """The headers by this mapping, or, without one, those that look most like headers.

    Raises FileRefused when there are none, or when the mapping names one that is not there.
    """
    with opened(path) as book:
        found = max(
            (head for sheet in book.worksheets[:_MOST_SHEETS] for head in _heads(sheet)),
            key=lambda head: _likeness(head, columns),
            default=None,
        )
    if found is None or _likeness(found, columns) < _FEWEST_HEADERS:
        raise FileRefused(
            "Không tìm thấy dòng tiêu đề cột. Dòng tiêu đề phải nằm trong 30 dòng đầu và có các "
            "cột như Mã hồ sơ, Chủ hồ sơ, Ngày tiếp nhận.",
            code="no_headers",
        )
    if columns is not None:
        _require(found, columns)
    return found


def _heads(sheet: Any) -> Iterator[Head]:
    rows = sheet.iter_rows(max_row=_HEADERS_WITHIN, max_col=_MOST_COLUMNS, values_only=True)
    try:
        for number, values in enumerate(rows, start=1):
            headers = [" ".join(str(value).split())[:200] if value else "" for value in values]
            yield Head(sheet=sheet.title, row=number, headers=headers)
    except _BROKEN:
        return


def _likeness(head: Head, columns: Mapping[str, str] | None) -> int:
    if columns is None:
        return len(fields.suggested(head.headers))
    present = {folded(header) for header in head.headers if header}
    return sum(folded(header) in present for header in columns.values())


def _require(head: Head, columns: Mapping[str, str]) -> None:
    present = {folded(header) for header in head.headers if header}
    lacking = [
        f"“{header}” ({FIELDS[key].label})"
        for key, header in columns.items()
        if key in FIELDS and folded(header) not in present
    ]
    if lacking:
        raise FileRefused(
            f"Tệp thiếu cột {', '.join(lacking)}. Hãy sửa bảng ghép cột hoặc bổ sung cột vào tệp.",
            code="missing_columns",
        )


def places(head: Head, columns: Mapping[str, str]) -> dict[str, int]:
    """By field, the position of its column; of two headers alike the first counts."""
    found: dict[str, int] = {}
    for position, header in reversed(list(enumerate(head.headers))):
        for key, wanted in columns.items():
            if key in FIELDS and header and folded(header) == folded(wanted):
                found[key] = position
    return found


def counted(path: Path, head: Head) -> guarding.Survey:
    """How many rows there are, and what is merged."""
    with opened(path) as book:
        part = guarding.sheet_parts(book[head.sheet])
    return guarding.survey(path, part)


def rows(
    book: Any,
    head: Head,
    columns: Mapping[str, str],
    *,
    after: int = 0,
    merged: Sequence[Merged] = (),
) -> Iterator[Row]:
    """The rows below the headers that come after this one and are not empty."""
    places_of, first = places(head, columns), max(head.row, after) + 1
    joined = _Joined(merged)
    width = min(max(places_of.values()) + 1, _MOST_COLUMNS)
    found = book[head.sheet].iter_rows(min_row=first, max_col=width, values_only=True)
    for number, values in enumerate(_whole(found), start=first):
        cells = {key: values[place] for key, place in places_of.items() if place < len(values)}
        is_merged = joined.holds(number)
        if is_merged or any(value not in {None, ""} for value in _hashable(cells)):
            yield Row(number=number, values=cells, is_merged=is_merged)


def _whole(found: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    try:
        yield from found
    except _BROKEN:
        raise FileRefused(
            "Tệp Excel bị hỏng giữa chừng; các dòng trước chỗ hỏng đã được xử lý. Hãy xuất lại tệp "
            "rồi nhập tiếp.",
            code="broken",
        ) from None


def _hashable(cells: Mapping[str, Any]) -> Iterator[Any]:
    # Objects of formulas cannot be hashed; they are not empty either.
    return (
        value if isinstance(value, str | int | float | None) else True for value in cells.values()
    )


class _Joined:
    """Asks of row numbers that only grow whether they lie in a merged range."""

    def __init__(self, merged: Sequence[Merged]) -> None:
        self._waiting = sorted(merged, key=lambda each: each.top, reverse=True)
        self._until = 0

    def holds(self, number: int) -> bool:
        """Is the row part of a range over several rows?"""
        while self._waiting and self._waiting[-1].top <= number:
            self._until = max(self._until, self._waiting.pop().bottom)
        return number <= self._until
