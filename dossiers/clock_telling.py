"""Tells what the clock of a dossier did, from the ledger: promise, pauses, changes, who, why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from dossiers import telling
from dossiers.models import DossierEvent
from dossiers.statuses import EventKind, MomentKind
from procedures.statuses import ClockEffect
from workdays.calendar import BrokenSchedule, Calendar, CalendarGap

_WORKING_DAY = timedelta(hours=8)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that the clock did, and when."""

    at: datetime
    sentence: str
    reason: str = ""


def lines(events: Iterable[DossierEvent], calendar: Calendar) -> list[Line]:
    """The story of the promise, the earliest first; empty when the clock only ran."""
    told = [
        Line(
            at=event.at,
            sentence=_KINDS[EventKind(event.kind)](event, calendar),
            reason=event.reason,
        )
        for event in sorted(events, key=lambda event: event.sequence)
        if event.kind in _KINDS
    ]
    return told if len(told) > 1 else []


def _accepted(event: DossierEvent, calendar: Calendar) -> str:
    due_at = _moment(event, "due_at")
    promised = f"hẹn trả lần đầu trước {telling.moment(due_at)}" if due_at else "không có ngày hẹn"
    return f"{event.actor_name} tiếp nhận hồ sơ, {promised}."


def _imported(event: DossierEvent, calendar: Calendar) -> str:
    due_at = _moment(event, "due_at")
    promised = f"hẹn trả trước {telling.moment(due_at)}" if due_at else "không có ngày hẹn"
    return f"Hệ thống cũ ghi {promised}; {event.actor_name} nhập hồ sơ theo ngày đó."


def _asked(event: DossierEvent, calendar: Calendar) -> str:
    number = event.data.get("number", 1)
    matter = event.data.get("matter", "")
    return f"Tạm dừng: {event.actor_name} yêu cầu bổ sung lần {number} ({matter})."


def _paused(event: DossierEvent, calendar: Calendar) -> str:
    return f"Tạm dừng: {event.actor_name} ghi nhận người nộp phải thực hiện nghĩa vụ tài chính."


def _running(word: str) -> Callable[[DossierEvent, Calendar], str]:
    def told(event: DossierEvent, calendar: Calendar) -> str:
        return f"{event.actor_name} {word}. {_after_pause(event, calendar)}".strip()

    return told


_EFFECTS = {
    ClockEffect.RESTART: "thời hạn tính lại từ đầu",
    ClockEffect.SUBTRACT: "thời gian chờ được trừ khỏi thời hạn",
    ClockEffect.SHIFT: "ngày hẹn lùi theo số ngày chờ",
}


def _after_pause(event: DossierEvent, calendar: Calendar) -> str:
    """How long the clock stood in working time, and what that did to the day."""
    since = _moment(event, "since")
    if since is None:
        return ""
    stood = f"Đồng hồ đứng từ {telling.moment(since)}{_length(calendar, since, event.at)}"
    if not _moved(event):
        return f"{stood}; ngày hẹn không đổi."
    return f"{stood}; {_EFFECTS[ClockEffect(event.data['effect'])]}: {_from_to(event)}."


def _due_moved(event: DossierEvent, calendar: Calendar) -> str:
    return f"{event.actor_name} sửa lịch làm việc: {_from_to(event)}."


def _rescheduled(event: DossierEvent, calendar: Calendar) -> str:
    return f"{event.actor_name} hẹn lại ngày trả kết quả: {_from_to(event)}."


def _corrected(event: DossierEvent, calendar: Calendar) -> str:
    """The clock itself did not move: another moment is compared with the same promise."""
    before, after = (
        telling.moment(datetime.fromisoformat(event.data[name])) for name in ("before", "after")
    )
    what = MomentKind(event.data["moment"]).label.lower()
    return (
        f"{event.actor_name} chấp nhận đính chính mốc {what}: đã ghi {before}, "
        f"thực tế {after}; ngày hẹn không đổi."
    )


def _moved(event: DossierEvent) -> bool:
    return bool(event.data.get("due_at")) and (
        event.data.get("due_at") != event.data.get("previous_due_at")
    )


def _from_to(event: DossierEvent) -> str:
    before, after = _moment(event, "previous_due_at"), _moment(event, "due_at")
    if after is None:
        return "không còn ngày hẹn"
    was = f"ngày hẹn từ {telling.moment(before)} " if before else "ngày hẹn "
    return f"{was}thành {telling.moment(after)}"


def _moment(event: DossierEvent, name: str) -> datetime | None:
    text = event.data.get(name)
    return datetime.fromisoformat(text) if text else None


def _length(calendar: Calendar, start: datetime, end: datetime) -> str:
    try:
        span = calendar.working_time(start, end)
    except (CalendarGap, BrokenSchedule):
        return ""
    if not span:
        return ", không mất giờ làm việc nào"
    return f", {telling.length(span, _WORKING_DAY)} làm việc"


_KINDS: dict[EventKind, Callable[[DossierEvent, Calendar], str]] = {
    EventKind.ACCEPTED: _accepted,
    EventKind.IMPORTED: _imported,
    EventKind.SUPPLEMENT_ASKED: _asked,
    EventKind.SUPPLEMENT_RECEIVED: _running("nhận đủ hồ sơ bổ sung"),
    EventKind.PAUSED: _paused,
    EventKind.RESUMED: _running("ghi nhận người nộp đã thực hiện nghĩa vụ tài chính"),
    EventKind.STOPPED: _running("dừng giải quyết hồ sơ"),
    EventKind.WITHDRAWN: _running("ghi nhận người nộp rút hồ sơ"),
    EventKind.DUE_MOVED: _due_moved,
    EventKind.RESCHEDULED: _rescheduled,
    EventKind.CORRECTION_ACCEPTED: _corrected,
}
