"""Rows as COPY reads them: every column of a model, those of later migrations too."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

# The empty cell, and how much is sent at a time.
NOTHING = "\\N"
_AT_ONCE = 1 << 18


class Sheet:
    """The rows of one table, written line by line and copied at once.

    `columns` are given with each row; the rest take the default of their field. `rows` are in
    text already.
    """

    def __init__(self, model: type[Model], columns: Sequence[str]) -> None:
        fields = [
            field
            for field in model._meta.concrete_fields
            if not field.generated and (not field.primary_key or "id" in columns)
        ]
        known = {field.attname: field for field in fields}
        rest = [name for name in known if name not in columns]
        self.table = model._meta.db_table
        self._names = [str(known[name].column) for name in (*columns, *rest)]
        self._tail = "".join("\t" + cell(known[name].get_default()) for name in rest) + "\n"
        self._columns = columns
        self.rows: list[str] = []

    def add(self, *values: object) -> None:
        """One row, its values in the order of the columns."""
        self.add_line(line(values))

    def add_line(self, cells: str) -> None:
        """One row that is in text already."""
        self.rows.append(cells)

    def add_known(self, values: Mapping[str, object], **more: object) -> None:
        """One row by the names of its columns; what is not named is empty."""
        known = {**values, **more}
        self.add(*(known.get(name) for name in self._columns))

    def copy(self) -> None:
        """Send all rows to the database; needs an open transaction."""
        if not self.rows:
            return
        names = ", ".join(self._names)
        rows = StringIO(self._tail.join([*self.rows, ""]))
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {self.table} ({names}) FROM STDIN", rows, _AT_ONCE)


def text(value: str) -> str:
    """Words as a cell: what would end the cell or the line is escaped."""
    if "\\" in value or "\n" in value or "\t" in value or "\r" in value:
        value = value.replace("\\", "\\\\").replace("\t", "\\t")
        return value.replace("\n", "\\n").replace("\r", "\\r")
    return value


def _moment(value: datetime) -> str:
    return value.isoformat()


_CELLS: dict[type, Callable[[Any], str]] = {
    str: text,
    int: str,
    bool: lambda value: "t" if value else "f",
    type(None): lambda value: NOTHING,
    datetime: _moment,
    date: date.isoformat,
    Decimal: str,
    UUID: str,
    dict: lambda value: text(json.dumps(value, ensure_ascii=False)),
    list: lambda value: text(json.dumps(value, ensure_ascii=False)),
}


def cell(value: object) -> str:
    """One value in the text form of COPY."""
    write = _CELLS.get(type(value))
    # Choices are strings of a class of their own.
    return write(value) if write else text(str(value))


def line(values: Iterable[object]) -> str:
    """These values, one after the other; the same as `cell` for each, without the calls."""
    known = _CELLS.get
    return "\t".join(
        [write(value) if (write := known(type(value))) else text(str(value)) for value in values]
    )


def reserve(model: type[Model], count: int) -> list[int]:
    """Numbers of this table's identity that nobody else will be given."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [number for (number,) in cursor.fetchall()]
