"""Rows as COPY reads them: every column of a model, those of later migrations too."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model


class Sheet:
    """The rows of one table, written line by line and copied at once.

    `columns` are given with each row; the rest take the default of their field.
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
        self._rows = StringIO()
        self.count = 0

    def add(self, *values: object) -> None:
        """One row, its values in the order of the columns."""
        self._rows.write("\t".join(map(cell, values)) + self._tail)
        self.count += 1

    def add_known(self, values: Mapping[str, object], **more: object) -> None:
        """One row by the names of its columns; what is not named is empty."""
        known = {**values, **more}
        self.add(*(known.get(name) for name in self._columns))

    def copy(self) -> None:
        """Send all rows to the database; needs an open transaction."""
        if not self.count:
            return
        self._rows.seek(0)
        names = ", ".join(self._names)
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {self.table} ({names}) FROM STDIN", self._rows)


def _text(value: str) -> str:
    if "\\" in value or "\n" in value or "\t" in value or "\r" in value:
        value = value.replace("\\", "\\\\").replace("\t", "\\t")
        return value.replace("\n", "\\n").replace("\r", "\\r")
    return value


def _moment(value: datetime) -> str:
    return value.isoformat()


_CELLS: dict[type, Callable[[Any], str]] = {
    str: _text,
    int: str,
    bool: lambda value: "t" if value else "f",
    type(None): lambda value: "\\N",
    datetime: _moment,
    date: date.isoformat,
    Decimal: str,
    UUID: str,
    dict: lambda value: _text(json.dumps(value, ensure_ascii=False)),
    list: lambda value: _text(json.dumps(value, ensure_ascii=False)),
}


def cell(value: object) -> str:
    """One value in the text form of COPY."""
    write = _CELLS.get(type(value))
    # Choices are strings of a class of their own.
    return write(value) if write else _text(str(value))


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
