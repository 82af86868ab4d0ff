"""A changed calendar moves the promises that run, as events, and nothing else."""

import json
import threading
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from dossiers import calendar_edits, calendars, intake, lifecycle, recalculation, reminders, sealing
from dossiers.calendar_edits import AttachAgency
from dossiers.consequences import difference
from dossiers.holding import ActRefused, Target
from dossiers.lifecycle import Handover, Proposal
from dossiers.models import CalendarEdit, Dossier, DossierEvent, DossierStep
from organizations.models import User
from procedures.statuses import ChannelKind
from tests.conftest import NOW, Desk, make_request, make_version
from tests.dossiers.test_lifecycle import RESULT, approved
from workdays import editing
from workdays.calendar import TimeUnit
from workdays.days import AddDayOff, RemoveDay, SwapDays
from workdays.editing import EditRefused, Grounds
from workdays.hours import Session
from workdays.kinds import DayOffKind
from workdays.loading import calendar_for
from workdays.models import Holiday, WorkSchedule
from workdays.schedules import CreateSchedule, SetHours

GROUNDS = Grounds(decision="1234/TB-BNV")
ALSO_THE_EVE = AddDayOff(day=date(2026, 11, 23), kind=DayOffKind.COMPENSATORY, name="Nghỉ thêm")
FRIDAY_OFF = AddDayOff(day=date(2026, 11, 20), kind=DayOffKind.HOLIDAY, name="Nghỉ tránh bão")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+07:00")


def apply(edit, actor, *, grounds=GROUNDS, at=NOW, seen=None):
    return calendar_edits.apply(
        edit=edit, grounds=grounds, seen=seen or calendar_edits.version(), actor=actor, at=at
    )


def preview(edit, actor, *, grounds=GROUNDS, at=NOW):
    return calendar_edits.preview(edit=edit, grounds=grounds, actor=actor, at=at)


def due(dossier: Dossier) -> datetime:
    dossier.refresh_from_db()
    assert dossier.due_at is not None
    return dossier.due_at


def test_a_day_off_announced_for_23_11_moves_that_weeks_promises_by_one_day(
    desk: Desk, administrator: User
):
    """Tuesday 24/11/2026 is the Day of Vietnamese Culture: Monday's promises go to Wednesday."""
    friday = desk.accept()
    monday = desk.accept(at=moment("2026-11-16T09:00"))
    tuesday = desk.accept(at=moment("2026-11-17T09:00"))
    assert due(monday) == moment("2026-11-23T17:00")
    assert due(tuesday) == moment("2026-11-25T17:00")

    edit = apply(ALSO_THE_EVE, administrator, at=moment("2026-11-18T10:00"))

    assert due(friday) == moment("2026-11-20T17:00")
    assert due(monday) == moment("2026-11-25T17:00")
    assert due(tuesday) == moment("2026-11-26T17:00")
    assert monday.first_due_at == moment("2026-11-23T17:00")
    assert monday.remind_at == moment("2026-11-20T17:00")
    assert edit.moved_count == 2
    assert not list(recalculation.shifts())


def test_the_event_tells_who_what_why_and_from_when_to_when(desk: Desk, administrator: User):
    dossier = desk.accept()
    at = moment("2026-11-18T10:00")

    apply(
        FRIDAY_OFF,
        administrator,
        at=at,
        grounds=Grounds(decision="1234/TB-BNV", reason="Bão số 9."),
    )

    event = dossier.events.get(kind="due_moved")
    assert (event.actor, event.at, event.from_status) == (administrator, at, "accepted")
    assert event.data == {
        "previous_due_at": "2026-11-20T17:00:00+07:00",
        "due_at": "2026-11-23T17:00:00+07:00",
        "change": "Thêm ngày nghỉ thứ Sáu, ngày 20/11/2026: Nghỉ tránh bão.",
        "decision": "1234/TB-BNV",
    }
    assert event.reason == (
        "Thêm ngày nghỉ thứ Sáu, ngày 20/11/2026: Nghỉ tránh bão. Căn cứ: 1234/TB-BNV. Bão số 9."
    )


