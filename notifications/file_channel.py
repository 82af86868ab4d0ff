"""Puts messages into files instead of sending them: for development and the demonstration.

The name of a file is the key of its parcel, so that a repetition replaces and never doubles.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from notifications import sms
from notifications.channels import NotSent, Parcel
from notifications.statuses import MessageChannel

_KEPT = ("channel", "recipient", "title", "body", "html")
MOST_SHOWN = 50
# As the settings name the transport below.
PATH = "notifications.file_channel.FileTransport"


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A message as its reader would see it."""

    channel: str
    recipient: str
    title: str
    body: str
    html: str
    filed_at: datetime

    @property
    def is_mail(self) -> bool:
        """A mail, and not a text message?"""
        return self.channel == MessageChannel.EMAIL

    @property
    def segments(self) -> int:
        """How many paid parts a text message has."""
        return sms.measure(self.body).segments


class FileTransport:
    """Writes each parcel whole or not at all."""

    knows_keys = True

    def send(self, parcel: Parcel) -> str:
        """The name of the file."""
        folder = _folder()
        parcel.hand_over()
        text = json.dumps({name: getattr(parcel, name) for name in _KEPT}, ensure_ascii=False)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            unfinished = folder / f".{parcel.key}"
            unfinished.write_text(text, encoding="utf-8")
            unfinished.replace(folder / f"{parcel.key}.json")
        except OSError as error:
            raise NotSent("Không ghi được tin vào thư mục tin nhắn mẫu.") from error
        return parcel.key


def is_used() -> bool:
    """Does any channel end in files here?"""
    return PATH in settings.MESSAGE_TRANSPORTS.values()


def latest() -> list[Filed]:
    """The messages filed last, the newest first."""
    files = sorted(_folder().glob("*.json"), key=_moment, reverse=True)
    return [_read(path) for path in files[:MOST_SHOWN]]


def _read(path: Path) -> Filed:
    moment = datetime.fromtimestamp(_moment(path), tz=UTC)
    return Filed(**json.loads(path.read_text(encoding="utf-8")), filed_at=moment)


def _moment(path: Path) -> float:
    return path.stat().st_mtime


def _folder() -> Path:
    return Path(settings.MESSAGE_FOLDER)
