"""Reads a catalogue file (JSON lines or CSV, plain or xz) row by row, whatever state it is in.

A broken line is an item of its own with its reason; it never stops the lines after it.
"""

import csv
import json
import lzma
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BufferedReader
from lzma import LZMAFile
from pathlib import Path

from procedures.parsing.tables import COLUMNS
from procedures.statuses import SourceForm

XZ_MAGIC = b"\xfd7zXZ\x00"
# A page of the portal has up to 120 kB; a longer line is not one.
MAX_LINE_BYTES = 4 * 1024 * 1024
Stream = BufferedReader | LZMAFile
_BROKEN_FILE = (lzma.LZMAError, EOFError, OSError)


class UnreadableFile(Exception):
    """The file cannot be opened at all; the message is for the person who named it."""


@dataclass(frozen=True)
class Row:
    """One row of the source, or why it could not be read."""

    line: int
    values: Mapping[str, object]
    form: SourceForm
    problem: str = ""


def read_rows(path: Path) -> Iterator[Row]:
    """Every row of the file. Refuses at once, before the first row, what cannot be opened."""
    stream = _open(path)
    try:
        head = stream.peek(64)
    except _BROKEN_FILE as error:
        stream.close()
        raise UnreadableFile(
            f"Không giải nén được tệp {path}: tệp hỏng hoặc bị cắt cụt."
        ) from error
    is_table = head.removeprefix(b"\xef\xbb\xbf").startswith(COLUMNS[0].encode() + b",")
    return _closing(stream, _read_table(stream) if is_table else _read_pages(stream))


def _open(path: Path) -> Stream:
    try:
        with path.open("rb") as file:
            packed = file.read(len(XZ_MAGIC)) == XZ_MAGIC
        # Closed by `_closing`, when the last row is read.
        return lzma.open(path, "rb") if packed else path.open("rb")
    except IsADirectoryError as error:
        raise UnreadableFile(f"{path} là thư mục; hãy chỉ ra một tệp danh mục.") from error
    except FileNotFoundError as error:
        raise UnreadableFile(f"Không có tệp {path}; hãy kiểm tra lại đường dẫn.") from error
    except OSError as error:
        raise UnreadableFile(f"Không mở được tệp {path}; hãy kiểm tra quyền đọc.") from error


def _closing(stream: Stream, rows: Iterator[Row]) -> Iterator[Row]:
    with stream:
        yield from rows


def _lines(stream: Stream) -> Iterator[tuple[int, bytes, str]]:
    """Each line with its number; a line that cannot be taken comes with the reason."""
    number = 0
    while True:
        number += 1
        try:
            line = stream.readline(MAX_LINE_BYTES)
            too_long = len(line) == MAX_LINE_BYTES and not line.endswith(b"\n")
            while too_long and (more := stream.readline(MAX_LINE_BYTES)):
                if more.endswith(b"\n"):
                    break
        except _BROKEN_FILE:
            yield number, b"", "Tệp nén bị cắt cụt hoặc hỏng từ dòng này trở đi."
            return
        if not line:
            return
        yield number, line, "Dòng dài quá 4 MB." if too_long else ""


def _read_pages(stream: Stream) -> Iterator[Row]:
    for number, line, problem in _lines(stream):
        if problem:
            yield Row(number, {}, SourceForm.PAGE, problem)
        elif line.strip():
            yield _read_page_line(number, line)


def _read_page_line(number: int, line: bytes) -> Row:
    values, problem = _json_object(line)
    if not problem and "ten_thu_tuc" not in values and "ma_thu_tuc" not in values:
        problem = "Dòng không phải một thủ tục của cổng: thiếu ma_thu_tuc và ten_thu_tuc."
    return Row(number, values, SourceForm.PAGE, problem or _unstorable(values))


def _json_object(line: bytes) -> tuple[dict[str, object], str]:
    try:
        values = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return {}, "Dòng không phải chữ UTF-8."
    except (ValueError, RecursionError) as error:
        return {}, f"Dòng không phải JSON: {error}."
    if not isinstance(values, dict):
        return {}, "Dòng JSON không phải một đối tượng."
    return values, ""


def _unstorable(values: Mapping[str, object]) -> str:
    """The database keeps neither NUL nor half a character."""
    text = json.dumps(values, ensure_ascii=False)
    if "\\u0000" in text or "\0" in text:
        return "Dòng chứa ký tự NUL."
    try:
        text.encode()
    except UnicodeEncodeError:
        return "Dòng không phải chữ UTF-8."
    return ""


def _read_table(stream: Stream) -> Iterator[Row]:
    broken: list[Row] = []
    # Bytes that are not UTF-8 become lone surrogates, which the row is then refused for.
    text = (line.decode("utf-8", "surrogateescape") for line in _good_lines(stream, broken))
    reader = csv.reader(text, strict=True)
    try:
        header = [name.strip().removeprefix("\ufeff") for name in next(reader, [])]
    except csv.Error as error:
        yield Row(1, {}, SourceForm.TABLE, f"Dòng tiêu đề của bảng CSV hỏng: {error}.")
        return
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield Row(reader.line_num, {}, SourceForm.TABLE, f"Dòng CSV hỏng: {error}.")
            continue
        if cells:
            yield _read_table_cells(reader.line_num, header, cells)
    yield from broken


def _good_lines(stream: Stream, broken: list[Row]) -> Iterator[bytes]:
    for number, line, problem in _lines(stream):
        if problem:
            broken.append(Row(number, {}, SourceForm.TABLE, problem))
        else:
            yield line


def _read_table_cells(number: int, header: list[str], cells: list[str]) -> Row:
    values = dict(zip(header, cells, strict=False))
    if len(cells) != len(header):
        problem = f"Dòng có {len(cells)} cột, bảng có {len(header)} cột."
        return Row(number, values, SourceForm.TABLE, problem)
    return Row(number, values, SourceForm.TABLE, _unstorable(values))
