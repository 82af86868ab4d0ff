"""States of a consultation, the ways of asking, and what an agency may answer."""

from django.db import models


class ConsultationStatus(models.TextChoices):
    """Trạng thái lấy ý kiến."""

    WAITING = "waiting", "Chờ cơ quan trước trả lời"
    ASKED = "asked", "Chờ trả lời"
    ANSWERED = "answered", "Đã trả lời"
    WITHDRAWN = "withdrawn", "Đã rút yêu cầu"
    LAPSED = "lapsed", "Hồ sơ đã kết thúc"


# Somebody will still have to answer: at most one of a dossier and an agency.
OPEN_CONSULTATIONS = (ConsultationStatus.WAITING, ConsultationStatus.ASKED)
# Closed without an answer.
CLOSED_CONSULTATIONS = (ConsultationStatus.WITHDRAWN, ConsultationStatus.LAPSED)


class AskingOrder(models.TextChoices):
    """Cách lấy ý kiến nhiều cơ quan (NĐ 61/2018 Đ19(6))."""

    PARALLEL = "parallel", "Hỏi các cơ quan cùng một lúc"
    SEQUENCE = "sequence", "Hỏi lần lượt: cơ quan trước trả lời xong mới hỏi cơ quan sau"


class Verdict(models.TextChoices):
    """Ý kiến của cơ quan phối hợp."""

    AGREES = "agrees", "Đồng ý"
    DISAGREES = "disagrees", "Không đồng ý"
    COMMENTS = "comments", "Có ý kiến khác"


class Carried(models.TextChoices):
    """Bàn giao gì."""

    PAPERS = "papers", "Hồ sơ giấy"
    RESULT = "result", "Kết quả và giấy tờ trả lại"


class HandoverWay(models.TextChoices):
    """Cách chuyển hồ sơ giấy."""

    BY_HAND = "by_hand", "Giao tận tay"
    INTERNAL_MAIL = "internal_mail", "Văn thư nội bộ"
    POST = "post", "Dịch vụ bưu chính công ích"


class HandoverOutcome(models.TextChoices):
    """Kết quả bàn giao một hồ sơ; empty while it is on the way."""

    RECEIVED = "received", "Đã nhận"
    MISSING = "missing", "Thiếu khi nhận"
    EXTRA = "extra", "Thừa, không có trong biên bản"


# The papers are with whoever was to receive them.
ARRIVED = (HandoverOutcome.RECEIVED, HandoverOutcome.EXTRA)


class PrintKind(models.TextChoices):
    """Bản in của công việc liên thông."""

    MINUTES = "minutes", "Biên bản bàn giao hồ sơ"
    REGISTER = "register", "Sổ theo dõi hồ sơ"
