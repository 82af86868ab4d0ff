"""Draws ordered prints as PDF, in workers only: the view as it was when it was asked.

A worker holds an order by a moment; when it dies, the moment passes and another begins anew.
"""

import logging
from datetime import datetime, timedelta
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db.models import F, Q
from django.db.models.functions import Now
from django.http import QueryDict
from django.template.loader import render_to_string

from dossiers import documents
from organizations.models import Agency
from reporting.models import PrintOrder
from reporting.printouts import ordering, papers
from reporting.printouts.ordering import MAX_ATTEMPTS

logger = logging.getLogger(__name__)

HOLD = timedelta(minutes=5)
BATCH = 50
_NOT_THEIRS = (PermissionDenied, Agency.DoesNotExist)
_GIVEN_UP = (
    "Chưa lập được bản in sau nhiều lần thử. Hãy in lại; nếu vẫn không được, hãy báo quản trị "
    "hệ thống."
)
_NO_LONGER = "Bạn không còn được xem số liệu này. Hãy mở lại trang chỉ số."


def draw(*, order_id: int, at: datetime) -> None:
    """Draw the file, unless it is drawn, given up, or in another worker's hands."""
    order = _held(order_id)
    if order is None:
        return
    try:
        order.file.save(f"{uuid4().hex}.pdf", ContentFile(_pdf(order)), save=False)
    except _NOT_THEIRS:
        _end(order, at, failure=_NO_LONGER)
    except ValidationError as refusal:
        _end(order, at, failure=" ".join(refusal.messages))
    except Exception as error:
        # Whatever it is, the sweep tries again a few times.
        logger.exception("Print %s failed: %s", order.pk, type(error).__name__)
        _let_go(order, at)
    else:
        _end(order, at)


def wake_waiting(*, at: datetime) -> int:
    """Wake a worker for each order that nobody holds; how many."""
    free = Q(held_until__isnull=True) | Q(held_until__lt=at)
    waiting = PrintOrder.objects.unfinished().filter(free, asked_at__lte=at - timedelta(seconds=30))
    order_ids = list(waiting.order_by("asked_at").values_list("pk", flat=True)[:BATCH])
    for order_id in order_ids:
        ordering.wake(order_id=order_id)
    return len(order_ids)


def delete_expired(*, at: datetime) -> int:
    """Delete the files whose time is over; their rows stay. How many."""
    expired = PrintOrder.objects.exclude(file="").filter(expires_at__lte=at).order_by("pk")[:BATCH]
    for order in expired:
        order.file.delete(save=False)
        order.save(update_fields=["file"])
    return len(expired)


def _held(order_id: int) -> PrintOrder | None:
    free = Q(held_until__isnull=True) | Q(held_until__lt=Now())
    waiting = PrintOrder.objects.unfinished().filter(free, pk=order_id)
    if not waiting.update(held_until=Now() + HOLD, attempts=F("attempts") + 1):
        return None
    order: PrintOrder = PrintOrder.objects.select_related("asked_by").get(pk=order_id)
    return order


def _pdf(order: PrintOrder) -> bytes:
    if not order.asked_by.is_active:
        raise PermissionDenied
    template, values = papers.page_of(
        view=order.view,
        given=QueryDict(order.query).dict(),
        user=order.asked_by,
        at=order.asked_at,
    )
    return documents.table_to_pdf(render_to_string(template, dict(values)))


def _end(order: PrintOrder, at: datetime, *, failure: str = "") -> None:
    order.finished_at, order.held_until, order.failure = at, None, failure
    order.save(update_fields=["file", "finished_at", "held_until", "failure"])


def _let_go(order: PrintOrder, at: datetime) -> None:
    """To be tried again; after the last attempt the person is told."""
    if order.attempts >= MAX_ATTEMPTS:
        _end(order, at, failure=_GIVEN_UP)
    else:
        PrintOrder.objects.filter(pk=order.pk).update(held_until=None)