def test_the_ledger_verifies_after_a_move(desk: Desk, administrator: User):
    desk.accept()
    approved(desk)

    apply(FRIDAY_OFF, administrator)

    verdict = sealing.verify()
    assert verdict.broken is None
    assert DossierEvent.objects.filter(kind="due_moved").count() == 1


def test_a_swap_moves_promises_both_ways(desk: Desk, administrator: User):
    """2/1/2026 off and Saturday 10/1/2026 worked: 12729/VPCP-KGVX came on 30/12/2025."""
    accepted = moment("2025-12-29T09:00")
    apply(
        RemoveDay(day=date(2026, 1, 2)), administrator, at=accepted - timedelta(days=9)
    )  # back to before the notice
    before = desk.accept(at=accepted)
    over_both = desk.accept(at=moment("2026-01-05T09:00"))
    assert due(before) == moment("2026-01-06T17:00")
    assert due(over_both) == moment("2026-01-12T17:00")
    edit = SwapDays(day_off=date(2026, 1, 2), make_up=date(2026, 1, 10))
    grounds = Grounds(decision="12729/VPCP-KGVX", reason="Thông báo đến muộn.")

    found = preview(edit, administrator, grounds=grounds, at=moment("2026-01-05T10:00"))
    apply(edit, administrator, grounds=grounds, at=moment("2026-01-05T10:00"))

    assert (found.consequences.later, found.consequences.earlier) == (1, 1)
    assert due(before) == moment("2026-01-07T17:00")
    assert due(over_both) == moment("2026-01-10T17:00")


def test_resolved_and_returned_dossiers_keep_their_promise(desk: Desk, administrator: User):
    resolved = Dossier.objects.get(code=approved(desk).code)
    returned = Dossier.objects.get(code=approved(desk).code)
    lifecycle.return_result(
        target=Target(code=returned.code),
        handover=Handover(recipient_name="Nguyễn Thị Đào"),
        actor=desk.clerk,
        at=moment("2026-11-16T09:00"),
    )
    later = moment("2026-11-24T09:00")

    apply(FRIDAY_OFF, administrator, at=later, grounds=Grounds(decision="1/QĐ", reason="Bão số 9."))

    assert due(resolved) == due(returned) == moment("2026-11-20T17:00")
    assert not DossierEvent.objects.filter(kind="due_moved").exists()


def test_an_overdue_dossier_whose_promise_moves_is_watched_afresh(desk: Desk, administrator: User):
    dossier = desk.accept()
    late = moment("2026-11-21T09:00")
    reminders.record_due_soon(at=late)
    reminders.record_overdue(at=late)
    grounds = Grounds(decision="1/QĐ-UBND", reason="Bão số 9 đóng cửa cơ quan ngày 20/11.")

    found = preview(FRIDAY_OFF, administrator, grounds=grounds, at=late)
    apply(FRIDAY_OFF, administrator, grounds=grounds, at=late)

    dossier.refresh_from_db()
    assert found.consequences.out_of_overdue == 1
    assert (dossier.due_soon_noted, dossier.overdue_noted) == (False, False)
    assert reminders.record_overdue(at=late) == 0
    assert reminders.record_overdue(at=moment("2026-11-23T17:01")) == 1


def test_a_promise_that_comes_earlier_may_be_over_at_once_and_the_preview_says_so(
    desk: Desk, administrator: User
):
    apply(FRIDAY_OFF, administrator)
    dossier = desk.accept()
    assert due(dossier) == moment("2026-11-23T17:00")
    monday = moment("2026-11-23T09:00")
    grounds = Grounds(decision="1/QĐ-UBND", reason="Cơ quan vẫn làm việc ngày 20/11.")

    found = preview(RemoveDay(day=FRIDAY_OFF.day), administrator, grounds=grounds, at=monday)

    assert (found.consequences.earlier, found.consequences.into_overdue) == (1, 1)
    assert found.consequences.shown[0].difference == "sớm hơn 1 ngày làm việc"


