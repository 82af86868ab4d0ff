"""States of a dossier, kinds of event, and the one table of transitions between states."""

from django.db import models


class DossierStatus(models.TextChoices):
    """Trạng thái hồ sơ."""

    SUBMITTED = "submitted", "Mới đăng ký"
    ACCEPTED = "accepted", "Đã tiếp nhận"
    NOT_ACCEPTED = "not_accepted", "Không được tiếp nhận"
    PROCESSING = "processing", "Đang giải quyết"
    AWAITING_APPROVAL = "awaiting_approval", "Chờ phê duyệt"
    RESOLVED = "resolved", "Đã có kết quả"
    RETURNED = "returned", "Đã trả kết quả"


# National states 1–10 that DongBoHoSoMC sends (law.md 7.2); 5 to 8 arise with
# supplements, payments, withdrawal and stopping.
NATIONAL_STATE = {
    DossierStatus.SUBMITTED: 1,
    DossierStatus.ACCEPTED: 2,
    DossierStatus.NOT_ACCEPTED: 3,
    DossierStatus.PROCESSING: 4,
    DossierStatus.AWAITING_APPROVAL: 4,
    DossierStatus.RESOLVED: 9,
    DossierStatus.RETURNED: 10,
}
NATIONAL_STATE_LABEL = {
    1: "Mới đăng ký",
    2: "Được tiếp nhận",
    3: "Không được tiếp nhận",
    4: "Đang xử lý",
    5: "Yêu cầu bổ sung giấy tờ",
    6: "Yêu cầu thực hiện nghĩa vụ tài chính",
    7: "Công dân yêu cầu rút hồ sơ",
    8: "Dừng xử lý",
    9: "Đã xử lý xong",
    10: "Đã trả kết quả",
}

# The promise still runs: the only states in which a dossier can be due soon or overdue.
OPEN_STATUSES = (
    DossierStatus.ACCEPTED,
    DossierStatus.PROCESSING,
    DossierStatus.AWAITING_APPROVAL,
)


# Somebody still has to do something: answer, transfer, resolve, or hand over the result.
UNFINISHED_STATUSES = (
    DossierStatus.SUBMITTED,
    *OPEN_STATUSES,
    DossierStatus.RESOLVED,
)


class EventKind(models.TextChoices):
    """Loại sự kiện trong sổ cái của hồ sơ."""

    SUBMITTED = "submitted", "Nộp trực tuyến"
    ACCEPTED = "accepted", "Tiếp nhận"
    REFUSED = "refused", "Từ chối tiếp nhận"
    TRANSFERRED = "transferred", "Chuyển cơ quan giải quyết"
    ASSIGNED = "assigned", "Phân công"
    PROPOSED = "proposed", "Trình phê duyệt"
    SENT_BACK = "sent_back", "Trả lại để xử lý tiếp"
    APPROVED = "approved", "Phê duyệt kết quả"
    RETURNED = "returned", "Trả kết quả"
    FILE_ADDED = "file_added", "Bổ sung tệp"
    DUE_MOVED = "due_moved", "Ngày hẹn đổi theo lịch làm việc"
    DUE_SOON = "due_soon", "Sắp đến hạn"
    OVERDUE = "overdue", "Quá hạn"
    NOT_TRANSFERRED = "not_transferred", "Chưa chuyển đúng thời hạn"
    NOT_ACCEPTED_IN_TIME = "not_accepted_in_time", "Chưa tiếp nhận đúng thời hạn"


_S = DossierStatus
_OPEN: dict[DossierStatus | None, DossierStatus] = {status: status for status in OPEN_STATUSES}

# From which states each event may happen, and to which state it leads.
TRANSITIONS: dict[EventKind, dict[DossierStatus | None, DossierStatus]] = {
    EventKind.SUBMITTED: {None: _S.SUBMITTED},
    EventKind.ACCEPTED: {None: _S.ACCEPTED, _S.SUBMITTED: _S.ACCEPTED},
    EventKind.REFUSED: {None: _S.NOT_ACCEPTED, _S.SUBMITTED: _S.NOT_ACCEPTED},
    EventKind.TRANSFERRED: {_S.ACCEPTED: _S.PROCESSING},
    EventKind.ASSIGNED: {_S.PROCESSING: _S.PROCESSING},
    EventKind.PROPOSED: {_S.PROCESSING: _S.AWAITING_APPROVAL},
    EventKind.SENT_BACK: {_S.AWAITING_APPROVAL: _S.PROCESSING},
    EventKind.APPROVED: {_S.AWAITING_APPROVAL: _S.RESOLVED},
    EventKind.RETURNED: {_S.RESOLVED: _S.RETURNED},
    EventKind.FILE_ADDED: {**_OPEN, _S.SUBMITTED: _S.SUBMITTED, _S.RESOLVED: _S.RESOLVED},
    EventKind.DUE_MOVED: dict(_OPEN),
    EventKind.DUE_SOON: dict(_OPEN),
    EventKind.OVERDUE: dict(_OPEN),
    EventKind.NOT_TRANSFERRED: {_S.ACCEPTED: _S.ACCEPTED},
    EventKind.NOT_ACCEPTED_IN_TIME: {_S.SUBMITTED: _S.SUBMITTED},
}


class ApplicantKind(models.TextChoices):
    """Loại chủ hồ sơ."""

    PERSON = "person", "Cá nhân"
    ORGANISATION = "organisation", "Tổ chức, doanh nghiệp"


class ReturnMethod(models.TextChoices):
    """Nơi, cách nhận kết quả."""

    COUNTER = "counter", "Tại bộ phận một cửa"
    POST = "post", "Qua dịch vụ bưu chính"
    ONLINE = "online", "Trực tuyến"


class PaymentMethod(models.TextChoices):
    """Hình thức thanh toán; the national portal knows 1 (its own) and 2 (a local gateway)."""

    CASH = "cash", "Tiền mặt"
    TRANSFER = "transfer", "Chuyển khoản"
    NATIONAL_PORTAL = "national_portal", "Trực tuyến qua Cổng Dịch vụ công quốc gia"
    LOCAL_GATEWAY = "local_gateway", "Trực tuyến qua cổng thanh toán của tỉnh"


class AttachmentKind(models.TextChoices):
    """Loại tệp."""

    PAPER = "paper", "Giấy tờ nộp"
    DRAFT = "draft", "Dự thảo kết quả"
    RESULT = "result", "Kết quả giải quyết"


class FormKind(models.TextChoices):
    """Mẫu in."""

    RECEIPT = "receipt", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    REFUSAL = "refusal", "Phiếu từ chối tiếp nhận giải quyết hồ sơ"


class Timeliness(models.TextChoices):
    """So với ngày hẹn: one meaning everywhere, never stored."""

    NO_LIMIT = "no_limit", "Không quy định thời hạn"
    RUNNING = "running", "Còn hạn"
    DUE_SOON = "due_soon", "Sắp đến hạn"
    OVERDUE = "overdue", "Quá hạn"
    EARLY = "early", "Trước hạn"
    ON_TIME = "on_time", "Đúng hạn"
    LATE = "late", "Trễ hạn"
