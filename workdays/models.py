"""What administrators keep: working schedules, their hours, days off and make-up days."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce, Greatest

from workdays.kinds import DayOffKind, Weekday

_ONE_DAY = "(DATE '2000-01-01' + %(expressions)s)"
# PostgreSQL has ranges of timestamps but not of times: both times on one fixed day. A range
# that runs backwards would be an error here, where its own constraint has the sentence.
_HOURS = Func(
    Func("opens_at", template=_ONE_DAY),
    Func(Greatest("opens_at", "closes_at"), template=_ONE_DAY),
    function="tsrange",
)
_IN_FORCE = Func(
    "valid_from",
    Greatest("valid_from", Coalesce("valid_until", Func(template="DATE 'infinity'"))),
    RangeBoundary(inclusive_lower=True, inclusive_upper=True),
    function="daterange",
)


class WorkSchedule(models.Model):
    """Lịch làm việc: the hours and the counting rules that one or more agencies follow."""

    code = models.SlugField("mã", max_length=35)
    name = models.CharField("tên", max_length=200)
    roll_after_closing = models.BooleanField(
        "nhận sau giờ đóng cửa tính vào lần mở cửa sau", default=True
    )
    day_ends_at_close = models.BooleanField(
        "thời hạn tính bằng ngày hết vào giờ đóng cửa",
        default=True,
        help_text="Nếu không chọn, hạn giữ nguyên giờ tiếp nhận.",
    )

    class Meta:
        verbose_name = "lịch làm việc"
        verbose_name_plural = "lịch làm việc"
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                name="work_schedule_code_unique",
                violation_error_message="Mã lịch làm việc này đã có: hãy chọn mã khác.",
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(name=""),
                name="work_schedule_named",
                violation_error_message="Lịch làm việc phải có mã và tên: hãy nhập cả hai.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WorkingHours(models.Model):
    """Giờ làm việc: one session of one weekday, in force over a span of days."""

    schedule = models.ForeignKey(
        WorkSchedule, models.CASCADE, related_name="hours", verbose_name="lịch làm việc"
    )
    weekday = models.PositiveSmallIntegerField("thứ", choices=Weekday.choices)
    opens_at = models.TimeField("mở cửa lúc")
    closes_at = models.TimeField("đóng cửa lúc")
    counts = models.BooleanField(
        "tính vào thời hạn",
        default=True,
        help_text="Bỏ chọn với buổi trực chỉ tiếp nhận hồ sơ, như sáng thứ Bảy.",
    )
    valid_from = models.DateField("áp dụng từ ngày")
    valid_until = models.DateField("áp dụng đến hết ngày", null=True, blank=True)

    class Meta:
        verbose_name = "giờ làm việc"
        verbose_name_plural = "giờ làm việc"
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__in=Weekday.values),
                name="working_hours_weekday_known",
                violation_error_message="Thứ này không có trong tuần: hãy chọn lại thứ.",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="working_hours_close_after_opening",
                violation_error_message="Giờ đóng cửa phải sau giờ mở cửa: hãy sửa lại giờ.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="working_hours_end_after_start",
                violation_error_message=(
                    "Ngày hết áp dụng phải từ ngày bắt đầu áp dụng trở đi: hãy sửa lại ngày."
                ),
            ),
            ExclusionConstraint(
                name="working_hours_do_not_overlap",
                expressions=[
                    ("schedule", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (_HOURS, RangeOperators.OVERLAPS),
                    (_IN_FORCE, RangeOperators.OVERLAPS),
                ],
                violation_error_message=(
                    "Buổi làm việc này chồng lên một buổi khác cùng thứ: hãy sửa giờ hoặc ngày "
                    "áp dụng."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens_at:%H:%M}–{self.closes_at:%H:%M}"


class Holiday(models.Model):
    """Ngày nghỉ: a public holiday, a day off in compensation, or a day swapped for another."""

    date = models.DateField("ngày")
    kind = models.CharField("loại", max_length=20, choices=DayOffKind.choices)
    name = models.CharField("tên", max_length=200)
    decision = models.CharField("số quyết định, công văn", max_length=100, blank=True)
    is_provisional = models.BooleanField("tạm tính, chưa có thông báo", default=False)

    class Meta:
        verbose_name = "ngày nghỉ"
        verbose_name_plural = "ngày nghỉ"
        constraints = [
            models.UniqueConstraint(
                fields=["date"],
                name="holiday_date_unique",
                violation_error_message="Ngày nghỉ này đã có: hãy sửa dòng đã nhập.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DayOffKind.values),
                name="holiday_kind_known",
                violation_error_message="Loại ngày nghỉ này không có: hãy chọn lại loại.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="holiday_named",
                violation_error_message="Ngày nghỉ phải có tên: hãy nhập tên.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.name}"


class MakeUpDay(models.Model):
    """Ngày làm bù: a weekend day that is worked in place of another day."""

    date = models.DateField("ngày")
    name = models.CharField("tên", max_length=200)
    replaces_date = models.DateField("làm bù cho ngày", null=True, blank=True)
    decision = models.CharField("số quyết định, công văn", max_length=100, blank=True)

    class Meta:
        verbose_name = "ngày làm bù"
        verbose_name_plural = "ngày làm bù"
        constraints = [
            models.UniqueConstraint(
                fields=["date"],
                name="make_up_day_date_unique",
                violation_error_message="Ngày làm bù này đã có: hãy sửa dòng đã nhập.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="make_up_day_named",
                violation_error_message="Ngày làm bù phải có tên: hãy nhập tên.",
            ),
            models.CheckConstraint(
                condition=Q(replaces_date__isnull=True) | ~Q(replaces_date=F("date")),
                name="make_up_day_replaces_another",
                violation_error_message=(
                    "Ngày làm bù không thể thay cho chính nó: hãy sửa ngày được làm bù."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.name}"


class CalendarStamp(models.Model):
    """Dấu phiên bản lịch: one row that a trigger renews whenever any row above changes."""

    version = models.BigIntegerField("phiên bản")

    class Meta:
        verbose_name = "dấu phiên bản lịch"
        verbose_name_plural = "dấu phiên bản lịch"
        constraints = [
            models.CheckConstraint(
                condition=Q(id=1),
                name="calendar_stamp_single",
                violation_error_message="Dấu phiên bản lịch chỉ có một dòng: đừng thêm dòng nữa.",
            )
        ]
