"""A person sends again what was given up; the trace says who and when."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from notifications import outbox
from notifications.asking import Person, require_administrator
from notifications.models import Delivery, Message
from notifications.statuses import DeliveryKind, MessageState

# As many as one click may set going.
MOST = 1000


class NotGivenUp(ValidationError):
    """The message was sent, or is still being tried."""


@transaction.atomic
def resend(*, message_id: int, actor: Person, at: datetime) -> Message:
    """Let one undelivered message go out again; NotGivenUp for any other."""
    require_administrator(actor)
    message = Message.objects.select_for_update().get(pk=message_id)
    if not message.is_undelivered:
        raise NotGivenUp(
            f"Tin này đang ở trạng thái “{message.get_state_display()}” nên không gửi lại.",
            code="wrong_state",
        )
    _begin_again(message, actor, at)
    return message


@transaction.atomic
def resend_failed(*, actor: Person, at: datetime) -> int:
    """Let all go out again that certainly did not arrive; how many.

    Those that may have arrived are left to a look at each.
    """
    require_administrator(actor)
    failed = Message.objects.filter(state=MessageState.FAILED).order_by("id")
    messages = list(failed.select_for_update(skip_locked=True)[:MOST])
    for message in messages:
        _begin_again(message, actor, at)
    return len(messages)


def _begin_again(message: Message, actor: Person, at: datetime) -> None:
    Delivery.objects.create(
        message=message,
        kind=DeliveryKind.RESENT,
        attempt=message.attempts,
        sentence=message.failure,
        actor_username=actor.get_username(),
        actor_name=actor.get_full_name(),
        at=at,
    )
    if not message.may_have_arrived:
        # A gateway would answer the old key with its old refusal.
        message.round += 1
    first = at if message.at_any_hour else settings.MESSAGE_HOURS.next_open(at)
    message.state, message.failures, message.next_attempt_at = MessageState.WAITING, 0, first
    message.save(update_fields=["state", "failures", "next_attempt_at", "round"])
    if first <= at:
        outbox.wake_after_commit(message)
