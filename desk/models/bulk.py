"""Bulk runs: one act asked for on many dossiers, with one row for what became of each."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from desk.querysets import BulkItemQuerySet, BulkRunQuerySet
from desk.statuses import BulkAct, ItemState
from dossiers.models import Dossier
from organizations.models import User


class BulkRun(models.Model):
    """Việc hàng loạt: an act on up to 500 dossiers, done one by one by a worker."""

    # Sent by the form or the client, so that a second click finds the first's run.
    submission_key = models.UUIDField(unique=True, editable=False)
    actor = models.ForeignKey(User, models.PROTECT, related_name="bulk_runs")
    act = models.CharField("việc", max_length=12, choices=BulkAct)
    officer = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="công chức xử lý"
    )
    reason = models.CharField("lý do", max_length=2000, blank=True)
    # The run whose refused dossiers this one tries again.
    retries = models.ForeignKey("self", models.PROTECT, null=True, related_name="retried_by")

    asked_at = models.DateTimeField("yêu cầu lúc")
    finished_at = models.DateTimeField("xong lúc", null=True)
    # Of a run that prints: the receipts in one file.
    file = models.FileField("tệp PDF", upload_to="bulk/%Y/%m/%d", blank=True)
    attempts = models.PositiveSmallIntegerField("số lần ghép tệp", default=0)
    failure = models.CharField("lỗi", max_length=500, blank=True)

    objects = BulkRunQuerySet.as_manager()

    class Meta:
        verbose_name = "việc hàng loạt"
        constraints = [
            models.CheckConstraint(
                condition=Q(act__in=BulkAct.values),
                name="bulk_act_is_known",
                violation_error_message="Việc hàng loạt không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(act=BulkAct.ASSIGN, officer__isnull=False)
                | (~Q(act=BulkAct.ASSIGN) & Q(officer__isnull=True)),
                name="bulk_officer_for_assignment_only",
                violation_error_message="Phân công thì phải chọn công chức; việc khác thì không.",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("asked_at")),
                name="bulk_finished_after_asked",
                violation_error_message="Việc hàng loạt không thể xong trước khi được yêu cầu.",
            ),
        ]
        indexes = [
            # For tasks.continue_bulk_runs.
            models.Index("asked_at", name="bulk_unfinished", condition=Q(finished_at__isnull=True)),
            # The page of one's own runs, the latest first.
            models.Index("actor", F("id").desc(), name="bulk_of_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} #{self.pk}"

    def get_absolute_url(self) -> str:
        """The page with the run's progress."""
        return reverse("desk:bulk_run", args=[self.pk])


class BulkItem(models.Model):
    """Một hồ sơ của việc hàng loạt: done, or refused with the sentence that says why."""

    run = models.ForeignKey(BulkRun, models.CASCADE, db_index=False, related_name="items")
    position = models.PositiveSmallIntegerField()
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="bulk_items")
    # The version of the dossier that the person was looking at.
    expected_version = models.PositiveIntegerField()
    state = models.CharField("kết quả", max_length=8, choices=ItemState, default=ItemState.PENDING)
    told = models.CharField("lý do không làm được", max_length=500, blank=True)
    settled_at = models.DateTimeField("xong lúc", null=True)

    objects = BulkItemQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ của việc hàng loạt"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "position"],
                name="bulk_item_position_unique",
                violation_error_message="Hai hồ sơ của việc hàng loạt trùng số thứ tự.",
            ),
            models.UniqueConstraint(
                fields=["run", "dossier"],
                name="bulk_item_dossier_once",
                violation_error_message="Một hồ sơ chỉ có một lần trong mỗi việc hàng loạt.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=ItemState.PENDING, settled_at__isnull=True)
                    | Q(
                        state__in=(ItemState.DONE, ItemState.REFUSED),
                        settled_at__isnull=False,
                    )
                ),
                name="bulk_item_settled_has_moment",
                violation_error_message="Hồ sơ đã làm hoặc không làm được phải có thời điểm.",
            ),
            models.CheckConstraint(
                condition=Q(state=ItemState.REFUSED) ^ Q(told=""),
                name="bulk_item_refused_says_why",
                violation_error_message="Hồ sơ không làm được phải có lý do.",
            ),
        ]
        indexes = [
            # bulk_work.do_next takes what is still to be done, in order.
            models.Index(
                "run", "position", name="bulk_item_pending", condition=Q(state=ItemState.PENDING)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.position}"
