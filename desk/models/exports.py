"""Exports: a list as an Excel file, written by a worker for the person who asked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from desk.querysets import ListExportQuerySet
from dossiers.models import OrderedWork
from organizations.models import User


class ListExport(OrderedWork):
    """Tệp Excel của một danh sách: which list, which columns, how far it is."""

    # Sent by the form or the client, so that a second click finds the first's export.
    submission_key = models.UUIDField(unique=True, editable=False)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="exports")
    # The address of the list, without the page within it.
    query = models.CharField("bộ lọc", max_length=2000, blank=True)
    columns = ArrayField(models.CharField(max_length=30), verbose_name="các cột")

    expected_rows = models.PositiveIntegerField("số dòng dự kiến", default=0)
    written_rows = models.PositiveIntegerField("số dòng đã ghi", default=0)
    file = models.FileField("tệp Excel", upload_to="exports/%Y/%m/%d", blank=True)
    # After this moment the file is deleted; the row stays and says who took what out.
    expires_at = models.DateTimeField("hết hạn lúc")

    objects = ListExportQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp Excel"
        constraints = [
            models.CheckConstraint(
                condition=~Q(columns=[]),
                name="export_has_columns",
                violation_error_message="Hãy chọn ít nhất một cột.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at")),
                name="export_expires_after_asked",
                violation_error_message="Tệp phải hết hạn sau khi được yêu cầu.",
            ),
        ]
        indexes = [
            # For tasks.write_waiting_exports.
            models.Index(
                "asked_at", name="export_unfinished", condition=Q(finished_at__isnull=True)
            ),
            # For tasks.delete_expired_exports.
            models.Index("expires_at", name="export_with_file", condition=~Q(file="")),
            # The page of one's own exports, the latest first.
            models.Index("asked_by", F("id").desc(), name="export_of_person"),
        ]

    def __str__(self) -> str:
        return f"Tệp Excel #{self.pk}"

    def get_absolute_url(self) -> str:
        """The page with the export's progress."""
        return reverse("desk:export", args=[self.pk])

    @property
    def is_ready(self) -> bool:
        """May it be fetched?"""
        return self.finished_at is not None and bool(self.file)
