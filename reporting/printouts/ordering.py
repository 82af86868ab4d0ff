"""Orders a PDF; the worker's part is `drawing`. The order of before is found while it waits."""

from datetime import datetime, timedelta

from celery import current_app
from django.db import IntegrityError, transaction

from organizations.models import User
from reporting.models import PrintOrder
from reporting.refusals import PrintRefused

# Sent by its name: importing the task would load the PDF engine into every web process.
DRAW_PRINT = "reporting.tasks.draw_print"
KEPT = timedelta(hours=24)
# Of one person at a time: each takes a worker for a while.
MOST_AT_ONCE = 3


@transaction.atomic
def order(*, view: str, query: str, actor: User, at: datetime) -> PrintOrder:
    """Order a view as PDF; a worker is woken after the commit. A second click orders nothing."""
    waiting = PrintOrder.objects.visible_to(actor).unfinished()
    known: PrintOrder | None = waiting.filter(view=view, query=query).first()
    if known is not None:
        return known
    if waiting.filter(expires_at__gt=at).count() >= MOST_AT_ONCE:
        raise PrintRefused(
            f"Bạn đang có {MOST_AT_ONCE} bản in chưa xong. Hãy đợi một bản xong rồi in tiếp."
        )
    try:
        with transaction.atomic():
            made: PrintOrder = PrintOrder.objects.create(
                asked_by=actor, view=view, query=query, asked_at=at, expires_at=at + KEPT
            )
    except IntegrityError:
        found: PrintOrder = waiting.get(view=view, query=query)
        return found
    transaction.on_commit(lambda: wake(order_id=made.pk), robust=True)
    return made


def wake(*, order_id: int) -> None:
    """Send the message that wakes a worker for this order."""
    current_app.send_task(DRAW_PRINT, kwargs={"order_id": order_id})
