"""The vocabulary of reading letters of apology."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from apologies.statuses import DECIDED_STATUSES, LIVE_STATUSES, LetterStatus
from dossiers.models import Dossier
from organizations.roles import Role

if TYPE_CHECKING:
    from organizations.models import User


# The relations whose names every letter bears.
ON_PAPER = ("agency__parent", "dossier__counter")


class LetterQuerySet(models.QuerySet[Any]):
    """Phiếu xin lỗi và hẹn lại."""

    def visible_to(self, user: User) -> LetterQuerySet:
        """The letters of the dossiers that this person may see."""
        if user.sees_everything:
            return self.all()
        return self.filter(dossier__in=Dossier.objects.visible_to(user))

    def live(self) -> LetterQuerySet:
        """Drafted or signed: at most one of a dossier."""
        return self.filter(status__in=LIVE_STATUSES)

    def drafts(self) -> LetterQuerySet:
        """Not signed yet."""
        return self.filter(status=LetterStatus.DRAFT)

    def signed(self) -> LetterQuerySet:
        """Signed, not withdrawn."""
        return self.filter(status=LetterStatus.SIGNED)

    def decided(self) -> LetterQuerySet:
        """Signed once, whether withdrawn since or not."""
        return self.filter(status__in=DECIDED_STATUSES)

    def to_sign_by(self, user: User) -> LetterQuerySet:
        """Drafts of the agencies that the person heads, their own dossiers left out."""
        agencies = {posting.agency_id for posting in user.postings if posting.role == Role.HEAD}
        return self.drafts().filter(agency__in=agencies).exclude(dossier__assignee=user)

    def for_list(self) -> LetterQuerySet:
        """With what a row shows, in one query."""
        return self.select_related("dossier__version", "dossier__assignee", "agency")

    def for_drawing(self) -> LetterQuerySet:
        """With what every paper names; a certificate, or the letter replaced, is asked for apart.

        Planning the joins of `for_page` takes the server eighteen times as long.
        """
        return self.select_related(*ON_PAPER)

    def for_page(self) -> LetterQuerySet:
        """With everything that a letter's page names, in one query."""
        return self.select_related(
            "agency__schedule",
            "agency__parent",
            "dossier__agency",
            "dossier__counter__agency",
            "dossier__version__procedure",
            "dossier__assignee",
            "replaces",
            "certificate",
            "signed_by",
        )


class NoticeQuerySet(models.QuerySet[Any]):
    """Thông báo cho bộ phận một cửa."""

    def unread_at(self, counters: frozenset[int]) -> NoticeQuerySet:
        """What these counters have not read yet."""
        return self.filter(counter__in=counters, read_at__isnull=True)
