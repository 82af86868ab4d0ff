"""Asks for printed forms: the row is written in the act's transaction, the PDF comes after it.

The Celery message is only a wake-up: a sweep renders what was asked and not heard of.
"""

from datetime import datetime

from celery import current_app
from django.db import transaction

from dossiers.models import Dossier, PrintedForm
from dossiers.statuses import FormKind
from organizations.models import User

# Sent by its name: importing the task would load the PDF engine into every web process.
RENDER_FORM = "dossiers.tasks.render_form"
# After so many attempts a person must ask again.
MAX_ATTEMPTS = 5


def ask(*, dossier: Dossier, kind: FormKind, actor: User | None, at: datetime) -> PrintedForm:
    """Order a form; a worker is woken after the commit."""
    form = order(dossier=dossier, kind=kind, actor=actor, at=at)
    form.save(force_insert=True)
    wake_after_commit(form)
    return form


def order(*, dossier: Dossier, kind: FormKind, actor: User | None, at: datetime) -> PrintedForm:
    """The order, unsaved: whoever keeps it must wake a worker for it."""
    return PrintedForm(dossier=dossier, kind=kind, asked_at=at, asked_by=actor)


@transaction.atomic
def ask_again(*, form: PrintedForm, actor: User, at: datetime) -> None:
    """Begin anew with a form that was given up; one that is drawn or still tried stays as it is."""
    given_up = PrintedForm.objects.filter(
        pk=form.pk, rendered_at__isnull=True, attempts__gte=MAX_ATTEMPTS
    )
    if given_up.update(attempts=0, failure="", asked_at=at, asked_by=actor):
        wake_after_commit(form)


def is_given_up(form: PrintedForm) -> bool:
    """Will the sweep leave this form alone?"""
    return form.rendered_at is None and form.attempts >= MAX_ATTEMPTS


def wake_after_commit(form: PrintedForm) -> None:
    """Tell a worker of an order that was kept."""
    # Robust: a broker that is away must not turn a finished act into an error page. (Django
    # names the function in its log, so it must have a name: a `partial` fails a second time.)
    transaction.on_commit(lambda: _wake(form_id=form.pk), robust=True)


def _wake(*, form_id: int) -> None:
    current_app.send_task(RENDER_FORM, kwargs={"form_id": form_id})
