"""Who stands in for whom, from which day to which."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Greatest

from organizations.models.people import Agency, User
from organizations.querysets import SubstitutionQuerySet

# The days from the first to the last, both of them in it.
_DAYS = Func(
    "first_day",
    Greatest("first_day", "last_day"),
    RangeBoundary(inclusive_lower=True, inclusive_upper=True),
    function="daterange",
)


class Substitution(models.Model):
    """Phân công xử lý thay: an officer's work in one agency, done by a colleague for some days.

    It begins and ends by itself. The substitute is an officer of the same agency, so nobody's
    role is raised; what the substitute does is recorded as done on the absent one's behalf.
    """

    absent = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người nghỉ")
    substitute = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="người xử lý thay"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan")
    first_day = models.DateField("từ ngày")
    last_day = models.DateField("đến hết ngày")
    reason = models.CharField("lý do", max_length=200, blank=True)
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    named_at = models.DateTimeField("lập lúc")
    # Ended before its time; the row stays.
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField("thôi trước hạn lúc", null=True)

    objects = SubstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = "phân công xử lý thay"
        constraints = [
            models.CheckConstraint(
                condition=~Q(absent=F("substitute")),
                name="substitution_by_another_person",
                violation_error_message="Người xử lý thay phải khác người nghỉ.",
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="substitution_days_in_order",
                violation_error_message="Ngày cuối không thể trước ngày đầu.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="substitution_ended_by_somebody",
                violation_error_message="Việc thôi trước hạn phải có người thực hiện.",
            ),
            # One substitute at a time: nobody has to ask whose the work is.
            ExclusionConstraint(
                name="substitution_one_at_a_time",
                expressions=[
                    ("absent", RangeOperators.EQUAL),
                    ("agency", RangeOperators.EQUAL),
                    (_DAYS, RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_at__isnull=True),
                violation_error_message=(
                    "Người này đã có người xử lý thay trong những ngày đó. Hãy thôi phân công cũ "
                    "trước."
                ),
            ),
        ]
        indexes = [
            # Read with the roles of whoever asks for a page.
            models.Index(
                "substitute", name="substitution_of_person", condition=Q(ended_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.substitute} thay {self.absent}"
