"""Which agency handles which procedure, and by which internal steps."""

from django.db import models
from django.db.models import Q

from organizations.models import Agency
from procedures.models.catalogue import Decision, Procedure
from procedures.statuses import OnlineLevel, StepRole


class ProcedureAssignment(models.Model):
    """Thủ tục tại cơ quan giải quyết."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="assignments")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="procedure_assignments")
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    is_active = models.BooleanField("đang áp dụng", default=True)
    online_level = models.CharField(
        "mức độ trực tuyến", max_length=7, choices=OnlineLevel, default=OnlineLevel.NONE
    )
    # NĐ 224/2026 Đ14: what is not offered in full needs a published reason.
    online_reason = models.TextField("lý do chưa cung cấp toàn trình", blank=True, db_default="")
    # "4 tại chỗ": received, appraised, approved and returned at the counter.
    on_the_spot = models.BooleanField("4 tại chỗ", default=False)
    published_at = models.DateTimeField("công khai lúc", null=True, blank=True)

    class Meta:
        verbose_name = "thủ tục tại cơ quan"
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "agency"],
                name="assignment_once_per_agency",
                violation_error_message="Thủ tục này đã được giao cho cơ quan.",
            ),
            models.CheckConstraint(
                condition=Q(online_level__in=OnlineLevel.values),
                name="assignment_online_level_is_known",
                violation_error_message="Mức độ trực tuyến không có trong danh mục.",
            ),
        ]
        indexes = [
            # Serves `handled_by`: the pickers of counters and the lists of agencies.
            models.Index(
                fields=["agency", "procedure"],
                condition=Q(is_active=True),
                name="assignment_active_by_agency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} – {self.agency_id}"


class Step(models.Model):
    """Bước của quy trình nội bộ: who does it, and the share of the time limit it may take.

    The shares of an assignment make 100; a deferred trigger refuses a commit where they do not.
    """

    assignment = models.ForeignKey(ProcedureAssignment, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField("thứ tự")
    name = models.CharField("tên bước", max_length=200)
    role = models.CharField("người thực hiện", max_length=7, choices=StepRole)
    share = models.DecimalField("tỷ lệ thời gian (%)", max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = "bước của quy trình nội bộ"
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "position"],
                name="step_position_unique",
                violation_error_message="Hai dòng của cùng một bản không được mang cùng số thứ tự.",
            ),
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=100),
                name="step_share_is_a_percentage",
                violation_error_message="Tỷ lệ thời gian của một bước từ 0 đến 100.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=StepRole.values),
                name="step_role_is_known",
                violation_error_message="Vai trò của bước không có trong danh mục.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
