"""The one new day that an apology sets; the first promise is kept for ever beside it."""

from dataclasses import dataclass
from datetime import date, datetime

from dossiers import clock_facts, deadlines, steps
from dossiers.deadlines import local_date
from dossiers.holding import ActRefused, record
from dossiers.models import Dossier, Reschedule
from dossiers.statuses import EventKind, Fault
from organizations.models import User
from workdays.calendar import Calendar
from workdays.loading import calendar_for


@dataclass(frozen=True, kw_only=True)
class NewAppointment:
    """The working day that is promised instead, why, and whose doing the delay is."""

    day: date
    reason: str
    fault: Fault


def reschedule(
    *, dossier: Dossier, appointment: NewAppointment, actor: User, at: datetime
) -> Reschedule:
    """Promise the close of another working day, at most once (NĐ 61/2018 Đ19(9)).

    Needs an open transaction and the dossier under lock. Raises ActRefused when the dossier
    has no promise, was put off before, or the day will not do; TransitionRefused when it is
    not open.
    """
    calendar = calendar_for(dossier.agency.schedule_id)
    new_due_at = checked_day(dossier=dossier, day=appointment.day, calendar=calendar, at=at)
    assert dossier.due_at is not None  # noqa: S101 (checked_day has refused it)
    kept = Reschedule.objects.create(
        dossier=dossier,
        at=at,
        previous_due_at=dossier.due_at,
        new_due_at=new_due_at,
        reason=appointment.reason,
        fault=appointment.fault,
        decided_by=actor,
    )
    data = {
        "previous_due_at": _text(kept.previous_due_at),
        "due_at": _text(new_due_at),
        "fault": appointment.fault.value,
    }
    promise_again(dossier, calendar)
    record(
        dossier,
        EventKind.RESCHEDULED,
        actor,
        at,
        saves=PROMISE_FIELDS,
        reason=appointment.reason,
        data=data,
    )
    steps.plan_again(dossiers=[dossier], calendar=calendar)
    return kept


def checked_day(*, dossier: Dossier, day: date, calendar: Calendar, at: datetime) -> datetime:
    """The close of the new day; ActRefused, with what to do instead, when it will not do."""
    if dossier.due_at is None:
        raise ActRefused("Hồ sơ không có ngày hẹn trả nên không thể hẹn lại.", code="no_promise")
    if Reschedule.objects.filter(dossier=dossier).exists():
        raise ActRefused(
            "Hồ sơ đã được hẹn lại một lần; pháp luật không cho hẹn lại lần nữa. "
            "Hãy giải quyết ngay và báo cáo lãnh đạo.",
            code="rescheduled_before",
        )
    if not calendar.is_working_day(day):
        raise ActRefused(
            f"Ngày {day:%d/%m/%Y} là ngày nghỉ. Hãy chọn một ngày làm việc.", code="rest_day"
        )
    new_due_at = calendar.close_of(day)
    if new_due_at <= at or day <= local_date(dossier.due_at):
        raise ActRefused(
            "Ngày hẹn mới phải sau hôm nay và sau ngày hẹn cũ "
            f"{local_date(dossier.due_at):%d/%m/%Y}. Hãy chọn ngày muộn hơn.",
            code="day_too_early",
        )
    return new_due_at


# What a changed clock writes anew; the sweeps look at the new promise afresh.
PROMISE_FIELDS = ("due_at", "remind_at", "due_soon_noted", "overdue_noted")


def promise_again(dossier: Dossier, calendar: Calendar) -> None:
    """Compute the promise from the clock as the database has it now; the caller saves."""
    promised = deadlines.promise(
        clock=clock_facts.clock(dossier),
        calendar=calendar,
        remind_days=dossier.agency.due_soon_days,
    )
    if promised.due_at != dossier.due_at:
        dossier.due_soon_noted = dossier.overdue_noted = False
    dossier.due_at, dossier.remind_at = promised.due_at, promised.remind_at


def _text(moment: datetime) -> str:
    return moment.astimezone(deadlines.HERE).isoformat()
