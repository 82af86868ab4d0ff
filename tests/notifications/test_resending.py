"""A person sends again: only what was given up, with a trace, and as new only what is sure."""

from datetime import datetime, timedelta

import pytest

from notifications import delivery, resending
from notifications.models import Message
from notifications.statuses import DeliveryKind, MessageState
from tests.conftest import NOW
from tests.notifications.conftest import make_message, make_sms

pytestmark = pytest.mark.django_db
S = MessageState
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def given_up(mail_server) -> Message:
    """A mail that the server refused."""
    mail_server.behave("refuse-recipient")
    message = make_message()
    delivery.deliver(message_id=message.pk, at=NOW)
    mail_server.behave()
    return message


@pytest.fixture
def unclear(gateway, settings) -> Message:
    """A text message whose answer nobody heard, at a gateway without promises."""
    settings.SMS_GATEWAY_KNOWS_KEYS = False
    gateway.behave("hold-after")
    message = make_sms()
    delivery.deliver(message_id=message.pk, at=NOW)
    gateway.behave()
    return message


def test_a_person_sends_again_and_is_named(given_up, administrator, mail_server):
    resending.resend(message_id=given_up.pk, actor=administrator, at=LATER)
    delivery.deliver(message_id=given_up.pk, at=LATER)

    given_up.refresh_from_db()
    assert given_up.state == S.SENT
    assert len(mail_server.mails) == 1
    refused, again, sent = given_up.deliveries.order_by("id")
    assert (refused.kind, again.kind, sent.kind) == (
        DeliveryKind.REFUSED, DeliveryKind.RESENT, DeliveryKind.SENT,
    )  # fmt: skip
    assert (again.actor_username, again.actor_name) == ("quan", "Đinh Minh Quân")
    assert again.at == LATER


def test_a_second_click_changes_nothing(given_up, administrator):
    resending.resend(message_id=given_up.pk, actor=administrator, at=LATER)

    with pytest.raises(resending.NotGivenUp, match="Tin này đang ở trạng thái “Chờ gửi”"):
        resending.resend(message_id=given_up.pk, actor=administrator, at=LATER)

    assert given_up.deliveries.filter(kind=DeliveryKind.RESENT).count() == 1


def test_what_was_sent_is_not_sent_again(administrator):
    message = make_message()
    delivery.deliver(message_id=message.pk, at=NOW)

    with pytest.raises(resending.NotGivenUp, match="“Đã gửi”"):
        resending.resend(message_id=message.pk, actor=administrator, at=LATER)


def test_what_certainly_did_not_arrive_goes_out_as_new(given_up, administrator):
    before = given_up.wire_key

    again = resending.resend(message_id=given_up.pk, actor=administrator, at=LATER)

    assert again.wire_key != before
    assert again.failures == 0


def test_what_may_have_arrived_keeps_its_key(unclear, administrator, gateway):
    again = resending.resend(message_id=unclear.pk, actor=administrator, at=LATER)
    delivery.deliver(message_id=unclear.pk, at=LATER)

    again.refresh_from_db()
    assert again.state == S.SENT
    assert again.wire_key == unclear.wire_key
    assert len(gateway.messages) == 1


def test_a_message_sent_again_at_night_waits_for_the_morning(given_up, administrator):
    night = datetime.fromisoformat("2026-11-13T22:00:00+07:00")

    again = resending.resend(message_id=given_up.pk, actor=administrator, at=night)

    assert again.next_attempt_at == datetime.fromisoformat("2026-11-14T07:00:00+07:00")


def test_all_that_failed_go_out_again_but_not_what_may_have_arrived(
    given_up, unclear, administrator
):
    waiting = make_message(key="waiting")

    assert resending.resend_failed(actor=administrator, at=LATER) == 1
    assert resending.resend_failed(actor=administrator, at=LATER) == 0

    given_up.refresh_from_db()
    unclear.refresh_from_db()
    assert (given_up.state, unclear.state) == (S.WAITING, S.UNCLEAR)
    assert waiting.deliveries.count() == 0
