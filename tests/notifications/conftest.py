"""Messages to send, and what they are sent by."""

from collections.abc import Iterator
from typing import Any

import pytest

from notifications import outbox
from notifications.models import Message
from notifications.statuses import MessageChannel
from notifications.wording import Text
from tests.conftest import NOW
from tests.notifications.servers import Gateway, MailServer

TEXT = Text(title="Xin lỗi và hẹn lại", body="Kính gửi bà Đào, xin lỗi bà.\n", html="<p>Chào</p>")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Any, settings: Any) -> None:
    """Filed messages of a test go with the test."""
    settings.MESSAGE_FOLDER = tmp_path / "messages"


def make_message(**overrides: Any) -> Message:
    """A mail that waits since NOW, on a Friday at 09:00."""
    facts: dict[str, Any] = {
        "key": "dossier:1:apology:1:email",
        "subject": "H41.15-261113-0001",
        "channel": MessageChannel.EMAIL,
        "recipient": "dao@example.vn",
        "text": TEXT,
        "at": NOW,
    }
    return outbox.enqueue(**(facts | overrides))


def make_sms(**overrides: Any) -> Message:
    """The same as a text message."""
    facts: dict[str, Any] = {
        "key": "dossier:1:apology:1:sms",
        "channel": MessageChannel.SMS,
        "recipient": "0912 345 678",
        "text": Text(body="Xin loi ba."),
    }
    return make_message(**(facts | overrides))


@pytest.fixture
def mail_server(tmp_path: Any, settings: Any) -> Iterator[MailServer]:
    """A mail server that runs, and to which the portal sends."""
    server = MailServer(tmp_path / "mail")
    server.start()
    settings.SMTP_HOST, settings.SMTP_PORT = "127.0.0.1", server.port
    settings.SMTP_SECURITY, settings.SMTP_USER = "none", ""
    settings.EMAIL_FROM = "Một cửa tỉnh Nghệ An <motcua@nghean.example>"
    settings.MESSAGE_TIMEOUT_SECONDS = 1
    settings.MESSAGE_TRANSPORTS = {"email": "notifications.smtp.SmtpTransport", "sms": ""}
    yield server
    server.kill()


@pytest.fixture
def gateway(tmp_path: Any, settings: Any) -> Iterator[Gateway]:
    """A gateway that runs, knows keys, and to which the portal sends."""
    server = Gateway(tmp_path / "gateway")
    server.start()
    settings.SMS_GATEWAY_URL = f"http://127.0.0.1:{server.port}/send?v=1"
    settings.SMS_GATEWAY_TOKEN, settings.SMS_BRAND = "khoa-thu", "MOTCUA-NA"
    settings.SMS_GATEWAY_KNOWS_KEYS = True
    settings.MESSAGE_TIMEOUT_SECONDS = 1
    settings.MESSAGE_TRANSPORTS = {
        **settings.MESSAGE_TRANSPORTS,
        "sms": "notifications.sms_gateway.GatewayTransport",
    }
    yield server
    server.kill()
