"""The kinds of day that a calendar and a weekly schedule distinguish."""

from django.db import models


class DayOffKind(models.TextChoices):
    """Loại ngày nghỉ."""

    HOLIDAY = "holiday", "Nghỉ lễ, Tết"
    COMPENSATORY = "compensatory_day_off", "Nghỉ bù"
    SWAPPED = "swapped_day_off", "Nghỉ hoán đổi"


class Weekday(models.IntegerChoices):
    """Thứ trong tuần (theo ISO), hoặc dòng giờ riêng của ngày làm bù."""

    MAKE_UP = 0, "Ngày làm bù"
    MONDAY = 1, "thứ Hai"
    TUESDAY = 2, "thứ Ba"
    WEDNESDAY = 3, "thứ Tư"
    THURSDAY = 4, "thứ Năm"
    FRIDAY = 5, "thứ Sáu"
    SATURDAY = 6, "thứ Bảy"
    SUNDAY = 7, "Chủ nhật"


# Civil servants work from Monday to Friday; a schedule that leaves one of them without
# hours has a row missing and is refused rather than read as a day of rest.
OBLIGATORY_WEEKDAYS = frozenset(range(Weekday.MONDAY, Weekday.SATURDAY))