def test_the_transfer_of_an_accepted_dossier_moves_with_its_day(desk: Desk, administrator: User):
    after_three = desk.accept(at=moment("2026-11-19T15:30"))
    assert after_three.transfer_by == moment("2026-11-20T08:00")

    apply(FRIDAY_OFF, administrator, at=moment("2026-11-19T16:00"))

    after_three.refresh_from_db()
    assert after_three.transfer_by == moment("2026-11-23T08:00")


def test_unfinished_steps_move_and_finished_ones_stay(desk: Desk, administrator: User):
    dossier = desk.accept()
    lifecycle.transfer(target=Target(code=dossier.code), actor=desk.clerk, at=NOW)
    steps = dict(dossier.steps.values_list("position", "due_at"))
    shares = list(dossier.steps.order_by("position").values_list("share_until", flat=True))
    assert shares == [5, 75, 95, 100]

    apply(FRIDAY_OFF, administrator)

    moved = dict(dossier.steps.values_list("position", "due_at"))
    assert moved[1] == steps[1]
    assert moved[4] == moment("2026-11-23T17:00")
    assert moved[3] > steps[3]
    expected = calendar_for(dossier.agency.schedule_id)
    assert expected.working_time(NOW, moved[3]) == expected.working_time(
        NOW, moment("2026-11-23T17:00")
    ) * 95 / 100  # fmt: skip


def test_a_warning_that_moves_alone_is_no_event(desk: Desk, justice, administrator: User):
    """Seven calendar days end on Friday either way; its warning begins a day earlier."""
    version = make_version(
        justice, code="2.000001", time_limit=Decimal(7), time_unit=TimeUnit.CALENDAR_DAY
    )
    request = make_request(version, justice, desk.counter)
    dossier = intake.accept(request=request, actor=desk.clerk, at=NOW)
    assert dossier.remind_at == moment("2026-11-19T17:00")
    thursday = AddDayOff(day=date(2026, 11, 19), kind=DayOffKind.HOLIDAY, name="Nghỉ")

    edit = apply(thursday, administrator)

    assert due(dossier) == moment("2026-11-20T17:00")
    assert dossier.remind_at == moment("2026-11-18T17:00")
    assert edit.moved_count == 0
    assert not dossier.events.filter(kind="due_moved").exists()


def test_the_counters_time_to_answer_an_online_dossier_moves_too(desk: Desk, administrator: User):
    dossier = intake.submit(
        request=desk.request(channel=ChannelKind.ONLINE), at=moment("2026-11-19T09:00")
    )
    assert dossier.accept_by == moment("2026-11-20T09:00")

    apply(FRIDAY_OFF, administrator, at=moment("2026-11-19T10:00"))

    dossier.refresh_from_db()
    assert dossier.accept_by == moment("2026-11-23T09:00")


def test_the_preview_tells_and_changes_nothing(desk: Desk, administrator: User):
    dossier = desk.accept()
    days, events = Holiday.objects.count(), DossierEvent.objects.count()

    found = preview(FRIDAY_OFF, administrator)

    told = found.consequences
    assert (told.running, told.count, told.later, told.into_overdue) == (1, 1, 1, 0)
    assert told.by_agency == [("Sở Tư pháp tỉnh Nghệ An", 1)]
    assert (told.earliest, told.latest) == (moment("2026-11-23T17:00"),) * 2
    (move,) = told.shown
    assert (move.code, move.before, move.after) == (
        dossier.code, moment("2026-11-20T17:00"), moment("2026-11-23T17:00"),
    )  # fmt: skip
    assert move.difference == "muộn hơn 1 ngày làm việc"
    assert (Holiday.objects.count(), DossierEvent.objects.count()) == (days, events)
    assert due(dossier) == moment("2026-11-20T17:00")
    assert not CalendarEdit.objects.exists()
    assert not list(recalculation.shifts())


