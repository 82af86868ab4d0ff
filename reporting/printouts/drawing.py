"""Draws ordered prints as PDF, in workers only: the view as it was when it was asked."""

import logging
from datetime import datetime, timedelta
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.http import QueryDict
from django.template.loader import render_to_string

from dossiers import documents, ordered_work
from dossiers.ordered_work import Manner
from organizations.models import Agency
from reporting.models import PrintOrder
from reporting.printouts import ordering, papers

logger = logging.getLogger(__name__)

_NOT_THEIRS = (PermissionDenied, Agency.DoesNotExist)
_MANNER = Manner(
    hold=timedelta(minutes=5),
    attempts=3,
    given_up="Chưa lập được bản in sau nhiều lần thử. Hãy in lại; nếu vẫn không được, hãy báo "
    "quản trị hệ thống.",
)
_NO_LONGER = "Bạn không còn được xem số liệu này. Hãy mở lại trang chỉ số."


def draw(*, order_id: int, at: datetime) -> None:
    """Draw the file, unless it is drawn, given up, or in another worker's hands."""
    order = _MANNER.take(PrintOrder.objects.select_related("asked_by"), pk=order_id, at=at)
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
        _MANNER.let_go(order, at=at)
    else:
        _end(order, at)


def wake_waiting(*, at: datetime) -> int:
    """Wake a worker for each order that nobody holds; how many."""
    orders = PrintOrder.objects.all()
    return ordered_work.wake_forsaken(orders, wake=lambda pk: ordering.wake(order_id=pk), at=at)


def delete_expired(*, at: datetime) -> int:
    """Delete the files whose time is over; their rows stay. How many."""
    return ordered_work.delete_expired(PrintOrder.objects.all(), at=at)


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
