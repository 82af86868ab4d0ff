"""Figures of a closed period as somebody signed them; the database refuses to change them."""

from django.db import models
from django.db.models import Q

from organizations.models import Agency, User


class PeriodSnapshot(models.Model):
    """Số liệu đã chốt: counts and points of all agencies for one period, as they were then."""

    agency = models.ForeignKey(Agency, models.PROTECT, db_index=False, related_name="+")
    period = models.CharField("kỳ báo cáo", max_length=12)
    indicator_set = models.CharField("bộ chỉ số", max_length=40)
    number = models.PositiveSmallIntegerField("lần chốt")
    # {"period", "as_of", "indicator_set", "units": {code of an agency: {what: figure}}}
    content = models.JSONField("số liệu")
    hash = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(User, models.PROTECT, db_index=False, related_name="+")
    # As it was then, like in the ledger.
    frozen_by_name = models.CharField("người chốt", max_length=120)
    frozen_at = models.DateTimeField("chốt lúc")

    class Meta:
        verbose_name = "số liệu đã chốt"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "period", "indicator_set", "number"],
                name="snapshot_number_unique_in_period",
                violation_error_message="Kỳ này vừa được người khác chốt. Hãy tải lại trang.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1) & Q(hash__regex=r"^[0-9a-f]{64}$"),
                name="snapshot_has_number_and_hash",
                violation_error_message="Số liệu chốt phải có số lần và mã kiểm tra.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}, lần {self.number}"
