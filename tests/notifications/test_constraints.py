"""Each rule that the database keeps of messages, asked of the database itself and in words."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from notifications.models import Delivery, Message
from notifications.statuses import MessageState
from tests.conftest import NOW
from tests.notifications.conftest import make_message

S = MessageState
SECOND = timedelta(seconds=1)


def changed(**facts):
    message = make_message()
    for name, value in facts.items():
        setattr(message, name, value)
    return message


def second(**facts):
    message = changed(**facts)
    message.pk = None
    return message


def delivery(**facts):
    known = {"message": make_message(), "kind": "sent", "attempt": 1, "at": NOW}
    return Delivery(**(known | facts))


CASES = {
    "message_key_unique": second,
    "message_channel_is_known": lambda: changed(channel="pigeon"),
    "message_state_is_known": lambda: changed(state="lost", next_attempt_at=None),
    "message_is_whole": lambda: changed(body=""),
    "message_email_has_title": lambda: changed(title=""),
    "message_sent_after_its_order": lambda: changed(send_after=NOW - SECOND),
    "message_waiting_has_moment": lambda: changed(next_attempt_at=None),
    "message_sending_is_leased": lambda: changed(state=S.SENDING, next_attempt_at=None),
    "message_sent_has_moment": lambda: changed(state=S.SENT, next_attempt_at=None),
    "message_undelivered_says_why": lambda: changed(state=S.FAILED, next_attempt_at=None),
    "message_unclear_may_have_arrived": lambda: changed(
        state=S.UNCLEAR, next_attempt_at=None, failure="A"
    ),
    "delivery_kind_is_known": lambda: delivery(kind="guessed"),
    "delivery_again_names_a_person": lambda: delivery(kind="resent"),
}
# The other side of the rules that say "exactly when", and each part of the others.
MORE_CASES = [
    ("message_is_whole", {"recipient": ""}),
    ("message_is_whole", {"key": ""}),
    ("message_waiting_has_moment", {"state": S.SENT, "sent_at": NOW}),
    ("message_sending_is_leased", {"leased_until": NOW}),
    ("message_sent_has_moment", {"sent_at": NOW}),
    (
        "message_unclear_may_have_arrived",
        {"state": S.FAILED, "next_attempt_at": None, "failure": "A", "may_have_arrived": True},
    ),
]


def constraints() -> dict[str, models.BaseConstraint]:
    """By name, every constraint of the app's models."""
    return {
        constraint.name: constraint
        for model in apps.get_app_config("notifications").get_models()
        for constraint in model._meta.constraints
    }


def test_every_constraint_has_a_case():
    assert set(constraints()) == set(CASES)


def test_the_database_has_every_constraint_of_the_models(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid::regclass::text LIKE 'notifications_%'"
        )
        kept = {name for (name,) in cursor.fetchall()}

    assert set(CASES) - kept == set()


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses_it(db, name):
    row = CASES[name]()

    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        row.save()


@pytest.mark.parametrize(("name", "facts"), MORE_CASES)
def test_the_database_refuses_the_other_side_too(db, name, facts):
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        changed(**facts).save()


def test_a_line_of_the_history_that_nobody_asked_for_names_nobody(db):
    with pytest.raises(IntegrityError, match="delivery_again"), transaction.atomic():
        delivery(actor_username="quan", actor_name="Quân").save()


@pytest.mark.parametrize("name", CASES)
def test_a_form_says_why_in_vietnamese(db, name):
    row = CASES[name]()

    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()

    assert str(constraints()[name].violation_error_message) in refused.value.messages


@pytest.mark.parametrize(
    "facts",
    [
        {"state": S.SENDING, "next_attempt_at": None, "leased_until": NOW},
        {"state": S.SENT, "next_attempt_at": None, "sent_at": NOW, "may_have_arrived": True},
        {"state": S.FAILED, "next_attempt_at": None, "failure": "A"},
        {"state": S.UNCLEAR, "next_attempt_at": None, "failure": "A", "may_have_arrived": True},
    ],
)
def test_what_is_lawful_is_kept(db, facts):
    assert Message.objects.filter(pk=make_message().pk).update(**facts) == 1
