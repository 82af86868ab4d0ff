"""Draws minutes and registers, in workers: a book at a time, each kept before the next begins.

When a worker dies, another goes on after the last book that was kept.
"""

import logging
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Max
from django.db.models.functions import Now
from django.template.loader import render_to_string

from dossiers import documents
from dossiers.ordered_work import Manner, wake_forsaken
from liaison import minutes, printing, register
from liaison.models import HandoverBatch, PrintedBook, PrintOrder
from liaison.statuses import PrintKind

logger = logging.getLogger(__name__)

BATCH = 50
# Registers hold names and addresses: their files go after a day, the rows stay.
KEPT = timedelta(hours=24)
_MANNER = Manner(
    hold=timedelta(minutes=5),  # a book takes up to a minute on a slow machine
    attempts=3,
    given_up="Chưa in được sau nhiều lần thử. Hãy chọn ít ngày hơn rồi in lại; nếu vẫn không "
    "được, hãy báo quản trị hệ thống.",
)


def draw(*, order_id: int, at: datetime) -> None:
    """Draw what is still to be drawn, unless another worker has it in hand."""
    orders = PrintOrder.objects.select_related("counter", "agency", "asked_by")
    order = _MANNER.take(orders, pk=order_id, at=at)
    if order is None:
        return
    try:
        _DRAWN[PrintKind(order.kind)](order)
    except Exception as error:
        # Whatever it is, the sweep tries again a few times; its message may quote personal data.
        logger.exception("Print %s failed: %s", order.pk, type(error).__name__)
        _MANNER.let_go(order, at=at)
        return
    PrintOrder.objects.filter(pk=order.pk).update(finished_at=at, held_until=None, failure="")


def wake_waiting(*, at: datetime) -> int:
    """Wake a worker for each order that nobody holds; how many."""
    orders = PrintOrder.objects.all()
    return wake_forsaken(orders, wake=lambda pk: printing.wake(order_id=pk), at=at)


def delete_expired(*, at: datetime) -> int:
    """Delete the books of registers whose time is over; how many."""
    expired = PrintedBook.objects.filter(
        order__kind=PrintKind.REGISTER, order__finished_at__lte=at - KEPT
    ).order_by("pk")[:BATCH]
    for book in expired:
        book.file.delete(save=False)
        book.delete()
    return len(expired)


def _draw_minutes(order: PrintOrder) -> None:
    if order.books.exists():
        return
    batch = HandoverBatch.objects.for_page().get(pk=order.batch_id)
    values = minutes.values_of(batch)
    html = render_to_string("liaison/print/minutes.html", values)
    _keep(order, number=1, first=1, last=max(len(values["lines"]), 1), html=html)


def _draw_register(order: PrintOrder) -> None:
    expected = register.entries_of(order).count()
    PrintOrder.objects.filter(pk=order.pk).update(expected_rows=expected)
    drawn = order.books.aggregate(last=Max("number"))["last"] or 0
    for book in register.books(order, after=drawn):
        html = render_to_string("liaison/print/register.html", register.values_of(order, book))
        first, last = book.entries[0].number, book.entries[-1].number
        _keep(order, number=book.number, first=first, last=last, html=html)


_DRAWN = {PrintKind.MINUTES: _draw_minutes, PrintKind.REGISTER: _draw_register}


def _keep(order: PrintOrder, *, number: int, first: int, last: int, html: str) -> None:
    """The file before the row: a row never names half a file."""
    pdf = documents.to_a4_pdf(html)
    book = PrintedBook(
        order=order,
        number=number,
        first_entry=first,
        last_entry=last,
        sha256=sha256(pdf).hexdigest(),
    )
    book.file.save(f"{uuid4().hex}.pdf", ContentFile(pdf), save=False)
    with transaction.atomic():
        book.save(force_insert=True)
        # Tries are counted anew from here: a long register may outlive several workers.
        order.attempts = 1
        PrintOrder.objects.filter(pk=order.pk).update(
            written_rows=F("written_rows") + last - first + 1,
            held_until=Now() + _MANNER.hold,
            attempts=order.attempts,
        )
