"""Tells the ledger as the desks read it: a sentence for each event, names included."""

from collections.abc import Callable
from datetime import date, datetime

from dossiers.models import DossierEvent
from dossiers.statuses import NATIONAL_STATE_LABEL, EventKind, MomentKind, ReturnMethod
from dossiers.telling import day, moment


def event(happened: DossierEvent) -> str:
    """One sentence for one line of the ledger."""
    sentence = _EVENTS[EventKind(happened.kind)](happened)
    absent = happened.data.get("on_behalf_of")
    return f"{sentence} Xử lý thay {absent}." if absent else sentence


def reason_word(happened: DossierEvent) -> str:
    """What the event's reason is called."""
    return _REASONS.get(EventKind(happened.kind), "Lý do")


_REASONS = {
    EventKind.PROPOSED: "Ý kiến",
    EventKind.SENT_BACK: "Yêu cầu",
    EventKind.RESUMED: "Chứng từ",
    EventKind.WITHDRAWN: "Văn bản",
    EventKind.CORRECTION_REFUSED: "Vì sao",
}


def _event_accepted(happened: DossierEvent) -> str:
    due_at = happened.data.get("due_at")
    if not due_at:
        return f"{happened.actor_name} tiếp nhận hồ sơ; thủ tục không quy định thời hạn."
    promised = moment(datetime.fromisoformat(due_at))
    return f"{happened.actor_name} tiếp nhận hồ sơ, hẹn trả trước {promised}."


def _event_assigned(happened: DossierEvent) -> str:
    who, officer = happened.actor_name, happened.data.get("officer", "")
    if happened.data.get("officer_id") == happened.actor_id:
        return f"{who} nhận xử lý hồ sơ."
    if previous := happened.data.get("previous"):
        return f"{who} chuyển hồ sơ từ {previous} sang {officer} xử lý."
    return f"{who} phân công {officer} xử lý hồ sơ."


def _event_approved(happened: DossierEvent) -> str:
    data = happened.data
    issued = day(date.fromisoformat(data["issued_date"]))
    return (
        f"{happened.actor_name} phê duyệt kết quả số {data['number']} ngày {issued}, "
        f"người ký: {data['signer']}."
    )


def _event_returned(happened: DossierEvent) -> str:
    data = happened.data
    how = ReturnMethod(data["method"]).label.lower()
    return f"{happened.actor_name} trả kết quả cho {data['recipient']} {how}."


def _event_due_moved(happened: DossierEvent) -> str:
    due_at = happened.data.get("due_at")
    if not due_at:
        return "Ngày hẹn trả đổi theo lịch làm việc."
    promised = moment(datetime.fromisoformat(due_at))
    return f"Lịch làm việc thay đổi: ngày hẹn trả là {promised}."


def _event_new_due(what: str) -> Callable[[DossierEvent], str]:
    """What happened, and the day that is promised now when the event moved it."""

    def told(happened: DossierEvent) -> str:
        sentence = f"{happened.actor_name} {what}"
        if not (due_at := happened.data.get("due_at")):
            return f"{sentence}."
        return f"{sentence}; ngày hẹn trả là {moment(datetime.fromisoformat(due_at))}."

    return told


def _event_with_matter(what: str) -> Callable[[DossierEvent], str]:
    """What happened and, in the event's own words of then, about what."""

    def told(happened: DossierEvent) -> str:
        matter = happened.data.get("matter", "")
        return f"{happened.actor_name} {what}{f': {matter}' if matter else ''}."

    return told


def _event_imported(happened: DossierEvent) -> str:
    """Whose word it is: the old system's claims are told as claims."""
    data = happened.data
    status = NATIONAL_STATE_LABEL.get(data.get("national_state", 0), "không rõ")
    return (
        f"{happened.actor_name} nhập hồ sơ từ {data['source']} (mã cũ {data['legacy_code']}); "
        f"hệ thống đó ghi trạng thái “{status}”. Các việc trước đó không được ghi tại đây."
    )


def _event_correction(verb: str, ending: str = "") -> Callable[[DossierEvent], str]:
    """Which moment, what was recorded, and what is said to be true."""

    def told(happened: DossierEvent) -> str:
        data = happened.data
        what = MomentKind(data["moment"]).label.lower()
        before, after = (moment(datetime.fromisoformat(data[name])) for name in ("before", "after"))
        return f"{happened.actor_name} {verb} mốc {what}: từ {before} thành {after}{ending}."

    return told


