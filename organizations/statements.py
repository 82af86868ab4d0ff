"""SQL that PostgreSQL plans once for each connection, not once for each call.

For the few reads and writes that every request makes: building such a query with the ORM takes
0.3 to 1 ms of Python and planning it 0.2 to 2 ms of the server, running it 0.1 ms.
A connection pooler in front of PostgreSQL must keep sessions together.
"""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=Model)

# What each connection of the driver has been told already; it ends with the connection.
_told: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


class Statement:
    """A constant statement with the parameters $1, $2…, of these types."""

    def __init__(self, name: str, types: Sequence[str], sql: str, *, before: str = "") -> None:
        """Keep how to prepare and how to call it; the database hears of it on first use.

        `before` is a command that goes to the server with each call and is finished first: the
        statement sees what was committed while that one waited.
        """
        self.name = name
        # Brackets with nothing in them are refused.
        taken, given = ", ".join(types), ", ".join(["%s"] * len(types))
        self._prepare = f"PREPARE {name} {f'({taken})' if types else ''} AS {sql}"
        self._execute = f"{before}EXECUTE {name} {f'({given})' if types else ''}"

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        """What it finds or returns with these values."""
        with connection.cursor() as cursor:
            # After `cursor`, which may have replaced a connection that was lost.
            self._tell(connection.connection)
            cursor.execute(self._execute, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows

    def row(self, *values: Any) -> tuple[Any, ...] | None:
        """The first row, or None."""
        rows = self.rows(*values)
        return rows[0] if rows else None

    def _tell(self, driver: Any) -> None:
        told = _told.setdefault(driver, set())
        if self.name not in told:
            # Past Django's cursor: it is no query of the page that happens to come first.
            with connection.wrap_database_errors, driver.cursor() as cursor:
                cursor.execute(self._prepare)
            told.add(self.name)


class Columns(Generic[Row]):
    """The columns of a model in a statement, all or those named, and the instance they make."""

    def __init__(self, model: type[Row], alias: str, *names: str) -> None:
        """Choose the columns of the table that the statement calls by this alias."""
        fields = [
            field
            for field in model._meta.concrete_fields
            if not names or field.name in names or field.primary_key
        ]
        self._model = model
        self._names = [field.attname for field in fields]
        self._converters = [
            (place, field.from_db_value)
            for place, field in enumerate(fields)
            if hasattr(field, "from_db_value")
        ]
        self.width = len(fields)
        self.sql = ", ".join(f'{alias}."{field.column}"' for field in fields)

    def built(self, values: Sequence[Any]) -> Row:
        """An instance as the ORM would have loaded it; what was left out is deferred.

        The values are put into it as they are: nobody listens to the making of these models, and
        setting fifty attributes one after the other takes ten times as long.
        """
        made = self._model.__new__(self._model)
        made.__dict__.update(zip(self._names, self._converted(values), strict=True))
        made._state = ModelState()
        made._state.adding, made._state.db = False, DEFAULT_DB_ALIAS
        return made

    def _converted(self, values: Sequence[Any]) -> Sequence[Any]:
        """With those read whose fields keep them in another form, such as JSON."""
        if not self._converters:
            return values
        read = list(values)
        for place, convert in self._converters:
            read[place] = convert(read[place], None, connection)
        return read
