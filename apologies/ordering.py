"""Asks for drawings of letters: the row stands in the act's transaction, a worker draws after it.

Celery messages are only wake-ups, sent by the tasks' names: importing them would load the PDF
engine into every web process.
"""

from datetime import datetime

from celery import current_app
from django.core.cache import cache
from django.db import transaction

from apologies.models import ApologyLetter, LetterPrint
from apologies.statuses import PrintKind

DRAW = "apologies.tasks.draw_letter"
PREVIEW = "apologies.tasks.draw_preview"
ADVANCE = "apologies.tasks.advance_run"
DRAFT_RUN = "apologies.tasks.advance_drafting_run"
PROVE = "apologies.tasks.prove_key"
# After so many attempts a person must ask again.
MAX_ATTEMPTS = 6
# A page that waits asks each second; a worker is woken for it only so often.
_SECONDS_BETWEEN_WAKES = 15


def order_sealed(*, letter: ApologyLetter, at: datetime) -> LetterPrint:
    """Order the signed PDF within the transaction that signs; a worker is woken after it."""
    order = LetterPrint.objects.create(
        letter=letter,
        kind=PrintKind.SEALED,
        revision=letter.revision,
        asked_at=at,
        next_try_at=at,
    )
    wake_after_commit(DRAW, print_id=order.pk)
    return order


def order_preview(*, letter: ApologyLetter, at: datetime) -> LetterPrint:
    """Order the draft's picture as it reads now; the sweep draws it should no worker hear."""
    order, is_new = LetterPrint.objects.get_or_create(
        letter=letter,
        kind=PrintKind.PREVIEW,
        revision=letter.revision,
        defaults={"asked_at": at, "next_try_at": at},
    )
    if is_new:
        wake_after_commit(DRAW, print_id=order.pk)
    return order


def ask_preview(letter: ApologyLetter) -> None:
    """Have a worker draw the draft as it reads now; nothing is written here."""
    key = f"letter-preview:{letter.pk}:{letter.revision}"
    if cache.add(key, 1, _SECONDS_BETWEEN_WAKES):
        current_app.send_task(
            PREVIEW,
            kwargs={"letter_id": letter.pk, "revision": letter.revision},
            expires=_SECONDS_BETWEEN_WAKES * 4,
        )


@transaction.atomic
def ask_again(*, letter: ApologyLetter, at: datetime) -> None:
    """Begin anew with drawings that were given up; what is drawn or still tried stays."""
    given_up = LetterPrint.objects.filter(
        letter=letter, drawn_at__isnull=True, attempts__gte=MAX_ATTEMPTS
    )
    for pk in given_up.values_list("pk", flat=True):
        wake_after_commit(DRAW, print_id=pk)
    given_up.update(attempts=0, failure="", next_try_at=at)


def is_given_up(order: LetterPrint) -> bool:
    """Will the sweep leave this drawing alone?"""
    return order.drawn_at is None and order.attempts >= MAX_ATTEMPTS


def wake_after_commit(task: str, **kwargs: int) -> None:
    """Tell a worker after the commit; a broker that is away never fails a finished act."""
    transaction.on_commit(lambda: _wake(task, kwargs), robust=True)


def _wake(task: str, kwargs: dict[str, int]) -> None:
    current_app.send_task(task, kwargs=kwargs)
