"""Bậc thang nhắc việc: on which day each agency is reminded, and which reminders were given."""

from django.db import models
from django.db.models import Q

from apologies.statuses import DATED_RUNGS, Rung
from dossiers.models import Dossier
from organizations.models import Agency, User

_PLACES = (
    Q(rung__in=DATED_RUNGS, place__lt=0)
    | Q(rung=Rung.DUE_DAY, place=0)
    | Q(rung=Rung.LATE, place__gt=0)
)


class LadderStep(models.Model):
    """Một bậc của riêng một cơ quan, in place of the default of `ladder_steps`."""

    agency = models.ForeignKey(Agency, models.PROTECT, db_index=False, related_name="ladder_steps")
    rung = models.CharField("bậc", max_length=10, choices=Rung)
    days_before = models.PositiveSmallIntegerField("số ngày làm việc trước ngày hẹn")
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField("đặt lúc")

    class Meta:
        verbose_name = "bậc nhắc việc của cơ quan"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "rung"],
                name="ladder_step_once_for_agency",
                violation_error_message="Cơ quan đã có bậc này.",
            ),
            models.CheckConstraint(
                condition=Q(rung__in=DATED_RUNGS, days_before__range=(1, 30)),
                name="ladder_step_is_one_to_thirty_days_before",
                violation_error_message="Chỉ đặt được bậc trước ngày hẹn từ 1 đến 30 ngày.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rung_display()}: {self.days_before}"


class LadderWarning(models.Model):
    """Một lần nhắc việc: a dossier reached a rung on the way to one promise."""

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, db_index=False, related_name="ladder_warnings"
    )
    promised_at = models.DateTimeField("ngày hẹn trả")
    rung = models.CharField("bậc", max_length=10, choices=Rung)
    # Working days counted from the promised day: -3 is three before it, 2 is two days late.
    place = models.SmallIntegerField("số ngày làm việc so với ngày hẹn")
    at = models.DateTimeField("nhắc lúc")
    on_day = models.DateField("ngày nhắc")
    # The day of the digest that spoke of it; empty while it waits for one.
    told_on = models.DateField("ngày gửi bản tổng hợp", null=True)

    class Meta:
        verbose_name = "lần nhắc việc"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "promised_at", "place"],
                name="ladder_warning_once_for_promise",
                violation_error_message="Hồ sơ đã được nhắc ở bậc này.",
            ),
            models.CheckConstraint(
                condition=_PLACES,
                name="ladder_warning_stands_on_its_rung",
                violation_error_message="Bậc nhắc việc không khớp số ngày so với ngày hẹn.",
            ),
        ]
        indexes = [
            # tasks.send_ladder_digests
            models.Index(
                fields=["id"], name="ladder_warning_untold", condition=Q(told_on__isnull=True)
            ),
            models.Index(
                fields=["told_on"],
                name="ladder_warning_told_on",
                condition=Q(told_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.place}"
