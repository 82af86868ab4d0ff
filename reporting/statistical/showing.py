"""A filled-in form as screens, Excel and print show it: headings in groups, heads, cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dossiers.deadlines import local_date
from dossiers.receipts import official_day
from reporting.statistical.shapes import Column, Table, TableRow
from reporting.statuses import RowBy

_CORRECTED = (
    "Có tính các lần đính chính đã được chấp nhận; số liệu để nộp là số liệu theo mốc đã ghi."
)


@dataclass(frozen=True, kw_only=True)
class Group:
    """A heading over several columns."""

    label: str
    columns: Sequence[Column]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row with its number and its figures in the order of the columns."""

    number: int | None
    row: TableRow
    cells: Sequence[tuple[Column, int]]


@dataclass(frozen=True, kw_only=True)
class Head:
    """What stands above an official form (NĐ 30/2020 Đ8)."""

    parent: str
    body: str
    place_and_day: str
    period: str
    cut_off: str


def groups(table: Table) -> list[Group]:
    """The columns under their headings."""
    return [
        Group(label=label, columns=list(columns))
        for label, columns in groupby(table.form.columns, key=lambda column: column.group)
    ]


def lines(table: Table) -> list[Line]:
    """The rows, numbered from 1; the total comes last and has no number."""
    numbered = [_line(number, row, table) for number, row in enumerate(table.rows, start=1)]
    return [*numbered, _line(None, table.total, table)]


def row_label(table: Table) -> str:
    """The heading of column 2."""
    by_field = table.form.row_by == RowBy.FIELD
    return "Lĩnh vực, công việc giải quyết theo cấp" if by_field else "Cơ quan giải quyết"


def head(table: Table) -> Head:
    """The head of the form, dated by its cut-off's day."""
    agency, window = table.agency, table.window
    return Head(
        parent=agency.parent.name if agency.parent else "",
        body=agency.name,
        place_and_day=f"{agency.place}, {official_day(local_date(window.known_at))}",
        period=f"Kỳ báo cáo: {window.period.label}",
        cut_off=cut_off(table),
    )


def cut_off(table: Table) -> str:
    """Until when facts were counted, and whether corrections are among them."""
    window = table.window
    said = f"Số liệu chốt hết ngày {window.period.last_day:%d/%m/%Y}."
    if window.until != window.end:
        moment = window.until.astimezone(window.end.tzinfo)
        said = f"Kỳ chưa kết thúc: số liệu tính đến {moment:%H:%M} ngày {moment:%d/%m/%Y}."
    return f"{said} {_CORRECTED}" if table.is_corrected else said


def _line(number: int | None, row: TableRow, table: Table) -> Line:
    cells = [(column, row.figures[column.number]) for column in table.form.columns]
    return Line(number=number, row=row, cells=cells)
