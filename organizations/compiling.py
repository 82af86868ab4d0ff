"""SQL of the ORM that a process puts together once for each authority, not for each request.

Putting the counts of what waits for a person into words takes the ORM five times as long as the
server needs to answer them, and the words change only with the person's roles. The numbers in
them are parameters of a statement that the server plans once for each connection: all people
whose roles are alike share it, whatever agencies they work for.
"""

import re
from collections.abc import Callable, Hashable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, QuerySet

from organizations.models import User
from organizations.statements import Statement

# More than ever work with one process at a time; each takes some ten kilobytes.
_MOST_KEPT = 500


class _Moment(Expression):
    """Stands in a query for the moment at which it will be asked."""

    def as_sql(self, *_: Any) -> tuple[str, Any]:
        """A parameter that holds the place."""
        return "%s", [self]


MOMENT = _Moment()
Instant = datetime | _Moment
Build = Callable[[User], QuerySet[Any]]


class _Compiled(NamedTuple):
    names: tuple[str, ...]
    statement: Statement
    values: tuple[Any, ...]


_kept: dict[Hashable, _Compiled] = {}


def row_for(user: User, build: Build, *, at: datetime) -> dict[str, Any]:
    """The annotations of the one row that `build` asks for; MOMENT in it becomes `at`.

    `build` is asked once: it may use whatever follows from the person's authority, and nothing
    else: no clock, no setting, no row that it reads itself.
    """
    (row,) = rows_for(user, build, at=at)
    return dict(zip(_compiled(user, build).names, row, strict=True))


def rows_for(user: User, build: Build, *, at: datetime) -> list[tuple[Any, ...]]:
    """The rows of values that `build` asks for, under the same rule."""
    asked = _compiled(user, build)
    return asked.statement.rows(*(_value(each, at) for each in asked.values))


def _value(parameter: Any, at: datetime) -> Any:
    return at if isinstance(parameter, _Moment) else parameter


def _compiled(user: User, build: Build) -> _Compiled:
    key = user.authority, build
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        query = build(user).query
        # A count over what can never be is still a row: of noughts.
        sql, parameters = query.get_compiler(DEFAULT_DB_ALIAS, elide_empty=False).as_sql()
        prepared = _Prepared(sql, iter(parameters))
        found = _kept[key] = _Compiled(
            tuple(query.annotation_select), prepared.statement, tuple(prepared.values)
        )
    return found


_PLACE = re.compile(r"%%|\bIN \(%s(?:, %s)*\)|%s")
_TYPES = {int: "bigint", list: "bigint[]", datetime: "timestamptz", _Moment: "timestamptz"}


class _Prepared:
    """The SQL with numbers and moments as parameters of a statement, a long list only once.

    Words stay in the text: the states that they name choose a partial index. A list of numbers
    is one parameter, so that its length does not make another statement.
    """

    def __init__(self, sql: str, parameters: Iterator[Any]) -> None:
        self.values: list[Any] = []
        self._parameters = parameters
        text = _PLACE.sub(self._place, sql)
        types = [_TYPES[type(value)] for value in self.values]
        name = sha256(f"{types} {text}".encode()).hexdigest()[:32]
        self.statement = Statement(f"compiled_{name}", types, text)

    def _place(self, found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        given = [next(self._parameters) for _ in range(found[0].count("%s"))]
        if found[0] == "%s":
            return self._said(given[0])
        if all(type(value) is int for value in given):
            return f"= ANY ({self._said(given)})"
        return f"IN ({', '.join(self._said(value) for value in given)})"

    def _said(self, value: Any) -> str:
        if type(value) not in _TYPES:
            operations: Any = connection.ops
            return str(operations.compose_sql("%s", [value]))
        # Numbers that happen to be equal are no less two: the text is that of other people.
        if type(value) is int or value not in self.values:
            self.values.append(value)
            return f"${len(self.values)}"
        return f"${self.values.index(value) + 1}"
