"""Writes many rows in one statement.

`bulk_update` builds a CASE for each cell: moving 5,000 promises took it forty seconds, in
which no counter could accept a dossier. `save` of a dossier and what hangs on it makes five
statements, each compiled and planned anew: it took three quarters of an acceptance.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import groupby
from json import JSONEncoder
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Field, Model

from dossiers.making import point, put
from organizations.statements import Statement


def update_many(rows: Sequence[Model], columns: Sequence[str]) -> None:
    """Save these columns of all rows, which are of one model; the caller holds their locks."""
    if not rows:
        return
    meta = rows[0]._meta
    known = {field.name: field for field in meta.concrete_fields}
    fields = [known[name] for name in ("id", *columns)]
    names = [connection.ops.quote_name(str(field.column)) for field in fields]
    table = connection.ops.quote_name(meta.db_table)
    arrays = ", ".join(f"%s::{field.db_type(connection)}[]" for field in fields)
    settings = ", ".join(f"{name} = given.{name}" for name in names[1:])
    # Every name comes from the model; the values travel as parameters.
    statement = (
        f"UPDATE {table} AS kept SET {settings} "  # noqa: S608
        f"FROM unnest({arrays}) AS given({', '.join(names)}) WHERE kept.id = given.id"
    )
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows]
        for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@dataclass(frozen=True, eq=False, kw_only=True)
class Ahead:
    """A part of the statement that runs before the rows are inserted, and may prevent it.

    Its last query is called `ahead` and finds one row, whose columns stand in for columns of
    the rows; where it finds none, nothing is inserted. Its parameters are the first.
    """

    types: Sequence[str]
    sql: str
    columns: Mapping[type[Model], Mapping[str, str]]
    # A command that is finished first, on the same way to the server.
    before: str = ""


def insert_together(
    parent: Model, children: Sequence[Model], *, ahead: Ahead, values: Sequence[Any]
) -> bool:
    """Insert a row and those that hang on it in one statement, and fill in what it returns.

    The children name the parent by a foreign key; those of one model stand together, and are
    inserted in their order, as by `bulk_create`. False when what runs ahead prevented it.
    """
    groups = [list(group) for _, group in groupby(children, key=type)]
    plan = _together(ahead, type(parent), *(type(group[0]) for group in groups))
    found = plan.statement.row(*values, *plan.written([[parent], *groups]))
    if found is None:
        return False
    *own, ids = (*found[: len(plan.returned)], found[len(plan.returned) :])
    for field, value in zip(plan.returned, own, strict=True):
        put(parent, field, value)
    _mark_as_kept(parent)
    for link, group, keys in zip(plan.links, groups, ids, strict=True):
        for child, key in zip(group, keys, strict=True):
            child.pk = key
            point(child, link, parent)
            _mark_as_kept(child)
    return True


def _mark_as_kept(row: Model) -> None:
    row._state.adding = False
    row._state.db = DEFAULT_DB_ALIAS


class _Together:
    """The statement for a parent and children of these models; every name comes from them.

    The rows of each model travel as one JSON text: a hundred parameters took both sides longer to
    write and to read than the rows took to be inserted.
    """

    def __init__(self, ahead: Ahead, *models: type[Model]) -> None:
        parent, *children = models
        instead = {model: ahead.columns.get(model, {}) for model in models}
        self.returned = [
            field
            for field in parent._meta.concrete_fields
            if field not in _given(parent) or field.column in instead[parent]
        ]
        self.links = [_link(child, parent) for child in children]
        self._given = [
            [(str(field.column), str(field.attname)) for field in _given(model)] for model in models
        ]
        own = ", ".join(_names(self.returned))
        first = len(ahead.types) + 1
        parts = [
            ahead.sql,
            f"parent AS ({_insert(parent, first, instead[parent], 'ahead')} RETURNING {own})",
        ]
        for number, (child, link) in enumerate(zip(children, self.links, strict=True), start=1):
            taken = {**instead[child], str(link.column): "parent.id"}
            insert = _insert(child, first + number, taken, "ahead, parent")
            parts.append(f"child{number} AS ({insert} RETURNING id)")
        keys = ", ".join(f"ARRAY(TABLE child{number})" for number in range(1, len(models)))
        sql = f"WITH {', '.join(parts)} SELECT {own}, {keys} FROM parent"  # noqa: S608
        self.statement = Statement(
            f"insert_{sha256(sql.encode()).hexdigest()[:16]}",
            [*ahead.types, *["json"] * len(models)],
            sql,
            before=ahead.before,
        )

    def written(self, groups: Iterable[Sequence[Model]]) -> list[str]:
        """The rows of each model as the statement reads them; what is not said is NULL."""
        return [
            _JSON.encode([_said(row, given) for row in group])
            for given, group in zip(self._given, groups, strict=True)
        ]


def _said(row: Model, given: Iterable[tuple[str, str]]) -> dict[str, Any]:
    values = row.__dict__
    return {column: value for column, name in given if (value := values[name]) is not None}


# One plan for each kind of rows.
_together = cache(_Together)


def _insert(model: type[Model], number: int, instead: Mapping[str, str], sources: str) -> str:
    """Insert the rows of this parameter, with what stands in for their columns."""
    table, columns = _table(model), [str(field.column) for field in _given(model)]
    chosen = [instead.get(column, f"given.{_quoted(column)}") for column in columns]
    return (
        f"INSERT INTO {table} ({', '.join(map(_quoted, columns))}) "  # noqa: S608
        f"SELECT {', '.join(chosen)} "
        f"FROM {sources}, json_populate_recordset(NULL::{table}, ${number}) AS given"
    )


def _link(child: type[Model], parent: type[Model]) -> "Field[Any, Any]":
    return next(field for field in _given(child) if field.related_model is parent)


def _given(model: type[Model]) -> list["Field[Any, Any]"]:
    """The columns that the database does not make itself."""
    fields: Sequence[Field[Any, Any]] = model._meta.concrete_fields
    return [field for field in fields if not field.primary_key and not field.generated]


def _names(fields: Iterable["Field[Any, Any]"]) -> list[str]:
    return [_quoted(str(field.column)) for field in fields]


def _table(model: type[Model]) -> str:
    return _quoted(model._meta.db_table)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _as_text(value: object) -> str:
    """What JSON has no form of, as PostgreSQL reads it: moments, decimals, keys."""
    return value.isoformat() if isinstance(value, date) else str(value)


_JSON = JSONEncoder(ensure_ascii=False, default=_as_text, separators=(",", ":"))
