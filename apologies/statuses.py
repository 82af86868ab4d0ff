"""States of a letter of apology, in whose stead it is signed, and what is drawn of it."""

from django.db import models


class LetterStatus(models.TextChoices):
    """Trạng thái phiếu xin lỗi."""

    DRAFT = "draft", "Dự thảo"
    SIGNED = "signed", "Đã ký"
    WITHDRAWN = "withdrawn", "Đã thu hồi"
    OBSOLETE = "obsolete", "Không còn cần"


# One of these a dossier at a time.
LIVE_STATUSES = (LetterStatus.DRAFT, LetterStatus.SIGNED)
# The decision was made: number, day and signer stand for ever.
DECIDED_STATUSES = (LetterStatus.SIGNED, LetterStatus.WITHDRAWN)


class Authority(models.TextChoices):
    """Thẩm quyền ký (NĐ 30/2020 Đ13): the word before the title of whose place is taken."""

    HEAD = "head", "Thủ trưởng ký"
    DEPUTY = "deputy", "Ký thay (KT.)"
    BY_ORDER = "by_order", "Ký thừa lệnh (TL.)"
    DELEGATED = "delegated", "Ký thừa ủy quyền (TUQ.)"


ABBREVIATION = {
    Authority.HEAD: "",
    Authority.DEPUTY: "KT.",
    Authority.BY_ORDER: "TL.",
    Authority.DELEGATED: "TUQ.",
}


class PrintKind(models.TextChoices):
    """Bản vẽ của phiếu."""

    PREVIEW = "preview", "Bản xem trước"
    SEALED = "sealed", "Bản đã ký số"


class NoticeKind(models.TextChoices):
    """Thông báo bằng văn bản cho bộ phận một cửa về việc gì."""

    SIGNED = "signed", "Đã xin lỗi và hẹn lại"
    WITHDRAWN = "withdrawn", "Đã thu hồi phiếu xin lỗi"


class Outcome(models.TextChoices):
    """Kết quả ký từng phiếu trong một đợt."""

    WAITING = "waiting", "Chờ ký"
    SIGNED = "signed", "Đã ký"
    REFUSED = "refused", "Không ký được"
