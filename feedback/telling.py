"""Turns events and terms of petitions into Vietnamese sentences; asks nothing of the database."""

from collections.abc import Callable
from datetime import datetime

from dossiers.telling import moment
from dossiers.timing import Deadline
from feedback import deadlines
from feedback.access import Act
from feedback.models import Petition, PetitionEvent
from feedback.statuses import Category, PetitionEventKind, PetitionStatus
from workdays.calendar import BrokenSchedule, Calendar, CalendarGap

_S, _K = PetitionStatus, PetitionEventKind


def event(happened: PetitionEvent) -> str:
    """One sentence for one act, as the desks read it."""
    return _EVENTS[PetitionEventKind(happened.kind)](happened)


def _received(happened: PetitionEvent) -> str:
    data = happened.data
    about = Category(data["category"]).label.lower() if "category" in data else ""
    if "from_agency" in data:
        return (
            f"{happened.actor_name} phân loại là “{about}” và chuyển từ {data['from_agency']} "
            f"sang {data['agency']} trả lời."
        )
    return f"{happened.actor_name} phân loại là “{about}”, giao {data.get('agency', '')} trả lời."


def _by_actor(what: str) -> Callable[[PetitionEvent], str]:
    return lambda happened: f"{happened.actor_name} {what}"


_EVENTS: dict[PetitionEventKind, Callable[[PetitionEvent], str]] = {
    _K.SENT: _by_actor("gửi phản ánh."),
    _K.RECEIVED: _received,
    _K.REFUSED: _by_actor("từ chối tiếp nhận phản ánh."),
    _K.ASKED: _by_actor("yêu cầu người gửi bổ sung."),
    _K.SUPPLEMENTED: _by_actor("bổ sung; các hạn xử lý tính lại từ lúc này."),
    _K.ANSWERED: _by_actor("trả lời và trình lãnh đạo công khai."),
    _K.SENT_BACK: _by_actor("trả lại câu trả lời để sửa."),
    _K.PUBLISHED: _by_actor("duyệt và công khai câu trả lời."),
    _K.REOPENED: _by_actor("không đồng ý với câu trả lời và phản ánh lại."),
    _K.HIDDEN: _by_actor("ẩn phản ánh khỏi trang công khai."),
    _K.SHOWN: _by_actor("hiện lại phản ánh trên trang công khai."),
}

# What the sender reads: no names of officers, nothing of the office's own business.
_FOR_SENDER: dict[PetitionEventKind, str] = {
    _K.SENT: "Ông/bà gửi phản ánh.",
    _K.RECEIVED: "Phản ánh được tiếp nhận và giao cơ quan trả lời.",
    _K.REFUSED: "Phản ánh không được tiếp nhận.",
    _K.ASKED: "Bộ phận tiếp nhận yêu cầu bổ sung.",
    _K.SUPPLEMENTED: "Ông/bà bổ sung nội dung.",
    _K.PUBLISHED: "Cơ quan trả lời và công khai câu trả lời.",
    _K.REOPENED: "Ông/bà phản ánh lại.",
}
# The reasons that were written for the sender, and their own words.
_SHARED_REASONS = {_K.REFUSED, _K.ASKED, _K.SUPPLEMENTED, _K.REOPENED}


def event_for_sender(happened: PetitionEvent) -> tuple[str, str]:
    """The sentence and the reason that the sender may read; empty when it is not theirs."""
    kind = PetitionEventKind(happened.kind)
    reason = happened.reason if kind in _SHARED_REASONS else ""
    return _FOR_SENDER.get(kind, ""), reason


_STANDING_FOR_SENDER = {
    _S.SENT: "Phản ánh chờ được phân loại.",
    _S.NEEDS_MORE: "Phản ánh chờ ông/bà bổ sung nội dung ghi dưới đây.",
    _S.PROCESSING: "Cơ quan đang xem xét để trả lời.",
    _S.ANSWERED: "Câu trả lời chờ lãnh đạo cơ quan duyệt và công khai.",
    _S.PUBLISHED: "Cơ quan đã trả lời.",
    _S.REFUSED: "Phản ánh không được tiếp nhận; lý do ghi dưới đây.",
}


