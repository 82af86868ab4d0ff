"""How much working time a promise leaves, as a word, an icon's name and a length."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from dossiers import telling
from dossiers.deadlines import HERE, local_date, timeliness
from dossiers.models import Dossier, DossierStep
from dossiers.statuses import PAUSED_STATUSES, DossierStatus, Timeliness
from workdays.calendar import BrokenSchedule, Calendar, CalendarGap
from workdays.loading import calendar_for

_USUAL_DAY = timedelta(hours=8)
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A promise as a badge: its state (the icon's and the colour's name), words, and moment."""

    state: str
    text: str
    meaning: str
    at: datetime | None = None


class Calendars:
    """The calendars of one page: each asked for once."""

    def __init__(self) -> None:
        self._known: dict[int, Calendar] = {}

    def of(self, schedule_id: int) -> Calendar:
        """The calendar of this schedule."""
        if schedule_id not in self._known:
            self._known[schedule_id] = calendar_for(schedule_id)
        return self._known[schedule_id]


def deadline(dossier: Dossier, *, calendar: Calendar, at: datetime) -> Deadline:
    """Where the dossier stands against the promise that counts in its state."""
    if dossier.status == DossierStatus.SUBMITTED and dossier.accept_by:
        return _running(
            dossier.accept_by, "Phải trả lời trước", Timeliness.RUNNING, calendar=calendar, at=at
        )
    state = timeliness(dossier, at=at)
    if state == Timeliness.PAUSED or dossier.status in PAUSED_STATUSES:
        return _PAUSED
    if dossier.due_at is None or state == Timeliness.NO_LIMIT:
        return Deadline(state="none", text=_without(dossier), meaning="")
    if dossier.resolved_at is not None:
        return _resolved(dossier.due_at, dossier.resolved_at, state, calendar)
    return _running(dossier.due_at, "Hẹn trả trước", state, calendar=calendar, at=at)


_PAUSED = Deadline(
    state="paused",
    text=str(Timeliness.PAUSED.label),
    meaning="Ngày hẹn được tính lại khi người nộp làm xong việc của mình",
)


def step_deadline(step: DossierStep, *, calendar: Calendar, at: datetime) -> Deadline | None:
    """Where a desk stands against its share of the time; None when it has no moment to keep.

    Handing over has none: the result is there, and the applicant may come when they like.
    """
    if step.due_at is None or step.started_at is None or _is_handover(step):
        return None
    if step.finished_at is None and step.dossier.resolved_at is not None:
        # Declined, stopped or withdrawn: nobody works on it any more.
        return None
    if step.finished_at is None and step.dossier.status in PAUSED_STATUSES:
        return Deadline(state="paused", text=str(Timeliness.PAUSED.label), meaning="")
    if step.finished_at is None:
        return _running(step.due_at, "", Timeliness.RUNNING, calendar=calendar, at=at)
    if step.finished_at > step.due_at:
        late = _length(calendar, step.due_at, step.finished_at)
        return Deadline(state="overdue", text=f"Trễ {late}".strip(), meaning="")
    return Deadline(state="on_time", text="Đúng hạn", meaning="")


def _is_handover(step: DossierStep) -> bool:
    resolved_at = step.dossier.resolved_at
    return (
        resolved_at is not None and step.started_at is not None and step.started_at >= resolved_at
    )


def _without(dossier: Dossier) -> str:
    if dossier.status == DossierStatus.NOT_ACCEPTED:
        return "Không tiếp nhận"
    return "Không quy định thời hạn" if dossier.accepted_at else "Chưa hẹn trả"


_BADGES = {
    Timeliness.RUNNING: ("on_time", "Còn"),
    Timeliness.DUE_SOON: ("due_soon", "Sắp đến hạn: còn"),
    Timeliness.OVERDUE: ("overdue", "Quá hạn"),
}


def _running(
    due_at: datetime, promise: str, state: Timeliness, *, calendar: Calendar, at: datetime
) -> Deadline:
    badge, word = _BADGES[Timeliness.OVERDUE if due_at < at else state]
    return Deadline(
        state=badge,
        text=f"{word} {_length(calendar, at, due_at)}",
        meaning=f"{promise} {telling.moment(due_at)}".strip(),
        at=due_at,
    )


def _resolved(
    due_at: datetime, resolved_at: datetime, state: Timeliness, calendar: Calendar
) -> Deadline:
    meaning = f"Hẹn trả trước {telling.moment(due_at)}"
    if state == Timeliness.LATE:
        late = _length(calendar, due_at, resolved_at)
        return Deadline(state="overdue", text=f"Trễ hạn {late}", meaning=meaning, at=due_at)
    badge = "early" if state == Timeliness.EARLY else "on_time"
    return Deadline(state=badge, text=str(state.label), meaning=meaning, at=due_at)


def _length(calendar: Calendar, start: datetime, end: datetime) -> str:
    """The working time between two moments; a calendar without the day is said, not guessed."""
    try:
        span = calendar.working_time(start, end)
        return telling.length(span, _longest_day(calendar, local_date(end)))
    except (CalendarGap, BrokenSchedule):
        return "(lịch làm việc chưa đủ để tính)"


@lru_cache(maxsize=512)
def _longest_day(calendar: Calendar, last: date) -> timedelta:
    """The longest day of the week until then: a half-day Saturday is no whole working day."""
    midnight = datetime.combine(last, time.min, HERE)
    days = [midnight + _A_DAY * number for number in range(-6, 1)]
    return max(calendar.working_time(day, day + _A_DAY) for day in days) or _USUAL_DAY
