"""Each rule that the database keeps, asked directly and through the form's Vietnamese message."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from workdays.models import CalendarStamp, Holiday, MakeUpDay, WorkingHours, WorkSchedule

pytestmark = pytest.mark.django_db


def make_schedule(**overrides):
    return WorkSchedule(**({"code": "a", "name": "A"} | overrides))


def make_hours(**overrides):
    facts = {
        "weekday": 1, "opens_at": time(7), "closes_at": time(11), "valid_from": date(2026, 1, 1),
        "valid_until": date(2026, 6, 30),
    }  # fmt: skip
    return WorkingHours(**(facts | overrides))


def make_holiday(**overrides):
    facts = {"date": date(2026, 9, 2), "kind": "holiday", "name": "Quốc khánh"}
    return Holiday(**(facts | overrides))


def make_up_day(**overrides):
    return MakeUpDay(**({"date": date(2026, 8, 22), "name": "Làm bù"} | overrides))


def assert_refused(row, constraint, message):
    with pytest.raises(ValidationError) as refusal:
        row.validate_constraints()
    assert any(message in text for text in refusal.value.messages)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()


def test_two_schedules_cannot_share_a_code():
    make_schedule().save()
    assert_refused(make_schedule(), "work_schedule_code_unique", "hãy chọn mã khác.")


@pytest.mark.parametrize("empty", ["code", "name"])
def test_a_schedule_has_a_code_and_a_name(empty):
    assert_refused(make_schedule(**{empty: ""}), "work_schedule_named", "phải có mã và tên")


@pytest.mark.parametrize(
    ("overrides", "constraint", "message"),
    [
        ({"weekday": 8}, "working_hours_weekday_known", "không có trong tuần"),
        ({"closes_at": time(7)}, "working_hours_close_after_opening", "phải sau giờ mở cửa"),
        ({"closes_at": time(6)}, "working_hours_close_after_opening", "phải sau giờ mở cửa"),
        ({"valid_until": date(2025, 12, 31)}, "working_hours_end_after_start", "Ngày hết áp dụng"),
    ],
)
def test_hours_run_forward_on_a_known_weekday(overrides, constraint, message):
    schedule = make_schedule()
    schedule.save()
    assert_refused(make_hours(schedule=schedule, **overrides), constraint, message)


@pytest.mark.parametrize(
    "overrides",
    [
        {},
        {"opens_at": time(10, 59), "closes_at": time(12)},
        {"valid_from": date(2026, 6, 30), "valid_until": None},
        {"valid_from": date(2020, 1, 1), "valid_until": date(2026, 1, 1), "counts": False},
    ],
)
def test_hours_of_one_weekday_do_not_overlap(overrides):
    schedule = make_schedule()
    schedule.save()
    make_hours(schedule=schedule).save()
    row = make_hours(schedule=schedule, **overrides)
    assert_refused(row, "working_hours_do_not_overlap", "chồng lên một buổi khác")


@pytest.mark.parametrize(
    "overrides",
    [
        {"weekday": 2},
        {"opens_at": time(11), "closes_at": time(12)},
        {"valid_from": date(2026, 7, 1), "valid_until": None},
    ],
)
def test_hours_that_only_touch_are_kept(overrides):
    schedule = make_schedule()
    schedule.save()
    make_hours(schedule=schedule).save()

    row = make_hours(schedule=schedule, **overrides)
    row.full_clean()
    row.save()

    assert schedule.hours.count() == 2


def test_a_day_is_off_only_once():
    make_holiday().save()
    assert_refused(make_holiday(), "holiday_date_unique", "hãy sửa dòng đã nhập.")


def test_the_kind_of_a_day_off_is_known():
    assert_refused(make_holiday(kind="party"), "holiday_kind_known", "hãy chọn lại loại.")


def test_a_day_off_has_a_name():
    assert_refused(make_holiday(name=""), "holiday_named", "hãy nhập tên.")


def test_a_day_is_made_up_only_once():
    make_up_day().save()
    assert_refused(make_up_day(), "make_up_day_date_unique", "hãy sửa dòng đã nhập.")


def test_a_make_up_day_has_a_name():
    assert_refused(make_up_day(name=""), "make_up_day_named", "hãy nhập tên.")


def test_a_make_up_day_does_not_replace_itself():
    row = make_up_day(replaces_date=date(2026, 8, 22))
    assert_refused(row, "make_up_day_replaces_another", "thay cho chính nó")


def test_there_is_one_stamp():
    assert_refused(CalendarStamp(id=2, version=1), "calendar_stamp_single", "chỉ có một dòng")


def test_a_day_cannot_be_both_off_and_worked():
    make_holiday().save()

    with pytest.raises(IntegrityError, match="02/09/2026 vừa là ngày nghỉ vừa là ngày làm bù"):
        make_up_day(date=date(2026, 9, 2)).save()
