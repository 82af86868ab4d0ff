"""The calendar that ships: against an independent library, with every known difference named."""

from datetime import date, timedelta

import holidays
import pytest

from tests.workdays.calendars import STANDARD, shipped_rows
from workdays import shipped
from workdays.calendar import BrokenSchedule

SWAP_ANNOUNCED_LATE = date(2026, 1, 2)


def test_the_days_off_are_those_of_the_holidays_library_but_for_a_late_swap():
    library = set(holidays.country_holidays("VN", years=range(2018, 2028)))
    ours = {row.day for row in shipped_rows() if row.kind}

    assert ours - library == {SWAP_ANNOUNCED_LATE}
    assert library - ours == set()


def test_every_swapped_day_has_its_make_up_day_and_the_other_way_round():
    swapped = {
        (row.day, row.swapped_with) for row in shipped_rows() if row.kind == "swapped_day_off"
    }
    made_up = {(row.swapped_with, row.day) for row in shipped_rows() if not row.kind}

    assert swapped == made_up
    assert len(swapped) == 6
    assert all(day.isoweekday() == 6 for _, day in made_up)


def test_only_the_year_without_a_notice_is_provisional():
    assert {row.day.year for row in shipped_rows() if row.is_provisional} == {2027}
    assert all(row.is_provisional for row in shipped_rows() if row.day.year == 2027)


@pytest.mark.parametrize(
    ("year", "weekdays_off"),
    [
        (2024, "1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9"),
        (2025, "1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9"),
        (2026, "1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11"),
    ],
)
def test_the_weekdays_off_are_those_of_the_governments_notices(year, weekdays_off):
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
    off = [d for d in days if d.isoweekday() < 6 and not STANDARD.is_working_day(d)]

    assert " ".join(f"{d.day}/{d.month}" for d in off) == weekdays_off


@pytest.mark.parametrize(
    "line", ["2026-13-01,Thu,holiday,Tết,,,no", "2026-01-01,Thu,party,Tết,,,no"]
)
def test_a_line_that_cannot_be_read_is_named(tmp_path, line):
    path = tmp_path / "days.csv"
    path.write_text(f"date,weekday,kind,name,swapped_with,decision,provisional\n{line}\n")

    with pytest.raises(BrokenSchedule, match=r"Dòng 2 của tệp days\.csv"):
        list(shipped.read_days(path))
