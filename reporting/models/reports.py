"""Statistical reports as they were submitted; the database refuses to change them."""

from django.db import models
from django.db.models import Q

from organizations.models import Agency, User


class SubmittedReport(models.Model):
    """Báo cáo đã nộp: the figures of one form of an agency for a period, as they were then."""

    agency = models.ForeignKey(Agency, models.PROTECT, db_index=False, related_name="+")
    form = models.CharField("biểu", max_length=10)
    period = models.CharField("kỳ báo cáo", max_length=12)
    number = models.PositiveSmallIntegerField("lần nộp")
    # {"form", "agency", "period", "with_below", "cut_off", "rows": [[name, [figures]]], "total"}
    content = models.JSONField("số liệu")
    hash = models.CharField(max_length=64)
    submitted_by = models.ForeignKey(User, models.PROTECT, db_index=False, related_name="+")
    # As it was then, like in the ledger.
    submitted_by_name = models.CharField("người nộp", max_length=120)
    submitted_at = models.DateTimeField("nộp lúc")

    class Meta:
        verbose_name = "báo cáo đã nộp"
        constraints = [
            models.UniqueConstraint(
                fields=["period", "form", "agency", "number"],
                name="report_number_unique_in_period",
                violation_error_message="Báo cáo này vừa được nộp. Hãy tải lại trang.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1) & Q(hash__regex=r"^[0-9a-f]{64}$"),
                name="report_has_number_and_hash",
                violation_error_message="Báo cáo đã nộp phải có số lần và mã kiểm tra.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.period}, lần {self.number}"
