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


class FindingKind(models.TextChoices):
    """Dấu hiệu dữ liệu cần xem lại: what the record of a dossier or a counter suggests."""

    IDLE = "idle", "Quá hạn, lâu không có thao tác"
    ISSUED_EARLIER = "issued_earlier", "Kết quả ký trong hạn, ghi nhận trễ"
    NOT_RETURNED = "not_returned", "Có kết quả, chưa ghi nhận trả"
    WITHOUT_RESULT = "without_result", "Đã giải quyết nhưng không có kết quả"
    RECEIVED_TWICE = "received_twice", "Tiếp nhận hai lần"
    OUT_OF_ORDER = "out_of_order", "Mốc thời gian ngược thứ tự"
    IMPORTED_LEFTOVER = "leftover", "Hồ sơ tồn của hệ thống cũ"
    NEVER_TRANSFERS = "never_transfers", "Bộ phận một cửa không chuyển hồ sơ"


# Of these the subject is a counter, of all others a dossier.
OF_COUNTERS = (FindingKind.NEVER_TRANSFERS,)


class FindingStatus(models.TextChoices):
    """Tình trạng của một dấu hiệu."""

    OPEN = "open", "Chưa xem"
    SEEN = "seen", "Đang xem xét"
    EXPLAINED = "explained", "Đã giải trình: không sai"
    FIXED = "fixed", "Đã đính chính"
    GONE = "gone", "Không còn dấu hiệu"


# Somebody still has to look.
OPEN_FINDINGS = (FindingStatus.OPEN, FindingStatus.SEEN)
# Closed by a sweep because the record no longer suggests anything; it may come back.
SWEPT_FINDINGS = (FindingStatus.FIXED, FindingStatus.GONE)


class SheetStatus(models.TextChoices):
    """Phiếu tự đánh giá đang ở đâu."""

    DRAFTING = "drafting", "Đang tự đánh giá"
    SUBMITTED = "submitted", "Chờ thẩm định"
    GRADED = "graded", "Đã thẩm định"
    CLOSED = "closed", "Đã chốt"


class SheetAct(models.TextChoices):
    """Thao tác trên phiếu tự đánh giá."""

    OPENED = "opened", "Lập phiếu"
    FILLED = "filled", "Tự chấm điểm"
    EVIDENCE_ADDED = "added", "Thêm minh chứng"
    EVIDENCE_REMOVED = "removed", "Bỏ minh chứng"
    SUBMITTED = "submitted", "Nộp phiếu"
    SENT_BACK = "sent_back", "Trả lại phiếu"
    MARKED = "marked", "Thẩm định"
    GRADED = "graded", "Kết thúc thẩm định"
    CLOSED = "closed", "Chốt kết quả"
