"""Draws the ordered forms as PDF, in workers only: each once, however often it is asked.

An attempt is counted before the drawing begins, so that a form which kills its worker is given
up like any other; the file is written before the row, so that a row never names half a file.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import reduce
from hashlib import sha256
from operator import or_
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.db.models import F, Q
from django.template.loader import render_to_string

from dossiers import control_sheet, documents, notices, ordered_work, printing, receipts
from dossiers.control_sheet import ControlSheet
from dossiers.models import PrintedForm
from dossiers.notices import StopNotice, SupplementSlip
from dossiers.printing import MAX_ATTEMPTS
from dossiers.receipts import Receipt, Refusal
from dossiers.statuses import FormKind

logger = logging.getLogger(__name__)

# How long after the order the sweep may try for the first, second … time.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (0, 1, 5, 30, 120))
assert len(PAUSES) == MAX_ATTEMPTS  # noqa: S101 (the two are one decision)
BATCH = 100

_Values = Receipt | Refusal | SupplementSlip | StopNotice | ControlSheet
_DRAWN_FROM: dict[FormKind, tuple[str, Callable[[PrintedForm], _Values]]] = {
    FormKind.RECEIPT: ("dossiers/print/receipt.html", receipts.receipt_of),
    FormKind.REFUSAL: ("dossiers/print/refusal.html", receipts.refusal_of),
    FormKind.SUPPLEMENT: ("dossiers/print/supplement.html", notices.supplement_of),
    FormKind.STOP_NOTICE: ("dossiers/print/stop_notice.html", notices.stop_notice_of),
    FormKind.CONTROL_SHEET: ("dossiers/print/control_sheet.html", control_sheet.control_sheet_of),
}


def render(*, form_id: int, at: datetime) -> None:
    """Draw one ordered form, unless it is drawn already or another worker is drawing it."""
    if not _count_attempt(form_id):
        return
    with transaction.atomic():
        form = _held(form_id)
        if form is not None:
            _draw(form, at)


def render_waiting(*, at: datetime) -> int:
    """Draw the forms that were ordered, or whose drawing failed; how many were drawn.

    Each form has a transaction of its own: one that fails is marked and passed over.
    """
    printing.hear()
    ready = reduce(
        or_,
        (
            Q(attempts=tried, asked_at__lte=at - pause)
            for tried, pause in enumerate(PAUSES)
            if pause
        ),
        # Whatever the clock says: that of the process which asked may run ahead.
        Q(attempts=0),
    )
    waiting = PrintedForm.objects.filter(ready, rendered_at__isnull=True)
    form_ids = list(waiting.order_by("asked_at", "pk").values_list("pk", flat=True)[:BATCH])
    if len(form_ids) == BATCH:
        printing.wake()  # another worker begins with the rest
    for form_id in form_ids:
        render(form_id=form_id, at=at)
    return PrintedForm.objects.filter(pk__in=form_ids, rendered_at__isnull=False).count()


def page_of(form: PrintedForm) -> str:
    """The form as HTML, ready for `documents.to_pdf`."""
    template, values_of = _DRAWN_FROM[FormKind(form.kind)]
    values = values_of(form)
    return render_to_string(template, {"dossier": form.dossier, **vars(values)})


def _count_attempt(form_id: int) -> bool:
    """Commit that drawing begins; False when the form is drawn, given up or in other hands."""
    with transaction.atomic():
        form = _held(form_id)
        if form is None or form.attempts >= MAX_ATTEMPTS:
            return False
        PrintedForm.objects.filter(pk=form_id).update(attempts=F("attempts") + 1)
        return True


def _held(form_id: int) -> PrintedForm | None:
    """The form under lock, if it is still to be drawn and nobody else holds it."""
    return (
        PrintedForm.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("dossier__agency", "dossier__case", "dossier__version__procedure")
        .select_related("dossier__counter__agency")
        .filter(pk=form_id, rendered_at__isnull=True)
        .first()
    )


def _draw(form: PrintedForm, at: datetime) -> None:
    try:
        pdf = documents.to_pdf(page_of(form))
        form.file.save(f"{uuid4().hex}.pdf", ContentFile(pdf), save=False)
    except DatabaseError:
        # Not the form's fault, and this transaction is over: the sweep comes again.
        raise
    except Exception as error:  # noqa: BLE001 (whatever it is, the next form must be drawn)
        _mark_failed(form, error)
        return
    form.rendered_at, form.sha256, form.failure = at, sha256(pdf).hexdigest(), ""
    form.save(update_fields=["file", "rendered_at", "sha256", "failure"])


def _mark_failed(form: PrintedForm, error: Exception) -> None:
    form.failure = ordered_work.cause(error)
    form.save(update_fields=["failure"])
    logger.error(
        "Form %s not drawn, attempt %s of %s: %s",
        form.pk,
        form.attempts,
        MAX_ATTEMPTS,
        form.failure,
    )
