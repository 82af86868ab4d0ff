"""Filling the database: once, again, and beside what people have entered."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from tests.workdays.calendars import shipped_rows
from workdays import seeding
from workdays.models import Holiday, MakeUpDay, WorkingHours

pytestmark = pytest.mark.django_db


def test_every_line_of_the_file_arrives():
    loaded = seeding.load_calendar()

    assert loaded == (len(shipped_rows()), 0, 0)
    assert Holiday.objects.count() + MakeUpDay.objects.count() == len(shipped_rows())
    assert set(Holiday.objects.filter(is_provisional=True).dates("date", "year")) == {
        date(2027, 1, 1)
    }
    swap = MakeUpDay.objects.get(date=date(2026, 1, 10))
    assert (swap.replaces_date, swap.decision) == (date(2026, 1, 2), "12729/VPCP-KGVX")


def test_loading_twice_changes_nothing():
    seeding.load_calendar()

    assert seeding.load_calendar() == (0, 0, len(shipped_rows()))


def test_a_day_that_an_administrator_entered_is_kept():
    Holiday.objects.create(date=date(2026, 9, 2), kind="holiday", name="Lễ", decision="1/QĐ-UBND")

    seeding.load_calendar()

    assert Holiday.objects.get(date=date(2026, 9, 2)).decision == "1/QĐ-UBND"


def test_a_provisional_day_is_confirmed_by_a_definite_line():
    Holiday.objects.create(
        date=date(2026, 9, 2), kind="holiday", name="Dự kiến", is_provisional=True
    )

    loaded = seeding.load_calendar()

    day = Holiday.objects.get(date=date(2026, 9, 2))
    assert (day.name, day.is_provisional, loaded.confirmed) == ("Quốc khánh", False, 1)


def test_the_standard_schedule_is_eight_hours_from_monday_to_friday():
    schedule = seeding.standard_schedule()

    assert seeding.standard_schedule() == schedule
    assert WorkingHours.objects.filter(schedule=schedule).count() == 10
    assert sorted(set(schedule.hours.values_list("weekday", flat=True))) == [1, 2, 3, 4, 5]


def test_an_edited_standard_schedule_is_kept():
    seeding.standard_schedule().hours.filter(weekday=5).delete()

    assert seeding.standard_schedule().hours.count() == 8


def test_the_command_loads_both_and_says_so(capsys):
    call_command("load_workdays")

    assert f"thêm {len(shipped_rows())} ngày" in capsys.readouterr().out
    assert WorkingHours.objects.exists()


def test_the_command_refuses_a_file_that_it_cannot_read(tmp_path):
    broken = tmp_path / "days.csv"
    broken.write_text("date,kind\n2026-01-01,holiday\n")

    with pytest.raises(CommandError, match="Dòng 2"):
        call_command("load_workdays", "--file", str(broken))
    with pytest.raises(CommandError, match="hãy kiểm tra đường dẫn"):
        call_command("load_workdays", "--file", str(tmp_path / "absent.csv"))
    assert not Holiday.objects.exists()
