"""Writes many rows in one statement.

`bulk_update` builds a CASE for each cell: moving 5,000 promises took it forty seconds, in
which no counter could accept a dossier. `save` of a dossier and what hangs on it makes five
statements, each compiled and planned anew: it took three quarters of an acceptance.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    CharField,
    DateTimeField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    TextField,
)

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
    found = plan.statement.row(*plan.values(parent, groups))
    assert found is not None  # noqa: S101 (the parent is inserted or an error is raised)
    *own, ids = (*found[: len(plan.returned)], found[len(plan.returned) :])
    for field, value in zip(plan.returned, own, strict=True):
        setattr(parent, field.attname, value)
    _mark_as_kept(parent)
    for (link, _), group, keys in zip(plan.links, groups, ids, strict=True):
        for child, key in zip(group, keys, strict=True):
            child.pk = key
            setattr(child, link.name, parent)
            _mark_as_kept(child)


def _mark_as_kept(row: Model) -> None:
    row._state.adding = False
    row._state.db = connection.alias


class _Together:
    """The statement for a parent and children of these models; every name comes from them."""

    def __init__(self, parent: type[Model], *children: type[Model]) -> None:
        self._own = _given(parent)
        self.returned = [field for field in _fields(parent) if field not in self._own]
        self.links = [_link_and_given(child, parent) for child in children]
        parts = [self._insert_parent(parent)]
        first = len(self._own) + 1
        for number, (child, (link, given)) in enumerate(zip(children, self.links, strict=True)):
            parts.append(_insert_children(number, child, link, given, first))
            first += len(given)
        keys = [f"ARRAY(TABLE child{number})" for number in range(len(children))]
        chosen = ", ".join([*_names(self.returned), *keys])
        sql = f"WITH {', '.join(parts)} SELECT {chosen} FROM parent"  # noqa: S608
        types = [_type(field) for field in self._own]
        types += [f"{_type(field)}[]" for _, given in self.links for field in given]
        self.statement = Statement(f"insert_{sha256(sql.encode()).hexdigest()[:16]}", types, sql)

    @staticmethod
    @cache
    def of(*models: type[Model]) -> "_Together":
        """The one plan for these models."""
        return _Together(*models)

    def _insert_parent(self, parent: type[Model]) -> str:
        numbers = ", ".join(f"${number}" for number in range(1, len(self._own) + 1))
        return (
            f"parent AS (INSERT INTO {_table(parent)} ({', '.join(_names(self._own))}) "  # noqa: S608
            f"VALUES ({numbers}) RETURNING {', '.join(_names(self.returned))})"
        )

    def values(self, parent: Model, groups: Iterable[Sequence[Model]]) -> Iterator[Any]:
        """The parameters: the parent's cells, then a column at a time of each kind of child."""
        yield from (_cell(parent, field) for field in self._own)
        for (_, given), group in zip(self.links, groups, strict=True):
            yield from ([_cell(child, field) for child in group] for field in given)


def _insert_children(
    number: int, child: type[Model], link: "Field[Any, Any]", given: list[Any], first: int
) -> str:
    arrays = ", ".join(f"${first + position}" for position in range(len(given)))
    return (
        f"child{number} AS (INSERT INTO {_table(child)} "  # noqa: S608
        f"({', '.join(_names([link, *given]))}) "
        f"SELECT (SELECT id FROM parent), given.* FROM unnest({arrays}) AS given RETURNING id)"
    )


def _link_and_given(
    child: type[Model], parent: type[Model]
) -> tuple["Field[Any, Any]", list["Field[Any, Any]"]]:
    link = next(field for field in _given(child) if field.related_model is parent)
    return link, [field for field in _given(child) if field is not link]


def _fields(model: type[Model]) -> list["Field[Any, Any]"]:
    return list(model._meta.concrete_fields)


def _given(model: type[Model]) -> list["Field[Any, Any]"]:
    """The columns that the database does not make itself."""
    return [field for field in _fields(model) if not field.primary_key and not field.generated]


def _names(fields: Iterable["Field[Any, Any]"]) -> list[str]:
    return [connection.ops.quote_name(str(field.column)) for field in fields]


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _type(field: "Field[Any, Any]") -> str:
    # A parameter's type has no length of its own: the column refuses what is too long.
    return str(field.db_type(connection))


# Of these the driver takes the attribute as it stands; asking the field costs 2 µs a cell.
_PLAIN = {
    BooleanField,
    CharField,
    DateTimeField,
    ForeignKey,
    IntegerField,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    TextField,
}


def _cell(row: Model, field: "Field[Any, Any]") -> Any:
    if type(field) in _PLAIN:
        return getattr(row, field.attname)
    return field.get_db_prep_save(getattr(row, field.attname), connection)
