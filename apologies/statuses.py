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


class Drafted(models.TextChoices):
    """Kết quả lập phiếu cho từng hồ sơ trong một đợt."""

    WAITING = "waiting", "Chờ lập"
    DRAFTED = "drafted", "Đã lập"
    UNNEEDED = "unneeded", "Không cần lập"
    FAILED = "failed", "Không lập được"


class ExtensionStatus(models.TextChoices):
    """Trạng thái phiếu đề nghị gia hạn."""

    ASKED = "asked", "Chờ lãnh đạo quyết định"
    ACCEPTED = "accepted", "Đồng ý gia hạn"
    REFUSED = "refused", "Không đồng ý gia hạn"


# One of these a dossier at a time: the law knows one new day.
LIVE_EXTENSIONS = (ExtensionStatus.ASKED, ExtensionStatus.ACCEPTED)


class DelayReason(models.TextChoices):
    """Lý do chậm, from the list; a sentence of one's own goes with it."""

    VERIFICATION = "verification", "Phải xác minh thêm thông tin"
    OPINION = "opinion", "Chờ ý kiến của cơ quan phối hợp"
    APPRAISAL = "appraisal", "Phải thẩm định, kiểm tra thực tế"
    WORKLOAD = "workload", "Số lượng hồ sơ tăng đột biến"
    SYSTEM = "system", "Hệ thống thông tin, đường truyền gặp sự cố"
    APPLICANT = "applicant", "Người nộp hồ sơ chưa phối hợp được theo lịch hẹn"
    OTHER = "other", "Lý do khác"


class Rung(models.TextChoices):
    """Bậc của thang nhắc việc, from the lowest to the highest."""

    OFFICER = "officer", "Nhắc công chức giải quyết"
    HEAD = "head", "Nhắc lãnh đạo cơ quan, kèm dự thảo phiếu xin lỗi"
    CENTRE = "centre", "Nhắc người đứng đầu bộ phận một cửa"
    DUE_DAY = "due_day", "Đến ngày hẹn trả"
    LATE = "late", "Quá hạn, báo đến Văn phòng UBND tỉnh"


# Rungs whose day an agency may set: working days before the promise.
DATED_RUNGS = (Rung.OFFICER, Rung.HEAD, Rung.CENTRE)


class Compliance(models.TextChoices):
    """Việc xin lỗi so với quy định (NĐ 61/2018 Đ19(9)): derived, never stored."""

    IN_TIME = "in_time", "Xin lỗi đúng hạn"
    LATE = "late", "Xin lỗi chậm"
    MISSING = "missing", "Chưa xin lỗi"
