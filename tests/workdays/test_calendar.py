"""What a calendar answers about single days, and how it words its reasons."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.workdays.calendars import (
    AFTERNOON,
    MORNING,
    STANDARD,
    at,
    day,
    make_calendar,
    plain_week,
    week,
)
from workdays.calendar import BrokenSchedule, CalendarGap, Interval, Session, Step, TimeUnit


def sentences(start, limit, unit, *pauses):
    pauses = [Interval(at(begin), at(end)) for begin, end in pauses]
    explanation = STANDARD.explain(start=at(start), limit=Decimal(limit), unit=unit, pauses=pauses)
    return explanation.steps


def test_working_time_between_two_moments_leaves_out_nights_and_holidays():
    start, end = at("2026-04-24T16:00"), at("2026-04-28T08:30")

    assert STANDARD.working_time(start, end) == timedelta(hours=2, minutes=30)
    assert STANDARD.working_time(end, start) == -timedelta(hours=2, minutes=30)


def test_working_days_between_two_moments_are_parts_of_each_days_own_time():
    assert STANDARD.working_days(at("2026-06-10T07:00"), at("2026-06-12T11:00")) == Decimal("2.5")
    assert STANDARD.working_days(at("2026-06-13T09:00"), at("2026-06-12T17:00")) == 0
    assert STANDARD.working_days(at("2026-06-12T17:00"), at("2026-06-12T13:00")) == Decimal("-0.44")


def test_working_days_before_a_moment_keep_its_hour():
    assert STANDARD.add_working_days(at("2026-05-06T17:00"), -3) == at("2026-04-29T17:00")
    assert STANDARD.add_working_days(day("2026-04-25"), 0) == day("2026-04-28")
    assert STANDARD.add_working_days(day("2026-04-25"), 1) == day("2026-04-28")


def test_working_days_before_the_known_years_are_a_gap():
    with pytest.raises(CalendarGap):
        STANDARD.add_working_days(day("2018-01-03"), -5)


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-06-10T06:00", "2026-06-10T07:00"),
        ("2026-06-10T09:15", "2026-06-10T09:15"),
        ("2026-06-10T12:00", "2026-06-10T13:30"),
        ("2026-06-10T17:00", "2026-06-10T17:00"),
        ("2026-06-10T17:01", "2026-06-11T07:00"),
        ("2026-04-29T18:00", "2026-05-04T07:00"),
    ],
)
def test_the_next_opening(moment, opening):
    assert STANDARD.next_opening(at(moment)) == at(opening)


def test_the_next_opening_is_the_duty_on_saturday():
    calendar = plain_week([*week(MORNING, AFTERNOON), *week(MORNING, weekdays=[6], counts=False)])

    assert calendar.next_opening(at("2026-06-12T18:00")) == at("2026-06-13T07:00")


def test_the_counter_never_opens_after_the_known_years():
    with pytest.raises(CalendarGap):
        STANDARD.next_opening(at("2027-12-31T18:00"))


def test_why_a_day_is_off():
    assert STANDARD.why_off(day("2026-08-31")) == "Ngày nghỉ (thay cho ngày 22/08/2026)"
    assert STANDARD.why_off(day("2026-06-13")) == "thứ Bảy, ngày nghỉ hằng tuần"
    assert STANDARD.why_off(day("2026-08-22")) is None


def test_a_rest_day_has_no_close():
    with pytest.raises(BrokenSchedule, match="13/06/2026"):
        STANDARD.close_of(day("2026-06-13"))


def test_a_day_outside_the_known_years_is_neither_working_nor_off():
    with pytest.raises(CalendarGap, match="01/01/2028"):
        STANDARD.is_working_day(date(2028, 1, 1))


def test_a_calendar_cannot_be_changed_from_outside():
    days_off = dict(STANDARD.days_off)
    calendar = make_calendar(days_off=days_off)

    days_off.clear()

    assert not calendar.is_working_day(day("2026-09-02"))
    assert day("2026-09-02") in calendar.days_off
    with pytest.raises(TypeError):
        calendar.days_off[day("2026-09-02")] = None


def test_the_reasons_name_each_holiday_and_number_each_working_day():
    steps = sentences("2026-04-24T09:00", "5", TimeUnit.WORKING_DAY)

    assert steps[0] == Step(
        day("2026-04-24"),
        False,
        "Ngày tiếp nhận là ngày 0, không tính vào thời hạn (khoản 2 Điều 147 Bộ luật Dân sự 2015).",
    )
    assert Step(day("2026-04-27"), False, "Ngày Giỗ Tổ Hùng Vương (nghỉ bù): không tính.") in steps
    assert steps[-1] == Step(
        day("2026-05-06"),
        True,
        "Ngày làm việc thứ 5. Hết thời hạn lúc 17:00 thứ Tư, ngày 06/05/2026.",
    )


def test_the_reasons_say_that_a_make_up_saturday_counts():
    steps = sentences("2026-08-20T09:00", "3", TimeUnit.WORKING_DAY)

    assert (
        Step(day("2026-08-22"), True, "Ngày làm việc thứ 2 (Làm bù cho ngày 31/08/2026).") in steps
    )


def test_the_reasons_say_where_a_late_dossier_was_counted_from():
    steps = sentences("2026-06-12T17:01", "1", TimeUnit.WORKING_DAY)

    assert steps[0].why == (
        "Nhận lúc 17:01, ngoài giờ tiếp nhận: coi như tiếp nhận khi mở cửa "
        "thứ Hai, ngày 15/06/2026."
    )
    assert [step.date.day for step in steps] == [12, 13, 14, 15, 16]


def test_the_reasons_tell_what_each_pause_gave_back():
    steps = sentences(
        "2026-06-10T09:00",
        "3",
        TimeUnit.WORKING_DAY,
        ("2026-06-11T07:00", "2026-06-11T17:00"),
        ("2026-06-13T07:00", "2026-06-13T17:00"),
        ("2026-06-20T07:00", "2026-06-22T17:00"),
    )

    whys = [(step.date.day, step.counts, step.why.split(": ")[-1]) for step in steps]
    assert (11, False, "cộng lại 8 giờ làm việc vào thời hạn.") in whys
    assert (11, False, "Tạm dừng cả ngày, không tính.") in whys
    assert (13, False, "không trùng giờ làm việc nên không được cộng thêm.") in whys
    assert (20, False, "thời hạn đã hết trước khi tạm dừng nên không được cộng thêm.") in whys
    assert sum(step.counts for step in steps) == 3


def test_the_reasons_for_a_month_cite_the_civil_code_and_the_roll():
    steps = sentences("2026-03-31T09:00", "1", TimeUnit.MONTH)

    assert "1 tháng kể từ ngày 31/03/2026 kết thúc vào thứ Năm, ngày 30/04/2026" in steps[1].why
    assert "khoản 5 Điều 148" in steps[-1].why


def test_the_reasons_for_hours_say_how_long_each_day_gave():
    steps = sentences("2026-06-10T16:00", "9.5", TimeUnit.WORKING_HOUR)

    assert [step.why for step in steps if step.counts] == [
        "Tính 1 giờ làm việc.",
        "Tính 8 giờ làm việc.",
        "Tính 30 phút làm việc. Hết thời hạn lúc 07:30 thứ Sáu, ngày 12/06/2026.",
    ]


def test_sessions_may_be_given_in_any_order():
    afternoon_first = plain_week(list(reversed(week(MORNING, AFTERNOON))))

    assert afternoon_first.close_of(day("2026-06-10")) == at("2026-06-10T17:00")
    assert afternoon_first.sessions[0] == Session(1, *MORNING)


def test_moments_come_back_in_the_time_of_vietnam():
    due = STANDARD.add(
        start=datetime.fromisoformat("2026-06-10T02:00+00:00"),
        limit=Decimal(1),
        unit=TimeUnit.WORKING_DAY,
    )

    assert due.isoformat() == "2026-06-11T17:00:00+07:00"
