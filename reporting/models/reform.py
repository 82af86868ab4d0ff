"""The yearly self-assessment of administrative reform: sheet, points, evidence, and its trail."""

from django.db import models
from django.db.models import Q

from organizations.models import Agency, User
from reporting.statuses import SheetAct, SheetStatus


class ReformSheet(models.Model):
    """Phiếu tự đánh giá cải cách hành chính: of one agency for one year."""

    agency = models.ForeignKey(Agency, models.PROTECT, db_index=False, related_name="+")
    year = models.PositiveSmallIntegerField("năm")
    # The set that governed the year when the sheet was opened: a new file changes no sheet.
    criteria_set = models.CharField("bộ tiêu chí", max_length=40)
    status = models.CharField("trạng thái", max_length=10, choices=SheetStatus)
    # The number of its latest event; also the version that forms send back.
    event_count = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "phiếu tự đánh giá"
        constraints = [
            models.UniqueConstraint(
                fields=["year", "agency"],
                name="reform_sheet_once_a_year",
                violation_error_message="Cơ quan này đã có phiếu của năm. Hãy tải lại trang.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=SheetStatus.values),
                name="reform_sheet_status_is_known",
                violation_error_message="Trạng thái phiếu không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(2020, 2199)),
                name="reform_sheet_year_is_one",
                violation_error_message="Năm của phiếu không đúng.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year}"


class ReformScore(models.Model):
    """Điểm một tiêu chí: the agency's own, and the council's."""

    sheet = models.ForeignKey(ReformSheet, models.CASCADE, db_index=False, related_name="scores")
    criterion = models.CharField("tiêu chí", max_length=10)
    own_points = models.DecimalField("điểm tự chấm", max_digits=5, decimal_places=2, null=True)
    explanation = models.CharField("giải trình", max_length=1000, blank=True)
    council_points = models.DecimalField(
        "điểm thẩm định", max_digits=5, decimal_places=2, null=True
    )
    council_note = models.CharField("ý kiến thẩm định", max_length=1000, blank=True)

    class Meta:
        verbose_name = "điểm tiêu chí"
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "criterion"],
                name="reform_score_once_for_a_criterion",
                violation_error_message="Mỗi tiêu chí chỉ có một dòng trong phiếu.",
            ),
            models.CheckConstraint(
                condition=(Q(own_points__isnull=True) | Q(own_points__range=(0, 100)))
                & (Q(council_points__isnull=True) | Q(council_points__range=(0, 100))),
                name="reform_score_is_not_negative",
                violation_error_message="Điểm phải từ 0 đến điểm tối đa của tiêu chí.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.criterion}"


class ReformEvidence(models.Model):
    """Minh chứng: a file for one criterion, served through a permission check only."""

    sheet = models.ForeignKey(ReformSheet, models.PROTECT, related_name="evidence")
    criterion = models.CharField("tiêu chí", max_length=10)
    file = models.FileField("tệp", upload_to="reform/%Y/%m/%d")
    name = models.CharField("tên tệp", max_length=200)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField("kích thước (byte)")
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(User, models.PROTECT, db_index=False, related_name="+")
    added_at = models.DateTimeField("thêm lúc")
    # What was taken back is still there for auditors.
    removed_at = models.DateTimeField("bỏ lúc", null=True)

    class Meta:
        verbose_name = "minh chứng"
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0, sha256__regex=r"^[0-9a-f]{64}$"),
                name="reform_evidence_has_content",
                violation_error_message="Tệp minh chứng không được rỗng.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ReformEvent(models.Model):
    """Vết của phiếu: one line for each act; the database refuses to change or delete it."""

    sheet = models.ForeignKey(ReformSheet, models.PROTECT, db_index=False, related_name="events")
    sequence = models.PositiveIntegerField()
    act = models.CharField("thao tác", max_length=10, choices=SheetAct)
    actor = models.ForeignKey(User, models.PROTECT, db_index=False, related_name="+")
    # As it was then, like in the ledger.
    actor_name = models.CharField("người thực hiện", max_length=120)
    at = models.DateTimeField("lúc")
    reason = models.CharField("nội dung", max_length=1000, blank=True)
    # Points as they were set: {criterion: [before, after]}; or the file that came or went.
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = "vết của phiếu"
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "sequence"],
                name="reform_event_sequence_unique",
                violation_error_message="Phiếu vừa được người khác cập nhật. Hãy tải lại trang.",
            ),
            models.CheckConstraint(
                condition=Q(act__in=SheetAct.values),
                name="reform_event_act_is_known",
                violation_error_message="Thao tác không có trong danh mục.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} #{self.sequence}"
