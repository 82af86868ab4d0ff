"""Text messages through a real gateway: sent once, whatever it answers and whenever it dies."""

import threading

import pytest

from notifications import delivery
from notifications.models import Message
from notifications.statuses import MessageState
from notifications.wording import Text
from tests.conftest import NOW
from tests.notifications.conftest import make_sms
from tests.notifications.servers import until

pytestmark = pytest.mark.django_db
S = MessageState


def sent(message: Message, at=NOW) -> Message:
    delivery.deliver(message_id=message.pk, at=at)
    message.refresh_from_db()
    return message


def again(message: Message) -> Message:
    return sent(message, message.next_attempt_at)


def test_a_message_arrives_with_its_brand(gateway):
    message = sent(make_sms())

    assert message.state == S.SENT
    assert message.gateway_id == f"gw-{message.wire_key[:6]}"
    assert gateway.messages == [
        {
            "request_id": message.wire_key,
            "brand": "MOTCUA-NA",
            "to": "84912345678",
            "text": "Xin loi ba.",
            "unicode": False,
            "authorization": "Bearer khoa-thu",
        }
    ]


def test_a_gateway_that_is_away_is_asked_again(gateway):
    gateway.kill()
    message = sent(make_sms())
    assert (message.state, message.handed_over_at) == (S.WAITING, None)
    assert message.failure == "Không kết nối được cổng tin nhắn; hệ thống sẽ gửi lại."

    gateway.start()

    assert again(message).state == S.SENT
    assert len(gateway.messages) == 1


def test_a_gateway_that_sent_and_did_not_say_so_is_asked_again_and_sends_once(gateway):
    gateway.behave("hold-after")
    message = sent(make_sms())
    assert message.state == S.WAITING
    assert message.failure == "Cổng tin nhắn không trả lời sau khi đã nhận yêu cầu."
    assert len(gateway.messages) == 1

    gateway.behave()
    again(message)

    assert message.state == S.SENT
    assert gateway.has("heard-*") == 2
    assert len(gateway.messages) == 1


@pytest.mark.parametrize(
    "how", ["broken", "nonsense", "no-number", "a-list", "not-text", "hang-up"]
)
def test_nonsense_is_no_yes_and_is_asked_again(gateway, how):
    gateway.behave(how)
    message = sent(make_sms())
    assert message.state == S.WAITING
    assert message.failure.startswith("Cổng tin nhắn ")

    gateway.behave()

    assert again(message).state == S.SENT
    assert len(gateway.messages) == 1


@pytest.mark.parametrize("how", ["broken", "nonsense", "hold-after", "hang-up"])
def test_a_gateway_that_knows_no_keys_is_not_asked_twice(gateway, settings, how):
    settings.SMS_GATEWAY_KNOWS_KEYS = False
    gateway.behave(how)

    message = sent(make_sms())

    assert message.state == S.UNCLEAR
    assert gateway.has("heard-*") == 1


def test_a_refusal_is_final_and_says_what_to_look_at(gateway):
    gateway.behave("refuse")

    message = sent(make_sms())

    assert message.state == S.FAILED
    assert message.failure.startswith("Cổng tin nhắn từ chối tin (403). Hãy kiểm tra số nhận")


def test_a_busy_gateway_is_asked_later_even_without_keys(gateway, settings):
    settings.SMS_GATEWAY_KNOWS_KEYS = False
    gateway.behave("busy")

    assert sent(make_sms()).state == S.WAITING


def test_a_gateway_killed_while_it_thinks_sends_once_in_the_end(gateway, settings):
    settings.MESSAGE_TIMEOUT_SECONDS = 30
    gateway.behave("hold-after")
    message = make_sms()
    killer = threading.Thread(
        target=lambda: (until(lambda: gateway.messages), gateway.kill()), daemon=True
    )
    killer.start()

    sent(message)
    killer.join()

    assert message.state == S.WAITING
    gateway.behave()
    gateway.start()
    assert again(message).state == S.SENT
    assert len(gateway.messages) == 1


def test_vietnamese_letters_go_out_as_such_when_paid_for(gateway):
    sent(make_sms(text=Text(body="Xin lỗi bà.")))

    assert gateway.messages[0]["text"] == "Xin lỗi bà."
    assert gateway.messages[0]["unicode"] is True
