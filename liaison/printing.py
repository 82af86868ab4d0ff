"""Asks for minutes and registers: the row is written with the act, a worker draws it after it."""

from datetime import date, datetime
from uuid import UUID, uuid4

from celery import current_app
from django.core.exceptions import PermissionDenied
from django.db import transaction

from dossiers.clocks import local_date
from dossiers.holding import ActRefused
from liaison import places
from liaison.models import HandoverBatch, PrintOrder
from liaison.places import Place
from liaison.statuses import PrintKind
from organizations.models import User

# Sent by its name: importing the task would load the PDF engine into every web process.
DRAW = "liaison.tasks.draw_print"
# Of one person at a time: each takes a worker for a while.
MOST_AT_ONCE = 2


def ask_minutes(batch: HandoverBatch, *, actor: User, at: datetime) -> PrintOrder:
    """Order the minutes as they stand once the act is kept; needs its transaction."""
    order = PrintOrder.objects.create(
        submission_key=uuid4(), kind=PrintKind.MINUTES, batch=batch, asked_by=actor, asked_at=at
    )
    _wake_after_commit(order)
    return order


@transaction.atomic
def ask_register(
    *,
    place: Place,
    first_day: date,
    last_day: date,
    submission_key: UUID,
    actor: User,
    at: datetime,
) -> PrintOrder:
    """Order the register of a place for days of one year; the same key orders once.

    Raises PermissionDenied for a place whose dossiers the person does not read, ActRefused for
    days that make no register, or when too much is being drawn for them already.
    """
    known: PrintOrder | None = PrintOrder.objects.filter(submission_key=submission_key).first()
    if known is not None:
        if known.asked_by_id != actor.pk:
            raise ActRefused("Biểu mẫu này đã được dùng. Hãy mở lại trang.", code="key_used")
        return known
    if place not in places.seen_places(actor):
        raise PermissionDenied("Bạn không được in sổ theo dõi của nơi này.")
    _check_days(first_day, last_day, at)
    running = PrintOrder.objects.unfinished().filter(asked_by=actor, kind=PrintKind.REGISTER)
    if running.count() >= MOST_AT_ONCE:
        raise ActRefused(
            f"Bạn đang có {MOST_AT_ONCE} sổ chưa in xong. Hãy đợi một sổ xong rồi in tiếp.",
            code="too_many",
        )
    order = PrintOrder.objects.create(
        submission_key=submission_key,
        kind=PrintKind.REGISTER,
        counter=place.counter,
        agency=place.agency,
        first_day=first_day,
        last_day=last_day,
        asked_by=actor,
        asked_at=at,
    )
    _wake_after_commit(order)
    return order


def _check_days(first_day: date, last_day: date, at: datetime) -> None:
    if last_day < first_day:
        raise ActRefused("Ngày cuối phải từ ngày đầu trở đi. Hãy sửa lại.", code="last_day")
    if first_day.year != last_day.year:
        raise ActRefused(
            "Sổ theo dõi mở theo năm: hai ngày phải trong cùng một năm.", code="last_day"
        )
    if first_day > local_date(at):
        raise ActRefused("Ngày đầu chưa đến. Hãy chọn ngày đã qua.", code="first_day")


def _wake_after_commit(order: PrintOrder) -> None:
    transaction.on_commit(lambda: wake(order_id=order.pk), robust=True)


def wake(*, order_id: int) -> None:
    """Send the message that wakes a worker for this order."""
    current_app.send_task(DRAW, kwargs={"order_id": order_id})
