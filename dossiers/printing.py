"""Asks for printed forms: the row is written in the act's transaction, the PDF comes after it.

The Celery message is only a wake-up: a sweep renders what was asked and not heard of. One is
enough for many orders: while nobody has heard it yet, no second is sent.
"""

import logging
import threading
from datetime import datetime
from functools import cache

from celery import current_app
from django.conf import settings
from django.db import transaction
from redis import Redis

from dossiers.making import made
from dossiers.models import Dossier, PrintedForm
from dossiers.statuses import FormKind
from organizations.models import User

logger = logging.getLogger(__name__)

# Sent by its name: importing the task would load the PDF engine into every web process.
RENDER_WAITING = "dossiers.tasks.render_waiting_forms"
# Held from the wake-up until a worker hears it; one that was lost is missed for so long.
_BELL = "dossiers.printing.bell"
_SECONDS_UNTIL_RUNG_AGAIN = 30
# A process rings once for all that it ordered meanwhile: asking the broker takes as long as a
# tenth of an acceptance.
GATHERED_SECONDS = 0.1
# After so many attempts a person must ask again.
MAX_ATTEMPTS = 5


def ask(*, dossier: Dossier, kind: FormKind, actor: User | None, at: datetime) -> PrintedForm:
    """Order a form, numbered after its last; a worker is woken after the commit.

    The caller holds the dossier's lock, so no two orders get the same number.
    """
    form = order(dossier=dossier, kind=kind, actor=actor, at=at)
    form.number = PrintedForm.objects.filter(dossier=dossier, kind=kind).count() + 1
    form.save(force_insert=True)
    wake_after_commit()
    return form


@transaction.atomic
def ask_control_sheet(*, code: str, actor: User, at: datetime) -> PrintedForm | None:
    """The control sheet of a dossier as it is now; None before acceptance.

    One that shows the same history is not drawn a second time. Raises Dossier.DoesNotExist
    when the person may not see the dossier.
    """
    dossier = Dossier.objects.visible_to(actor).select_for_update(of=("self",)).get(code=code)
    if dossier.accepted_at is None:
        return None
    printed = PrintedForm.objects.filter(dossier=dossier, kind=FormKind.CONTROL_SHEET)
    latest = printed.order_by("-number").first()
    if latest and latest.asked_at >= dossier.changed_at:
        return latest
    return ask(dossier=dossier, kind=FormKind.CONTROL_SHEET, actor=actor, at=at)


def order(*, dossier: Dossier, kind: FormKind, actor: User | None, at: datetime) -> PrintedForm:
    """The first order of its kind, unsaved: whoever keeps it must wake a worker for it."""
    return made(PrintedForm, dossier=dossier, kind=kind, asked_at=at, asked_by=actor)


@transaction.atomic
def ask_again(*, form: PrintedForm, actor: User, at: datetime) -> None:
    """Begin anew with a form that was given up; one that is drawn or still tried stays as it is."""
    given_up = PrintedForm.objects.filter(
        pk=form.pk, rendered_at__isnull=True, attempts__gte=MAX_ATTEMPTS
    )
    if given_up.update(attempts=0, failure="", asked_at=at, asked_by=actor):
        wake_after_commit()


def is_given_up(form: PrintedForm) -> bool:
    """Will the sweep leave this form alone?"""
    return form.rendered_at is None and form.attempts >= MAX_ATTEMPTS


def wake_after_commit() -> None:
    """Tell a worker of an order that was kept."""
    transaction.on_commit(_wake_soon, robust=True)


# Held from the first order that was kept until the process rings for it.
_about_to_ring = threading.Lock()


def _wake_soon() -> None:
    if _about_to_ring.acquire(blocking=False):
        threading.Timer(GATHERED_SECONDS, _wake_for_all).start()


def _wake_for_all() -> None:
    # Before the bell: whoever is kept from now on is rung for anew.
    _about_to_ring.release()
    try:
        wake()
    except Exception:
        # A broker that is away is no fault of an act that was kept; the sweep draws the form.
        logger.exception("No worker was told of forms to print.")


def wake() -> None:
    """Ring once until it is heard: a message costs more than all the reads of an acceptance.

    The order was committed before; so whoever hears the bell that rings now will find it.
    """
    if _broker().set(_BELL, 1, nx=True, ex=_SECONDS_UNTIL_RUNG_AGAIN):
        current_app.send_task(RENDER_WAITING)


def hear() -> None:
    """Let the bell ring again; to be called before looking for orders."""
    _broker().delete(_BELL)


@cache
def _broker() -> Redis:
    # One with one connection for the process: the framework's cache makes a new client for each
    # call, and asking a pool takes as long as asking the broker.
    return Redis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=1,
        socket_timeout=5,
        single_connection_client=True,
    )
