"""States of a dossier, kinds of event, and the one table of transitions between states."""

from django.db import models


class DossierStatus(models.TextChoices):
    """Trạng thái hồ sơ."""

    SUBMITTED = "submitted", "Mới đăng ký"
    ACCEPTED = "accepted", "Đã tiếp nhận"
    NOT_ACCEPTED = "not_accepted", "Không được tiếp nhận"
    PROCESSING = "processing", "Đang giải quyết"
    AWAITING_APPROVAL = "awaiting_approval", "Chờ phê duyệt"
    AWAITING_SUPPLEMENT = "awaiting_supplement", "Chờ bổ sung hồ sơ"
    AWAITING_PAYMENT = "awaiting_payment", "Chờ thực hiện nghĩa vụ tài chính"
    RESOLVED = "resolved", "Đã có kết quả"
    RETURNED = "returned", "Đã trả kết quả"
    DECLINED = "declined", "Từ chối giải quyết"
    STOPPED = "stopped", "Dừng giải quyết"
    WITHDRAWN = "withdrawn", "Người nộp rút hồ sơ"


# National states 1–10 that DongBoHoSoMC sends (law.md 7.2).
NATIONAL_STATE = {
    DossierStatus.SUBMITTED: 1,
    DossierStatus.ACCEPTED: 2,
    DossierStatus.NOT_ACCEPTED: 3,
    DossierStatus.PROCESSING: 4,
    DossierStatus.AWAITING_APPROVAL: 4,
    DossierStatus.AWAITING_SUPPLEMENT: 5,
    DossierStatus.AWAITING_PAYMENT: 6,
    DossierStatus.RESOLVED: 9,
    DossierStatus.RETURNED: 10,
    DossierStatus.DECLINED: 3,
    DossierStatus.STOPPED: 8,
    DossierStatus.WITHDRAWN: 7,
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


# The clock stands still: the citizen has something to bring or to pay.
PAUSED_STATUSES = (
    DossierStatus.AWAITING_SUPPLEMENT,
    DossierStatus.AWAITING_PAYMENT,
)

# The clock has ended for good, whether there is a result or not; `resolved_at` says when.
ENDED_STATUSES = (
    DossierStatus.RESOLVED,
    DossierStatus.RETURNED,
    DossierStatus.DECLINED,
    DossierStatus.STOPPED,
    DossierStatus.WITHDRAWN,
)

# Somebody still has to do something: answer, transfer, resolve, wait, or hand over the result.
UNFINISHED_STATUSES = (
    DossierStatus.SUBMITTED,
    *OPEN_STATUSES,
    *PAUSED_STATUSES,
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
    SUPPLEMENT_ASKED = "supplement_asked", "Yêu cầu bổ sung hồ sơ"
    SUPPLEMENT_PARTLY = "supplement_partly", "Nhận một phần hồ sơ bổ sung"
    SUPPLEMENT_RECEIVED = "supplement_received", "Nhận hồ sơ bổ sung"
    PAUSED = "paused", "Tạm dừng tính thời hạn"
    RESUMED = "resumed", "Tính tiếp thời hạn"
    DECLINED = "declined", "Từ chối giải quyết"
    STOPPED = "stopped", "Dừng giải quyết"
    WITHDRAWN = "withdrawn", "Rút hồ sơ"
    RESCHEDULED = "rescheduled", "Hẹn lại ngày trả kết quả"
    WARNED = "warned", "Nhắc việc theo bậc thang"
    EXTENSION_ASKED = "extension_asked", "Đề nghị gia hạn"
    EXTENSION_REFUSED = "extension_refused", "Không đồng ý gia hạn"
    APOLOGY_SIGNED = "apology_signed", "Ký phiếu xin lỗi"
    APOLOGY_WITHDRAWN = "apology_withdrawn", "Thu hồi phiếu xin lỗi"
    CONSULTED = "consulted", "Lấy ý kiến cơ quan khác"
    CONSULTATION_ANSWERED = "consultation_answered", "Cơ quan phối hợp trả lời"
    CONSULTATION_LATE = "consultation_late", "Cơ quan phối hợp chậm trả lời"
    FEE_PAID = "fee_paid", "Thu phí, lệ phí"
    IMPORTED = "imported", "Nhập từ hệ thống cũ"
    CORRECTION_PROPOSED = "correction_proposed", "Đề nghị đính chính"
    CORRECTION_ACCEPTED = "correction_accepted", "Chấp nhận đính chính"
    CORRECTION_REFUSED = "correction_refused", "Không chấp nhận đính chính"
    HANDOVER = "handover", "Bàn giao hồ sơ giấy"
    HANDOVER_CONFIRMED = "handover_confirmed", "Xác nhận bàn giao hồ sơ giấy"


_S = DossierStatus
_Changes = dict[DossierStatus | None, DossierStatus]


def _staying(*statuses: DossierStatus) -> _Changes:
    """Events that leave the state as it is."""
    return {status: status for status in statuses}


def _ending(state: DossierStatus, *statuses: DossierStatus) -> _Changes:
    """Events that end the dossier in this state."""
    return dict.fromkeys(statuses, state)


_OPEN = _staying(*OPEN_STATUSES)
_ACCEPTED = _staying(*OPEN_STATUSES, *PAUSED_STATUSES, *ENDED_STATUSES)
_ANY = _staying(*DossierStatus)

# From which states each event may happen, and to which state it leads.
TRANSITIONS: dict[EventKind, _Changes] = {
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
    EventKind.SUPPLEMENT_ASKED: {_S.PROCESSING: _S.AWAITING_SUPPLEMENT},
    EventKind.SUPPLEMENT_PARTLY: _staying(_S.AWAITING_SUPPLEMENT),
    EventKind.SUPPLEMENT_RECEIVED: {_S.AWAITING_SUPPLEMENT: _S.PROCESSING},
    EventKind.PAUSED: {_S.PROCESSING: _S.AWAITING_PAYMENT},
    EventKind.RESUMED: {_S.AWAITING_PAYMENT: _S.PROCESSING},
    EventKind.DECLINED: {_S.AWAITING_APPROVAL: _S.DECLINED},
    EventKind.STOPPED: _ending(_S.STOPPED, _S.PROCESSING, *PAUSED_STATUSES),
    EventKind.WITHDRAWN: _ending(_S.WITHDRAWN, _S.SUBMITTED, *OPEN_STATUSES, *PAUSED_STATUSES),
    EventKind.RESCHEDULED: dict(_OPEN),
    EventKind.WARNED: dict(_OPEN),
    EventKind.EXTENSION_ASKED: dict(_OPEN),
    EventKind.EXTENSION_REFUSED: dict(_OPEN),
    EventKind.APOLOGY_SIGNED: dict(_OPEN),
    EventKind.APOLOGY_WITHDRAWN: dict(_ACCEPTED),
    EventKind.CONSULTED: {_S.PROCESSING: _S.PROCESSING},
    EventKind.CONSULTATION_ANSWERED: dict(_ACCEPTED),
    EventKind.CONSULTATION_LATE: dict(_ACCEPTED),
    EventKind.FEE_PAID: dict(_ACCEPTED),
    # It begins a dossier in the state that an old system claims: see `may_lead`.
    EventKind.IMPORTED: {},
    EventKind.CORRECTION_PROPOSED: dict(_ACCEPTED),
    EventKind.CORRECTION_ACCEPTED: dict(_ACCEPTED),
    EventKind.CORRECTION_REFUSED: dict(_ACCEPTED),
    EventKind.HANDOVER: dict(_ACCEPTED),
    EventKind.HANDOVER_CONFIRMED: dict(_ACCEPTED),
}

# The states in which a dossier of an old system may be taken over. One that waits for papers or
# money, or for a head, needs rows that only the acts of this portal write.
IMPORTED_STATUSES = (
    DossierStatus.SUBMITTED,
    DossierStatus.ACCEPTED,
    DossierStatus.NOT_ACCEPTED,
    DossierStatus.PROCESSING,
    DossierStatus.RESOLVED,
    DossierStatus.RETURNED,
    DossierStatus.STOPPED,
    DossierStatus.WITHDRAWN,
)


def may_lead(kind: EventKind, before: DossierStatus | None, after: str) -> bool:
    """May an event of this kind lead from one state to the other?"""
    if kind == EventKind.IMPORTED:
        return before is None and after in IMPORTED_STATUSES
    return TRANSITIONS[kind].get(before) == after


class PauseKind(models.TextChoices):
    """Vì sao tạm dừng tính thời hạn."""

    SUPPLEMENT = "supplement", "Chờ bổ sung hồ sơ"
    PAYMENT = "payment", "Chờ thực hiện nghĩa vụ tài chính"


class MomentKind(models.TextChoices):
    """Mốc thời gian có thể đính chính: the act that set it is a line of the ledger."""

    TRANSFERRED = "transferred", "Chuyển cơ quan giải quyết"
    ENDED = "ended", "Kết thúc giải quyết"
    RETURNED = "returned", "Trả kết quả"


class CorrectionStatus(models.TextChoices):
    """Trạng thái của một đề nghị đính chính."""

    PROPOSED = "proposed", "Chờ quyết định"
    ACCEPTED = "accepted", "Đã chấp nhận"
    REFUSED = "refused", "Không chấp nhận"


class Fault(models.TextChoices):
    """Nguyên nhân chậm thuộc về ai."""

    AGENCY = "agency", "Cơ quan giải quyết"
    OTHER_AGENCY = "other_agency", "Cơ quan phối hợp"
    APPLICANT = "applicant", "Người nộp hồ sơ"
    SYSTEM = "system", "Sự cố hệ thống, đường truyền"


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
    EVIDENCE = "evidence", "Tài liệu chứng minh đính chính"


class FormKind(models.TextChoices):
    """Mẫu in."""

    RECEIPT = "receipt", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    REFUSAL = "refusal", "Phiếu từ chối tiếp nhận giải quyết hồ sơ"
    SUPPLEMENT = "supplement", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"
    STOP_NOTICE = "stop_notice", "Thông báo dừng giải quyết hồ sơ"
    CONTROL_SHEET = "control_sheet", "Phiếu kiểm soát quá trình giải quyết hồ sơ"


class Timeliness(models.TextChoices):
    """So với ngày hẹn: one meaning everywhere, never stored."""

    NO_LIMIT = "no_limit", "Không quy định thời hạn"
    RUNNING = "running", "Còn hạn"
    DUE_SOON = "due_soon", "Sắp đến hạn"
    OVERDUE = "overdue", "Quá hạn"
    EARLY = "early", "Trước hạn"
    ON_TIME = "on_time", "Đúng hạn"
    LATE = "late", "Trễ hạn"
    PAUSED = "paused", "Tạm dừng"
