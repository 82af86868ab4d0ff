"""Long work that a row orders: one worker holds it, another goes on when that one died.

A worker holds an order by a moment that it moves on, not by a lock: no transaction stays open
meanwhile. When the moment has passed, the sweep wakes another; an order that failed so many
times, or killed its workers, is given up and its person told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from traceback import extract_tb
from typing import TypeVar

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from dossiers.models import OrderedWork

Order = TypeVar("Order", bound=OrderedWork)

# So long an order may wait for its message before it is sent again.
_UNHEARD = timedelta(seconds=30)
_BATCH = 50


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How long one kind of order is held, how often it is tried, what is said at the end."""

    hold: timedelta
    attempts: int
    given_up: str

    def take(self, orders: QuerySet[Order], *, pk: int, at: datetime) -> Order | None:
        """The order, held; None when it is finished, given up or in another worker's hands."""
        free = Q(held_until__isnull=True) | Q(held_until__lt=Now())
        taken = orders.filter(free, pk=pk, finished_at__isnull=True).update(
            held_until=Now() + self.hold, attempts=F("attempts") + 1
        )
        order = orders.get(pk=pk) if taken else None
        if order is not None and order.attempts > self.attempts:
            # Whoever took it before died of it.
            self.let_go(order, at=at)
            return None
        return order

    def let_go(self, order: OrderedWork, *, at: datetime) -> None:
        """To be tried again; after the last attempt the person is told."""
        facts: dict[str, object] = {"held_until": None}
        if order.attempts >= self.attempts:
            facts |= {"finished_at": at, "failure": self.given_up}
        type(order)._default_manager.filter(pk=order.pk).update(**facts)


def wake_forsaken(orders: QuerySet[Order], *, wake: Callable[[int], None], at: datetime) -> int:
    """Wake a worker for each order that nobody holds; how many."""
    free = Q(held_until__isnull=True) | Q(held_until__lt=at)
    waiting = orders.filter(free, finished_at__isnull=True, asked_at__lte=at - _UNHEARD)
    found = list(waiting.order_by("asked_at").values_list("pk", flat=True)[:_BATCH])
    for pk in found:
        wake(pk)
    return len(found)


def delete_expired(orders: QuerySet[Order], *, at: datetime) -> int:
    """Delete the files whose time is over; their rows stay. How many."""
    expired = orders.exclude(file="").filter(expires_at__lte=at).order_by("pk")[:_BATCH]
    for order in expired:
        order.file.delete(save=False)  # type: ignore[attr-defined]
        order.save(update_fields=["file"])
    return len(expired)


def cause(error: Exception) -> str:
    """The kind of error and where it arose; its message may quote personal data."""
    frames = extract_tb(error.__traceback__)[-3:]
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[::-1])
    return f"{type(error).__name__}: {places}"
