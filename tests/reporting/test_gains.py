"""How many more lift a component: scoring turned around, exactly and with nothing to spare."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from reporting import gains, indicator_sets, scoring
from reporting.gains import Way
from reporting.shares import Count, unmeasured

DAY = date(2026, 11, 30)
RULES = indicator_sets.load("qd766-2022")
SCORED = [component for component in RULES.components if component.is_scored]


def component(code):
    return RULES.scored(code)


def points(of, numerator, denominator):
    ratio = scoring.ratio(numerator=numerator, denominator=denominator)
    return scoring.points(component=of, ratio=ratio, on=DAY)


def test_the_next_point_is_told_with_the_fewest_dossiers():
    count = Count(numerator=10, denominator=100)

    found = gains.next_gain(component=component("4.1"), count=count, way=Way.MENDED, on=DAY)

    # 10/100 of 6 points is 0,60; 1,60 is 26.6 files, and 26.59 would round up to it.
    assert found == gains.Gain(number=17, points=Decimal("1.02"), is_whole=False)


def test_new_dossiers_stand_in_the_denominator_as_well():
    count = Count(numerator=0, denominator=10)

    found = gains.whole_gain(component=component("3.3"), count=count, way=Way.ADDED, on=DAY)

    # 50 % is enough for all six points.
    assert found == gains.Gain(number=10, points=Decimal("6.00"), is_whole=True)


def test_nothing_is_advised_at_the_maximum_or_without_counts():
    whole = Count(numerator=5, denominator=5)

    for way in Way:
        asked = {"component": component("4.1"), "way": way, "on": DAY}
        assert gains.next_gain(count=whole, **asked) is None
        assert gains.whole_gain(count=whole, **asked) is None
        assert gains.next_gain(count=unmeasured("Chưa đo."), **asked) is None


def test_what_nobody_can_reach_in_a_period_is_not_advised():
    late = Count(numerator=120, denominator=126)

    found = gains.whole_gain(component=component("2.1"), count=late, way=Way.ADDED, on=DAY)

    assert found is None


@given(
    of=st.sampled_from(SCORED),
    denominator=st.integers(0, 5_000),
    percent=st.integers(0, 100),
    hundredths=st.integers(1, 2_000),
    way=st.sampled_from(Way),
)
def test_the_number_reaches_the_points_and_one_fewer_does_not(
    of, denominator, percent, hundredths, way
):
    numerator = denominator * percent // 100
    count = Count(numerator=numerator, denominator=denominator)
    wanted = min(Decimal(hundredths) / 100, of.maximum)

    number = gains.needed(component=of, count=count, way=way, on=DAY, points=wanted)

    def reached(more):
        return points(of, numerator + more, denominator + (more if way == Way.ADDED else 0))

    if number is None:
        assert way == Way.MENDED
        assert reached(denominator - numerator) < wanted
    elif number:
        assert reached(number) >= wanted
        assert reached(number - 1) < wanted
    else:
        assert reached(0) >= wanted
