"""Says moments, lengths, where a dossier stands and what an act did, in Vietnamese."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dossiers.access import Act
from dossiers.deadlines import HERE
from dossiers.models import Dossier
from dossiers.statuses import DossierStatus
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
    absent = viewer.stands_in_at.get(dossier.agency_id, ()) if viewer is not None else ()
    if dossier.assignee_id in absent:
        return place, f"Chờ bạn xử lý thay {dossier.assignee.full_name}"
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


def _awaiting_supplement(dossier: Dossier, viewer: User | None) -> tuple[str, str]:
    return _AT_COUNTER, "Chờ người nộp bổ sung hồ sơ; thời hạn tạm dừng"


def _awaiting_payment(dossier: Dossier, viewer: User | None) -> tuple[str, str]:
    return dossier.agency.short_name, "Chờ người nộp thực hiện nghĩa vụ tài chính"


def _ended(word: str) -> Callable[[Dossier, User | None], tuple[str, str]]:
    def told(dossier: Dossier, viewer: User | None) -> tuple[str, str]:
        when = f" lúc {moment(dossier.resolved_at)}" if dossier.resolved_at else ""
        return "Đã xong", f"{word}{when}"

    return told


_STANDING: dict[DossierStatus, Callable[[Dossier, User | None], tuple[str, str]]] = {
    DossierStatus.SUBMITTED: _submitted,
    DossierStatus.ACCEPTED: _accepted,
    DossierStatus.NOT_ACCEPTED: _not_accepted,
    DossierStatus.PROCESSING: _processing,
    DossierStatus.AWAITING_APPROVAL: _awaiting,
    DossierStatus.RESOLVED: _resolved,
    DossierStatus.RETURNED: _returned,
    DossierStatus.AWAITING_SUPPLEMENT: _awaiting_supplement,
    DossierStatus.AWAITING_PAYMENT: _awaiting_payment,
    DossierStatus.DECLINED: _ended("Đã từ chối giải quyết"),
    DossierStatus.STOPPED: _ended("Đã dừng giải quyết"),
    DossierStatus.WITHDRAWN: _ended("Người nộp đã rút hồ sơ"),
}


# -- What an act did ---------------------------------------------------------------------------


def done(act: Act, dossier: Dossier) -> str:
    """What was done and who is next, in one or two sentences."""
    return f"Hồ sơ {dossier.code} {_DONE[act](dossier)}"


def _done_accept(dossier: Dossier) -> str:
    if dossier.due_at is None:
        return "đã được tiếp nhận. Hãy in giấy tiếp nhận cho người nộp."
    promised = moment(dossier.due_at)
    return f"đã được tiếp nhận, hẹn trả trước {promised}. Hãy in giấy tiếp nhận cho người nộp."


def _done_receive(dossier: Dossier) -> str:
    if dossier.status == DossierStatus.AWAITING_SUPPLEMENT:
        return "đã nhận một phần hồ sơ bổ sung, còn chờ giấy tờ khác; thời hạn vẫn tạm dừng."
    return f"đã nhận đủ hồ sơ bổ sung{_promised(dossier)}. Hãy in lại giấy tiếp nhận nếu đổi ngày."


def _promised(dossier: Dossier) -> str:
    return f", hẹn trả trước {moment(dossier.due_at)}" if dossier.due_at else ""


# NĐ 61/2018 Đ20: what the applicant handed in goes back to them.
_GIVE_BACK = "Bộ phận một cửa trả lại giấy tờ đã nộp cho người nộp."

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
    Act.SETTLE_FEES: lambda _: "đã thu đủ phí, lệ phí. Hãy giao biên lai cho người nộp.",
    Act.REQUEST_SUPPLEMENT: lambda dossier: (
        f"chờ bổ sung, thời hạn tạm dừng. {dossier.counter} sẽ in phiếu yêu cầu và nhận giấy tờ."
    ),
    Act.RECEIVE_SUPPLEMENT: _done_receive,
    Act.PAUSE: lambda _: "tạm dừng tính thời hạn cho đến khi người nộp xuất trình chứng từ.",
    Act.RESUME: lambda dossier: f"được tính tiếp thời hạn{_promised(dossier)}.",
    Act.DECLINE: lambda _: f"đã bị từ chối giải quyết. Phiếu từ chối chờ in. {_GIVE_BACK}",
    Act.STOP: lambda _: f"đã dừng giải quyết. {_GIVE_BACK}",
    Act.WITHDRAW: lambda _: f"đã được rút theo yêu cầu của người nộp. {_GIVE_BACK}",
}
