"""A queryset about a window of time, put into SQL once and run for any window.

Putting a large queryset together takes several milliseconds of Python, and its text is the same
for every window: only the moments in it differ, and the agencies that are asked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from reporting.windows import Window

# No other value of a statement is one of these.
_NO_AGENCY = -1_000_000_000


@dataclass(frozen=True)
class _Marks:
    """Stands for a window that has begun."""

    start: datetime = datetime(9001, 1, 1, tzinfo=UTC)
    end: datetime = datetime(9002, 1, 1, tzinfo=UTC)
    until: datetime = datetime(9003, 1, 1, tzinfo=UTC)
    known_at: datetime = datetime(9004, 1, 1, tzinfo=UTC)
    has_begun: bool = True


class Compiled:
    """A queryset of values that reads moments of a window and computes nothing of them.

    `build` is also given the ids of as many agencies as `agencies` says.
    """

    def __init__(
        self, build: Callable[[Window, list[int]], QuerySet[Any, Any]], *, agencies: int = 0
    ) -> None:
        """Put it into SQL; the places of the moments and of the agencies are remembered."""
        marks, ids = _Marks(), [_NO_AGENCY - number for number in range(agencies)]
        found = build(cast("Window", marks), ids)
        self._text, values = found.order_by().query.sql_with_params()
        names = {
            marks.start: "start",
            marks.end: "end",
            marks.until: "until",
            marks.known_at: "known_at",
        }
        places = {pk: number for number, pk in enumerate(ids)}
        self._values = [
            (
                names.get(value) if isinstance(value, datetime) else None,
                places.get(value) if isinstance(value, int) else None,
                value,
            )
            for value in values
        ]

    def rows(self, window: Window, agencies: Sequence[int] = ()) -> list[tuple[Any, ...]]:
        """What it finds for this window and these agencies, in no order."""
        with connection.cursor() as cursor:
            cursor.execute(self._text, self._of(window, agencies))
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def within(
        self, window: Window, agencies: Sequence[int] = (), *, array: bool = False
    ) -> RawSQL:
        """The same as a part of another query; as an array it is looked up first."""
        text = f"ARRAY({self._text})" if array else self._text
        return RawSQL(text, self._of(window, agencies))  # noqa: S611 (made by the ORM itself)

    def _of(self, window: Window, agencies: Sequence[int]) -> list[Any]:
        return [
            getattr(window, name) if name else value if place is None else agencies[place]
            for name, place, value in self._values
        ]
