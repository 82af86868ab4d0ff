"""Reporting periods: their days, names and addresses, and that they tile time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.periods import PeriodLength, ReportPeriod
from reporting.refusals import UnknownPeriod

MONTH, QUARTER, HALF, YEAR = PeriodLength

lengths = st.sampled_from(list(PeriodLength))
days = st.dates(date(2001, 1, 1), date(2198, 12, 31))
moments = st.datetimes(datetime(2001, 1, 2), datetime(2198, 12, 30), timezones=st.just(UTC))
periods = st.builds(
    lambda day, length, is_statistical: ReportPeriod.containing(
        day, length, is_statistical=is_statistical
    ),
    days, lengths, st.booleans(),
)  # fmt: skip

KNOWN = [
    ("2026-11", "2026-11-01", "2026-11-30", "Tháng 11 năm 2026"),
    ("2026-02", "2026-02-01", "2026-02-28", "Tháng 2 năm 2026"),
    ("2028-02", "2028-02-01", "2028-02-29", "Tháng 2 năm 2028"),
    ("2026-12", "2026-12-01", "2026-12-31", "Tháng 12 năm 2026"),
    ("2026-Q1", "2026-01-01", "2026-03-31", "Quý I năm 2026"),
    ("2026-Q4", "2026-10-01", "2026-12-31", "Quý IV năm 2026"),
    ("2026-H1", "2026-01-01", "2026-06-30", "6 tháng đầu năm 2026"),
    ("2026-H2", "2026-07-01", "2026-12-31", "6 tháng cuối năm 2026"),
    ("2026", "2026-01-01", "2026-12-31", "Năm 2026"),
    # NĐ 09/2019 Đ12, the 15th to the 14th.
    ("2026-11-tk", "2026-10-15", "2026-11-14", "Tháng 11 năm 2026"),
    ("2026-01-tk", "2025-12-15", "2026-01-14", "Tháng 1 năm 2026"),
    ("2026-03-tk", "2026-02-15", "2026-03-14", "Tháng 3 năm 2026"),
    ("2026-Q1-tk", "2025-12-15", "2026-03-14", "Quý I năm 2026"),
    ("2026-Q2-tk", "2026-03-15", "2026-06-14", "Quý II năm 2026"),
    ("2026-Q3-tk", "2026-06-15", "2026-09-14", "Quý III năm 2026"),
    ("2026-Q4-tk", "2026-09-15", "2026-12-14", "Quý IV năm 2026"),
    ("2026-H1-tk", "2025-12-15", "2026-06-14", "6 tháng đầu năm 2026"),
    ("2026-H2-tk", "2026-06-15", "2026-12-14", "6 tháng cuối năm 2026"),
    ("2026-tk", "2025-12-15", "2026-12-14", "Năm 2026"),
]


@pytest.mark.parametrize(("code", "first", "last", "name"), KNOWN)
def test_days_and_name_of_a_period(code, first, last, name):
    period = ReportPeriod.parse(code)

    assert period.code == code
    assert (period.first_day.isoformat(), period.last_day.isoformat()) == (first, last)
    assert period.label.startswith(name)
    assert ("kỳ thống kê" in period.label) == code.endswith("-tk")


def test_the_label_of_a_statistical_period_says_its_days():
    period = ReportPeriod.parse("2026-11-tk")

    assert period.label == "Tháng 11 năm 2026 (kỳ thống kê từ 15/10/2026 đến 14/11/2026)"


def test_a_period_begins_and_ends_at_local_midnight():
    period = ReportPeriod.parse("2026-11")

    assert period.start.isoformat() == "2026-11-01T00:00:00+07:00"
    assert period.end.isoformat() == "2026-12-01T00:00:00+07:00"
    assert period.start == datetime(2026, 10, 31, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "calendar", "statistical"),
    [
        ("2026-10-31T23:59:59.999999+07:00", "2026-10", "2026-11-tk"),
        ("2026-11-01T00:00:00+07:00", "2026-11", "2026-11-tk"),
        ("2026-10-31T17:00:00+00:00", "2026-11", "2026-11-tk"),
        ("2026-11-14T23:59:59.999999+07:00", "2026-11", "2026-11-tk"),
        ("2026-11-15T00:00:00+07:00", "2026-11", "2026-12-tk"),
        ("2026-12-14T16:59:59+00:00", "2026-12", "2026-12-tk"),
        ("2026-12-14T17:00:00+00:00", "2026-12", "2027-01-tk"),
        ("2026-12-31T23:59:59+07:00", "2026-12", "2027-01-tk"),
    ],
)
def test_a_moment_lies_in_the_month_of_its_local_day(moment, calendar, statistical):
    moment = datetime.fromisoformat(moment)

    assert ReportPeriod.containing(moment, MONTH).code == calendar
    assert ReportPeriod.containing(moment, MONTH, is_statistical=True).code == statistical


def test_the_last_days_of_december_open_the_next_statistical_year():
    day = date(2026, 12, 15)

    for length, code in [(QUARTER, "2027-Q1-tk"), (HALF, "2027-H1-tk"), (YEAR, "2027-tk")]:
        assert ReportPeriod.containing(day, length, is_statistical=True).code == code


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(UnknownPeriod, match="múi giờ"):
        ReportPeriod.containing(datetime(2026, 11, 1), MONTH)
    with pytest.raises(UnknownPeriod, match="múi giờ"):
        ReportPeriod.parse("2026").contains(datetime(2026, 11, 1))


@pytest.mark.parametrize(
    "code",
    [
        "", "2026-13", "2026-00", "2026-1", "2026-001", "2026-Q0", "2026-Q5", "2026-Q04", "2026-H3",
        "2026-q4", "2026-TK", "2026-11-tk-tk", "2026-11 ", " 2026", "2026\n", "２０２６", "2026-١١",
        "1999", "2200", "0000", "26", "2026-", "2026--11", "2026-Q", "2026-W47", "năm 2026",
    ],
)  # fmt: skip
def test_a_code_that_names_no_period_is_refused(code):
    with pytest.raises(UnknownPeriod, match="hãy chọn kỳ như 2026-11"):
        ReportPeriod.parse(code)


def test_before_the_first_and_after_the_last_year_there_is_nothing():
    for code in ("2000", "2000-01", "2000-Q1-tk"):
        with pytest.raises(UnknownPeriod):
            ReportPeriod.parse(code).previous()
    for code in ("2199", "2199-12", "2199-H2-tk"):
        with pytest.raises(UnknownPeriod):
            ReportPeriod.parse(code).next()
    with pytest.raises(UnknownPeriod):
        ReportPeriod.containing(date(1999, 12, 14), YEAR, is_statistical=True)
    assert ReportPeriod.containing(date(1999, 12, 15), YEAR, is_statistical=True).code == "2000-tk"


def test_a_running_period_is_measured_to_now_and_a_past_one_to_its_end():
    period = ReportPeriod.parse("2026-11")
    within, after = period.start + timedelta(days=3), period.end + timedelta(days=3)

    assert not period.is_over(at=within)
    assert not period.is_over(at=period.end - timedelta(microseconds=1))
    assert period.is_over(at=period.end)
    assert period.measured_to(at=within) == within
    assert period.measured_to(at=after) == period.end


def test_the_trail_ends_with_the_period_itself():
    codes = [period.code for period in ReportPeriod.parse("2026-02-tk").trail(4)]

    assert codes == ["2025-11-tk", "2025-12-tk", "2026-01-tk", "2026-02-tk"]
    assert [period.code for period in ReportPeriod.parse("2001").trail(12)] == ["2000", "2001"]
    assert ReportPeriod.parse("2026").trail(0) == []


@given(periods)
def test_a_code_is_read_back(period):
    assert ReportPeriod.parse(period.code) == period


@given(periods)
def test_previous_and_next_undo_each_other(period):
    assert period.next().previous() == period
    assert period.previous().next() == period


@given(periods)
def test_periods_follow_each_other_without_gap_or_overlap(period):
    assert period.end == period.next().start
    assert period.end_day == period.next().first_day
    assert period.last_day + timedelta(days=1) == period.end_day
    assert period.first_day < period.end_day


@given(moments, lengths, st.booleans())
def test_every_moment_lies_in_exactly_one_period(moment, length, is_statistical):
    period = ReportPeriod.containing(moment, length, is_statistical=is_statistical)

    assert period.start <= moment < period.end
    assert [other.contains(moment) for other in (period.previous(), period, period.next())] == [
        False, True, False,
    ]  # fmt: skip


@given(days, lengths, st.booleans())
def test_a_day_and_each_of_its_moments_lie_in_the_same_period(day, length, is_statistical):
    period = ReportPeriod.containing(day, length, is_statistical=is_statistical)

    assert period.first_day <= day <= period.last_day
    assert period.contains(day)
    midnight = datetime.fromisoformat(f"{day}T00:00:00+07:00")
    for moment in (midnight, midnight + timedelta(days=1, microseconds=-1)):
        assert ReportPeriod.containing(moment, length, is_statistical=is_statistical) == period


@given(periods, lengths)
def test_a_period_is_made_up_of_its_parts(period, length):
    parts = list(period.parts(length))
    if not parts:
        assert list(PeriodLength).index(length) > list(PeriodLength).index(period.length)
        return

    assert parts[0].start == period.start
    assert parts[-1].end == period.end
    assert [part.next() for part in parts[:-1]] == parts[1:]
    assert {part.is_statistical for part in parts} == {period.is_statistical}


@given(days)
def test_a_statistical_day_is_the_calendar_day_about_a_fortnight_on(day):
    """The naive rule: on the 15th the office begins to count the next month."""
    counted = day if day.day < 15 else (day.replace(day=1) + timedelta(days=31))

    statistical = ReportPeriod.containing(day, MONTH, is_statistical=True)

    assert (statistical.year, statistical.number) == (counted.year, counted.month)
