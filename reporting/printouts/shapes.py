"""What a view is once it leaves the screen: tables of plain values under a title."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils import formats

from organizations.models import Agency
from reporting.timings import said as span_said

Value = str | int | Decimal | timedelta | None
Row = tuple[Value, ...]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One table. What is only of use to a spreadsheet, such as every count, is not printed."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    is_printed: bool = True

    @property
    def said_rows(self) -> list[list[tuple[str, bool]]]:
        """Each value in words, and whether it is a number, which stands at the right."""
        return [[(said(value), is_number(value)) for value in row] for row in self.rows]


@dataclass(frozen=True, kw_only=True)
class Printout:
    """Bản in của một trang chỉ số: of an agency, or of the whole (None)."""

    view: str
    title: str
    agency: Agency | None
    period: str
    notes: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    # Is it a paper that somebody answers for?
    is_signed: bool = False


def is_number(value: Value) -> bool:
    """Does it stand at the right, under its like?"""
    return not isinstance(value, str)


def said(value: Value) -> str:
    """As paper says it: `1.234`, `87,40`, `3 ngày 4 giờ`, a dash for what is not known."""
    if value is None:
        return "–"
    if isinstance(value, timedelta):
        return span_said(value)
    if isinstance(value, str):
        return value
    places = -int(value.as_tuple().exponent) if isinstance(value, Decimal) else 0
    return formats.number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)
