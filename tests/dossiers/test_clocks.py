"""The clock: halts of each effect, the one new day, and that notes in any order say the same."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers import clocks
from dossiers.clocks import HERE, Clock, Halt, NewDay, local_date
from procedures.statuses import ClockEffect
from tests.workdays.calendars import STANDARD
from workdays.units import TimeUnit

CALENDAR = STANDARD


def here(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


def clock(*halts: Halt, new_day: NewDay | None = None, days: int = 5) -> Clock:
    # Friday 13/11/2026; five working days end on Friday 20/11/2026.
    return Clock(
        accepted_at=here("2026-11-13T09:00"),
        time_limit=Decimal(days),
        time_unit=TimeUnit.WORKING_DAY,
        halts=halts,
        new_day=new_day,
    )


def due(asked: Clock) -> str:
    moment = clocks.due_at(asked, CALENDAR)
    assert moment is not None
    return f"{moment.astimezone(HERE):%Y-%m-%dT%H:%M}"


def halt(start: str, end: str | None, effect: ClockEffect) -> Halt:
    return Halt(here(start), here(end) if end else None, effect)


WAITED = ("2026-11-16T10:00", "2026-11-18T10:00")


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        (ClockEffect.RESTART, "2026-11-26T17:00"),  # 24/11 is a holiday: 19, 20, 23, 25, 26
        (ClockEffect.SUBTRACT, "2026-11-25T17:00"),  # two working days are given back
        (ClockEffect.SHIFT, "2026-11-23T17:00"),  # 20/11 and two days: Sunday, so Monday
    ],
)
def test_each_effect_moves_the_promise_in_its_own_way(effect, expected):
    assert due(clock()) == "2026-11-20T17:00"
    assert due(clock(halt(*WAITED, effect))) == expected


@pytest.mark.parametrize("effect", ClockEffect)
def test_what_is_late_stays_late(effect):
    late = halt("2026-11-23T08:00", "2026-11-30T08:00", effect)

    assert due(clock(late)) == "2026-11-20T17:00"


@pytest.mark.parametrize("effect", ClockEffect)
def test_a_halt_that_lasts_gives_nothing_back_yet(effect):
    assert due(clock(halt(WAITED[0], None, effect))) == due(clock())


def test_a_halt_on_days_off_gives_nothing_back():
    weekend = halt("2026-11-14T07:00", "2026-11-15T23:00", ClockEffect.SUBTRACT)

    assert due(clock(weekend)) == due(clock())


def test_the_new_day_stands_and_without_it_the_old_day_is_back():
    put_off = NewDay(here("2026-11-19T09:00"), here("2026-11-30T17:00"))

    assert due(clock(new_day=put_off)) == "2026-11-30T17:00"
    assert due(clock()) == "2026-11-20T17:00"


def test_a_halt_after_the_new_day_moves_the_new_day():
    put_off = NewDay(here("2026-11-19T09:00"), here("2026-11-30T17:00"))
    later = halt("2026-11-25T13:30", "2026-11-26T13:30", ClockEffect.SUBTRACT)

    assert due(clock(later, new_day=put_off)) == "2026-12-01T17:00"


def test_without_a_limit_there_is_no_promise():
    unlimited = Clock(accepted_at=here("2026-11-13T09:00"), time_limit=None, time_unit=None)

    assert clocks.due_at(unlimited, CALENDAR) is None
    assert clocks.explain(unlimited, CALENDAR) is None


@st.composite
def halts(draw: st.DrawFn) -> list[Halt]:
    """Halts one after another, as the database allows them."""
    moment, found = here("2026-11-13T09:00"), []
    for _ in range(draw(st.integers(0, 5))):
        moment += timedelta(minutes=draw(st.integers(1, 4000)))
        ended = moment + timedelta(minutes=draw(st.integers(0, 4000)))
        found.append(Halt(moment, ended, draw(st.sampled_from(ClockEffect))))
        moment = ended
    return found


new_days = st.none() | st.builds(
    lambda at, days: NewDay(
        here("2026-11-13T10:00") + timedelta(hours=at),
        CALENDAR.close_of(CALENDAR.add_working_days(local_date(here("2026-11-20T17:00")), days)),
    ),
    st.integers(0, 100),
    st.integers(1, 20),
)


@given(halts(), new_days, st.randoms(use_true_random=False))
def test_the_order_of_notes_never_moves_a_deadline(found, new_day, random):
    shuffled = list(found)
    random.shuffle(shuffled)

    assert due(clock(*found, new_day=new_day)) == due(clock(*shuffled, new_day=new_day))


@given(halts())
def test_no_halt_makes_a_promise_earlier(found):
    assert due(clock(*found)) >= due(clock())


@given(halts(), new_days)
def test_the_explanation_ends_where_the_promise_does(found, new_day):
    asked = clock(*found, new_day=new_day)
    explained = clocks.explain(asked, CALENDAR)

    assert explained is not None
    assert explained.due_at == clocks.due_at(asked, CALENDAR)
    assert explained.steps


@given(halts())
def test_a_promise_ends_on_a_working_day(found):
    moment = clocks.due_at(clock(*found), CALENDAR)

    assert moment is not None
    assert CALENDAR.is_working_day(local_date(moment))
