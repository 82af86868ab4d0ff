"""The vocabulary of reading what the desk keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from desk.statuses import ItemState
from dossiers.models import Dossier
from organizations.folding import vn_key

if TYPE_CHECKING:
    from organizations.models import User


class BulkRunQuerySet(models.QuerySet[Any]):
    """Việc hàng loạt."""

    def visible_to(self, user: User) -> BulkRunQuerySet:
        """A run is its actor's alone: the dossiers' own pages tell everybody else."""
        return self.filter(actor=user)

    def unfinished(self) -> BulkRunQuerySet:
        """Something is still to be done."""
        return self.filter(finished_at__isnull=True)

    def with_tally(self) -> BulkRunQuerySet:
        """With how many dossiers it has, and how many are done or refused."""
        tallied: BulkRunQuerySet = self.annotate(
            total=Count("items"),
            done=Count("items", filter=Q(items__state=ItemState.DONE)),
            refused=Count("items", filter=Q(items__state=ItemState.REFUSED)),
        )
        return tallied


class BulkItemQuerySet(models.QuerySet[Any]):
    """Hồ sơ của việc hàng loạt."""

    def pending(self) -> BulkItemQuerySet:
        """Still to be done."""
        return self.filter(state=ItemState.PENDING)

    def refused(self) -> BulkItemQuerySet:
        """Could not be done; `told` says why."""
        return self.filter(state=ItemState.REFUSED)


class ListExportQuerySet(models.QuerySet[Any]):
    """Tệp Excel của một danh sách."""

    def visible_to(self, user: User) -> ListExportQuerySet:
        """A file goes to the person who asked for it, and to nobody else."""
        return self.filter(asked_by=user)

    def unfinished(self) -> ListExportQuerySet:
        """Still to be written, or being written."""
        return self.filter(finished_at__isnull=True)


class IntakeDraftQuerySet(models.QuerySet[Any]):
    """Hồ sơ đang nhập dở."""

    def of(self, user: User) -> IntakeDraftQuerySet:
        """One's own, as long as no dossier has come of it."""
        received = Dossier.objects.filter(submission_key=OuterRef("key"))
        waiting: IntakeDraftQuerySet = self.filter(~Exists(received), user=user)
        return waiting


class MentionQuerySet(models.QuerySet[Any]):
    """Nhắc tên."""

    def unread(self) -> MentionQuerySet:
        """The person has not opened the dossier since."""
        return self.filter(read_at__isnull=True)


class GuidanceQuerySet(models.QuerySet[Any]):
    """Phiếu hướng dẫn."""

    def visible_to(self, user: User) -> GuidanceQuerySet:
        """Those of the counters where the person receives, and of those beside them."""
        return self.filter(counter__in=user.counter_ids)

    def for_print(self) -> GuidanceQuerySet:
        """With everything that the slip names, in one query."""
        return self.select_related("counter__agency", "version__procedure", "given_by")

    def unreturned(self) -> GuidanceQuerySet:
        """No dossier has come of them yet."""
        came = Dossier.objects.filter(submission_key=OuterRef("submission_key"))
        return self.filter(~Exists(came))

    def search(self, text: str) -> GuidanceQuerySet:
        """By number of identity, tax code or telephone; else by words of the name."""
        plain = text.replace(" ", "").replace(".", "")
        if any(sign.isdigit() for sign in plain):
            return self.filter(Q(identity_number=plain.upper()) | Q(phone=plain))
        found = self
        for word in vn_key(text).split()[:8]:
            found = found.filter(applicant_key__contains=word)
        return found
