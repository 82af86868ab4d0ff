"""Messages to send, and what they are sent by."""

from typing import Any

import pytest

from notifications import outbox
from notifications.models import Message
from notifications.statuses import MessageChannel
from notifications.wording import Text
from tests.conftest import NOW

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
