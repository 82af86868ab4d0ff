"""Writes many rows in one statement.

`bulk_update` builds a CASE for each cell: moving 5,000 promises took it forty seconds, in
which no counter could accept a dossier. `save` of a dossier and what hangs on it makes five
statements, each compiled and planned anew: it took three quarters of an acceptance.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import groupby
from json import JSONEncoder
from typing import Any

from django.db import connection
from django.db.models import Field, Model

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


def insert_together(parent: Model, children: Sequence[Model]) -> None:
    """Insert a row and those that hang on it in one statement, and fill in what it returns.

    The children name the parent by a foreign key; those of one model stand together, and are
    inserted in their order, as by `bulk_create`.
    """
    groups = [list(group) for _, group in groupby(children, key=type)]
    plan = _Together.of(type(parent), *(type(group[0]) for group in groups))
    found = plan.statement.row(plan.written([[parent], *groups]))
    assert found is not None  # noqa: S101 (the parent is inserted or an error is raised)
    *own, ids = (*found[: len(plan.returned)], found[len(plan.returned) :])
    for field, value in zip(plan.returned, own, strict=True):
        setattr(parent, field.attname, value)
    _mark_as_kept(parent)
    for link, group, keys in zip(plan.links, groups, ids, strict=True):
        for child, key in zip(group, keys, strict=True):
            child.pk = key
            setattr(child, link.name, parent)
            _mark_as_kept(child)


def _mark_as_kept(row: Model) -> None:
    row._state.adding = False
    row._state.db = connection.alias


class _Together:
    """The statement for a parent and children of these models; every name comes from them.

    All rows travel as one JSON text: a hundred parameters took both sides longer to write and
    to read than the rows took to be inserted.
    """

    def __init__(self, *models: type[Model]) -> None:
        parent, *children = models
        self.returned = [field for field in _fields(parent) if field not in _given(parent)]
        self.links = [_link(child, parent) for child in children]
        self._columns = [_given(parent)]
        parts = [_insert("parent", parent, 0, self._columns[0], self.returned)]
        for number, (child, link) in enumerate(zip(children, self.links, strict=True), start=1):
            given = [field for field in _given(child) if field is not link]
            self._columns.append(given)
            key = child._meta.pk
            parts.append(_insert(f"child{number}", child, number, given, [key], link))
        keys = [f"ARRAY(TABLE child{number})" for number in range(1, len(models))]
        chosen = ", ".join([*_names(self.returned), *keys])
        sql = f"WITH {', '.join(parts)} SELECT {chosen} FROM parent"  # noqa: S608
        self.statement = Statement(f"insert_{sha256(sql.encode()).hexdigest()[:16]}", ["json"], sql)

    @staticmethod
    @cache
    def of(*models: type[Model]) -> "_Together":
        """The one plan for these models, the parent's first."""
        return _Together(*models)

    def written(self, groups: Iterable[Sequence[Model]]) -> str:
        """The rows of each model as the statement reads them."""
        return _JSON.encode(
            [
                [{field.column: getattr(row, field.attname) for field in given} for row in group]
                for given, group in zip(self._columns, groups, strict=True)
            ]
        )


def _insert(
    name: str,
    model: type[Model],
    position: int,
    given: "list[Field[Any, Any]]",
    returned: "list[Field[Any, Any]]",
    link: "Field[Any, Any] | None" = None,
) -> str:
    """Insert the rows at this position of the text; `link` is the key of the parent."""
    table, columns = _table(model), _names(given)
    into = ", ".join([*columns, *_names([link] if link else [])])
    chosen = ", ".join([*columns, *(["(SELECT id FROM parent)"] if link else [])])
    return (
        f"{name} AS (INSERT INTO {table} ({into}) SELECT {chosen} "  # noqa: S608
        f"FROM json_populate_recordset(NULL::{table}, $1 -> {position}) "
        f"RETURNING {', '.join(_names(returned))})"
    )


def _link(child: type[Model], parent: type[Model]) -> "Field[Any, Any]":
    return next(field for field in _given(child) if field.related_model is parent)


def _fields(model: type[Model]) -> list["Field[Any, Any]"]:
    return list(model._meta.concrete_fields)


def _given(model: type[Model]) -> list["Field[Any, Any]"]:
    """The columns that the database does not make itself."""
    return [field for field in _fields(model) if not field.primary_key and not field.generated]


def _names(fields: Iterable["Field[Any, Any]"]) -> list[str]:
    return [connection.ops.quote_name(str(field.column)) for field in fields]


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _as_text(value: object) -> str:
    """What JSON has no form of, as PostgreSQL reads it: moments, decimals, keys."""
    return value.isoformat() if isinstance(value, date) else str(value)


_JSON = JSONEncoder(ensure_ascii=False, default=_as_text, separators=(",", ":"))
