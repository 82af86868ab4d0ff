"""Drafts of the intake page: what a clerk has typed so far, so that a power cut loses nothing."""

from typing import Any

from django.db import models
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast, Length
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse

from desk.querysets import IntakeDraftQuerySet
from organizations.models import User

# Letters of the kept form; the longest form of the catalogue takes a tenth of it.
MOST_LETTERS = 100_000


class IntakeDraft(models.Model):
    """Hồ sơ đang nhập dở: one form of one clerk; a second tab keeps a second one."""

    user = models.ForeignKey(User, models.CASCADE, db_index=False, related_name="intake_drafts")
    # The form's own submission key: the dossier that comes of it carries the same.
    key = models.UUIDField()
    procedure_code = models.CharField("mã thủ tục", max_length=30)
    procedure_name = models.CharField("thủ tục", max_length=1000)
    applicant_name = models.CharField("chủ hồ sơ", max_length=200, blank=True)
    content = models.JSONField("nội dung")
    # Counted up at each save: two tabs on one draft do not overwrite each other unseen.
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField("lưu lúc")

    objects = IntakeDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ đang nhập dở"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"],
                name="draft_key_unique_for_user",
                violation_error_message="Bản đang nhập này đã được lưu.",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length(Cast("content", TextField())), MOST_LETTERS),
                name="draft_is_not_too_long",
                violation_error_message="Nội dung đang nhập quá dài để lưu tạm.",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1),
                name="draft_version_from_one",
                violation_error_message="Phiên bản của bản đang nhập phải từ 1.",
            ),
        ]
        indexes = [
            # The intake page shows one's drafts, the latest first.
            models.Index("user", F("saved_at").desc(), name="draft_of_user"),
            # For tasks.forget_old_drafts.
            models.Index("saved_at", name="draft_saved"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_code} {self.saved_at:%H:%M}"

    def get_absolute_url(self) -> str:
        """The intake page with everything as it was typed."""
        return reverse("desk:draft", args=[self.key])

    @property
    def kept_scans(self) -> models.QuerySet[Any]:
        """The scans kept with it, in the order in which they were chosen."""
        return self.scans.order_by("id")
