"""A queryset about a window of time, put into SQL once and run for any window.

Putting a large queryset together takes several milliseconds of Python, and its text is the same
for every window: only the moments in it differ.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from django.db import connection
from django.db.models import QuerySet

from reporting.windows import Window


@dataclass(frozen=True)
class _Marks:
    """Stands for a window; no other value of a statement is one of these moments."""

    start: datetime = datetime(9001, 1, 1, tzinfo=UTC)
    end: datetime = datetime(9002, 1, 1, tzinfo=UTC)
    until: datetime = datetime(9003, 1, 1, tzinfo=UTC)
    known_at: datetime = datetime(9004, 1, 1, tzinfo=UTC)


class Compiled:
    """Rows of values of a queryset that reads moments of a window and computes nothing of them."""

    def __init__(self, build: Callable[[Window], QuerySet[Any]]) -> None:
        """Put it into SQL; the places of the moments are remembered."""
        marks = _Marks()
        self._text, values = build(cast(Window, marks)).query.sql_with_params()
        names = {moment: name for name, moment in vars(marks).items()}
        self._values = [
            (names.get(value) if isinstance(value, datetime) else None, value) for value in values
        ]

    def rows(self, window: Window) -> list[tuple[Any, ...]]:
        """What it finds for this window."""
        values = [getattr(window, name) if name else value for name, value in self._values]
        with connection.cursor() as cursor:
            cursor.execute(self._text, values)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
