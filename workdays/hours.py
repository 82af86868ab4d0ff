"""The weekly working hours of an agency as plain values, checked before they are counted on."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from itertools import combinations
from typing import NamedTuple

from workdays.kinds import Weekday
from workdays.refusals import BrokenSchedule


class Session(NamedTuple):
    """One stretch of opening hours, on one weekday, in force from and until (inclusive) a day.

    A session that does not count receives dossiers but is not working time: Saturday duty
    at the centre (Điều 11 khoản 3 Nghị định 61/2018/NĐ-CP).
    """

    weekday: int
    opens: time
    closes: time
    counts: bool = True
    valid_from: date = date.min
    valid_until: date = date.max


def checked(sessions: Iterable[Session]) -> tuple[Session, ...]:
    """The same sessions in order of the day; refuses an empty week and crossed hours."""
    ordered = tuple(sorted(sessions, key=lambda session: (session.weekday, session.opens)))
    if not any(session.counts for session in ordered):
        raise BrokenSchedule("Lịch làm việc chưa có giờ làm việc nào: hãy nhập giờ cho từng ngày.")
    for session in ordered:
        _refuse_backwards(session)
    for earlier, later in combinations(ordered, 2):
        _refuse_overlap(earlier, later)
    return ordered


def on(sessions: Sequence[Session], weekday: int, day: date) -> list[Session]:
    """The sessions of that weekday in force on that day, morning first."""
    return [
        session
        for session in sessions
        if session.weekday == weekday and session.valid_from <= day <= session.valid_until
    ]


def weekday_name(weekday: int) -> str:
    """The weekday as a sentence writes it."""
    return str(Weekday(weekday).label)


def _refuse_backwards(session: Session) -> None:
    if session.weekday not in Weekday.values:
        raise BrokenSchedule(f"Thứ {session.weekday} không có trong tuần: hãy chọn lại thứ.")
    if session.closes <= session.opens:
        raise BrokenSchedule(
            f"Giờ làm việc {weekday_name(session.weekday)} {_times(session)} kết thúc trước khi "
            "bắt đầu: hãy sửa lại giờ."
        )
    if session.valid_until < session.valid_from:
        raise BrokenSchedule(
            f"Giờ làm việc {weekday_name(session.weekday)} {_times(session)} hết hiệu lực trước "
            "khi có hiệu lực: hãy sửa lại ngày áp dụng."
        )


def _refuse_overlap(earlier: Session, later: Session) -> None:
    same_day = earlier.weekday == later.weekday and later.opens < earlier.closes
    same_time = earlier.valid_from <= later.valid_until and later.valid_from <= earlier.valid_until
    if same_day and same_time:
        raise BrokenSchedule(
            f"Giờ làm việc {weekday_name(earlier.weekday)} {_times(earlier)} và {_times(later)} "
            "chồng lên nhau: hãy sửa lại giờ."
        )


def _times(session: Session) -> str:
    return f"{session.opens:%H:%M}–{session.closes:%H:%M}"
