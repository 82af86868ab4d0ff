"""Asks for printed forms: the row is written in the act's transaction, the PDF comes after it.

The Celery message is only a wake-up: a sweep renders what was asked and not heard of.
"""

from datetime import datetime
from functools import partial

from django.db import transaction

from dossiers.models import Dossier, PrintedForm
from dossiers.statuses import FormKind
from dossiers.tasks import render_form
from organizations.models import User


def ask(*, dossier: Dossier, kind: FormKind, actor: User | None, at: datetime) -> PrintedForm:
    """Order a form; a worker is woken after the commit."""
    form = PrintedForm.objects.create(dossier=dossier, kind=kind, asked_at=at, asked_by=actor)
    # Robust: a broker that is away must not turn a finished act into an error page.
    transaction.on_commit(partial(render_form.delay, form_id=form.pk), robust=True)
    return form