def test_hours_that_change_move_promises_by_hours(desk: Desk, justice, administrator: User):
    desk.accept()
    closing_early = tuple(
        Session(weekday, *hours)
        for weekday in range(1, 6)
        for hours in ((time(7), time(11, 30)), (time(13, 30), time(16, 30)))
    )
    edit = SetHours(schedule=justice.schedule, valid_from=date(2026, 11, 16), week=closing_early)

    found = preview(edit, administrator)

    # From 17:00 to 16:30 there is no working time by the new hours: the words still differ.
    (move,) = found.consequences.shown
    assert move.after == moment("2026-11-20T16:30")


def test_an_agency_that_moves_to_another_schedule_moves_its_own_promises_only(
    desk: Desk, justice, construction, administrator: User
):
    mine = desk.accept()
    version = make_version(construction, code="2.000002")
    request = make_request(version, construction, desk.counter)
    theirs = intake.accept(request=request, actor=desk.clerk, at=NOW)
    apply(CreateSchedule(code="moi", name="Giờ mới", copied_from=justice.schedule), administrator)
    schedule = WorkSchedule.objects.get(code="moi")
    with_saturday = tuple(Session(weekday, time(7), time(11)) for weekday in range(1, 7))
    hours = SetHours(schedule=schedule, valid_from=date(2026, 11, 14), week=with_saturday)
    assert apply(hours, administrator).moved_count == 0

    edit = apply(AttachAgency(agency=justice, schedule=schedule), administrator)

    assert edit.sentence == "Sở Tư pháp tỉnh Nghệ An làm việc theo lịch “Giờ mới”."
    assert edit.moved_count == 1
    assert due(mine) == moment("2026-11-19T11:00")
    assert due(theirs) == moment("2026-11-20T17:00")
    with pytest.raises(EditRefused, match="đã làm việc theo lịch này"):
        apply(AttachAgency(agency=justice, schedule=schedule), administrator)


def test_a_stale_preview_is_refused(desk: Desk, administrator: User):
    desk.accept()
    seen = preview(FRIDAY_OFF, administrator).seen
    apply(ALSO_THE_EVE, administrator)

    with pytest.raises(EditRefused) as refusal:
        apply(FRIDAY_OFF, administrator, seen=seen)

    assert refusal.value.code == "stale"
    assert not Holiday.objects.filter(date=FRIDAY_OFF.day).exists()


def test_a_preview_before_another_agency_moved_is_stale_too(
    desk: Desk, justice, administrator: User
):
    apply(CreateSchedule(code="moi", name="Giờ mới", copied_from=justice.schedule), administrator)
    seen = preview(FRIDAY_OFF, administrator).seen
    schedule = WorkSchedule.objects.get(code="moi")
    apply(AttachAgency(agency=justice, schedule=schedule), administrator)

    with pytest.raises(EditRefused, match="xem trước không còn đúng"):
        apply(FRIDAY_OFF, administrator, seen=seen)


def test_two_previews_leave_each_other_valid(desk: Desk, administrator: User):
    first = preview(FRIDAY_OFF, administrator)
    preview(ALSO_THE_EVE, administrator)

    assert apply(FRIDAY_OFF, administrator, seen=first.seen).moved_count == 0


@pytest.mark.parametrize("who", ["clerk", "officer", "head", "supervisor"])
def test_only_administrators_edit(desk: Desk, who, request):
    person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied, match="Chỉ quản trị hệ thống"):
        preview(FRIDAY_OFF, person)
    with pytest.raises(PermissionDenied, match="Chỉ quản trị hệ thống"):
        apply(FRIDAY_OFF, person)

    assert not Holiday.objects.filter(date=FRIDAY_OFF.day).exists()


def test_a_refused_edit_leaves_no_history(desk: Desk, administrator: User):
    with pytest.raises(ValidationError, match="đã là ngày nghỉ"):
        apply(
            AddDayOff(day=date(2026, 11, 24), kind=DayOffKind.HOLIDAY, name="Trùng"), administrator
        )

    assert not CalendarEdit.objects.exists()


