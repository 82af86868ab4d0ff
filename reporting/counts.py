"""Reads a table of counts (unit, code, numerator, denominator), or refuses it naming the row.

Counts are whole numbers. With an empty denominator the numerator is a share in per cent, whose
decimals follow a point or a comma. Both empty mean that nothing occurred, as 0/0 does.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, NoReturn
from unicodedata import normalize

from django.core.exceptions import ValidationError

from reporting import scoring
from reporting.indicator_sets.shapes import IndicatorSet
from reporting.refusals import UnreadableCounts
from reporting.scoring import Ratio

COLUMNS = ("unit", "code", "numerator", "denominator")
DELIMITERS = ",;\t"
# No office counts so far; more digits than these are a broken file.
_COUNT = re.compile(r"[0-9]{1,30}")
_SHARE = re.compile(r"[0-9]{1,30}(?:[.,][0-9]{1,30})?")
_SHOWN_LENGTH = 160


@dataclass(frozen=True, kw_only=True)
class CountRow:
    """One row as it was understood; `content` is what stands in the file, on one line."""

    line: int
    content: str
    unit: str
    code: str
    measured: str
    ratio: Ratio

    def refuse(self, sentence: str) -> NoReturn:
        """Refuses the table because of this row."""
        refuse_line(self.line, self.content, sentence)


class _Line(NamedTuple):
    number: int
    cells: list[str]


def read_counts(content: bytes, *, indicator_set: IndicatorSet) -> list[CountRow]:
    """The rows of the table in their order; a header alone is a table without units."""
    text = _text(content)
    delimiter = _delimiter(text)
    lines = _lines(text, delimiter)
    header = next(lines, None)
    if header is None:
        raise UnreadableCounts(
            f"Tệp số liệu không có dòng nào: hãy ghi dòng tiêu đề {','.join(COLUMNS)}."
        )
    places = _places(header, delimiter)
    rows: dict[tuple[str, str], CountRow] = {}
    for line in lines:
        row = _row(line, header, places, delimiter, indicator_set)
        first = rows.setdefault((row.unit, row.code), row)
        if first is not row:
            row.refuse(f"Chỉ số {row.code} của đơn vị này đã có ở dòng {first.line}: hãy bỏ một.")
    return list(rows.values())


def refuse_line(number: int, content: str, sentence: str) -> NoReturn:
    """One sentence that names the line and says what is wrong with it."""
    raise UnreadableCounts(f"Dòng {number} “{content}”: {sentence[0].lower()}{sentence[1:]}")


def unit_name(text: str) -> str:
    """The name as it is compared and shown: composed letters, single spaces."""
    unit = " ".join(normalize("NFC", text).split())
    if not unit or not unit.isprintable():
        raise UnreadableCounts("Thiếu tên đơn vị hoặc tên có ký tự lạ: hãy ghi lại tên đơn vị.")
    return unit


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableCounts(
            f"Tệp số liệu không viết bằng UTF-8 (từ dòng {line}): hãy lưu lại dạng CSV UTF-8."
        ) from error


def _delimiter(text: str) -> str:
    """The one that parts the header into the wanted columns: spreadsheets differ by locale."""
    header = next((line for line in io.StringIO(text, newline="") if line.strip()), "")
    names = (set(_names(header.replace('"', "").split(one))) for one in DELIMITERS)
    fitting = (one for one, found in zip(DELIMITERS, names, strict=True) if set(COLUMNS) <= found)
    return next(fitting, ",")


def _names(cells: Sequence[str]) -> list[str]:
    return [cell.strip().casefold() for cell in cells]


def _lines(text: str, delimiter: str) -> Iterator[_Line]:
    """Lines with anything in them, each by the number of its first line in the file."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            refuse_line(number, _raw_line(text, number), "Dấu ngoặc kép hoặc ô bị hỏng: hãy sửa.")
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield _Line(number, cells)


def _raw_line(text: str, number: int) -> str:
    lines = list(io.StringIO(text, newline=""))
    return _one_line(lines[number - 1])


def _one_line(text: str) -> str:
    """Without line breaks and anything else that would not show, and not endless."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text).strip()
    return f"{shown[:_SHOWN_LENGTH]}…" if len(shown) > _SHOWN_LENGTH else shown


def _places(header: _Line, delimiter: str) -> dict[str, int]:
    names = _names(header.cells)
    content = _one_line(delimiter.join(header.cells))
    for column in COLUMNS:
        if names.count(column) != 1:
            problem = "có nhiều cột" if column in names else "thiếu cột"
            wanted = ",".join(COLUMNS)
            refuse_line(header.number, content, f"{problem} {column}: hãy ghi tiêu đề {wanted}.")
    return {column: names.index(column) for column in COLUMNS}


def _row(
    line: _Line,
    header: _Line,
    places: dict[str, int],
    delimiter: str,
    indicator_set: IndicatorSet,
) -> CountRow:
    content = _one_line(delimiter.join(line.cells))
    try:
        if len(line.cells) != len(header.cells):
            raise UnreadableCounts(
                f"Dòng có {len(line.cells)} ô, tiêu đề có {len(header.cells)} cột: "
                "hãy ghi đủ các ô, kể cả ô trống."
            )
        cells = {column: line.cells[place].strip() for column, place in places.items()}
        return CountRow(
            line=line.number,
            content=content,
            unit=unit_name(cells["unit"]),
            code=indicator_set.scored(cells["code"]).code,
            measured=_measured(cells["numerator"], cells["denominator"]),
            ratio=_ratio(cells["numerator"], cells["denominator"]),
        )
    except ValidationError as refusal:
        refuse_line(line.number, content, refusal.messages[0])


def _ratio(numerator: str, denominator: str) -> Ratio:
    if not denominator:
        return scoring.share(_share(numerator)) if numerator else None
    return scoring.ratio(numerator=_count(numerator), denominator=_count(denominator))


def _measured(numerator: str, denominator: str) -> str:
    if denominator:
        return f"{numerator}/{denominator}"
    return f"{numerator.replace('.', ',')} %" if numerator else "0/0"


def _count(text: str) -> int:
    if not _COUNT.fullmatch(text):
        raise UnreadableCounts(
            f"“{_one_line(text)}” không phải số đếm: hãy ghi số nguyên không âm, không có dấu "
            "phân cách."
        )
    return int(text)


def _share(text: str) -> Decimal:
    if not _SHARE.fullmatch(text):
        raise UnreadableCounts(
            f"“{_one_line(text)}” không phải tỷ lệ phần trăm: hãy ghi một số từ 0 đến 100 như "
            "97.05, hoặc ghi đủ cả tử số và mẫu số."
        )
    return Decimal(text.replace(",", "."))
