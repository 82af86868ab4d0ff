"""What holds for every date, compared with NumPy, which knows nothing of our tables."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.workdays.calendars import AFTERNOON, MORNING, STANDARD, make_calendar, shipped_rows, week
from workdays.calendar import Interval, TimeUnit
from workdays.tables import ZONE

OFF = numpy.array([row.day for row in shipped_rows() if row.kind], dtype="datetime64[D]")
MADE_UP = numpy.array([row.day for row in shipped_rows() if not row.kind], dtype="datetime64[D]")
DUTY = make_calendar(
    sessions=[*week(MORNING, AFTERNOON), *week(MORNING, weekdays=[6], counts=False)]
)
KEEPS_HOUR = make_calendar(day_ends_at_close=False)
NEVER_MADE_UP = make_calendar(make_up_days={})
CALENDARS = st.sampled_from([STANDARD, DUTY, KEEPS_HOUR])

days = st.dates(date(2018, 1, 1), date(2026, 6, 30))
moments = st.datetimes(
    datetime(2018, 1, 1), datetime(2025, 12, 31), timezones=st.just(ZONE), allow_imaginary=False
)
units = st.sampled_from(list(TimeUnit))
limits = st.one_of(
    st.integers(1, 20).map(Decimal), st.decimals("0.1", "20", places=2, allow_nan=False)
)
few_days = st.timedeltas(timedelta(0), timedelta(days=12))


@st.composite
def paused_limits(draw):
    start = draw(moments)
    begins = draw(st.lists(few_days, max_size=4))
    pauses = [Interval(start + begin, start + begin + draw(few_days)) for begin in begins]
    return {"start": start, "limit": draw(limits), "unit": draw(units), "pauses": pauses}


def working_days_by_numpy(first: date, last: date) -> int:
    """Working days after `first` up to `last`: NumPy's count and the make-up days between."""
    after, until = numpy.datetime64(first) + 1, numpy.datetime64(last) + 1
    made_up = numpy.count_nonzero((after <= MADE_UP) & (until > MADE_UP))
    return int(numpy.busday_count(after, until, holidays=OFF) + made_up)


def is_busday(day: date) -> bool:
    return (
        bool(numpy.is_busday(numpy.datetime64(day), holidays=OFF))
        or numpy.datetime64(day) in MADE_UP
    )


@given(days, st.integers(1, 300))
def test_working_days_agree_with_numpy(received, limit):
    assume(is_busday(received))
    start = datetime.combine(received, time(9), ZONE)

    due = STANDARD.add(start=start, limit=Decimal(limit), unit=TimeUnit.WORKING_DAY)

    assert is_busday(due.date())
    assert working_days_by_numpy(received, due.date()) == limit
    assert due.time() == time(17)


@given(days, st.integers(1, 300))
def test_without_make_up_days_the_offset_is_numpys(received, limit):
    calendar = NEVER_MADE_UP
    start = datetime.combine(received, time(9), ZONE)
    # Received on a rest day is received at the next opening, hence forward.
    day_zero = numpy.busday_offset(numpy.datetime64(received), 0, roll="forward", holidays=OFF)

    due = calendar.add(start=start, limit=Decimal(limit), unit=TimeUnit.WORKING_DAY)

    expected = numpy.busday_offset(day_zero, limit, holidays=OFF)
    assert due.date() == expected.astype(date)


@given(days, st.integers(1, 400))
def test_calendar_days_agree_with_numpys_roll(received, limit):
    assume(is_busday(received))
    start = datetime.combine(received, time(9), ZONE)
    last = received + timedelta(days=limit)
    while not is_busday(last):
        last += timedelta(days=1)

    due = STANDARD.add(start=start, limit=Decimal(limit), unit=TimeUnit.CALENDAR_DAY)

    assert due == datetime.combine(last, time(17), ZONE)


@given(days, days)
def test_days_between_two_dates_agree_with_numpy(one, other):
    first, last = sorted([one, other])

    assert STANDARD.working_days(first, last) == working_days_by_numpy(first, last)
    assert STANDARD.working_days(last, first) == -working_days_by_numpy(first, last)


