"""Turns events, promises and steps into Vietnamese sentences; asks nothing of the database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dossiers.access import Act
from dossiers.deadlines import HERE
from dossiers.models import Dossier, DossierEvent
from dossiers.statuses import DossierStatus, EventKind, ReturnMethod
from organizations.models import User


def moment(value: datetime) -> str:
    """`17:00 ngày 20/11/2026`, local time."""
    return f"{value.astimezone(HERE):%H:%M ngày %d/%m/%Y}"


def day(value: date) -> str:
    """`20/11/2026`; a moment is turned into its local day."""
    local = value.astimezone(HERE) if isinstance(value, datetime) else value
    return f"{local:%d/%m/%Y}"


def length(span: timedelta, working_day: timedelta) -> str:
    """Working time in its two largest units: `1 ngày 3 giờ`; the sign is dropped."""
    minutes = abs(span) // timedelta(minutes=1)
    days, minutes = divmod(minutes, max(working_day // timedelta(minutes=1), 1))
    hours, minutes = divmod(minutes, 60)
    parts = [(days, "ngày"), (hours, "giờ"), (minutes, "phút")]
    said = [f"{count} {unit}" for count, unit in parts if count]
    return " ".join(said[:2]) or "dưới 1 phút"


# -- Where a dossier is, and whose turn it is ---------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where the dossier is and what it waits for."""

    place: str
    turn: str


_AT_COUNTER = "Bộ phận một cửa"


def standing(dossier: Dossier, *, viewer: User | None = None) -> Standing:
    """Where it is and whose turn; the viewer's own turn is said to them."""
    place, turn = _STANDING[DossierStatus(dossier.status)](dossier, viewer)
    return Standing(place=place, turn=turn)


def _accepted(dossier: Dossier, viewer: User | None) -> tuple[str, str]:
    until = f" trước {moment(dossier.transfer_by)}" if dossier.transfer_by else ""
    return _AT_COUNTER, f"Chờ chuyển cơ quan giải quyết{until}"


def _processing(dossier: Dossier, viewer: User | None) -> tuple[str, str]:
    place = dossier.agency.short_name
    if dossier.assignee is None:
        return place, "Chờ phân công hoặc nhận xử lý"
    if viewer is not None and dossier.assignee_id == viewer.pk:
        return place, "Bạn đang xử lý"
    return place, f"{dossier.assignee.full_name} đang xử lý"


def _awaiting(dossier: Dossier, viewer: User | None) -> tuple[str, str]:
    return dossier.agency.short_name, "Chờ lãnh đạo phê duyệt"


def _submitted(dossier: Dossier, viewer: User | None) -> tuple[str, str]:
    return _AT_COUNTER, "Chờ tiếp nhận hoặc từ chối"


def _resolved(dossier: Dossier, viewer: User | None) -> tuple[str, str]:
    return _AT_COUNTER, "Chờ trả kết quả cho người nộp"


def _returned(dossier: Dossier, viewer: User | None) -> tuple[str, str]:
    when = f" lúc {moment(dossier.returned_at)}" if dossier.returned_at else ""
    return "Đã xong", f"Đã trả kết quả{when}"


def _not_accepted(dossier: Dossier, viewer: User | None) -> tuple[str, str]:
    when = f" lúc {moment(dossier.refused_at)}" if dossier.refused_at else ""
    return "Đã xong", f"Đã từ chối tiếp nhận{when}"


_STANDING: dict[DossierStatus, Callable[[Dossier, User | None], tuple[str, str]]] = {
    DossierStatus.SUBMITTED: _submitted,
    DossierStatus.ACCEPTED: _accepted,
    DossierStatus.NOT_ACCEPTED: _not_accepted,
    DossierStatus.PROCESSING: _processing,
    DossierStatus.AWAITING_APPROVAL: _awaiting,
    DossierStatus.RESOLVED: _resolved,
    DossierStatus.RETURNED: _returned,
}


# -- What happened, as the desks read it -----------------------------------------------------


def event(happened: DossierEvent) -> str:
    """One sentence for one line of the ledger."""
    return _EVENTS[EventKind(happened.kind)](happened)


def reason_word(happened: DossierEvent) -> str:
    """What the event's reason is called."""
    return _REASONS.get(EventKind(happened.kind), "Lý do")


_REASONS = {EventKind.PROPOSED: "Ý kiến", EventKind.SENT_BACK: "Yêu cầu"}


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
}


# -- What happened, as the public may read it: no names, no reasons ---------------------------

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
}


def public_event(happened: DossierEvent) -> str:
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
}


def public_standing(dossier: Dossier) -> str:
    """Where the dossier is, without the name of anybody."""
    return _PUBLIC_STANDING[DossierStatus(dossier.status)]


STAGES = ("Nộp hồ sơ", "Tiếp nhận", "Giải quyết", "Có kết quả", "Trả kết quả")
_STAGES_DONE = {
    DossierStatus.SUBMITTED: 1,
    DossierStatus.ACCEPTED: 2,
    DossierStatus.PROCESSING: 2,
    DossierStatus.AWAITING_APPROVAL: 2,
    DossierStatus.RESOLVED: 4,
    DossierStatus.RETURNED: 5,
}


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Mức độ hoàn thành: all that may be told without proof of who asks (TT 01/2018 Đ16, Đ17)."""

    status: DossierStatus
    sentence: str
    stages_done: int


def progress(status: DossierStatus) -> Progress:
    """How far a dossier in this state has come."""
    if status == DossierStatus.NOT_ACCEPTED:
        return Progress(status=status, sentence="Hồ sơ không được tiếp nhận.", stages_done=0)
    done = _STAGES_DONE[status]
    sentence = f"Đã hoàn thành {done} trên {len(STAGES)} bước."
    return Progress(status=status, sentence=sentence, stages_done=done)


# -- What an act did ---------------------------------------------------------------------------


def done(act: Act, dossier: Dossier) -> str:
    """What was done and who is next, in one or two sentences."""
    return f"Hồ sơ {dossier.code} {_DONE[act](dossier)}"


def _done_accept(dossier: Dossier) -> str:
    if dossier.due_at is None:
        return "đã được tiếp nhận. Hãy in giấy tiếp nhận cho người nộp."
    promised = moment(dossier.due_at)
    return f"đã được tiếp nhận, hẹn trả trước {promised}. Hãy in giấy tiếp nhận cho người nộp."


_DONE: dict[Act, Callable[[Dossier], str]] = {
    Act.ACCEPT: _done_accept,
    Act.REFUSE: lambda _: "đã bị từ chối tiếp nhận. Hãy in phiếu từ chối cho người nộp.",
    Act.TRANSFER: lambda dossier: f"đã chuyển đến {dossier.agency.name}.",
    Act.TAKE: lambda _: "do bạn xử lý từ bây giờ.",
    Act.ASSIGN: lambda dossier: f"đã được giao cho {dossier.assignee} xử lý.",
    Act.PROPOSE: lambda _: "đã được trình. Lãnh đạo cơ quan sẽ phê duyệt hoặc trả lại.",
    Act.SEND_BACK: lambda dossier: (
        f"đã được trả lại cho {dossier.assignee} xử lý tiếp. Ngày hẹn trả không đổi."
    ),
    Act.APPROVE: lambda dossier: f"đã được phê duyệt. Kết quả chờ trả tại {dossier.counter}.",
    Act.RETURN: lambda dossier: f"đã trả kết quả cho {dossier.result.recipient_name}.",
    Act.ADD_FILE: lambda _: "đã có thêm tệp.",
}
