"""Reads what hangs on one dossier: the page asks for a dozen kinds, most of which it has none of.

In statements that are planned once for each connection; putting each into SQL anew took ten
times as long as the server needs to find that there is nothing.
"""

from typing import Any, Generic, TypeVar

from django.db.models import Model

from dossiers.models import Dossier
from organizations.statements import Columns, Statement

Row = TypeVar("Row", bound=Model)


class Hanging(Generic[Row]):
    """The rows of one kind; the kind names its dossier by a foreign key of that name."""

    def __init__(self, model: type[Row], order: str = "id") -> None:
        """Keep the question; the order is SQL over the columns of the table."""
        self._columns = Columns(model, "hanging")
        table = model._meta.db_table
        self._statement = Statement(
            f"{table}_of_dossier",
            ["bigint"],
            f"SELECT {self._columns.sql} FROM {table} hanging"  # noqa: S608 (names of the model)
            f" WHERE hanging.dossier_id = $1 ORDER BY {order}",
        )

    def of(self, dossier: Dossier) -> list[Row]:
        """Those of this dossier, which each of them has at hand."""
        rows: list[Any] = [self._columns.built(row) for row in self._statement.rows(dossier.pk)]
        for row in rows:
            row.dossier = dossier
        return rows