def standing_for_sender(petition: Petition) -> str:
    """Where the petition is, for its sender."""
    return _STANDING_FOR_SENDER[PetitionStatus(petition.status)]


_TURN = {
    _S.SENT: "Chờ phân loại",
    _S.NEEDS_MORE: "Chờ người gửi bổ sung",
    _S.PROCESSING: "Chờ cơ quan trả lời",
    _S.ANSWERED: "Chờ lãnh đạo duyệt, công khai",
    _S.PUBLISHED: "Đã trả lời, đã công khai",
    _S.REFUSED: "Đã từ chối tiếp nhận",
}


def turn(petition: Petition) -> str:
    """Whose turn it is."""
    return _TURN[PetitionStatus(petition.status)]


_DONE = {
    Act.RECEIVE: "Đã tiếp nhận phản ánh {code}; cơ quan phải trả lời trước {answer_by}.",
    Act.REFUSE: "Đã từ chối phản ánh {code}; người gửi đọc được lý do.",
    Act.ASK: "Đã yêu cầu bổ sung phản ánh {code}.",
    Act.ANSWER: "Đã trả lời phản ánh {code}; chờ lãnh đạo công khai.",
    Act.SEND_BACK: "Đã trả lại câu trả lời của phản ánh {code}.",
    Act.PUBLISH: "Phản ánh {code} và câu trả lời đã được công khai.",
    Act.HIDE: "Đã ẩn phản ánh {code} khỏi trang công khai.",
    Act.SHOW: "Phản ánh {code} hiện lại trên trang công khai.",
}


def done(act: Act, petition: Petition) -> str:
    """What has just been done, in one sentence."""
    return _DONE[act].format(code=petition.code, answer_by=moment(petition.answer_by))


# -- Terms ---------------------------------------------------------------------------------


def deadline(petition: Petition, *, calendar: Calendar, at: datetime) -> Deadline:
    """The term that binds now as a badge; of what is over, whether it was in time."""
    if petition.due_at is None:
        return _over(petition, at)
    word = "Công khai" if petition.status == _S.ANSWERED else "Trả lời"
    meaning = f"{word} trước {moment(petition.due_at)}"
    if petition.due_at < at:
        text = f"Quá hạn {_days(calendar, petition.due_at, at)}"
        return Deadline(state="overdue", text=text, meaning=meaning, at=petition.due_at)
    left = _days(calendar, at, petition.due_at)
    if petition.near_at is not None and petition.near_at <= at:
        return Deadline(
            state="due_soon", text=f"Sắp đến hạn: còn {left}", meaning=meaning, at=petition.due_at
        )
    if petition.status == _S.SENT and petition.refuse_by is not None:
        return _to_classify(petition.refuse_by, meaning, at)
    return Deadline(state="on_time", text=f"Còn {left}", meaning=meaning, at=petition.due_at)


def _to_classify(refuse_by: datetime, meaning: str, at: datetime) -> Deadline:
    if at <= refuse_by:
        text = f"Phân loại trước {moment(refuse_by)}"
        return Deadline(state="on_time", text=text, meaning=meaning, at=refuse_by)
    return Deadline(state="due_soon", text="Chậm phân loại", meaning=meaning, at=refuse_by)


def _over(petition: Petition, at: datetime) -> Deadline:
    if deadlines.is_late(petition, at=at):
        return Deadline(state="overdue", text="Không đúng hạn", meaning="")
    if petition.status == _S.NEEDS_MORE and petition.supplement_by is not None:
        waits = f"Người gửi bổ sung trước {moment(petition.supplement_by)}"
        return Deadline(state="paused", text="Chờ bổ sung", meaning=waits)
    return Deadline(state="on_time", text="Đúng hạn", meaning="")


def _days(calendar: Calendar, start: datetime, end: datetime) -> str:
    """Working days between two moments, whole ones; terms of petitions are counted in days."""
    try:
        days = int(calendar.working_days(start, end))
    except (CalendarGap, BrokenSchedule):
        return "(lịch làm việc chưa đủ để tính)"
    return f"{days} ngày làm việc" if days else "dưới 1 ngày làm việc"
