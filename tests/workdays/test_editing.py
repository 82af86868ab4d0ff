"""Acts on the calendar: what they enter, and what they refuse with a sentence."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from workdays import editing, loading
from workdays.days import AddDayOff, AddMakeUpDay, ConfirmDay, RemoveDay, SwapDays
from workdays.editing import Grounds
from workdays.hours import Session
from workdays.kinds import DayOffKind
from workdays.models import Holiday, MakeUpDay, WorkSchedule
from workdays.schedules import CreateSchedule, SetHours
from workdays.seeding import load_calendar, standard_schedule

TODAY = date(2026, 11, 13)
GROUNDS = Grounds(decision="1234/TB-BNV")
STORM = AddDayOff(day=date(2026, 11, 23), kind=DayOffKind.HOLIDAY, name="Nghỉ tránh bão")
MORNING = (time(7, 30), time(11, 30))
AFTERNOON = (time(13), time(17))


@pytest.fixture
def schedule(db):
    load_calendar()
    return standard_schedule()


def make(edit, grounds=GROUNDS, today=TODAY):
    with transaction.atomic():
        editing.make(edit=edit, grounds=grounds, today=today)


def refused(edit, grounds=GROUNDS, today=TODAY):
    """The sentence of the refusal, after which nothing has changed."""
    before = _everything()
    with pytest.raises(ValidationError) as refusal:
        make(edit, grounds, today)
    assert _everything() == before
    return " ".join(refusal.value.messages)


def _everything():
    return (
        list(Holiday.objects.order_by("date").values_list("date", "name", "is_provisional")),
        list(MakeUpDay.objects.order_by("date").values_list("date", "name")),
        list(WorkSchedule.objects.order_by("id").values_list("code", "hours__valid_until")),
    )


def week(*, saturday_counts=None, without=()):
    sessions = [
        Session(weekday, *session)
        for weekday in range(1, 6)
        if weekday not in without
        for session in (MORNING, AFTERNOON)
    ]
    if saturday_counts is not None:
        sessions.append(Session(6, *MORNING, counts=saturday_counts))
    return tuple(sessions)


def test_a_day_off_is_entered_with_its_decision(schedule):
    make(STORM)

    day = Holiday.objects.get(date=date(2026, 11, 23))
    assert (day.kind, day.name, day.decision) == ("holiday", "Nghỉ tránh bão", "1234/TB-BNV")
    assert loading.calendar_for(schedule.pk).why_off(day.date) == "Nghỉ tránh bão"


def test_every_edit_needs_a_decision(schedule):
    assert "số quyết định" in refused(STORM, Grounds(decision="  "))


def test_a_day_that_is_over_needs_a_reason(schedule):
    after = date(2026, 11, 24)

    assert "ngày đã qua (23/11/2026)" in refused(STORM, today=after)

    make(STORM, Grounds(decision="1234/TB-BNV", reason="Bão đến ngày 23/11."), today=after)
    assert Holiday.objects.filter(date=STORM.day).exists()


def test_today_is_not_over_yet(schedule):
    make(STORM, today=STORM.day)

    assert Holiday.objects.filter(date=STORM.day).exists()


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (AddDayOff(day=date(2026, 11, 24), kind=DayOffKind.HOLIDAY, name="Bão"),
         "đã là ngày nghỉ (Ngày Văn hóa Việt Nam)"),
        (AddDayOff(day=date(2026, 8, 22), kind=DayOffKind.HOLIDAY, name="Bão"),
         "đã là ngày làm bù"),
        (AddDayOff(day=date(2026, 11, 28), kind=DayOffKind.COMPENSATORY, name="Nghỉ bù"),
         "ngày nghỉ hằng tuần"),
        (AddDayOff(day=date(2026, 11, 23), kind=DayOffKind.HOLIDAY, name=" "), "Hãy nhập tên"),
        (AddDayOff(day=date(2062, 11, 23), kind=DayOffKind.HOLIDAY, name="Bão"),
         "nằm ngoài lịch"),
        (AddMakeUpDay(day=date(2026, 11, 25), replaces=date(2026, 11, 24), name="Làm bù"),
         "vốn là ngày làm việc"),
        (AddMakeUpDay(day=date(2026, 11, 28), replaces=date(2026, 11, 25), name="Làm bù"),
         "chưa là ngày nghỉ"),
        (AddMakeUpDay(day=date(2026, 9, 12), replaces=date(2026, 8, 31), name="Làm bù"),
         "đã được làm bù vào thứ Bảy, ngày 22/08/2026"),
        (AddMakeUpDay(day=date(2026, 4, 26), replaces=date(2026, 4, 27), name="Làm bù"),
         "đã là ngày nghỉ"),
        (SwapDays(day_off=date(2026, 11, 28), make_up=date(2026, 12, 5)), "hằng tuần"),
        (SwapDays(day_off=date(2026, 11, 27), make_up=date(2026, 11, 30)), "vốn là ngày làm việc"),
        (RemoveDay(day=date(2026, 11, 25)), "không có trong lịch"),
        (ConfirmDay(day=date(2026, 11, 24)), "không phải ngày nghỉ tạm tính"),
    ],
)  # fmt: skip
def test_an_impossible_day_is_refused_with_a_sentence(schedule, edit, sentence):
    grounds = Grounds(decision="1/QĐ-UBND", reason="Sửa lỗi nhập.")

    said = refused(edit, grounds)

    assert sentence in said
    assert said.endswith(".")


def test_a_swap_enters_both_days_in_the_governments_words(schedule):
    """2/1/2026 was swapped for Saturday 10/1/2026 (12729/VPCP-KGVX)."""
    make(RemoveDay(day=date(2026, 1, 2)), Grounds(decision="x", reason="Nhập lại."))
    assert not MakeUpDay.objects.filter(date=date(2026, 1, 10)).exists()

    swap = SwapDays(day_off=date(2026, 1, 2), make_up=date(2026, 1, 10))
    make(swap, Grounds(decision="12729/VPCP-KGVX"), today=date(2025, 12, 20))

    off, worked = Holiday.objects.get(date=swap.day_off), MakeUpDay.objects.get(date=swap.make_up)
    assert (off.kind, off.name) == ("swapped_day_off", "Ngày nghỉ (hoán đổi với 10/01/2026)")
    assert (worked.replaces_date, worked.name) == (swap.day_off, "Làm bù cho ngày 02/01/2026")
    calendar = loading.calendar_for(schedule.pk)
    assert calendar.is_working_day(swap.make_up)
    assert not calendar.is_working_day(swap.day_off)


@pytest.mark.parametrize("half", [date(2026, 8, 31), date(2026, 8, 22)])
def test_removing_one_half_of_a_swap_removes_the_other(schedule, half):
    edit = RemoveDay(day=half)
    told = edit.sentence

    make(edit, today=date(2026, 8, 1))

    assert told == (
        "Bỏ ngày nghỉ thứ Hai, ngày 31/08/2026 và ngày làm bù thứ Bảy, ngày 22/08/2026."
    )
    assert not Holiday.objects.filter(date=date(2026, 8, 31)).exists()
    assert not MakeUpDay.objects.filter(date=date(2026, 8, 22)).exists()


def test_removing_the_make_up_day_of_a_holiday_keeps_the_holiday(schedule):
    make(AddMakeUpDay(day=date(2026, 11, 28), replaces=date(2026, 11, 24), name="Làm bù"))

    make(RemoveDay(day=date(2026, 11, 28)))

    assert Holiday.objects.filter(date=date(2026, 11, 24)).exists()
    assert not MakeUpDay.objects.filter(date=date(2026, 11, 28)).exists()


def test_a_year_may_not_lose_the_days_without_which_nobody_can_count_in_it(schedule):
    year = Holiday.objects.filter(date__year=2027, kind="holiday").order_by("date")
    spare = year.count() - loading.FEWEST_HOLIDAYS
    days = list(year.values_list("date", flat=True))
    for day in days[:spare]:
        make(RemoveDay(day=day))

    assert "năm 2027 không còn đủ ngày nghỉ" in refused(RemoveDay(day=days[spare]))


def test_a_provisional_day_is_confirmed(schedule):
    edit = AddDayOff(
        day=date(2027, 12, 31), kind=DayOffKind.HOLIDAY, name="Dự kiến", is_provisional=True
    )
    make(edit)
    assert "tạm tính" in edit.sentence

    make(ConfirmDay(day=edit.day), Grounds(decision="99/TB-BNV"))

    day = Holiday.objects.get(date=edit.day)
    assert (day.is_provisional, day.decision) == (False, "99/TB-BNV")


def test_hours_change_from_a_day_on_and_the_past_keeps_its_own(schedule):
    make(SetHours(schedule=schedule, valid_from=date(2026, 12, 1), week=week(saturday_counts=True)))

    calendar = loading.calendar_for(schedule.pk)
    assert calendar.close_of(date(2026, 11, 30)).time() == time(17)
    assert not calendar.is_working_day(date(2026, 11, 28))
    assert calendar.is_working_day(date(2026, 12, 5))
    assert calendar.close_of(date(2026, 12, 5)).time() == time(11, 30)


def test_hours_planned_later_are_replaced(schedule):
    make(SetHours(schedule=schedule, valid_from=date(2027, 1, 1), week=week(saturday_counts=True)))

    make(SetHours(schedule=schedule, valid_from=date(2026, 12, 1), week=week()))

    assert not loading.calendar_for(schedule.pk).is_working_day(date(2027, 1, 9))
    assert not schedule.hours.filter(valid_from=date(2027, 1, 1)).exists()


@pytest.mark.parametrize(
    ("sessions", "sentence"),
    [
        (week(without=(3,)), "không có giờ cho thứ Tư"),
        ((), "chưa có giờ làm việc nào"),
        ((*week(), Session(1, time(11), time(14))), "chồng lên nhau"),
        ((*week(), Session(6, time(11), time(8))), "kết thúc trước khi bắt đầu"),
    ],
)
def test_hours_that_nobody_could_count_with_are_refused(schedule, sessions, sentence):
    edit = SetHours(schedule=schedule, valid_from=date(2026, 12, 1), week=sessions)

    assert sentence in refused(edit)


def test_saturday_duty_that_does_not_count_moves_no_limit(schedule):
    make(
        SetHours(schedule=schedule, valid_from=date(2026, 12, 1), week=week(saturday_counts=False))
    )

    assert not loading.calendar_for(schedule.pk).is_working_day(date(2026, 12, 5))


def test_a_new_schedule_begins_as_a_copy_with_its_past(schedule):
    make(CreateSchedule(code="mien-nui", name="Giờ miền núi", copied_from=schedule))

    copy = WorkSchedule.objects.get(code="mien-nui")
    assert copy.hours.count() == schedule.hours.count() == 10
    calendars = [loading.calendar_for(each.pk) for each in (copy, schedule)]
    assert calendars[0].sessions == calendars[1].sessions


def test_a_schedule_code_is_given_once(schedule):
    edit = CreateSchedule(code="standard", name="Giờ khác", copied_from=schedule)

    assert "Mã lịch làm việc này đã có" in refused(edit)
