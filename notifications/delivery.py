"""Sends what the outbox holds: claims a message, hands it over outside any transaction, settles.

A claim is a lease that the try's number guards: whoever comes back after losing it changes
nothing but the truth that a message went out. A worker that dies before handing over costs a
repetition; one that dies after it leaves a message that is repeated only where the other side
knows its key, and else waits for a person, who sees it among the undelivered.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from notifications import pausing
from notifications.channels import NotSent, Parcel, Transport, Unclear
from notifications.hours import pause_after
from notifications.models import Delivery, Message
from notifications.querysets import MessageQuerySet
from notifications.statuses import DeliveryKind, MessageChannel, MessageState

logger = logging.getLogger(__name__)

# Longer than a task may live, so that nobody sends what another is still sending.
LEASE = timedelta(minutes=5)
BATCH = 500
_NO_TRANSPORT = "Kênh này chưa được cấu hình. Hãy đặt các biến của kênh rồi gửi lại."
_DIED_BEFORE = "Tiến trình gửi dừng trước khi giao tin; hệ thống sẽ gửi lại."
_DIED_AFTER = "Tiến trình gửi dừng sau khi giao tin, chưa nghe nơi chuyển trả lời."


class LeaseLost(Exception):
    """Another worker has the message by now."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a try ended."""

    kind: DeliveryKind
    sentence: str = ""
    gateway_id: str = ""
    # May the same message be handed over again without reaching the person twice?
    may_repeat: bool = True
    is_away: bool = False


def deliver(*, message_id: int, at: datetime) -> None:
    """Send one message, unless it is not due, not the hour for it, or in other hands."""
    message = _claimed(message_id, at)
    if message is None:
        return
    try:
        outcome = _tried(message, at)
    except LeaseLost:
        return
    _settle(message, outcome, at)
    if outcome.is_away:
        pausing.pause(message.channel, at=at)


def due_ids(*, at: datetime) -> list[int]:
    """What may go out now, bounded."""
    due = Message.objects.due(at=at)
    if not settings.MESSAGE_HOURS.is_open(at):
        due = due.filter(at_any_hour=True)
    due = due.exclude(channel__in=pausing.paused(at=at))
    return list(due.values_list("pk", flat=True)[:BATCH])


def take_back(*, at: datetime) -> int:
    """Settle the messages whose worker did not come back; how many."""
    abandoned = list(Message.objects.abandoned(at=at).values_list("pk", flat=True)[:BATCH])
    return sum(_take_back(message_id, at) for message_id in abandoned)


@transaction.atomic
def _take_back(message_id: int, at: datetime) -> bool:
    message = _held(Message.objects.abandoned(at=at).filter(pk=message_id))
    if message is None:
        return False
    if message.handed_over_at is None:
        outcome = Outcome(kind=DeliveryKind.INTERRUPTED, sentence=_DIED_BEFORE)
    else:
        again = _repeats_safely(message)
        outcome = Outcome(kind=DeliveryKind.UNCLEAR, sentence=_DIED_AFTER, may_repeat=again)
    _write(message, outcome, at)
    return True


@transaction.atomic
def _claimed(message_id: int, at: datetime) -> Message | None:
    message = _held(Message.objects.due(at=at).filter(pk=message_id))
    if message is None or not _may_go(message, at):
        return None
    message.state = MessageState.SENDING
    message.attempts += 1
    message.next_attempt_at, message.handed_over_at = None, None
    message.leased_until = at + LEASE
    message.save(
        update_fields=["state", "attempts", "next_attempt_at", "handed_over_at", "leased_until"]
    )
    return message


def _may_go(message: Message, at: datetime) -> bool:
    if message.channel in pausing.paused(at=at):
        return False
    return message.at_any_hour or bool(settings.MESSAGE_HOURS.is_open(at))


def _held(messages: MessageQuerySet) -> Message | None:
    return messages.select_for_update(skip_locked=True, of=("self",)).first()


