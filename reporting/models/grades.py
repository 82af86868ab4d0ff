"""Grades that people give where nothing can be counted; the database refuses to change them."""

from django.db import models
from django.db.models import Q

from organizations.models import Agency, User


class DutyGrade(models.Model):
    """Điểm chấm chỉ số 5, 6 (TT 01/2018 Đ13): the latest of an agency and period stands."""

    agency = models.ForeignKey(Agency, models.PROTECT, db_index=False, related_name="+")
    period = models.CharField("kỳ đánh giá", max_length=12)
    index = models.PositiveSmallIntegerField("chỉ số")
    points = models.PositiveSmallIntegerField("điểm")
    reason = models.CharField("căn cứ", max_length=500)
    graded_by = models.ForeignKey(User, models.PROTECT, db_index=False, related_name="+")
    # As it was then, like in the ledger.
    graded_by_name = models.CharField("người chấm", max_length=120)
    graded_at = models.DateTimeField("chấm lúc")

    class Meta:
        verbose_name = "điểm chấm"
        constraints = [
            models.CheckConstraint(
                condition=Q(index__in=(5, 6), points__range=(0, 2)),
                name="duty_grade_is_of_its_scale",
                violation_error_message="Chỉ số 5 và 6 được chấm 0, 1 hoặc 2 điểm.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="duty_grade_says_why",
                violation_error_message="Điểm chấm phải có căn cứ.",
            ),
        ]
        indexes = [
            # The grades of a period, of one agency or all.
            models.Index(fields=["period", "agency", "id"], name="duty_grade_of_period"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.period}: chỉ số {self.index}, {self.points} điểm"
