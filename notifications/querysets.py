"""The vocabulary of reading messages."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count

from notifications.statuses import UNDELIVERED, MessageState

if TYPE_CHECKING:
    # Named in a string, because a class's bases are read before the models exist.
    from notifications.models import Message  # noqa: F401


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages of the outbox."""

    def about(self, subject: str) -> Self:
        """Told about this matter, in the order in which they were written."""
        return self.filter(subject=subject).order_by("id")

    def due(self, *, at: datetime) -> Self:
        """To be sent now, those that wait longest first."""
        waiting = self.filter(state=MessageState.WAITING, next_attempt_at__lte=at)
        return waiting.order_by("next_attempt_at", "id")

    def abandoned(self, *, at: datetime) -> Self:
        """Taken by a worker that did not come back within its lease."""
        taken = self.filter(state=MessageState.SENDING, leased_until__lt=at)
        return taken.order_by("leased_until", "id")

    def undelivered(self) -> Self:
        """Given up: a person has to look at them."""
        return self.filter(state__in=UNDELIVERED)

    def newest_first(self) -> Self:
        """As the pages list them."""
        return self.order_by("-id")

    def count_unsent(self) -> dict[str, int]:
        """How many are in each state but the one that grows for ever."""
        unsent = self.exclude(state=MessageState.SENT).order_by()
        return dict(unsent.values_list("state").annotate(Count("pk")))
