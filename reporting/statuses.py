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


class Source(models.TextChoices):
    """Hồ sơ tiếp nhận từ đâu: every dossier of a period comes from exactly one."""

    ONLINE_FULL = "online_full", "Trực tuyến toàn trình"
    ONLINE_PARTIAL = "online_partial", "Trực tuyến một phần"
    ONLINE_OTHER = "online_other", "Trực tuyến, không rõ mức độ"
    DIRECT = "direct", "Trực tiếp"
    POSTAL = "postal", "Dịch vụ bưu chính"
    EARLIER = "earlier", "Từ kỳ trước"


class Standing(models.TextChoices):
    """Hồ sơ đến mốc chốt ở đâu: every dossier of a period stands in exactly one."""

    EARLY = "early", "Giải quyết trước hạn"
    ON_TIME = "on_time", "Giải quyết đúng hạn"
    LATE = "late", "Giải quyết quá hạn"
    RUNNING = "running", "Đang giải quyết, trong hạn"
    OVERDUE = "overdue", "Đang giải quyết, quá hạn"


class RowBy(models.TextChoices):
    """Mỗi dòng của biểu là gì."""

    FIELD = "field", "Lĩnh vực"
    AGENCY = "agency", "Cơ quan"
