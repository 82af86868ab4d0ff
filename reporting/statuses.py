"""The closed lists of reporting: how finely tallies are kept, and the two sides of a share."""

from django.db import models


class Grain(models.TextChoices):
    """Mức gộp của số cộng dồn."""

    MOMENT = "moment", "Theo ngày, thời điểm"
    HALF_MONTH = "half_month", "Theo nửa tháng"


class Part(models.TextChoices):
    """Hai vế của một tỷ lệ; `rest` is what the numerator lacks of the denominator."""

    NUMERATOR = "numerator", "Tử số"
    DENOMINATOR = "denominator", "Mẫu số"
    REST = "rest", "Phần chưa đạt"


class OnTimeBy(models.TextChoices):
    """So ngày kết thúc với ngày hẹn trả: the business text of 2.1 does not say which."""

    MOMENT = "moment", "Theo thời điểm hẹn"
    DAY = "day", "Theo ngày hẹn"