def test_the_history_keeps_who_when_and_on_what_grounds(desk: Desk, administrator: User):
    desk.accept()

    apply(FRIDAY_OFF, administrator, grounds=Grounds(decision=" 1234/TB-BNV ", reason=" Bão. "))

    edit = CalendarEdit.objects.get()
    assert (edit.actor, edit.actor_name, edit.made_at) == (administrator, "Đinh Minh Quân", NOW)
    assert (edit.decision, edit.reason, edit.moved_count) == ("1234/TB-BNV", "Bão.", 1)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE dossiers_calendaredit SET decision = 'khác'",
        "DELETE FROM dossiers_calendaredit",
        "TRUNCATE dossiers_calendaredit",
    ],
)
def test_the_database_refuses_to_change_the_history(administrator: User, version, sql):
    apply(FRIDAY_OFF, administrator)
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError, match="chỉ được ghi thêm"), transaction.atomic():
        connection.cursor().execute(sql)


def test_the_database_refuses_an_edit_without_grounds(administrator: User):
    row = CalendarEdit(
        sentence="Thêm", actor=administrator, actor_name="Q", moved_count=0, made_at=NOW
    )

    with pytest.raises(IntegrityError, match="calendar_edit_has_grounds"), transaction.atomic():
        row.save()


def test_the_database_refuses_a_share_beyond_the_whole(desk: Desk):
    dossier = desk.accept()
    row = DossierStep(dossier=dossier, position=1, name="Bước", role="officer", share_until=101)

    with pytest.raises(IntegrityError, match="step_share_until_is_a_share"), transaction.atomic():
        row.save()


def test_batches_do_not_lose_anyone(desk: Desk, administrator: User, monkeypatch):
    monkeypatch.setattr(recalculation, "BATCH", 2)
    for _ in range(5):
        desk.accept()

    assert apply(FRIDAY_OFF, administrator).moved_count == 5
    assert not list(recalculation.shifts())
    assert sealing.verify().broken is None


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("2026-11-20T17:00", "2026-11-23T17:00", "muộn hơn 1 ngày làm việc"),
        ("2026-11-25T17:00", "2026-11-20T17:00", "sớm hơn 2 ngày làm việc"),
        ("2026-11-20T09:00", "2026-11-20T10:30", "muộn hơn 1 giờ 30 phút làm việc"),
        ("2026-11-20T17:00", "2026-11-23T08:00", "muộn hơn 1 giờ làm việc"),
    ],
)
def test_how_far_a_promise_moves_is_told_in_working_time(schedule, before, after, words):
    assert difference(moment(before), moment(after), calendar_for(schedule.pk)) == words


# -- Real transactions: nobody is missed, nobody interleaves ---------------------------------


def _in_thread(act) -> tuple[threading.Thread, list[Exception]]:
    failed: list[Exception] = []

    def run() -> None:
        try:
            act()
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, failed


@pytest.mark.django_db(transaction=True)
def test_an_intake_that_promised_on_the_old_calendar_is_not_missed(desk: Desk, administrator: User):
    seen = calendar_edits.version()
    with transaction.atomic():
        dossier = desk.accept()
        thread, failed = _in_thread(lambda: apply(FRIDAY_OFF, administrator, seen=seen))
        thread.join(0.7)
        assert thread.is_alive(), "the edit must wait for the intake's commit"
    thread.join(10)

    assert not failed
    assert due(dossier) == moment("2026-11-23T17:00")
    assert dossier.first_due_at == moment("2026-11-20T17:00")


@pytest.mark.django_db(transaction=True)
def test_an_intake_during_an_edit_promises_on_the_new_calendar(desk: Desk, administrator: User):
    with transaction.atomic():
        apply(FRIDAY_OFF, administrator)
        thread, failed = _in_thread(desk.accept)
        thread.join(0.7)
        assert thread.is_alive(), "the intake must wait for the edit's commit"
    thread.join(10)

    assert not failed
    dossier = Dossier.objects.get()
    assert dossier.first_due_at == dossier.due_at == moment("2026-11-23T17:00")


