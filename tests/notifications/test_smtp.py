"""Mail through a real server: whole when it goes well, and a clear word for each way it fails."""

import socket
from datetime import timedelta

import pytest

from notifications import delivery
from notifications.models import Message
from notifications.statuses import MessageState
from tests.conftest import NOW
from tests.notifications.conftest import TEXT, make_message

pytestmark = pytest.mark.django_db
S = MessageState


def sent(message: Message, at=NOW) -> Message:
    delivery.deliver(message_id=message.pk, at=at)
    message.refresh_from_db()
    return message


def again(message: Message) -> Message:
    return sent(message, message.next_attempt_at)


def test_a_mail_arrives_whole(mail_server):
    body = TEXT.body + "\n.một dòng bắt đầu bằng dấu chấm\n" + "dài " * 400
    message = sent(make_message(text=type(TEXT)(title=TEXT.title, body=body, html=TEXT.html)))

    (mail,) = mail_server.mails
    assert message.state == S.SENT
    assert mail["To"] == "dao@example.vn"
    assert mail["From"] == "Một cửa tỉnh Nghệ An <motcua@nghean.example>"
    assert mail["Subject"] == "Xin lỗi và hẹn lại"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == message.gateway_id == f"<{message.wire_key}@nghean.example>"
    text, page = mail.iter_parts()
    assert text.get_content().split() == body.split()
    assert page.get_content_type() == "text/html"
    assert page.get_content().strip() == TEXT.html


def test_a_mail_does_not_repeat_the_key_or_the_subject_of_the_dossier(mail_server):
    sent(make_message(key="dossier:123:apology:45:email"))

    assert "dossier:123" not in mail_server.mails[0].as_string()


def test_a_server_that_is_away_is_asked_again_until_it_is_back(mail_server):
    mail_server.kill()
    message = sent(make_message())
    assert (message.state, message.handed_over_at) == (S.WAITING, None)
    assert message.failure == "Không kết nối được máy chủ thư; hệ thống sẽ gửi lại."

    mail_server.start()
    again(message)

    assert message.state == S.SENT
    assert len(mail_server.mails) == 1


def test_a_server_that_does_not_greet_is_given_up_for_now(mail_server, settings):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.SMTP_PORT = silent.getsockname()[1]

        message = sent(make_message())

    assert (message.state, message.handed_over_at) == (S.WAITING, None)


def test_an_address_that_the_server_does_not_know_is_final(mail_server):
    mail_server.behave("refuse-recipient")

    message = sent(make_message())

    assert message.state == S.FAILED
    assert message.failure.startswith("Máy chủ thư từ chối địa chỉ nhận (550).")
    assert "dao@" not in message.failure


def test_a_busy_server_is_asked_again(mail_server):
    mail_server.behave("busy")
    message = sent(make_message())
    assert message.state == S.WAITING
    assert message.failure == "Máy chủ thư đang từ chối nhận (451); hệ thống sẽ gửi lại."

    mail_server.behave()

    assert again(message).state == S.SENT


def test_a_mail_whose_words_are_refused_has_not_arrived(mail_server):
    mail_server.behave("refuse-content")

    message = sent(make_message())

    assert message.state == S.FAILED
    assert not message.may_have_arrived


def test_a_server_that_stops_before_the_words_is_asked_again(mail_server):
    mail_server.behave("hold-recipient")
    message = sent(make_message())
    assert (message.state, message.handed_over_at) == (S.WAITING, None)

    mail_server.behave()
    again(message)

    assert message.state == S.SENT
    assert len(mail_server.mails) == 1


@pytest.mark.parametrize(("how", "kept"), [("hold-before", 0), ("hold-after", 1)])
def test_a_server_that_is_silent_after_the_words_leaves_it_unclear(mail_server, how, kept):
    mail_server.behave(how)

    message = sent(make_message())

    assert message.state == S.UNCLEAR
    assert message.failure == "Máy chủ thư ngắt kết nối trước khi báo đã nhận thư."
    mail_server.behave()
    assert delivery.due_ids(at=NOW + timedelta(days=2)) == []
    assert len(mail_server.mails) == kept


def test_encryption_that_the_server_does_not_offer_is_not_done_without(mail_server, settings):
    settings.SMTP_SECURITY = "starttls"

    message = sent(make_message())

    assert message.state == S.WAITING
    assert message.failure == "Máy chủ thư không hiểu lời chào hoặc không có bảo mật."
    assert mail_server.mails == []


def test_a_password_is_never_sent_to_a_server_that_does_not_ask(mail_server, settings):
    settings.SMTP_USER, settings.SMTP_PASSWORD = "motcua", "bi-mat"

    assert sent(make_message()).state == S.WAITING
    assert mail_server.mails == []
