"""SQL of the ORM that a process puts together once for each authority, not for each request.

Putting the counts of what waits for a person into words takes the ORM five times as long as the
server needs to answer them, and the words change only with the person's roles.
"""

from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, QuerySet

from organizations.models import User

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
    sql: str
    parameters: tuple[Any, ...]


_kept: dict[Hashable, _Compiled] = {}


def row_for(user: User, build: Build, *, at: datetime) -> dict[str, Any]:
    """The annotations of the one row that `build` asks for; MOMENT in it becomes `at`.

    `build` is asked once: it may use whatever follows from the person's authority, and nothing
    else: no clock, no setting, no row that it reads itself.
    """
    asked = _compiled(user, build)
    with connection.cursor() as cursor:
        cursor.execute(asked.sql, [_value(each, at) for each in asked.parameters])
        return dict(zip(asked.names, cursor.fetchone(), strict=True))


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
        found = _kept[key] = _Compiled(tuple(query.annotation_select), sql, tuple(parameters))
    return found
