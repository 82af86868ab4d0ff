"""Pages of a long list by key, as fast at the end as at the start; nobody counts offsets."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.dateparse import parse_datetime

from dossiers.querysets import DossierQuerySet

SIZE = 50


class CursorRefused(ValidationError):
    """The page's address was changed by hand."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """How a list is sorted: by the nearest promise, or the newest first."""

    name: str
    forward: tuple[Any, ...]
    backward: tuple[Any, ...]
    beyond: Callable[["Cursor", bool], Q]


@dataclass(frozen=True)
class Cursor:
    """The row at the edge of a page."""

    due_at: datetime | None
    pk: int

    def __str__(self) -> str:
        return f"{self.due_at.isoformat() if self.due_at else ''}~{self.pk}"

    @classmethod
    def of(cls, row: Any) -> "Cursor":
        """The cursor of a dossier."""
        return cls(row.due_at, row.pk)

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """Read back what `str` wrote; CursorRefused for anything else."""
        moment, _, pk = text.partition("~")
        due_at = _moment(moment)
        if not pk.isdigit() or len(pk) > 18 or (moment and due_at is None):
            raise CursorRefused(
                "Địa chỉ trang không đúng. Hãy mở lại danh sách từ đầu.", code="cursor"
            )
        return cls(due_at, int(pk))


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def _beyond_due(cursor: Cursor, forward: bool) -> Q:
    """Rows after (or before) this one; rows without a promise come last."""
    if cursor.due_at is None:
        same = Q(due_at__isnull=True, pk__gt=cursor.pk) if forward else Q(pk__lt=cursor.pk)
        return same if forward else Q(due_at__isnull=False) | (Q(due_at__isnull=True) & same)
    if forward:
        # The first half lets the index begin at the cursor.
        near = Q(due_at__gte=cursor.due_at)
        return near & (Q(due_at__gt=cursor.due_at) | Q(pk__gt=cursor.pk))
    near = Q(due_at__lte=cursor.due_at)
    return near & (Q(due_at__lt=cursor.due_at) | Q(pk__lt=cursor.pk))


BY_DUE = Order(
    name="due",
    forward=(F("due_at").asc(nulls_last=True), F("id").asc()),
    backward=(F("due_at").desc(nulls_first=True), F("id").desc()),
    beyond=_beyond_due,
)
NEWEST = Order(
    name="newest",
    forward=(F("id").desc(),),
    backward=(F("id").asc(),),
    beyond=lambda cursor, forward: Q(pk__lt=cursor.pk) if forward else Q(pk__gt=cursor.pk),
)


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of dossiers, and the cursors to its neighbours (empty: there is none)."""

    rows: list[Any]
    after: str
    before: str


def page(
    queryset: DossierQuerySet, *, order: Order, after: str = "", before: str = "", size: int = SIZE
) -> Page:
    """The page after (or before) a cursor; the first page without one."""
    if before:
        return _page_before(queryset, order, Cursor.read(before), size)
    found = queryset.filter(order.beyond(Cursor.read(after), True)) if after else queryset
    rows = list(found.order_by(*order.forward)[: size + 1])
    if after and order is BY_DUE and len(rows) <= size:
        rows += _without_promise(queryset, Cursor.read(after), size + 1 - len(rows))
    more = len(rows) > size
    rows = rows[:size]
    return Page(
        rows=rows,
        after=str(Cursor.of(rows[-1])) if more else "",
        before=str(Cursor.of(rows[0])) if after and rows else "",
    )


def _without_promise(queryset: DossierQuerySet, cursor: Cursor, size: int) -> list[Any]:
    """What follows the last promise: NULL never compares as greater."""
    if cursor.due_at is None:
        return []
    return list(queryset.filter(due_at__isnull=True).order_by("id")[:size])


def _page_before(queryset: DossierQuerySet, order: Order, cursor: Cursor, size: int) -> Page:
    rows = list(queryset.filter(order.beyond(cursor, False)).order_by(*order.backward)[: size + 1])
    more = len(rows) > size
    rows = rows[:size][::-1]
    return Page(
        rows=rows,
        after=str(Cursor.of(rows[-1])) if rows else "",
        before=str(Cursor.of(rows[0])) if more else "",
    )
