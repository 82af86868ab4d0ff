"""What a decision does to each procedure, and the version that somebody is writing."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from procedures.models.catalogue import PROCEDURE_CODE, Decision, Procedure, ProcedureVersion
from procedures.published_querysets import DecisionItemQuerySet
from procedures.statuses import DecisionKind


class DecisionItem(models.Model):
    """Thủ tục trong quyết định công bố: what the decision does to it, and both deadlines.

    The deadlines are fixed when the item is written; whether they were kept is derived.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="items")
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="decision_items")
    version = models.OneToOneField(
        ProcedureVersion, models.PROTECT, null=True, blank=True, related_name="decision_item"
    )
    kind = models.CharField("nội dung công bố", max_length=7, choices=DecisionKind)
    note = models.TextField("lý do", blank=True)
    basis = models.CharField("văn bản quy định thủ tục", max_length=300)
    basis_effective_date = models.DateField("ngày hiệu lực của văn bản")
    is_shortened = models.BooleanField("ban hành theo trình tự rút gọn", default=False)
    publish_by = models.DateField("hạn công bố")
    public_by = models.DateField("hạn công khai")
    applies_from = models.DateField("áp dụng từ ngày")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("ghi lúc")
    applied_at = models.DateTimeField("đưa vào áp dụng lúc", null=True, blank=True)
    made_public_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_public_at = models.DateTimeField("công khai lúc", null=True, blank=True)

    # Filled by `with_lateness`.
    was_published_late: bool
    is_public_late: bool

    objects = DecisionItemQuerySet.as_manager()

    class Meta:
        verbose_name = "thủ tục trong quyết định công bố"
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "procedure"],
                name="decision_item_once_per_procedure",
                violation_error_message="Quyết định này đã công bố thủ tục đó.",
            ),
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(applied_at__isnull=True),
                name="decision_item_one_waits_for_each_procedure",
                violation_error_message="Thủ tục đã có một thay đổi đang chờ ngày áp dụng.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DecisionKind.values),
                name="decision_item_kind_is_known",
                violation_error_message="Nội dung công bố không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(kind=DecisionKind.RETIRED, version__isnull=True)
                | (~Q(kind=DecisionKind.RETIRED) & Q(version__isnull=False)),
                name="decision_item_has_a_version_unless_retired",
                violation_error_message=(
                    "Công bố mới và sửa đổi phải kèm phiên bản; bãi bỏ thì không có phiên bản."
                ),
            ),
            models.CheckConstraint(
                condition=Q(made_public_at__isnull=True, made_public_by__isnull=True)
                | Q(made_public_at__isnull=False, made_public_by__isnull=False),
                name="decision_item_public_by_somebody",
                violation_error_message="Lần công khai phải có cả thời điểm và người công khai.",
            ),
        ]
        indexes = [
            # Serves the sweep procedures.tasks.bring_into_force.
            models.Index(
                fields=["applies_from"],
                condition=Q(applied_at__isnull=True),
                name="decision_item_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} – {self.procedure_id}"


class VersionDraft(models.Model):
    """Bản đang soạn: the next version of a procedure, one for each code, until it is published.

    `facts` is what `procedures.stored_facts` writes; `revision` tells a stale form from another.
    """

    code = models.CharField("mã thủ tục", max_length=8, unique=True)
    based_on = models.ForeignKey(
        ProcedureVersion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    facts = models.JSONField("nội dung")
    revision = models.PositiveIntegerField("lần ghi", default=1)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField("bắt đầu lúc")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField("ghi lần cuối lúc")

    class Meta:
        verbose_name = "bản đang soạn"
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=PROCEDURE_CODE),
                name="draft_code_has_national_form",
                violation_error_message="Mã thủ tục có dạng 1.012790.",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("procedures:draft_review", args=[self.code])
