"""The history of the calendar: who changed what, when, on which decision, and what it moved."""

from django.db import models
from django.db.models import Q

from organizations.models import User


class CalendarEdit(models.Model):
    """Lần sửa lịch: written once, never changed.

    It is kept here and not in workdays because it names a person and counts promises, both
    of which that app must not know.
    """

    sentence = models.TextField("nội dung sửa")
    decision = models.CharField("căn cứ", max_length=100)
    reason = models.TextField("lý do", blank=True)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người sửa")
    # As it was then, like in the ledger.
    actor_name = models.CharField("tên người sửa", max_length=120)
    moved_count = models.PositiveIntegerField("số hồ sơ đổi ngày hẹn")
    made_at = models.DateTimeField("sửa lúc")

    class Meta:
        verbose_name = "lần sửa lịch"
        constraints = [
            models.CheckConstraint(
                condition=~Q(decision="") & ~Q(sentence=""),
                name="calendar_edit_has_grounds",
                violation_error_message="Lần sửa lịch phải có nội dung và căn cứ.",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence
