"""The promised day: the worked examples of the law, and the flaws seen in other systems."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
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
from workdays.calendar import BrokenSchedule, CalendarGap, Interval, Session, TimeUnit
from workdays.refusals import ImpossibleLimit, ImpossibleMoment, ImpossiblePause

WORKING_DAY, CALENDAR_DAY = TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY
WORKING_HOUR, MONTH = TimeUnit.WORKING_HOUR, TimeUnit.MONTH


def due(start, limit, unit=WORKING_DAY, calendar=STANDARD, pauses=()):
    pauses = [Interval(at(begin), at(end)) for begin, end in pauses]
    return calendar.add(start=at(start), limit=Decimal(limit), unit=unit, pauses=pauses)


@pytest.mark.parametrize(
    ("start", "limit", "unit", "expected"),
    [
        ("2026-04-24T09:00", "5", WORKING_DAY, "2026-05-06T17:00"),
        ("2025-04-24T09:00", "3", WORKING_DAY, "2025-04-28T17:00"),
        ("2026-08-20T09:00", "3", WORKING_DAY, "2026-08-24T17:00"),
        ("2026-08-28T09:00", "1", WORKING_DAY, "2026-09-03T17:00"),
        ("2026-08-26T09:00", "3", CALENDAR_DAY, "2026-09-03T17:00"),
    ],
)
def test_the_worked_examples_of_the_law_come_out(start, limit, unit, expected):
    assert due(start, limit, unit) == at(expected)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-06-10T16:59", "2026-06-11T17:00"),
        ("2026-06-10T17:00", "2026-06-11T17:00"),
        ("2026-06-10T17:01", "2026-06-12T17:00"),
        ("2026-06-10T17:00:00.000001", "2026-06-12T17:00"),
        ("2026-06-10T23:59", "2026-06-12T17:00"),
        ("2026-06-11T00:01", "2026-06-12T17:00"),
        ("2026-06-11T12:00", "2026-06-12T17:00"),
        ("2026-06-13T09:00", "2026-06-16T17:00"),  # a Saturday
        ("2026-02-13T09:00", "2026-02-23T17:00"),  # the eve of Tết
        ("2026-02-13T17:01", "2026-02-24T17:00"),
        ("2026-02-17T09:00", "2026-02-24T17:00"),  # the first day of Tết itself
        ("2026-01-09T09:00", "2026-01-10T17:00"),  # before a make-up Saturday
        ("2026-01-10T09:00", "2026-01-12T17:00"),  # on a make-up Saturday
    ],
)
def test_one_working_day_from_every_awkward_moment(start, expected):
    assert due(start, "1") == at(expected)


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("2026-06-10T16:59", "1", "2026-06-11T07:59"),
        ("2026-06-10T17:01", "1", "2026-06-11T08:00"),
        ("2026-06-10T12:00", "1", "2026-06-10T14:30"),
        ("2026-06-10T09:00", "2.5", "2026-06-10T11:30"),
        ("2026-06-10T09:00", "2.75", "2026-06-10T13:45"),
        ("2026-06-10T09:00", "8", "2026-06-11T09:00"),
        ("2026-06-13T09:00", "8", "2026-06-15T17:00"),
        ("2026-02-13T16:00", "2", "2026-02-23T08:00"),
        ("2026-02-17T09:00", "0.5", "2026-02-23T07:30"),
    ],
)
def test_working_hours_run_to_the_minute_through_the_sessions(start, limit, expected):
    assert due(start, limit, WORKING_HOUR) == at(expected)


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("2025-01-31T09:00", "1", "2025-03-03T17:00"),  # on Tết: day 0 is Monday 3 February
        ("2026-03-31T09:00", "1", "2026-05-04T17:00"),  # 30 April is off, then a weekend
        ("2025-12-31T09:00", "2", "2026-03-02T17:00"),  # 28 February is a Saturday
        ("2023-12-29T09:00", "2", "2024-02-29T17:00"),
        ("2026-06-10T09:00", "12", "2027-06-10T17:00"),
        ("2026-06-10T09:00", "0.5", "2026-06-25T17:00"),
        ("2026-06-10T09:00", "1.5", "2026-07-27T17:00"),  # 10 July + 15 days = Saturday
    ],
)
def test_months_follow_the_civil_code(start, limit, expected):
    assert due(start, limit, MONTH) == at(expected)


def test_part_of_a_working_day_comes_after_the_whole_days():
    assert due("2026-06-10T09:00", "1.5") == at("2026-06-12T11:00")
    assert due("2026-06-10T09:00", "0.5") == at("2026-06-11T11:00")
    assert due("2026-06-11T16:00", "1.75") == at("2026-06-15T15:00")


def test_part_of_a_calendar_day_ends_with_that_day():
    assert due("2026-06-10T09:00", "1.5", CALENDAR_DAY) == at("2026-06-12T17:00")


def test_250_working_days_run_over_two_tet():
    assert due("2025-01-20T09:00", "250") == at("2026-01-20T17:00")
    assert due("2025-01-20T09:00", "270") == at("2026-02-24T17:00")


def test_an_afternoon_without_a_session_closes_at_noon():
    friday_morning = [*week(MORNING, AFTERNOON, weekdays=range(1, 5)), *week(MORNING, weekdays=[5])]
    calendar = plain_week(friday_morning)

    assert due("2026-06-11T09:00", "1", calendar=calendar) == at("2026-06-12T11:30")
    assert due("2026-06-12T11:31", "1", calendar=calendar) == at("2026-06-16T17:00")
    assert due("2026-06-12T11:00", "1", WORKING_HOUR, calendar) == at("2026-06-15T07:30")
    assert due("2026-06-11T09:00", "0.5", calendar=calendar) == at("2026-06-12T09:15")


@pytest.mark.parametrize(
    ("closes", "hours", "expected"),
    [
        (time(16), "7", "2026-06-11T09:00"),
        (time(16, 30), "7.5", "2026-06-11T09:00"),
        (time(17), "8", "2026-06-11T09:00"),
        (time(16), "8", "2026-06-11T10:00"),
        (time(16, 30), "8", "2026-06-11T09:30"),
    ],
)
def test_days_of_seven_seven_and_a_half_and_eight_hours(closes, hours, expected):
    calendar = plain_week(week(MORNING, (time(13, 30), closes)))

    assert due("2026-06-10T09:00", hours, WORKING_HOUR, calendar) == at(expected)
    assert due("2026-06-10T09:00", "1", calendar=calendar).time() == closes


def test_saturday_duty_receives_but_does_not_count():
    calendar = plain_week([*week(MORNING, AFTERNOON), *week(MORNING, weekdays=[6], counts=False)])

    assert not calendar.is_working_day(day("2026-06-13"))
    assert due("2026-06-12T09:00", "1", calendar=calendar) == at("2026-06-15T17:00")
    assert due("2026-06-13T09:00", "1", calendar=calendar) == at("2026-06-15T17:00")
    assert due("2026-06-13T11:31", "1", calendar=calendar) == at("2026-06-16T17:00")
    assert due("2026-06-12T17:01", "1", calendar=calendar) == at("2026-06-15T17:00")
    assert due("2026-06-13T09:00", "1", WORKING_HOUR, calendar) == at("2026-06-15T08:00")


def test_a_counted_half_saturday_is_a_working_day():
    calendar = plain_week([*week(MORNING, AFTERNOON), *week(MORNING, weekdays=[6])])

    assert due("2026-06-12T09:00", "1", calendar=calendar) == at("2026-06-13T11:30")


def test_a_make_up_day_has_its_own_hours_or_those_of_the_day_it_replaces():
    friday_morning = [*week(MORNING, AFTERNOON, weekdays=range(1, 5)), *week(MORNING, weekdays=[5])]
    own = [*friday_morning, Session(0, time(8), time(12))]

    # Saturday 10 January 2026 replaces Friday 2 January.
    assert make_calendar(sessions=friday_morning).close_of(day("2026-01-10")) == at(
        "2026-01-10T11:30"
    )
    assert make_calendar(sessions=own).close_of(day("2026-01-10")) == at("2026-01-10T12:00")


def test_where_the_hour_of_acceptance_is_kept_the_last_day_ends_at_that_hour():
    calendar = make_calendar(day_ends_at_close=False)

    assert due("2026-06-10T09:00", "1", calendar=calendar) == at("2026-06-11T09:00")
    assert due("2026-06-10T12:00", "1", calendar=calendar) == at("2026-06-11T13:30")
    assert due("2026-06-10T17:01", "1", calendar=calendar) == at("2026-06-12T07:00")
    assert due("2026-06-10T05:00", "1", calendar=calendar) == at("2026-06-11T07:00")
    assert due("2026-06-10T15:00", "1.5", calendar=calendar) == at("2026-06-12T09:00")
    assert due("2026-08-26T09:00", "3", CALENDAR_DAY, calendar) == at("2026-09-03T09:00")


def test_where_closing_does_not_matter_the_day_of_receipt_is_day_zero():
    calendar = make_calendar(roll_after_closing=False)

    assert due("2026-06-10T23:59", "1", calendar=calendar) == at("2026-06-11T17:00")
    assert due("2026-06-13T09:00", "1", calendar=calendar) == at("2026-06-15T17:00")


def test_hours_change_on_the_day_that_the_schedule_says():
    calendar = plain_week(
        [
            *week((time(7), time(11)), AFTERNOON, valid_until=day("2026-06-10")),
            *week(MORNING, (time(13), time(16)), valid_from=day("2026-06-11")),
        ]
    )

    assert due("2026-06-09T09:00", "1", calendar=calendar) == at("2026-06-10T17:00")
    assert due("2026-06-10T09:00", "1", calendar=calendar) == at("2026-06-11T16:00")
    assert due("2026-06-10T16:00", "2", WORKING_HOUR, calendar) == at("2026-06-11T08:00")


def test_twenty_pauses_of_one_minute_cost_one_day_and_not_twenty():
    pauses = [(f"2026-06-11T08:{n:02}", f"2026-06-11T08:{n + 1:02}") for n in range(0, 40, 2)]

    assert due("2026-06-10T09:00", "5", pauses=pauses) == at("2026-06-18T17:00")
    assert due("2026-06-10T09:00", "16", WORKING_HOUR, pauses=pauses) == at("2026-06-12T09:20")


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ([("2026-06-11T07:00", "2026-06-11T17:00")], "2026-06-18T17:00"),
        ([("2026-06-11T07:00", "2026-06-12T07:00")], "2026-06-18T17:00"),
        ([("2026-06-11T10:00", "2026-06-12T10:00")], "2026-06-18T17:00"),
        ([("2026-06-11T10:00", "2026-06-12T10:01")], "2026-06-19T17:00"),
        ([("2026-06-13T07:00", "2026-06-14T17:00")], "2026-06-17T17:00"),  # a weekend
        ([("2026-06-11T17:00", "2026-06-12T07:00")], "2026-06-17T17:00"),  # a night
        ([("2026-06-11T07:00", "2026-06-11T13:30"), ("2026-06-11T09:00", "2026-06-11T17:00")],
         "2026-06-18T17:00"),
        ([("2026-06-17T16:59", "2026-06-18T16:59")], "2026-06-18T17:00"),
        ([("2026-06-17T17:00", "2026-06-25T17:00")], "2026-06-17T17:00"),  # already ended
        ([("2026-06-17T07:00", "2026-06-17T17:00"), ("2026-06-18T07:00", "2026-06-18T17:00")],
         "2026-06-19T17:00"),
    ],
)  # fmt: skip
def test_a_pause_adds_back_the_working_time_that_it_took(pauses, expected):
    assert due("2026-06-10T09:00", "5", pauses=pauses) == at(expected)


def test_a_pause_extends_a_calendar_limit_before_it_moves_off_the_weekend():
    one_day = [("2026-06-11T07:00", "2026-06-11T17:00")]

    assert due("2026-06-10T09:00", "3", CALENDAR_DAY) == at("2026-06-15T17:00")
    assert due("2026-06-10T09:00", "3", CALENDAR_DAY, pauses=one_day) == at("2026-06-15T17:00")
    assert due("2026-06-10T09:00", "2", CALENDAR_DAY, pauses=one_day) == at("2026-06-15T17:00")


def test_many_threads_at_once_agree():
    starts = [at("2026-01-05T07:00") + timedelta(hours=7 * n) for n in range(400)]

    def all_dues(_):
        return [STANDARD.add(start=s, limit=Decimal(7), unit=WORKING_DAY) for s in starts]

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(all_dues, range(32)))

    assert all(answer == answers[0] for answer in answers)


@pytest.mark.parametrize("limit", ["0", "-1", "NaN", "sNaN", "Infinity", "1e999999", "10000.1"])
@pytest.mark.parametrize("unit", TimeUnit.values)
def test_impossible_limits_are_refused(limit, unit):
    with pytest.raises(ImpossibleLimit):
        due("2026-06-10T09:00", limit, unit)


def test_an_unknown_unit_is_refused():
    with pytest.raises(ImpossibleLimit, match="fortnight"):
        due("2026-06-10T09:00", "1", "fortnight")


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ImpossibleMoment):
        STANDARD.add(start=datetime(2026, 6, 10, 9), limit=Decimal(1), unit=WORKING_DAY)


@pytest.mark.parametrize(
    ("begin", "end", "code"),
    [
        ("2026-06-12T09:00", "2026-06-11T09:00", "impossible_pause"),
        ("2026-06-10T08:00", "2026-06-11T09:00", "impossible_pause"),
        ("2026-06-11T09:00", None, "open_pause"),
    ],
)
def test_impossible_pauses_are_refused(begin, end, code):
    pause = Interval(at(begin), at(end) if end else None)

    with pytest.raises(ImpossiblePause) as refusal:
        STANDARD.add(
            start=at("2026-06-10T09:00"), limit=Decimal(1), unit=WORKING_DAY, pauses=[pause]
        )

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("start", "limit", "unit"),
    [
        ("2017-12-31T09:00", "1", WORKING_DAY),
        ("2028-01-01T09:00", "1", WORKING_DAY),
        ("2027-12-31T17:01", "1", WORKING_DAY),
        ("2027-12-31T17:01", "1", WORKING_HOUR),
        ("2027-12-30T09:00", "2", WORKING_DAY),
        ("2027-12-31T09:00", "0.5", WORKING_DAY),
        ("2027-12-30T09:00", "2", CALENDAR_DAY),
        ("2027-12-30T09:00", "10000", CALENDAR_DAY),
        ("2027-12-30T09:00", "1", MONTH),
        ("2027-12-30T09:00", "10000", MONTH),
        ("2027-12-31T16:00", "1.1", WORKING_HOUR),
    ],
)
def test_what_lies_outside_the_known_years_is_never_guessed(start, limit, unit):
    with pytest.raises(CalendarGap):
        due(start, limit, unit)


def test_the_last_known_day_can_still_be_promised():
    assert due("2027-12-30T09:00", "1") == at("2027-12-31T17:00")


def test_what_lies_before_the_first_hours_is_a_gap():
    calendar = plain_week(week(MORNING, valid_from=day("2026-07-01")))

    with pytest.raises(CalendarGap):
        due("2026-06-30T09:00", "1", calendar=calendar)


@pytest.mark.parametrize(
    "sessions",
    [
        [],
        week(MORNING, counts=False),
        week(MORNING, weekdays=[1, 2, 4, 5]),
        week((time(11, 30), time(7))),
        week((time(7), time(7))),
        week(MORNING, (time(11), time(15))),
        week(MORNING, weekdays=range(1, 9)),
        week(MORNING, valid_from=day("2027-01-01")),
        week(MORNING, valid_from=day("2026-02-01"), valid_until=day("2026-01-01")),
        [
            *week(MORNING, valid_until=day("2026-03-01")),
            *week(MORNING, valid_from=day("2026-04-01")),
        ],
    ],
    ids=[
        "empty", "only duty", "no Wednesday", "backwards", "no length", "overlap", "eighth weekday",
        "not in force", "validity backwards", "a month without hours",
    ],
)  # fmt: skip
def test_broken_hours_are_refused_before_anything_is_counted(sessions):
    with pytest.raises(BrokenSchedule):
        plain_week(sessions)


def test_a_day_both_off_and_worked_is_refused():
    clash = dict(STANDARD.make_up_days) | {day("2026-09-02"): ("Làm bù", None)}

    with pytest.raises(BrokenSchedule, match="02/09/2026"):
        make_calendar(make_up_days=clash)


def test_a_make_up_day_without_hours_is_refused():
    replaces_sunday = {day("2026-06-13"): STANDARD.make_up_days[day("2026-01-10")]._replace(
        replaces=day("2026-06-14"))}  # fmt: skip

    with pytest.raises(BrokenSchedule, match="13/06/2026"):
        make_calendar(make_up_days=replaces_sunday)
