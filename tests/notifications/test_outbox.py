"""Writing messages: one for a key, within the caller's transaction, at lawful hours."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from notifications import outbox
from notifications.addresses import Addresses
from notifications.models import Message
from notifications.statuses import ChannelPreference, MessageChannel, MessageState
from notifications.wording import Text
from tests.conftest import NOW
from tests.notifications.conftest import make_message, make_sms

pytestmark = pytest.mark.django_db
NIGHT = datetime.fromisoformat("2026-11-13T21:30:00+07:00")
NEXT_MORNING = datetime.fromisoformat("2026-11-14T07:00:00+07:00")
VALUES = {
    "name": "Nguyễn Thị Đào", "code": "H41.15-261113-0001", "agency": "Sở Tư pháp",
    "first_due_at": NOW, "new_due_at": NOW + timedelta(days=7), "reason": "Thiếu người.",
    "link": "https://motcua.vn/tra-cuu/H41.15-261113-0001/",
}  # fmt: skip


@pytest.fixture
def woken(monkeypatch) -> list[int]:
    """The messages for which a worker was woken."""
    ids: list[int] = []
    monkeypatch.setattr(outbox, "wake", lambda *, message_id, expires=None: ids.append(message_id))
    return ids


def test_a_message_waits_from_the_moment_it_is_written():
    message = make_message()

    message.refresh_from_db()
    assert message.state == MessageState.WAITING
    assert (message.enqueued_at, message.send_after, message.next_attempt_at) == (NOW, NOW, NOW)
    assert message.title == "Xin lỗi và hẹn lại"


def test_the_same_key_is_never_written_twice():
    first = make_message()

    again = make_message(recipient="khac@example.vn", text=Text(title="Khác", body="Khác."))

    assert again.pk == first.pk
    assert Message.objects.get().recipient == "dao@example.vn"


def test_a_worker_is_woken_once_and_only_after_the_commit(
    woken, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        message = make_message()
        make_message()
        assert woken == []

    assert woken == [message.pk]


def test_an_act_that_fails_takes_its_message_back(woken, django_capture_on_commit_callbacks):
    class Failed(Exception):
        pass

    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(Failed),
        transaction.atomic(),
    ):
        make_message()
        raise Failed

    assert Message.objects.count() == 0
    assert woken == []


def test_a_message_written_at_night_waits_for_the_morning_and_wakes_nobody(
    woken, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        message = make_message(at=NIGHT)

    assert message.next_attempt_at == NEXT_MORNING
    assert message.send_after == NIGHT
    assert woken == []


def test_staff_may_be_written_to_at_night(woken, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        message = make_message(at=NIGHT, at_any_hour=True)

    assert message.next_attempt_at == NIGHT
    assert woken == [message.pk]


def test_a_message_for_later_waits_until_then():
    later = make_message(send_after=NOW + timedelta(hours=3))
    past = make_message(key="b", send_after=NOW - timedelta(hours=3))

    assert later.next_attempt_at == NOW + timedelta(hours=3)
    assert past.next_attempt_at == NOW


@pytest.mark.parametrize("address", ["", "dao", "dao@", "đào@example.vn", "0912345678"])
def test_a_mail_needs_an_address_of_mail(address):
    with pytest.raises(outbox.AddressRefused, match="Địa chỉ nhận không dùng được"):
        make_message(recipient=address)

    assert Message.objects.count() == 0


def test_a_text_message_goes_to_the_number_as_gateways_write_it():
    assert make_sms().recipient == "84912345678"

    with pytest.raises(outbox.AddressRefused):
        make_sms(key="b", recipient="0238 384 4567")


def test_a_person_is_told_by_the_ways_they_prefer():
    told = outbox.tell(
        key="dossier:1:apology:1", subject="H41.15-261113-0001", template="apology",
        values=VALUES, at=NOW, preference=ChannelPreference.BOTH,
        to=Addresses(email="dao@example.vn", phone="+84 912 345 678"),
    )  # fmt: skip

    assert [message.key for message in told] == [
        "dossier:1:apology:1:sms",
        "dossier:1:apology:1:email",
    ]
    about = Message.objects.about("H41.15-261113-0001")
    assert [message.channel for message in about] == [MessageChannel.SMS, MessageChannel.EMAIL]
    assert "20/11/2026" in told[0].body
    assert told[1].title == "Xin lỗi và hẹn lại ngày trả kết quả hồ sơ H41.15-261113-0001"
    assert told[1].html.startswith("<!doctype html>")


def test_telling_somebody_without_an_address_is_no_error():
    told = outbox.tell(
        key="k", subject="s", template="apology", values=VALUES, at=NOW, to=Addresses(phone="abc")
    )

    assert told == []


def test_a_channel_that_is_not_configured_is_not_offered(settings):
    settings.MESSAGE_TRANSPORTS = {"email": "x", "sms": ""}

    told = outbox.tell(
        key="k", subject="s", template="apology", values=VALUES, at=NOW,
        to=Addresses(email="dao@example.vn", phone="0912345678"),
    )  # fmt: skip

    assert [message.channel for message in told] == [MessageChannel.EMAIL]