@given(days.filter(lambda day: day > date(2019, 6, 1)), st.integers(-200, 200))
def test_n_working_days_before_and_after_agree_with_numpy(day, days_away):
    reached = STANDARD.add_working_days(day, days_away)

    assert is_busday(reached)
    if days_away > 0:
        assert working_days_by_numpy(day, reached) == days_away
    elif days_away < 0:
        # From the day reached up to, but without, the day itself.
        assert working_days_by_numpy(reached - timedelta(1), day - timedelta(1)) == -days_away
    else:
        assert working_days_by_numpy(day - timedelta(1), reached) == 1


@given(CALENDARS, moments, few_days, limits, units)
def test_received_later_is_never_due_earlier(calendar, start, later, limit, unit):
    first = calendar.add(start=start, limit=limit, unit=unit)
    second = calendar.add(start=start + later, limit=limit, unit=unit)

    # Where limits keep the hour of reception, two ends that meet on one day after a rest keep
    # theirs too: received at 09:21 on a Tuesday comes after received at 07:00 on the Wednesday.
    if calendar.day_ends_at_close or unit == TimeUnit.WORKING_HOUR:
        assert first <= second
    else:
        assert first.date() <= second.date()


@given(CALENDARS, moments, limits, limits, units)
def test_a_longer_limit_is_never_due_earlier(calendar, start, one, other, unit):
    shorter, longer = sorted([one, other])

    assert calendar.add(start=start, limit=shorter, unit=unit) <= calendar.add(
        start=start, limit=longer, unit=unit
    )


@given(moments, st.integers(1, 20_000))
def test_working_hours_take_exactly_the_limit(start, minutes):
    limit = Decimal(minutes) / 60
    due = STANDARD.add(start=start, limit=limit, unit=TimeUnit.WORKING_HOUR)

    assert abs(STANDARD.working_time(start, due) - timedelta(minutes=minutes)) <= timedelta(
        microseconds=1
    )
    assert STANDARD.working_time(due, start) <= timedelta(0)


@given(CALENDARS, paused_limits())
def test_the_explanation_ends_where_the_sum_ends(calendar, case):
    explanation = calendar.explain(**case)

    assert explanation.due_at == calendar.add(**case)
    dates = [step.date for step in explanation.steps]
    assert dates == sorted(dates)
    assert any("Hết thời hạn" in step.why for step in explanation.steps)
    assert all(step.why.endswith(".") for step in explanation.steps)


@given(moments, st.integers(1, 30))
def test_as_many_steps_count_as_the_limit_has_days(start, limit):
    for unit in (TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY):
        steps = STANDARD.explain(start=start, limit=Decimal(limit), unit=unit).steps

        assert sum(step.counts for step in steps) == limit


@given(CALENDARS, paused_limits(), st.randoms(use_true_random=False))
def test_the_order_of_pauses_does_not_matter(calendar, case, random):
    shuffled = random.sample(case["pauses"], len(case["pauses"]))

    assert calendar.add(**case) == calendar.add(**(case | {"pauses": shuffled}))


@given(CALENDARS, paused_limits())
def test_pauses_never_shorten_and_the_same_pause_twice_adds_nothing(calendar, case):
    twice = case | {"pauses": case["pauses"] * 2}
    without = case | {"pauses": []}

    assert calendar.add(**case) >= calendar.add(**without)
    assert calendar.add(**case) == calendar.add(**twice)


@given(moments, limits, units, st.sampled_from([row.day for row in shipped_rows() if row.kind]))
def test_a_pause_on_a_holiday_adds_nothing(start, limit, unit, holiday):
    midnight = datetime.combine(holiday, time(), ZONE)
    pause = Interval(midnight, midnight + timedelta(days=1))
    assume(pause.start >= start)

    assert STANDARD.add(start=start, limit=limit, unit=unit, pauses=[pause]) == STANDARD.add(
        start=start, limit=limit, unit=unit
    )


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
@given(moments, limits, units)
def test_the_zone_in_which_the_moment_arrives_does_not_matter(zone, start, limit, unit):
    elsewhere = start.astimezone(ZoneInfo(zone))

    assert STANDARD.add(start=elsewhere, limit=limit, unit=unit) == STANDARD.add(
        start=start, limit=limit, unit=unit
    )
