"""Pages of a long list by key, as fast at the end as at the start; nobody counts offsets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.utils.dateparse import parse_datetime

Dress = Callable[[list[int]], list[Any]]

SIZE = 50
# A screen shows ten rows: thirty are three screens, and drawing a row is what a page costs.
ON_SCREEN = 30


class CursorRefused(ValidationError):
    """The page's address was changed by hand."""


@dataclass(frozen=True)
class Order:
    """How a list is sorted: by a moment, the nearest first, or without one by the newest.

    `latest_first` turns it round, for moments that every row has.
    """

    moment: str = ""
    latest_first: bool = False

    def forward(self) -> tuple[Any, ...]:
        """What the database sorts by; rows without the moment come last."""
        if not self.moment:
            return (F("id").desc(),)
        if self.latest_first:
            return F(self.moment).desc(), F("id").desc()
        return F(self.moment).asc(nulls_last=True), F("id").asc()

    def backward(self) -> tuple[Any, ...]:
        """The same from the end."""
        if not self.moment:
            return (F("id").asc(),)
        if self.latest_first:
            return F(self.moment).asc(), F("id").asc()
        return F(self.moment).desc(nulls_first=True), F("id").desc()

    def cursor(self, row: Any) -> str:
        """The place of a row, as it stands in an address."""
        return str(Cursor(getattr(row, self.moment) if self.moment else None, row.pk))


NEXT_ACT = Order("act_by")
BY_DUE = Order("due_at")
NEWEST = Order()


@dataclass(frozen=True)
class Cursor:
    """The row at the edge of a page."""

    moment: datetime | None
    pk: int

    def __str__(self) -> str:
        return f"{self.moment.isoformat() if self.moment else ''}~{self.pk}"

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """Read back what `str` wrote; CursorRefused for anything else."""
        written, _, pk = text.partition("~")
        moment = _moment(written)
        if not (pk.isascii() and pk.isdigit()) or len(pk) > 18 or (written and moment is None):
            raise CursorRefused(
                "Địa chỉ trang không đúng. Hãy mở lại danh sách từ đầu.", code="cursor"
            )
        return cls(moment, int(pk))


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def _after(order: Order, cursor: Cursor) -> Q:
    """The rows behind the cursor; those without the moment are fetched apart."""
    if not order.moment:
        return Q(pk__lt=cursor.pk)
    if cursor.moment is None:
        return Q(**{f"{order.moment}__isnull": True}, pk__gt=cursor.pk)
    return _beyond(order.moment, "lt" if order.latest_first else "gt", cursor)


def _before(order: Order, cursor: Cursor) -> Q:
    if not order.moment:
        return Q(pk__gt=cursor.pk)
    if cursor.moment is None:
        missing = Q(**{f"{order.moment}__isnull": True})
        return ~missing | (missing & Q(pk__lt=cursor.pk))
    return _beyond(order.moment, "gt" if order.latest_first else "lt", cursor)


def _beyond(moment: str, side: str, cursor: Cursor) -> Q:
    """On one side of the cursor, by the moment and for equal ones by the number of the row."""
    further = Q(**{f"{moment}__{side}": cursor.moment}) | Q(**{f"pk__{side}": cursor.pk})
    # The first half lets the index begin at the cursor.
    return Q(**{f"{moment}__{side}e": cursor.moment}) & further


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of rows, and the cursors to its neighbours (empty: there is none)."""

    rows: list[Any]
    after: str
    before: str


def page(
    queryset: QuerySet[Any],
    *,
    order: Order,
    after: str = "",
    before: str = "",
    size: int = SIZE,
    dress: Dress | None = None,
) -> Page:
    """The page after (or before) a cursor; the first page without one.

    `dress` makes the rows of the page from their numbers, in the same order: a join for each row
    of a long list, of which a page takes thirty, costs more than finding them.
    """
    if before:
        return _page_before(queryset, order, Cursor.read(before), size, dress)
    found = queryset.filter(_after(order, Cursor.read(after))) if after else queryset
    rows = _first(found, order.forward(), size + 1, dress)
    if after and order.moment and len(rows) <= size:
        rows += _without_moment(queryset, order, Cursor.read(after), size + 1 - len(rows), dress)
    more = len(rows) > size
    rows = rows[:size]
    return Page(
        rows=rows,
        after=order.cursor(rows[-1]) if more else "",
        before=order.cursor(rows[0]) if after and rows else "",
    )


def _first(
    queryset: QuerySet[Any], order_by: Sequence[Any], count: int, dress: Dress | None
) -> list[Any]:
    ordered = queryset.order_by(*order_by)[:count]
    if dress is None:
        return list(ordered)
    return dress(list(ordered.values_list("pk", flat=True)))


def _without_moment(
    queryset: QuerySet[Any], order: Order, cursor: Cursor, count: int, dress: Dress | None
) -> list[Any]:
    """What follows the last moment: NULL never compares as greater."""
    if cursor.moment is None:
        return []
    return _first(queryset.filter(**{f"{order.moment}__isnull": True}), ("id",), count, dress)


def _page_before(
    queryset: QuerySet[Any], order: Order, cursor: Cursor, size: int, dress: Dress | None
) -> Page:
    rows = _first(queryset.filter(_before(order, cursor)), order.backward(), size + 1, dress)
    more = len(rows) > size
    if not rows:
        # What stood before was finished meanwhile: never a page that leads nowhere.
        return page(queryset, order=order, size=size, dress=dress)
    rows = rows[:size][::-1]
    return Page(
        rows=rows,
        after=order.cursor(rows[-1]),
        before=order.cursor(rows[0]) if more else "",
    )
