"""The hours of messages and the pauses between tries, proved over all moments."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from notifications.hours import PAUSES, Hours, pause_after

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE = Hours(time(7), time(20), ZONE)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
TIMES = st.times().map(lambda value: value.replace(microsecond=0))
SPANS = st.tuples(TIMES, TIMES).filter(lambda pair: pair[0] < pair[1])


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


@pytest.mark.parametrize(
    ("at", "opening"),
    [
        ("2026-11-13T06:59:59", "2026-11-13T07:00:00"),
        ("2026-11-13T07:00:00", "2026-11-13T07:00:00"),
        ("2026-11-13T19:59:59", "2026-11-13T19:59:59"),
        ("2026-11-13T20:00:00", "2026-11-14T07:00:00"),
        ("2026-11-13T23:59:59", "2026-11-14T07:00:00"),
        ("2026-11-14T00:00:00", "2026-11-14T07:00:00"),
        ("2026-12-31T22:00:00", "2027-01-01T07:00:00"),
        # Tết: a message about one's own dossier may come on a holiday, at a decent hour.
        ("2027-02-05T23:30:00", "2027-02-06T07:00:00"),
    ],
)
def test_messages_go_out_between_seven_and_eight(at, opening):
    assert OFFICE.next_open(local(at)) == local(opening)


@given(MOMENTS, SPANS)
def test_the_next_opening_is_open_never_earlier_and_less_than_a_day_away(at, span):
    hours = Hours(*span, ZONE)

    opening = hours.next_open(at)

    assert hours.is_open(opening)
    assert at <= opening < at + timedelta(days=1)
    assert hours.next_open(opening) == opening
    assert (opening == at) == hours.is_open(at)


@given(MOMENTS, SPANS)
def test_nothing_between_a_moment_and_its_opening_is_open(at, span):
    hours = Hours(*span, ZONE)
    gap = hours.next_open(at) - at

    assert not any(hours.is_open(at + gap * part / 8) for part in range(8) if gap)


@given(st.integers(min_value=1, max_value=50))
def test_pauses_grow_and_then_end(failures):
    pause, following = pause_after(failures), pause_after(failures + 1)

    assert (pause is None) == (failures > len(PAUSES))
    assert following is None or (pause is not None and pause < following)


def test_the_pauses_are_those_that_the_operators_are_told():
    assert [int(pause.total_seconds() // 60) for pause in PAUSES] == [1, 5, 30, 120, 360]


def test_the_portal_writes_between_seven_and_eight_unless_told_otherwise():
    assert settings.MESSAGE_HOURS == OFFICE


@given(MOMENTS, SPANS)
def test_every_try_of_a_message_is_at_a_lawful_hour_and_keeps_its_pause(at, span):
    hours = Hours(*span, ZONE)
    moments = [hours.next_open(at)]
    while pause := pause_after(len(moments)):
        moments.append(hours.next_open(moments[-1] + pause))

    assert len(moments) == len(PAUSES) + 1
    assert all(hours.is_open(moment) for moment in moments)
    waited = [later - earlier for earlier, later in pairwise(moments)]
    assert all(PAUSES[n] <= gap < PAUSES[n] + timedelta(days=1) for n, gap in enumerate(waited))
