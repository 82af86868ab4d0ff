"""Sending: one claim, one hand-over, one settlement; every failure said and tried again."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from notifications import delivery, file_channel
from notifications.channels import NotSent, Parcel, Unclear
from notifications.hours import PAUSES
from notifications.models import Delivery, Message
from notifications.statuses import DeliveryKind, MessageState
from tests.conftest import NOW
from tests.notifications.conftest import make_message, make_sms

pytestmark = pytest.mark.django_db
NIGHT = datetime.fromisoformat("2026-11-13T21:30:00+07:00")


class Scripted:
    """A way out that does what the test says, and remembers what left for good."""

    knows_keys = False
    script: Callable[[Parcel], str]
    gone: list[str]

    def send(self, parcel: Parcel) -> str:
        return type(self).script(parcel)


@pytest.fixture
def out(settings):
    """The transport of both channels."""
    settings.MESSAGE_TRANSPORTS = dict.fromkeys(
        ("email", "sms"), "tests.notifications.test_delivery.Scripted"
    )
    Scripted.knows_keys, Scripted.gone = False, []

    def take(parcel: Parcel) -> str:
        parcel.hand_over()
        Scripted.gone.append(parcel.key)
        return "số-1"

    Scripted.script = staticmethod(take)
    return Scripted


def fail(error: Exception, *, after: bool = False) -> Callable[[Parcel], str]:
    def failing(parcel: Parcel) -> str:
        if after:
            parcel.hand_over()
        raise error

    return staticmethod(failing)


def sent(message: Message, at: datetime = NOW) -> Message:
    delivery.deliver(message_id=message.pk, at=at)
    message.refresh_from_db()
    return message


def kinds(message: Message) -> list[str]:
    return list(message.deliveries.order_by("id").values_list("kind", flat=True))


def test_a_message_is_sent_once_however_often_workers_are_woken(out):
    message = sent(make_message())
    sent(message)

    assert message.state == MessageState.SENT
    assert (message.sent_at, message.gateway_id, message.failure) == (NOW, "số-1", "")
    assert out.gone == [message.wire_key]
    assert kinds(message) == [DeliveryKind.SENT]


def test_nothing_is_sent_before_its_time_or_out_of_hours(out):
    early = sent(make_message(key="a", send_after=NOW + timedelta(hours=1)))
    late = sent(make_message(key="b"), at=NIGHT)

    assert {early.state, late.state} == {MessageState.WAITING}
    assert delivery.due_ids(at=NIGHT) == []
    assert out.gone == []


def test_a_failure_is_said_and_tried_again_after_growing_pauses(out):
    out.script = fail(NotSent("Không kết nối được máy chủ thư."))
    message = make_message(at_any_hour=True)
    at, waits = NOW, []

    while sent(message, at).state == MessageState.WAITING:
        waits.append(message.next_attempt_at - at)
        assert message.failure == "Không kết nối được máy chủ thư."
        at = message.next_attempt_at

    assert tuple(waits) == PAUSES
    assert message.state == MessageState.FAILED
    assert kinds(message) == [DeliveryKind.FAILED] * (len(PAUSES) + 1)
    assert out.gone == []


def test_a_retry_waits_for_the_opening_hour(out):
    out.script = fail(NotSent("Bận."))
    evening = datetime.fromisoformat("2026-11-13T19:59:30+07:00")

    message = sent(make_message(at=evening), at=evening)

    assert message.next_attempt_at == datetime.fromisoformat("2026-11-14T07:00:00+07:00")


def test_a_final_refusal_is_given_up_at_once(out):
    out.script = fail(NotSent("Từ chối địa chỉ nhận (550).", is_final=True))

    message = sent(make_message())

    assert message.state == MessageState.FAILED
    assert message.failure == "Từ chối địa chỉ nhận (550)."
    assert kinds(message) == [DeliveryKind.REFUSED]


def test_an_unheard_answer_is_never_repeated_by_itself(out):
    out.script = fail(Unclear("Không nghe trả lời."), after=True)

    message = sent(make_message())

    assert message.state == MessageState.UNCLEAR
    assert delivery.due_ids(at=NOW + timedelta(days=3)) == []


def test_an_unheard_answer_is_repeated_where_the_other_side_knows_the_key(out):
    out.knows_keys = True
    usual, out.script = out.script, fail(Unclear("Không nghe trả lời."), after=True)
    message = sent(make_sms())
    first = message.wire_key
    assert message.state == MessageState.WAITING

    out.script = staticmethod(usual)
    sent(message, message.next_attempt_at)

    assert message.state == MessageState.SENT
    assert out.gone == [first]


def test_unheard_to_the_end_stays_unclear(out):
    out.knows_keys = True
    out.script = fail(Unclear("Không nghe trả lời."), after=True)
    message = make_sms(at_any_hour=True)
    at = NOW

    while sent(message, at).state == MessageState.WAITING:
        at = message.next_attempt_at

    assert message.state == MessageState.UNCLEAR


def test_a_message_of_a_channel_that_is_gone_says_so(settings):
    message = make_message()
    settings.MESSAGE_TRANSPORTS = {"email": "", "sms": ""}

    sent(message)

    assert message.state == MessageState.FAILED
    assert message.failure.startswith("Kênh này chưa được cấu hình.")


def claim(message: Message) -> Message:
    """As a worker does before it dies."""
    taken = delivery._claimed(message.pk, NOW)
    assert taken is not None
    return taken


LATER = NOW + timedelta(minutes=6)


def test_what_a_killed_worker_held_comes_back_after_its_lease(out):
    message = make_message()
    claim(message)

    assert delivery.take_back(at=NOW + timedelta(minutes=4)) == 0
    assert delivery.take_back(at=LATER) == 1
    assert delivery.take_back(at=LATER) == 0
    message.refresh_from_db()
    assert message.state == MessageState.WAITING
    assert sent(message, message.next_attempt_at).state == MessageState.SENT
    assert kinds(message) == [DeliveryKind.INTERRUPTED, DeliveryKind.SENT]


def test_what_was_handed_over_before_the_worker_died_waits_for_a_person(out):
    message = make_message()
    delivery._note_hand_over(claim(message), NOW)

    delivery.take_back(at=LATER)

    message.refresh_from_db()
    assert message.state == MessageState.UNCLEAR
    assert message.failure.startswith("Tiến trình gửi dừng sau khi giao tin")


def test_what_was_handed_over_is_repeated_where_the_key_is_known(out):
    out.knows_keys = True
    message = make_sms()
    delivery._note_hand_over(claim(message), NOW)

    delivery.take_back(at=LATER)

    message.refresh_from_db()
    assert message.state == MessageState.WAITING


def test_a_worker_that_lost_its_lease_hands_nothing_over(out):
    message = make_message()
    late = claim(message)
    delivery.take_back(at=LATER)
    message.refresh_from_db()
    sent(message, message.next_attempt_at)

    with pytest.raises(delivery.LeaseLost):
        delivery._note_hand_over(late, LATER)

    assert out.gone == [message.wire_key]


def test_a_yes_that_is_heard_too_late_is_still_the_truth(out):
    message = make_message()
    late = claim(message)
    delivery._note_hand_over(late, NOW)
    delivery.take_back(at=LATER)

    delivery._settle(late, delivery.Outcome(kind=DeliveryKind.SENT, gateway_id="7"), LATER)

    message.refresh_from_db()
    assert (message.state, message.gateway_id) == (MessageState.SENT, "7")


def test_a_no_that_is_heard_too_late_changes_nothing(out):
    message = make_message()
    late = claim(message)
    delivery.take_back(at=LATER)
    message.refresh_from_db()
    sent(message, message.next_attempt_at)

    delivery._settle(late, delivery.Outcome(kind=DeliveryKind.FAILED, sentence="Bận."), LATER)

    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_the_sweep_takes_back_and_finds_what_is_due(out):
    waiting = make_message(key="a")
    make_message(key="b", send_after=NOW + timedelta(days=1))
    night = make_message(key="c", at=NOW, at_any_hour=True)

    assert delivery.due_ids(at=NOW) == [waiting.pk, night.pk]
    assert delivery.due_ids(at=NIGHT) == [night.pk]


def test_the_history_of_a_message_cannot_be_changed(out):
    message = sent(make_message())

    for change in (Delivery.objects.all().delete, lambda: message.deliveries.update(attempt=9)):
        with pytest.raises(Exception, match="chỉ được ghi thêm"), transaction.atomic():
            change()


def test_logs_tell_neither_address_nor_words(out, caplog):
    out.script = fail(NotSent("Từ chối (550).", is_final=True))

    message = sent(make_message())

    assert f"Message {message.pk} given up" in caplog.text
    assert "dao@" not in caplog.text
    assert "xin lỗi" not in caplog.text


def test_the_file_channel_keeps_what_the_reader_would_see():
    message = sent(make_message())
    sent(make_sms())

    shown = file_channel.latest()

    assert message.state == MessageState.SENT
    assert {(each.channel, each.recipient) for each in shown} == {
        ("email", "dao@example.vn"),
        ("sms", "84912345678"),
    }
    assert {each.body for each in shown} >= {"Xin loi ba."}


def test_a_channel_that_is_away_costs_one_message_a_minute_one_try(out):
    out.script = fail(NotSent("Không kết nối được.", is_away=True))
    messages = [make_message(key=str(number)) for number in range(5)]

    for message in messages:
        sent(message)
    a_little_later = NOW + timedelta(seconds=59)

    assert [message.attempts for message in messages] == [1, 0, 0, 0, 0]
    assert delivery.due_ids(at=a_little_later) == []
    assert len(delivery.due_ids(at=NOW + timedelta(minutes=1))) == 5


def test_a_channel_that_is_away_does_not_hold_up_the_other(out):
    usual, out.script = out.script, fail(NotSent("Không kết nối được.", is_away=True))
    sent(make_message())
    out.script = staticmethod(usual)

    assert sent(make_sms()).state == MessageState.SENT


def test_one_busy_mailbox_does_not_hold_up_the_others(out):
    usual, out.script = out.script, fail(NotSent("Bận (451)."))
    sent(make_message())
    out.script = staticmethod(usual)

    assert sent(make_message(key="b")).state == MessageState.SENT
