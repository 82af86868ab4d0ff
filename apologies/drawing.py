"""Draws letters as PDF and seals the signed ones, in workers only.

A claim puts the next try off and is committed before the drawing begins: no lock is held while
WeasyPrint works, and the turn of a worker that was killed comes again by itself. A letter that
was withdrawn meanwhile is not sent.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction
from django.template.loader import render_to_string

from apologies import certificates, letters, sealing
from apologies.models import AgencyCertificate, ApologyLetter, LetterPrint
from apologies.ordering import MAX_ATTEMPTS
from apologies.querysets import ON_PAPER
from apologies.statuses import LetterStatus, PrintKind
from dossiers import documents, ordered_work

logger = logging.getLogger(__name__)

# How long after the first, second … try the next may begin.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (2, 2, 5, 30, 120, 480))
assert len(PAUSES) == MAX_ATTEMPTS  # noqa: S101 (the two are one decision)
BATCH = 100


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A file that stands in the storage; a sealed one with what sealed it."""

    name: str
    sha256: str
    certificate: AgencyCertificate | None


def preview(*, letter_id: int, revision: int, at: datetime) -> None:
    """Draw a draft as it reads in this revision; older pictures of it go."""
    with _lazily():
        drafts = ApologyLetter.objects.drafts().for_drawing()
        letter = drafts.filter(pk=letter_id, revision=revision).first()
        if letter is None:
            return
        asked, is_new = LetterPrint.objects.get_or_create(
            letter=letter,
            kind=PrintKind.PREVIEW,
            revision=revision,
            # Claimed as it is made: nobody else sees it before the commit.
            defaults={"asked_at": at, "next_try_at": at + PAUSES[0], "attempts": 1},
        )
        order = asked if is_new else _claimed(asked.pk, at)
    _draw(order, at)
    if revision:
        _forget_older(letter_id, revision)


def draw(*, print_id: int, at: datetime) -> None:
    """Draw one ordered print, unless it is drawn, given up or in another worker's hands."""
    with _lazily():
        order = _claimed(print_id, at)
    _draw(order, at)


@contextmanager
def _lazily() -> Iterator[None]:
    """A transaction that does not wait for the disk: losing it costs one more drawing."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")
        yield


def _draw(order: LetterPrint | None, at: datetime) -> None:
    if order is None:
        return
    try:
        pdf, certificate = _content(order, at)
        name = _file(order, pdf)
    except DatabaseError:
        # Not the letter's fault: the sweep comes again.
        raise
    except Exception as error:  # noqa: BLE001 (whatever it is, the next letter must be drawn)
        _mark_failed(order, error)
        return
    drawn = Drawn(name=name, sha256=sha256(pdf).hexdigest(), certificate=certificate)
    _keep(order, drawn, at)


def draw_waiting(*, at: datetime) -> int:
    """Draw what was not heard of or failed and may be tried again; how many were drawn."""
    waiting = LetterPrint.objects.filter(
        drawn_at__isnull=True, next_try_at__lte=at, attempts__lt=MAX_ATTEMPTS
    )
    found = list(waiting.order_by("next_try_at", "id").values_list("pk", flat=True)[:BATCH])
    for pk in found:
        draw(print_id=pk, at=at)
    return LetterPrint.objects.filter(pk__in=found, drawn_at__isnull=False).count()


def page_of(letter: ApologyLetter) -> str:
    """The letter as HTML, ready for `documents.to_pdf`."""
    values = letters.values_of(letter)
    return render_to_string("apologies/print/letter.html", {"letter": letter, **vars(values)})


def _claimed(print_id: int, at: datetime) -> LetterPrint | None:
    """The order with its letter as it reads now, claimed once the caller commits.

    The one who moves `next_try_at` draws.
    """
    mine = LetterPrint.objects.filter(
        pk=print_id, drawn_at__isnull=True, next_try_at__lte=at, attempts__lt=MAX_ATTEMPTS
    )
    with_letter = mine.select_related(*(f"letter__{name}" for name in ON_PAPER))
    order = with_letter.select_for_update(skip_locked=True, of=("self",)).first()
    if order is None:
        return None
    order.next_try_at = at + PAUSES[order.attempts]
    order.attempts += 1
    order.save(update_fields=["next_try_at", "attempts"])
    return order


def _content(order: LetterPrint, at: datetime) -> tuple[bytes, AgencyCertificate | None]:
    """The PDF, and what sealed it: the certificate of the signing may have ended since."""
    letter = order.letter
    pdf = documents.to_pdf(page_of(letter))
    if order.kind == PrintKind.PREVIEW:
        return pdf, None
    certificate = certificates.usable(agency=letter.agency, at=at)
    return sealing.seal(pdf, certificate=certificate, location=letter.agency.place), certificate


def _file(order: LetterPrint, pdf: bytes) -> str:
    """The file before the row, so that a row never names half a file; its name in the storage."""
    field = order.file.field
    wanted = field.generate_filename(order, f"{uuid4().hex}.pdf")
    return str(order.file.storage.save(wanted, ContentFile(pdf)))


def _keep(order: LetterPrint, drawn: Drawn, at: datetime) -> None:
    """The drawing stands; a letter that is signed is sent from this moment on."""
    undrawn = LetterPrint.objects.filter(pk=order.pk, drawn_at__isnull=True)
    facts = {"file": drawn.name, "sha256": drawn.sha256, "drawn_at": at, "failure": ""}
    if order.kind == PrintKind.PREVIEW:
        with _lazily():
            kept = undrawn.update(**facts)
    else:
        with transaction.atomic():
            letter = ApologyLetter.objects.select_for_update().get(pk=order.letter_id)
            kept = undrawn.update(**facts)
            if kept and letter.status == LetterStatus.SIGNED:
                letter.sent_at = letter.posted_at = max(at, letter.signed_at or at)
                letter.certificate = drawn.certificate or letter.certificate
                letter.save(update_fields=["sent_at", "posted_at", "certificate"])
    if not kept:
        # A worker that was thought dead was only slow: its file stands.
        order.file.storage.delete(drawn.name)


def _mark_failed(order: LetterPrint, error: Exception) -> None:
    cause = ordered_work.cause(error)
    LetterPrint.objects.filter(pk=order.pk).update(failure=cause)
    logger.error(
        "Letter %s not drawn, attempt %s of %s: %s",
        order.letter_id,
        order.attempts,
        MAX_ATTEMPTS,
        cause,
    )


def _forget_older(letter_id: int, revision: int) -> None:
    """A preview is no document: the one of a text that was changed is of no use."""
    for older in LetterPrint.objects.filter(
        letter=letter_id, kind=PrintKind.PREVIEW, revision__lt=revision
    ):
        name = older.file.name
        older.delete()
        if name:
            older.file.storage.delete(name)
