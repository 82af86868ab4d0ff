"""Looks at an Excel file before it is opened: what is hostile never reaches the reader.

A workbook is a ZIP of XML. What it would unpack to, how many parts it has and whether a part
declares entities is asked of the archive itself, piece by piece.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError

MEBIBYTE = 1024 * 1024
MOST_BYTES = 50 * MEBIBYTE
# A hundred thousand rows of twenty columns unpack to about a tenth of this.
MOST_UNPACKED = 1024 * MEBIBYTE
# Excel keeps all texts of a workbook in one table, which must be held in memory.
MOST_SHARED_TEXTS = 96 * MEBIBYTE
MOST_RATIO = 200
MOST_PARTS = 2000
MOST_ROWS = 200_000
MOST_MERGED = 5000
_PIECE = MEBIBYTE
_OVERLAP = 256
_ROW = re.compile(rb"<row[ >/]")
_MERGED = re.compile(rb'<mergeCell\s+ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")


class FileRefused(ValidationError):
    """The file cannot be read; the sentence says what to do instead."""


@dataclass(frozen=True)
class Merged:
    """Cells joined over several rows: all but the first are empty."""

    top: int
    bottom: int


@dataclass
class Survey:
    """What a sheet holds, counted without reading it into memory."""

    rows: int = 0
    merged: list[Merged] = field(default_factory=list)


def check(path: Path) -> None:
    """Raise FileRefused unless this is an Excel workbook that may be opened safely."""
    if path.stat().st_size > MOST_BYTES:
        raise FileRefused(
            f"Tệp lớn hơn {MOST_BYTES // MEBIBYTE} MB. Hãy chia thành nhiều tệp.", code="too_big"
        )
    try:
        with ZipFile(path) as archive:
            _check_parts(archive)
    except (BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError):
        raise FileRefused(
            "Tệp không phải Excel (.xlsx), bị hỏng hoặc có mật khẩu. Hãy lưu lại dạng .xlsx.",
            code="not_a_workbook",
        ) from None


def _check_parts(archive: ZipFile) -> None:
    parts = archive.infolist()
    if "[Content_Types].xml" not in archive.namelist() or len(parts) > MOST_PARTS:
        raise BadZipFile
    packed = sum(part.compress_size for part in parts) or 1
    unpacked = sum(part.file_size for part in parts)
    texts = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * packed + MEBIBYTE:
        raise FileRefused(
            "Tệp bung ra quá lớn so với dung lượng nên không được mở. Hãy xuất lại từ hệ thống cũ.",
            code="bomb",
        )
    if texts > MOST_SHARED_TEXTS:
        raise FileRefused("Tệp có quá nhiều chữ. Hãy chia thành nhiều tệp.", code="too_big")
    for part in parts:
        if part.filename.endswith((".xml", ".rels", ".vml")):
            with archive.open(part) as content:
                if b"<!DOCTYPE" in content.read(4096).upper().replace(b"\x00", b""):
                    raise BadZipFile


def survey(path: Path, part: str) -> Survey:
    """Count the rows of one sheet and find what is merged over several of them.

    Raises FileRefused when there are more rows than one file may have.
    """
    found = Survey()
    with ZipFile(path) as archive, archive.open(part) as content:
        _read(content, found)
    return found


def _read(content: IO[bytes], found: Survey) -> None:
    rest, unpacked = b"", 0
    merges: dict[tuple[bytes, ...], Merged] = {}
    while piece := content.read(_PIECE):
        unpacked += len(piece)
        _refuse_endless(unpacked, found)
        seen = rest + piece
        # What lies in the overlap was counted with the piece before.
        found.rows += sum(match.end() > len(rest) for match in _ROW.finditer(seen))
        for match in _MERGED.finditer(seen):
            top, bottom = int(match[2]), int(match[4])
            if bottom > top and len(merges) < MOST_MERGED:
                merges[match.groups()] = Merged(top, bottom)
        rest = seen[-_OVERLAP:]
    found.merged = list(merges.values())


def _refuse_endless(unpacked: int, found: Survey) -> None:
    # The archive may lie about the size of a part.
    if unpacked > MOST_UNPACKED:
        raise FileRefused("Tệp bung ra quá lớn nên không được mở.", code="bomb")
    if found.rows > MOST_ROWS:
        raise FileRefused(
            f"Tệp có hơn {MOST_ROWS:_} dòng. Hãy chia thành nhiều tệp.".replace("_", "."),
            code="too_many_rows",
        )


def sheet_parts(sheet: Any) -> str:
    """The part of the archive that holds this sheet of a workbook opened read-only."""
    part = str(sheet._worksheet_path).lstrip("/")
    if not _SHEET.fullmatch(part):
        raise FileRefused("Tệp Excel có cấu trúc lạ. Hãy lưu lại dạng .xlsx.", code="structure")
    return part
