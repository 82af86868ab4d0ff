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
