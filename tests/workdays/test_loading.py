"""The calendar from the database: kept while nothing changes, rebuilt when anything does."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from decimal import Decimal

import pytest
from django.db import connection, transaction

from tests.workdays.calendars import at
from workdays import loading, seeding
from workdays.calendar import BrokenSchedule, CalendarGap, TimeUnit
from workdays.models import CalendarStamp, Holiday, MakeUpDay, WorkingHours, WorkSchedule


@pytest.fixture
def schedule(db):
    seeding.load_calendar()
    return seeding.standard_schedule()


@pytest.fixture
def committed_schedule(django_db_setup, django_db_blocker):
    """Rows that other connections see; removed by hand, since the ledger refuses a flush."""
    with django_db_blocker.unblock():
        seeding.load_calendar()
        yield seeding.standard_schedule()
        for model in (Holiday, MakeUpDay, WorkSchedule):
            model.objects.all().delete()


def due(schedule, start="2026-06-10T09:00", limit=1):
    return loading.calendar_for(schedule.pk).add(
        start=at(start), limit=Decimal(limit), unit=TimeUnit.WORKING_DAY
    )


def test_the_database_gives_the_days_that_the_file_gives(schedule):
    assert due(schedule, "2026-04-24T09:00", 5) == at("2026-05-06T17:00")
    assert due(schedule, "2025-04-24T09:00", 3) == at("2025-04-28T17:00")


def test_an_unchanged_calendar_costs_one_query(schedule, django_assert_num_queries):
    first = loading.calendar_for(schedule.pk)

    with django_assert_num_queries(1):
        again = loading.calendar_for(schedule.pk)

    assert again is first


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda s: Holiday.objects.create(date=date(2026, 6, 11), kind="holiday", name="Bão"),
         "2026-06-12T17:00"),
        (lambda s: WorkingHours.objects.filter(closes_at=time(17)).update(closes_at=time(16, 30)),
         "2026-06-11T16:30"),
        (lambda s: WorkSchedule.objects.update(day_ends_at_close=False), "2026-06-11T09:00"),
        (lambda s: WorkingHours.objects.filter(opens_at=time(13, 30)).delete(), "2026-06-11T11:30"),
    ],
    ids=["a day off", "hours", "a setting", "a deleted session"],
)  # fmt: skip
def test_a_changed_row_shows_at_the_next_call(schedule, change, expected):
    assert due(schedule) == at("2026-06-11T17:00")

    change(schedule)

    assert due(schedule) == at(expected)


def test_a_make_up_day_added_shows_at_the_next_call(schedule):
    assert due(schedule, "2026-06-12T09:00") == at("2026-06-15T17:00")

    MakeUpDay.objects.create(date=date(2026, 6, 13), name="Làm bù")

    assert due(schedule, "2026-06-12T09:00") == at("2026-06-13T17:00")


def test_an_undone_change_does_not_stay_in_the_cache(schedule):
    def close_for_a_storm(day):
        Holiday.objects.create(date=date(2026, 6, day), kind="holiday", name="Bão")

    with transaction.atomic():
        close_for_a_storm(11)
        assert due(schedule) == at("2026-06-12T17:00")
        transaction.set_rollback(True)
    with transaction.atomic():
        close_for_a_storm(18)
        assert due(schedule) == at("2026-06-11T17:00")
        assert due(schedule, "2026-06-17T09:00") == at("2026-06-19T17:00")
        transaction.set_rollback(True)

    assert due(schedule, "2026-06-17T09:00") == at("2026-06-18T17:00")


def test_a_change_in_another_connection_is_seen_here(committed_schedule):
    assert due(committed_schedule) == at("2026-06-11T17:00")

    def elsewhere():
        Holiday.objects.create(date=date(2026, 6, 11), kind="holiday", name="Bão")
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(elsewhere).result()

    assert due(committed_schedule) == at("2026-06-12T17:00")


def test_many_threads_build_one_calendar(committed_schedule):
    def load(_):
        try:
            return loading.calendar_for(committed_schedule.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        calendars = list(pool.map(load, range(24)))

    assert len(set(map(id, calendars))) == 1


def test_a_year_only_begun_is_not_known(schedule):
    Holiday.objects.create(date=date(2028, 1, 1), kind="holiday", name="Tết Dương lịch")

    assert loading.known_years() == range(2018, 2028)


def test_a_year_left_out_between_two_others_is_a_gap(schedule):
    Holiday.objects.filter(date__year=2022).delete()

    with pytest.raises(CalendarGap, match="01/01/2022"):
        loading.calendar_for(schedule.pk)


def test_no_days_at_all_are_a_gap(db):
    with pytest.raises(CalendarGap):
        loading.calendar_for(seeding.standard_schedule().pk)


def test_a_database_without_its_stamp_is_not_trusted(schedule):
    CalendarStamp.objects.all().delete()

    with pytest.raises(CalendarGap):
        loading.calendar_for(schedule.pk)


def test_a_schedule_that_is_gone_is_refused(schedule):
    WorkSchedule.objects.all().delete()

    with pytest.raises(BrokenSchedule):
        loading.calendar_for(schedule.pk)


def test_a_schedule_without_one_weekday_is_refused(schedule):
    schedule.hours.filter(weekday=3).delete()

    with pytest.raises(BrokenSchedule, match="thứ Tư"):
        loading.calendar_for(schedule.pk)
