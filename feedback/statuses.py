"""States, acts and terms of petitions, the one table of transitions, and the scale of ratings."""

from django.db import models


class PetitionStatus(models.TextChoices):
    """Trạng thái phản ánh, kiến nghị."""

    SENT = "sent", "Chờ phân loại"
    NEEDS_MORE = "needs_more", "Chờ người gửi bổ sung"
    PROCESSING = "processing", "Đang xử lý"
    ANSWERED = "answered", "Chờ công khai"
    PUBLISHED = "published", "Đã công khai"
    REFUSED = "refused", "Không tiếp nhận"


# Somebody of the office still has to act; while the sender supplements, nobody's term runs.
OPEN_STATUSES = (PetitionStatus.SENT, PetitionStatus.PROCESSING, PetitionStatus.ANSWERED)
ANSWERED_STATUSES = (PetitionStatus.ANSWERED, PetitionStatus.PUBLISHED)


class PetitionEventKind(models.TextChoices):
    """Loại sự kiện của phản ánh, kiến nghị."""

    SENT = "sent", "Gửi"
    RECEIVED = "received", "Tiếp nhận, phân loại"
    REFUSED = "refused", "Từ chối tiếp nhận"
    ASKED = "asked", "Yêu cầu bổ sung"
    SUPPLEMENTED = "supplemented", "Bổ sung"
    ANSWERED = "answered", "Trả lời"
    SENT_BACK = "sent_back", "Trả lại câu trả lời"
    PUBLISHED = "published", "Công khai"
    REOPENED = "reopened", "Phản ánh lại"
    HIDDEN = "hidden", "Ẩn khỏi trang công khai"
    SHOWN = "shown", "Hiện lại trên trang công khai"


_S, _K = PetitionStatus, PetitionEventKind

# From which states each event may happen, and to which state it leads.
TRANSITIONS: dict[PetitionEventKind, dict[PetitionStatus | None, PetitionStatus]] = {
    _K.SENT: {None: _S.SENT},
    _K.RECEIVED: {_S.SENT: _S.PROCESSING},
    _K.REFUSED: {_S.SENT: _S.REFUSED, _S.NEEDS_MORE: _S.REFUSED},
    _K.ASKED: {_S.SENT: _S.NEEDS_MORE},
    _K.SUPPLEMENTED: {_S.NEEDS_MORE: _S.SENT},
    _K.ANSWERED: {_S.PROCESSING: _S.ANSWERED},
    _K.SENT_BACK: {_S.ANSWERED: _S.PROCESSING},
    _K.PUBLISHED: {_S.ANSWERED: _S.PUBLISHED},
    _K.REOPENED: {_S.PUBLISHED: _S.PROCESSING},
    _K.HIDDEN: {_S.PUBLISHED: _S.PUBLISHED},
    _K.SHOWN: {_S.PUBLISHED: _S.PUBLISHED},
}


class Category(models.TextChoices):
    """Nội dung phản ánh, kiến nghị."""

    DELAY = "delay", "Chậm giải quyết"
    ATTITUDE = "attitude", "Thái độ, gây phiền hà"
    PAPERS = "papers", "Yêu cầu thêm giấy tờ ngoài quy định"
    FEE = "fee", "Phí, lệ phí"
    REGULATION = "regulation", "Quy định, thủ tục không phù hợp"
    SYSTEM = "system", "Dịch vụ công trực tuyến"
    OTHER = "other", "Nội dung khác"


class Satisfaction(models.IntegerChoices):
    """Mức độ hài lòng, the best first as people read it."""

    VERY_SATISFIED = 5, "Rất hài lòng"
    SATISFIED = 4, "Hài lòng"
    NEUTRAL = 3, "Bình thường"
    DISSATISFIED = 2, "Không hài lòng"
    VERY_DISSATISFIED = 1, "Rất không hài lòng"


class RatingSource(models.TextChoices):
    """Nơi đánh giá."""

    LINK = "link", "Qua đường dẫn, mã QR"
    COUNTER = "counter", "Tại quầy"
