"""Tells the ledger as the public may read it: no names, no reasons (TT 01/2018 Đ16, Đ17)."""

from dataclasses import dataclass

from dossiers.models import Dossier, DossierEvent
from dossiers.statuses import DossierStatus, EventKind

_PUBLIC: dict[EventKind, str] = {
    EventKind.SUBMITTED: "Hồ sơ được nộp trực tuyến.",
    EventKind.ACCEPTED: "Bộ phận một cửa tiếp nhận hồ sơ.",
    EventKind.REFUSED: "Hồ sơ không được tiếp nhận; lý do ghi trên phiếu từ chối.",
    EventKind.TRANSFERRED: "Hồ sơ được chuyển đến cơ quan giải quyết.",
    EventKind.ASSIGNED: "Cơ quan giải quyết giao người xử lý hồ sơ.",
    EventKind.PROPOSED: "Hồ sơ được thẩm định xong và trình lãnh đạo phê duyệt.",
    EventKind.SENT_BACK: "Lãnh đạo yêu cầu xử lý tiếp trước khi phê duyệt.",
    EventKind.APPROVED: "Kết quả được phê duyệt và chuyển về bộ phận một cửa.",
    EventKind.RETURNED: "Kết quả đã được trả.",
    EventKind.DUE_MOVED: "Ngày hẹn trả thay đổi theo lịch làm việc.",
    EventKind.OVERDUE: "Hồ sơ quá ngày hẹn trả kết quả.",
    EventKind.SUPPLEMENT_ASKED: "Người nộp được yêu cầu bổ sung hồ sơ; thời hạn tạm dừng.",
    EventKind.SUPPLEMENT_PARTLY: "Bộ phận một cửa nhận một phần hồ sơ bổ sung.",
    EventKind.SUPPLEMENT_RECEIVED: "Bộ phận một cửa nhận đủ hồ sơ bổ sung.",
    EventKind.PAUSED: "Hồ sơ chờ người nộp thực hiện nghĩa vụ tài chính; thời hạn tạm dừng.",
    EventKind.RESUMED: "Người nộp đã thực hiện nghĩa vụ tài chính.",
    EventKind.DECLINED: "Hồ sơ bị từ chối giải quyết; lý do ghi trên phiếu từ chối.",
    EventKind.STOPPED: "Hồ sơ được dừng giải quyết; lý do ghi trên thông báo.",
    EventKind.WITHDRAWN: "Người nộp rút hồ sơ.",
    EventKind.RESCHEDULED: "Ngày hẹn trả kết quả được hẹn lại.",
    EventKind.APOLOGY_SIGNED: "Cơ quan giải quyết gửi phiếu xin lỗi và hẹn lại ngày trả kết quả.",
    EventKind.CONSULTED: "Cơ quan giải quyết lấy ý kiến cơ quan phối hợp.",
    EventKind.IMPORTED: "Hồ sơ được chuyển từ hệ thống cũ sang.",
}


def event(happened: DossierEvent) -> str:
    """The same for the public, or nothing when it is the office's own business."""
    return _PUBLIC.get(EventKind(happened.kind), "")


_PUBLIC_STANDING: dict[DossierStatus, str] = {
    DossierStatus.SUBMITTED: "Hồ sơ chờ bộ phận một cửa tiếp nhận.",
    DossierStatus.ACCEPTED: "Bộ phận một cửa đang chuyển hồ sơ đến cơ quan giải quyết.",
    DossierStatus.NOT_ACCEPTED: "Hồ sơ không được tiếp nhận; lý do ghi trên phiếu từ chối.",
    DossierStatus.PROCESSING: "Cơ quan giải quyết đang xử lý hồ sơ.",
    DossierStatus.AWAITING_APPROVAL: "Hồ sơ chờ lãnh đạo cơ quan phê duyệt.",
    DossierStatus.RESOLVED: "Đã có kết quả. Hãy mang giấy tiếp nhận đến nhận kết quả.",
    DossierStatus.RETURNED: "Kết quả đã được trả.",
    DossierStatus.AWAITING_SUPPLEMENT: (
        "Hồ sơ chờ bổ sung. Hãy mang giấy tờ ghi trên phiếu yêu cầu đến bộ phận một cửa."
    ),
    DossierStatus.AWAITING_PAYMENT: (
        "Hồ sơ chờ người nộp thực hiện nghĩa vụ tài chính theo thông báo đã gửi."
    ),
    DossierStatus.DECLINED: "Hồ sơ bị từ chối giải quyết; lý do ghi trên phiếu từ chối.",
    DossierStatus.STOPPED: "Hồ sơ đã dừng giải quyết; lý do ghi trên thông báo.",
    DossierStatus.WITHDRAWN: "Người nộp đã rút hồ sơ.",
}


def standing(dossier: Dossier) -> str:
    """Where the dossier is, without the name of anybody."""
    return _PUBLIC_STANDING[DossierStatus(dossier.status)]


STAGES = ("Nộp hồ sơ", "Tiếp nhận", "Giải quyết", "Có kết quả", "Trả kết quả")
_STAGES_DONE = {
    DossierStatus.SUBMITTED: 1,
    DossierStatus.ACCEPTED: 2,
    DossierStatus.PROCESSING: 2,
    DossierStatus.AWAITING_APPROVAL: 2,
    DossierStatus.AWAITING_SUPPLEMENT: 2,
    DossierStatus.AWAITING_PAYMENT: 2,
    DossierStatus.RESOLVED: 4,
    DossierStatus.RETURNED: 5,
}


_WITHOUT_RESULT = {
    DossierStatus.NOT_ACCEPTED: "Hồ sơ không được tiếp nhận.",
    DossierStatus.DECLINED: "Hồ sơ bị từ chối giải quyết.",
    DossierStatus.STOPPED: "Hồ sơ đã dừng giải quyết.",
    DossierStatus.WITHDRAWN: "Người nộp đã rút hồ sơ.",
}


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Mức độ hoàn thành: all that may be told without proof of who asks (TT 01/2018 Đ16, Đ17)."""

    status: DossierStatus
    sentence: str
    stages_done: int


def progress(status: DossierStatus) -> Progress:
    """How far a dossier in this state has come."""
    if sentence := _WITHOUT_RESULT.get(status):
        return Progress(status=status, sentence=sentence, stages_done=0)
    done = _STAGES_DONE[status]
    sentence = f"Đã hoàn thành {done} trên {len(STAGES)} bước."
    return Progress(status=status, sentence=sentence, stages_done=done)
