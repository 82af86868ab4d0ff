"""What stands in one cell: text in one spelling, numbers that Excel shortened, moments."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from unicodedata import normalize

from django.core.exceptions import ValidationError
from openpyxl.utils.datetime import from_excel

from dossiers.deadlines import HERE

MOST_LETTERS = 5000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]+")
_DAY_FIRST = re.compile(
    r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?:[ T,]+(\d{1,2})[:h](\d{2})(?::(\d{2}))?)?"
)
_TIME_FIRST = re.compile(
    r"(\d{1,2})[:h](\d{2})(?::(\d{2}))?[ ,]+(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})"
)
_YEAR_FIRST = re.compile(
    r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?"
)
# As the national portal sends moments, with or without the time.
_RUN_TOGETHER = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?")
# Serial days of Excel from 1954 to 2064; other numbers are no dates.
_SERIALS = (20_000, 60_000)
_PERSONAL_DIGITS = 12


class CellRefused(ValidationError):
    """What stands in the cell cannot be read; the sentence says what to write instead."""


@dataclass(frozen=True)
class Claimed:
    """A moment as the old system wrote it; a day alone begins at midnight."""

    at: datetime
    is_day_only: bool


def text(value: object) -> str:
    """Composed letters and single spaces; CellRefused for formulas, errors and endless text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if not isinstance(value, str | int | float):
        raise CellRefused("Ô này là công thức. Hãy dán lại dạng giá trị.", code="formula")
    return _tidy(str(value))


def _tidy(raw: str) -> str:
    if raw.startswith("="):
        raise CellRefused("Ô này là công thức. Hãy dán lại dạng giá trị.", code="formula")
    if raw.startswith("#") and raw.rstrip("!?").isupper():
        raise CellRefused("Ô này báo lỗi của Excel. Hãy sửa ô.", code="error")
    if len(raw) > MOST_LETTERS:
        raise CellRefused(f"Ô này dài quá {MOST_LETTERS} ký tự. Hãy rút gọn.", code="too_long")
    return " ".join(_CONTROL.sub(" ", normalize("NFC", raw)).split())


def digits(value: object, *, width: int = 0) -> str:
    """A number that Excel may have kept as a number and robbed of its leading zeros."""
    plain = text(value)
    if isinstance(value, int | float) and width and len(plain) < width:
        return plain.zfill(width)
    return plain


def phone(value: object) -> str:
    """A telephone number; nine digits kept as a number had a zero before them."""
    plain = text(value)
    return f"0{plain}" if isinstance(value, int | float) and not plain.startswith("0") else plain


def identity_number(value: object) -> str:
    """A personal number; of a number of ten or eleven digits the zeros went before."""
    plain = text(value)
    if isinstance(value, int | float) and 9 < len(plain) < _PERSONAL_DIGITS:
        return plain.zfill(_PERSONAL_DIGITS)
    return plain


def procedure_code(value: object) -> str:
    """`1.001190`, also where Excel made the number 1.00119 of it."""
    return f"{value:.6f}" if isinstance(value, float) else text(value)


def moment(value: object) -> Claimed | None:
    """The moment that a cell holds: a date of Excel, its serial number, or text day first.

    None for an empty cell; CellRefused when it is no date.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, datetime):
        return _claimed(value)
    if isinstance(value, date):
        return Claimed(datetime.combine(value, time.min, HERE), is_day_only=True)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if _SERIALS[0] <= value <= _SERIALS[1]:
            return _claimed(_from_serial(value))
        value = text(value)
    return _from_text(text(value))


def _claimed(naive: datetime) -> Claimed:
    # Serial numbers are days with fractions: whole seconds are what was meant.
    whole = (naive + timedelta(microseconds=500_000)).replace(microsecond=0, tzinfo=HERE)
    return Claimed(whole, is_day_only=whole.time() == time.min)


def _from_serial(value: float) -> datetime:
    found = from_excel(value)
    if isinstance(found, datetime):
        return found
    raise CellRefused("Ngày không đọc được. Hãy ghi dạng 31/12/2025.", code="date")


def _from_text(raw: str) -> Claimed:
    raw = raw.removesuffix(".000")
    try:
        return _claimed(_parsed(raw))
    except ValueError:
        raise CellRefused(
            "Ngày không đọc được. Hãy ghi dạng 31/12/2025 hoặc 31/12/2025 15:30.", code="date"
        ) from None


def _parsed(raw: str) -> datetime:
    if found := _DAY_FIRST.fullmatch(raw):
        day, month, year, *clock = found.groups()
    elif found := _YEAR_FIRST.fullmatch(raw) or _RUN_TOGETHER.fullmatch(raw):
        year, month, day, *clock = found.groups()
    elif found := _TIME_FIRST.fullmatch(raw):
        *clock, day, month, year = found.groups()
    else:
        raise ValueError(raw)
    hour, minute, second = (int(part or 0) for part in clock)
    return datetime(int(year), int(month), int(day), hour, minute, second)  # noqa: DTZ001 (HERE follows)
