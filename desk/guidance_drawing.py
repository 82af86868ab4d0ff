"""Draws slips of guidance as PDF, in workers only: each once, a bad one passed over.

An attempt is counted before the drawing begins, so that a slip which kills its worker is given
up like any other.
"""

import logging
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse

from desk.models import Guidance
from desk.models.guidance import MAX_ATTEMPTS
from dossiers import documents, rules
from dossiers.deadlines import local_date
from dossiers.receipts import Head, balanced, official_day, qr_matrix
from dossiers.statuses import FormKind

logger = logging.getLogger(__name__)

BATCH = 50


def draw_waiting(*, at: datetime) -> int:
    """Draw the slips that were ordered and not drawn; how many were."""
    waiting = Guidance.objects.filter(rendered_at__isnull=True, attempts__lt=MAX_ATTEMPTS)
    done = 0
    for pk in list(waiting.order_by("given_at").values_list("pk", flat=True)[:BATCH]):
        Guidance.objects.filter(pk=pk).update(attempts=F("attempts") + 1)
        done += _draw(pk, at)
    return done


@transaction.atomic
def _draw(pk: int, at: datetime) -> bool:
    found: Guidance | None = (
        Guidance.objects.for_print()
        .select_for_update(skip_locked=True, of=("self",))
        .filter(pk=pk, rendered_at__isnull=True)
        .first()
    )
    if found is None:
        return False
    try:
        pdf = documents.to_pdf(page_of(found))
    except Exception as error:  # whatever it is, the next slip must be drawn
        logger.exception("Guidance %s not drawn: %s", pk, type(error).__name__)
        return False
    found.file.save(f"{uuid4().hex}.pdf", ContentFile(pdf), save=False)
    found.rendered_at = at
    found.save(update_fields=["file", "rendered_at"])
    return True


def page_of(guidance: Guidance) -> str:
    """The slip as HTML, ready for `documents.to_pdf`."""
    items = guidance.items.order_by("position")
    context = {"guidance": guidance, "items": items, "head": _head(guidance)}
    return render_to_string("desk/print/guidance.html", context)


def _head(guidance: Guidance) -> Head:
    """The head of Mẫu số 02 by the rules of the day; its symbol leads to the procedure."""
    day = local_date(guidance.given_at)
    governing, keeper = rules.in_force_on(day), guidance.counter.agency
    page = reverse("procedures:detail", args=[guidance.version.procedure.code])
    address = f"{settings.PUBLIC_URL}{page}"
    return Head(
        title=str(FormKind.SUPPLEMENT.label),
        form_number=governing.supplement_form,
        forms_of=governing.forms_of,
        body=balanced(keeper.name),
        counter=balanced(guidance.counter.name),
        number=f"{guidance.number:04d}",
        symbol="HDHS",
        place_and_day=f"{keeper.place}, {official_day(day)}",
        look_up_page=address.split("://", 1)[1],
        qr=qr_matrix(address).svg_data_uri(border=0, xmldecl=False),
    )
