"""Orders of PDF: a view or a statistical form, drawn by a worker for the person who asked."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from dossiers.models import OrderedWork
from organizations.models import User
from reporting.querysets import PrintOrderQuerySet


class PrintOrder(OrderedWork):
    """Bản in PDF: which view with which question, and the file once it is drawn."""

    asked_by = models.ForeignKey(User, models.PROTECT, db_index=False, related_name="+")
    # The name of a view of `printouts`, or `bieu-` and the code of a statistical form.
    view = models.CharField("trang", max_length=40)
    query = models.CharField("câu hỏi", max_length=400, blank=True)
    file = models.FileField("tệp PDF", upload_to="prints/%Y/%m/%d", blank=True)
    # After this moment the file is deleted; the row stays and says who took what out.
    expires_at = models.DateTimeField("hết hạn lúc")

    objects = PrintOrderQuerySet.as_manager()

    class Meta:
        verbose_name = "bản in PDF"
        constraints = [
            # Also what a second click runs into.
            models.UniqueConstraint(
                fields=["asked_by", "view", "query"],
                condition=Q(finished_at__isnull=True),
                name="print_order_waits_once",
                violation_error_message="Bản in này đang được lập.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at")),
                name="print_order_expires_after_asked",
                violation_error_message="Bản in phải hết hạn sau khi được yêu cầu.",
            ),
            models.CheckConstraint(
                condition=~Q(view=""),
                name="print_order_names_a_view",
                violation_error_message="Bản in phải nêu trang cần in.",
            ),
        ]
        indexes = [
            # For tasks.draw_waiting_prints.
            models.Index(
                "asked_at", name="print_order_unfinished", condition=Q(finished_at__isnull=True)
            ),
            # For tasks.delete_expired_prints.
            models.Index("expires_at", name="print_order_with_file", condition=~Q(file="")),
        ]

    def __str__(self) -> str:
        return f"Bản in #{self.pk}"

    def get_absolute_url(self) -> str:
        """The page that waits for the file."""
        return reverse("reporting:print", args=[self.pk])

    @property
    def is_ready(self) -> bool:
        """May it be fetched?"""
        return self.finished_at is not None and bool(self.file)
