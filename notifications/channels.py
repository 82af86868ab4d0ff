"""The one signature behind all ways out, and which way each channel takes here.

Production sends mail by SMTP and messages by the gateway that it has configured; development
and the demonstration put both into files that can be read in the browser.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from notifications.statuses import MessageChannel


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """What goes out, and the call that must come before it irrevocably does."""

    key: str
    channel: MessageChannel
    recipient: str
    title: str
    body: str
    html: str
    # Commits that the parcel leaves our hands: from here on its fate may be unknown.
    hand_over: Callable[[], None]


class Transport(Protocol):
    """A way out: hands a parcel over, or raises NotSent or Unclear."""

    # Does a second parcel with the same key reach the person only once?
    knows_keys: bool

    def send(self, parcel: Parcel) -> str:
        """The other side's own number for the parcel, once it has taken it."""


class NotSent(Exception):
    """The parcel certainly did not go out.

    `is_final` when trying again is of no use, `is_away` when the other side did not answer at
    all, so that no other parcel would fare better just now.
    """

    def __init__(self, sentence: str, *, is_final: bool = False, is_away: bool = False) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.is_final = is_final
        self.is_away = is_away


class Unclear(Exception):
    """The parcel was handed over and no answer, or none that makes sense, came back."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def offered() -> tuple[MessageChannel, ...]:
    """The channels by which this installation can send."""
    return tuple(channel for channel in MessageChannel if settings.MESSAGE_TRANSPORTS.get(channel))
