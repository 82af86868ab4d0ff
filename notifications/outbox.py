"""Writes messages into the outbox, within the act that has something to tell.

The Celery message after the commit is only a wake-up: the sweep of `tasks` sends what is due.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from notifications import addresses, channels, wording
from notifications.addresses import Addresses, Destination
from notifications.models import Message
from notifications.statuses import ChannelPreference, MessageChannel, MessageState
from notifications.wording import Text

SEND_MESSAGE = "notifications.tasks.send_message"
_READ = {MessageChannel.EMAIL: addresses.email_of, MessageChannel.SMS: addresses.mobile_of}


class AddressRefused(ValidationError):
    """No message can go to this address."""


def enqueue(
    *,
    key: str,
    channel: MessageChannel,
    recipient: str,
    text: Text,
    at: datetime,
    subject: str = "",
    template: str = "",
    send_after: datetime | None = None,
    at_any_hour: bool = False,
) -> Message:
    """Write one message; the one that is there already when the key was used before.

    `key` names the occasion and the channel ("dossier:123:apology:45:sms"): what was once
    written under it is neither changed nor sent a second time. `subject` is what the message
    is about, such as the code of a dossier. It goes out between `settings.MESSAGE_HOURS`, to
    staff `at_any_hour`. Raises AddressRefused for an address that cannot be one.
    """
    address = _READ[channel](recipient)
    if not address:
        raise AddressRefused(
            f"Địa chỉ nhận không dùng được cho kênh {channel.label.lower()}. Hãy sửa địa chỉ.",
            code="address",
        )
    begin = max(at, send_after) if send_after else at
    first = begin if at_any_hour else settings.MESSAGE_HOURS.next_open(begin)
    message, created = Message.objects.get_or_create(
        key=key,
        defaults={
            "subject": subject,
            "template": template,
            "channel": channel,
            "recipient": address,
            "title": text.title if channel == MessageChannel.EMAIL else "",
            "body": text.body,
            "html": text.html if channel == MessageChannel.EMAIL else "",
            "at_any_hour": at_any_hour,
            "state": MessageState.WAITING,
            "enqueued_at": at,
            "send_after": begin,
            "next_attempt_at": first,
        },
    )
    if created and first <= at:
        wake_after_commit(message)
    return message


def tell(
    *,
    key: str,
    subject: str,
    template: str,
    values: Mapping[str, Any],
    to: Addresses,
    at: datetime,
    preference: ChannelPreference = ChannelPreference.ANY,
    send_after: datetime | None = None,
) -> list[Message]:
    """Tell a person by the ways they prefer, in the words of a template of `wording`.

    One message for each way, under `key` and the way's name. None, and no error, for somebody
    who left no address that can be used: an act never fails because of a mistyped address.
    """
    ways = addresses.choose(to, preference, offered=channels.offered())
    return [_tell_by(way, key, subject, template, values, at, send_after) for way in ways]


def _tell_by(
    way: Destination,
    key: str,
    subject: str,
    template: str,
    values: Mapping[str, Any],
    at: datetime,
    send_after: datetime | None,
) -> Message:
    return enqueue(
        key=f"{key}:{way.channel}",
        subject=subject,
        template=template,
        channel=way.channel,
        recipient=way.address,
        text=wording.write(template, way.channel, values),
        at=at,
        send_after=send_after,
    )


def wake_after_commit(message: Message) -> None:
    """Tell a worker of a message that may go out now."""
    # Robust: a broker that is away must not turn a finished act into an error page.
    transaction.on_commit(lambda: wake(message_id=message.pk), robust=True)


def wake(*, message_id: int, expires: float | None = None) -> None:
    """Ask a worker to send; forgotten by the broker after so many seconds."""
    current_app.send_task(SEND_MESSAGE, kwargs={"message_id": message_id}, expires=expires)
