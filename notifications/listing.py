"""What the list of messages shows: pages by key, rows without addresses, counts of the unsent."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models

from notifications import addresses
from notifications.asking import ADMINISTRATOR, Person
from notifications.models import Delivery, Message
from notifications.querysets import MessageQuerySet
from notifications.statuses import MessageState
from notifications.wording import TEMPLATES

SIZE = 50
# The words of a deadline's colours, which are the portal's only ones.
_COLOURS = {
    MessageState.SENT: "on_time",
    MessageState.FAILED: "overdue",
    MessageState.UNCLEAR: "due_soon",
}


@dataclass(frozen=True)
class Row:
    """A message without what only its reader should know."""

    message: Message

    @property
    def label(self) -> str:
        """What it tells, or just that it is a message."""
        template = TEMPLATES.get(self.message.template)
        return template.label if template else "Tin khác"

    @property
    def address(self) -> str:
        """Where it goes, masked."""
        return addresses.masked(self.message.channel, self.message.recipient)

    @property
    def in_order(self) -> "models.QuerySet[Delivery]":
        """What was tried, in order."""
        return self.message.deliveries.order_by("id")

    @property
    def colour(self) -> str:
        """The colour and sign of its state."""
        return _COLOURS.get(MessageState(self.message.state), "none")


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some messages, the newest first, and the numbers of the first and last where more follow."""

    rows: list[Row]
    after: int | None
    before: int | None


def page(messages: MessageQuerySet, *, after: int | None = None, before: int | None = None) -> Page:
    """The messages older than `after`, or newer than `before`; the newest without either."""
    if before is not None:
        return _page_before(messages, before)
    older = messages.filter(pk__lt=after) if after is not None else messages
    found = list(older.newest_first()[: SIZE + 1])
    shown = found[:SIZE]
    return Page(
        rows=[Row(message) for message in shown],
        after=shown[-1].pk if len(found) > SIZE else None,
        before=shown[0].pk if after is not None and shown else None,
    )


def _page_before(messages: MessageQuerySet, before: int) -> Page:
    found = list(messages.filter(pk__gt=before).order_by("id")[: SIZE + 1])
    if not found:
        return page(messages)
    shown = found[:SIZE][::-1]
    return Page(
        rows=[Row(message) for message in shown],
        after=shown[-1].pk,
        before=shown[0].pk if len(found) > SIZE else None,
    )


def number_in(text: str) -> int | None:
    """A number out of an address; None for anything that is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def waiting(person: Person) -> Mapping[str, MessageQuerySet]:
    """Counted beside "Quản trị": messages that an administrator has to look at."""
    if not person.has_role(ADMINISTRATOR):
        return {}
    return {"administration": Message.objects.undelivered()}