def _tried(message: Message, at: datetime) -> Outcome:
    transport = _transport(message)
    if transport is None:
        return Outcome(kind=DeliveryKind.REFUSED, sentence=_NO_TRANSPORT)
    try:
        gateway_id = transport.send(_parcel(message, at))
    except NotSent as error:
        kind = DeliveryKind.REFUSED if error.is_final else DeliveryKind.FAILED
        return Outcome(kind=kind, sentence=error.sentence, is_away=error.is_away)
    except Unclear as error:
        return Outcome(
            kind=DeliveryKind.UNCLEAR, sentence=error.sentence, may_repeat=transport.knows_keys
        )
    return Outcome(kind=DeliveryKind.SENT, gateway_id=gateway_id)


def _parcel(message: Message, at: datetime) -> Parcel:
    return Parcel(
        key=message.wire_key,
        channel=MessageChannel(message.channel),
        recipient=message.recipient,
        title=message.title,
        body=message.body,
        html=message.html,
        hand_over=lambda: _note_hand_over(message, at),
    )


def _note_hand_over(message: Message, at: datetime) -> None:
    """Commit, before the first byte, that the message leaves our hands."""
    mine = Message.objects.filter(
        pk=message.pk, state=MessageState.SENDING, attempts=message.attempts
    )
    if not mine.update(handed_over_at=at):
        raise LeaseLost


@transaction.atomic
def _settle(claim: Message, outcome: Outcome, at: datetime) -> None:
    message = Message.objects.select_for_update().get(pk=claim.pk)
    is_mine = message.attempts == claim.attempts and message.state == MessageState.SENDING
    # Whoever lost the lease and hears a yes all the same tells the truth: it went out.
    if is_mine or (outcome.kind == DeliveryKind.SENT and message.state != MessageState.SENT):
        message.attempts = max(message.attempts, claim.attempts)
        _write(message, outcome, at)


def _write(message: Message, outcome: Outcome, at: datetime) -> None:
    """The state after a try, and its line in the history."""
    Delivery.objects.create(
        message=message,
        kind=outcome.kind,
        attempt=message.attempts,
        sentence=outcome.sentence,
        gateway_id=outcome.gateway_id,
        at=at,
    )
    message.leased_until = message.next_attempt_at = None
    if outcome.kind == DeliveryKind.SENT:
        _mark_sent(message, outcome, at)
    else:
        _mark_not_sent(message, outcome, at)
    message.save(
        update_fields=[
            *("state", "leased_until", "next_attempt_at", "sent_at", "gateway_id"),
            *("failure", "failures", "may_have_arrived"),
        ]
    )


def _mark_sent(message: Message, outcome: Outcome, at: datetime) -> None:
    message.state, message.sent_at = MessageState.SENT, at
    message.gateway_id, message.failure = outcome.gateway_id, ""


def _mark_not_sent(message: Message, outcome: Outcome, at: datetime) -> None:
    message.failures += 1
    message.failure = outcome.sentence
    message.may_have_arrived |= outcome.kind == DeliveryKind.UNCLEAR
    pause = pause_after(message.failures)
    if pause and outcome.may_repeat and outcome.kind != DeliveryKind.REFUSED:
        message.state = MessageState.WAITING
        message.next_attempt_at = _within_hours(message, at + pause)
        return
    unclear = message.may_have_arrived
    message.state = MessageState.UNCLEAR if unclear else MessageState.FAILED
    logger.warning("Message %s given up after %s tries", message.pk, message.attempts)


def _within_hours(message: Message, moment: datetime) -> datetime:
    if message.at_any_hour:
        return moment
    opening: datetime = settings.MESSAGE_HOURS.next_open(moment)
    return opening


def _transport(message: Message) -> Transport | None:
    path = settings.MESSAGE_TRANSPORTS.get(message.channel)
    transport: Transport | None = import_string(path)() if path else None
    return transport


def _repeats_safely(message: Message) -> bool:
    transport = _transport(message)
    return transport is not None and transport.knows_keys