@pytest.mark.django_db(transaction=True)
def test_an_intake_during_a_preview_does_not_wait(desk: Desk, administrator: User):
    with transaction.atomic():
        editing.make(edit=FRIDAY_OFF, grounds=GROUNDS, today=NOW.date())
        thread, failed = _in_thread(desk.accept)
        thread.join(10)
        assert not thread.is_alive()
        transaction.set_rollback(True)

    assert not failed
    assert due(Dossier.objects.get()) == moment("2026-11-20T17:00")


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_with_the_same_preview_one_is_refused(
    desk: Desk, administrator: User
):
    desk.accept()
    seen = calendar_edits.version()
    acts = [
        _in_thread(lambda edit=edit: apply(edit, administrator, seen=seen))
        for edit in (FRIDAY_OFF, ALSO_THE_EVE)
    ]
    for thread, _ in acts:
        thread.join(15)

    (refusal,) = [error for _, failed in acts for error in failed]
    assert isinstance(refusal, EditRefused)
    assert refusal.code == "stale"
    assert CalendarEdit.objects.count() == 1
    assert not list(recalculation.shifts())


@pytest.mark.django_db(transaction=True)
def test_a_dossier_resolved_while_it_was_recomputed_keeps_its_promise(
    desk: Desk, administrator: User, monkeypatch
):
    dossier = desk.accept()
    compute = recalculation.shifts

    def then_resolved():
        found = list(compute())
        thread, failed = _in_thread(lambda: _resolve(desk, dossier))
        thread.join(10)
        assert not failed
        return found

    monkeypatch.setattr(recalculation, "shifts", then_resolved)

    assert apply(FRIDAY_OFF, administrator).moved_count == 0
    assert due(dossier) == moment("2026-11-20T17:00")


def _resolve(desk: Desk, dossier: Dossier) -> None:
    proposal = Proposal(opinion="Đủ điều kiện.")
    target = Target(code=dossier.code)
    lifecycle.transfer(target=target, actor=desk.clerk, at=NOW)
    lifecycle.take(target=target, actor=desk.officer, at=NOW)
    lifecycle.propose(target=target, proposal=proposal, actor=desk.officer, at=NOW)
    lifecycle.approve(target=target, result=RESULT, actor=desk.head, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_an_intake_that_waits_too_long_is_told_to_try_again(desk: Desk):
    def impatient() -> None:
        connection.cursor().execute("SET lock_timeout = '200ms'")
        desk.accept()

    with transaction.atomic():
        calendars.hold()
        thread, failed = _in_thread(impatient)
        thread.join(10)

    (refusal,) = failed
    assert isinstance(refusal, ActRefused)
    assert refusal.code == "calendar_busy"
    assert not Dossier.objects.exists()


# -- The command -----------------------------------------------------------------------------


def test_the_command_finds_nothing_where_all_is_right(desk: Desk):
    desk.accept()
    out = StringIO()

    call_command("check_deadlines", "--json", stdout=out)

    assert json.loads(out.getvalue()) == {"checked": 1, "different": []}


def test_the_command_finds_what_somebody_altered_and_says_so_by_its_exit_status(desk: Desk):
    desk.accept()
    altered = desk.accept()
    Dossier.objects.filter(pk=altered.pk).update(due_at=moment("2026-11-27T17:00"))
    out, told = StringIO(), StringIO()

    with pytest.raises(SystemExit) as stopped:
        call_command("check_deadlines", "--json", stdout=out)
    with pytest.raises(SystemExit):
        call_command("check_deadlines", stdout=told)

    assert stopped.value.code == 1
    assert json.loads(out.getvalue()) == {
        "checked": 2,
        "different": [
            {
                "code": altered.code,
                "stored": {"due_at": "2026-11-27T17:00:00+07:00"},
                "computed": {"due_at": "2026-11-20T17:00:00+07:00"},
            }
        ],
    }
    assert "hẹn trả đã lưu 17:00 ngày 27/11/2026, tính lại là 17:00 ngày 20/11/2026" in (
        told.getvalue()
    )


def test_the_command_finds_a_calendar_changed_past_the_page(desk: Desk):
    desk.accept()
    Holiday.objects.create(date=date(2026, 11, 20), kind="holiday", name="Nhập tay")

    with pytest.raises(SystemExit):
        call_command("check_deadlines", stdout=StringIO())
