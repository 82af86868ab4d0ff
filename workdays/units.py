"""The units in which a procedure's time limit is printed."""

from django.db import models


class TimeUnit(models.TextChoices):
    """Đơn vị của thời hạn giải quyết."""

    WORKING_DAY = "working_day", "ngày làm việc"
    CALENDAR_DAY = "calendar_day", "ngày"
    WORKING_HOUR = "working_hour", "giờ làm việc"
    MONTH = "month", "tháng"