def _by_actor(what: str) -> Callable[[DossierEvent], str]:
    return lambda happened: f"{happened.actor_name} {what}"


def _by_itself(sentence: str) -> Callable[[DossierEvent], str]:
    return lambda happened: sentence


_EVENTS: dict[EventKind, Callable[[DossierEvent], str]] = {
    EventKind.SUBMITTED: _by_itself("Người nộp gửi hồ sơ trực tuyến."),
    EventKind.ACCEPTED: _event_accepted,
    EventKind.REFUSED: _by_actor("từ chối tiếp nhận hồ sơ."),
    EventKind.TRANSFERRED: _by_actor("chuyển hồ sơ đến cơ quan giải quyết."),
    EventKind.ASSIGNED: _event_assigned,
    EventKind.PROPOSED: _by_actor("thẩm định xong và trình lãnh đạo phê duyệt."),
    EventKind.SENT_BACK: _by_actor("trả lại hồ sơ để xử lý tiếp."),
    EventKind.APPROVED: _event_approved,
    EventKind.RETURNED: _event_returned,
    EventKind.FILE_ADDED: lambda happened: (
        f"{happened.actor_name} thêm tệp “{happened.data.get('name', '')}”."
    ),
    EventKind.DUE_MOVED: _event_due_moved,
    EventKind.DUE_SOON: _by_itself("Hồ sơ sắp đến hạn trả kết quả."),
    EventKind.OVERDUE: _by_itself("Hồ sơ quá hạn trả kết quả."),
    EventKind.NOT_TRANSFERRED: _by_itself("Hồ sơ chưa được chuyển đi đúng thời hạn."),
    EventKind.NOT_ACCEPTED_IN_TIME: _by_itself("Hồ sơ trực tuyến chưa được trả lời đúng thời hạn."),
    EventKind.SUPPLEMENT_ASKED: _event_with_matter("yêu cầu bổ sung hồ sơ; thời hạn tạm dừng"),
    EventKind.SUPPLEMENT_PARTLY: _event_with_matter("nhận một phần hồ sơ bổ sung"),
    EventKind.SUPPLEMENT_RECEIVED: _event_new_due("nhận đủ hồ sơ bổ sung"),
    EventKind.PAUSED: _by_actor(
        "tạm dừng tính thời hạn trong lúc chờ người nộp thực hiện nghĩa vụ tài chính."
    ),
    EventKind.RESUMED: _event_new_due(
        "ghi nhận người nộp đã thực hiện nghĩa vụ tài chính, tính tiếp thời hạn"
    ),
    EventKind.DECLINED: _by_actor("từ chối giải quyết hồ sơ."),
    EventKind.STOPPED: _by_actor("dừng giải quyết hồ sơ."),
    EventKind.WITHDRAWN: _by_actor("ghi nhận người nộp rút hồ sơ."),
    EventKind.RESCHEDULED: _event_new_due("hẹn lại ngày trả kết quả"),
    EventKind.WARNED: _event_with_matter("nhắc việc"),
    EventKind.EXTENSION_ASKED: _event_with_matter("đề nghị gia hạn"),
    EventKind.EXTENSION_REFUSED: _by_actor("không đồng ý đề nghị gia hạn."),
    EventKind.APOLOGY_SIGNED: _event_with_matter("ký phiếu xin lỗi và hẹn lại ngày trả kết quả"),
    EventKind.APOLOGY_WITHDRAWN: _event_with_matter("thu hồi phiếu xin lỗi"),
    EventKind.CONSULTED: _event_with_matter("lấy ý kiến cơ quan phối hợp"),
    EventKind.CONSULTATION_ANSWERED: _event_with_matter("ghi nhận cơ quan phối hợp trả lời"),
    EventKind.CONSULTATION_LATE: _event_with_matter("ghi nhận cơ quan phối hợp chậm trả lời"),
    EventKind.FEE_PAID: _event_with_matter("thu phí, lệ phí"),
    EventKind.IMPORTED: _event_imported,
    EventKind.CORRECTION_PROPOSED: _event_correction("đề nghị đính chính"),
    EventKind.CORRECTION_ACCEPTED: _event_correction(
        "chấp nhận đính chính", "; mốc đã ghi vẫn giữ nguyên"
    ),
    EventKind.CORRECTION_REFUSED: _event_correction("không chấp nhận đính chính"),
    EventKind.HANDOVER: _event_with_matter("bàn giao hồ sơ giấy"),
    EventKind.HANDOVER_CONFIRMED: _event_with_matter("xác nhận bàn giao hồ sơ giấy"),
}
