"""The nine indices of TT 01/2018 Đ13–15: points, averages, what is left out, bands."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.statuses import Timeliness
from reporting.duty import scoring as duty_scores
from reporting.duty.scoring import DossierFacts, DutyIndex, OnlineFacts, UnitFacts
from reporting.refusals import ImpossibleCount

EARLY, ON_TIME, LATE = Timeliness.EARLY, Timeliness.ON_TIME, Timeliness.LATE
PERFECT = DossierFacts(
    total_time=EARLY, own_time=EARLY, contacts=0, agencies_contacted=0, is_complained_of=False
)
BEST_UNIT = UnitFacts(
    organisation=2,
    publication=2,
    petitions=0,
    online=OnlineFacts(procedures=Fraction(1), dossiers=Fraction(1), late_dossiers=0),
)

known_dossiers = st.builds(
    DossierFacts,
    total_time=st.sampled_from([EARLY, ON_TIME, LATE]),
    own_time=st.sampled_from([EARLY, ON_TIME, LATE]),
    contacts=st.integers(0, 4),
    agencies_contacted=st.integers(0, 4),
    is_complained_of=st.booleans(),
)
dossiers = st.builds(
    DossierFacts,
    total_time=st.sampled_from([None, *Timeliness]),
    own_time=st.sampled_from([None, *Timeliness]),
    contacts=st.none() | st.integers(0, 4),
    agencies_contacted=st.none() | st.integers(0, 4),
    is_complained_of=st.none() | st.booleans(),
)


def officer(*facts):
    return duty_scores.score_officer(facts)


def index_of(index, **facts):
    """The points of one dossier with these facts, None when the index is left out."""
    return officer(DossierFacts(**facts)).indices.get(DutyIndex(index))


def unit_index(index, **facts):
    return duty_scores.score_unit([], unit=UnitFacts(**facts)).indices.get(DutyIndex(index))


def online(procedures, dossiers, late=0):
    facts = OnlineFacts(procedures=procedures, dossiers=dossiers, late_dossiers=late)
    return unit_index(9, online=facts)


@pytest.mark.parametrize(("time", "points"), [(EARLY, 2), (ON_TIME, 1), (LATE, 0)])
def test_time_gives_two_one_or_nothing(time, points):
    assert index_of(1, total_time=time) == points
    assert index_of(2, own_time=time) == points


@pytest.mark.parametrize("time", sorted(set(Timeliness) - {EARLY, ON_TIME, LATE}))
def test_a_dossier_without_limit_or_not_yet_resolved_says_nothing(time):
    score = officer(DossierFacts(total_time=time, own_time=time, is_complained_of=False))

    assert score.indices == {}
    assert score.band is None
    assert (score.total, score.maximum) == (0, 0)


@pytest.mark.parametrize(("number", "points"), [(0, 2), (1, 1), (2, 0), (9, 0)])
def test_the_more_contacts_the_fewer_points(number, points):
    assert index_of(3, contacts=number) == points
    assert index_of(4, agencies_contacted=number) == points


@pytest.mark.parametrize(
    ("time", "complained", "points"),
    [
        (EARLY, False, 2), (ON_TIME, False, 1), (LATE, False, 0),
        (EARLY, True, 0), (ON_TIME, True, 0), (LATE, True, 0), (None, True, 0),
        (EARLY, None, None), (None, False, None),
    ],
)  # fmt: skip
def test_attitude_is_about_complaints_and_time(time, complained, points):
    assert index_of(7, total_time=time, is_complained_of=complained) == points


@pytest.mark.parametrize(
    ("petitions", "on_time", "points"),
    [
        (None, 0, None),
        (0, 0, 2),
        (10, 10, 2),
        (10, 9, 1),
        (1000, 899, 0),
        (1000, 999, 1),
        (3, 0, 0),
    ],
)
def test_petitions_on_time(petitions, on_time, points):
    assert unit_index(8, petitions=petitions, petitions_on_time=on_time) == points


@pytest.mark.parametrize(
    ("procedures", "filed", "late", "points"),
    [
        (Fraction(20, 100), Fraction(30, 100), 0, 2),
        (Fraction(199, 1000), Fraction(30, 100), 0, 1),
        (Fraction(20, 100), Fraction(299, 1000), 0, 1),
        (Fraction(20, 100), Fraction(30, 100), 1, 1),
        (Fraction(0), Fraction(15, 100), 7, 1),
        (Fraction(1), Fraction(149, 1000), 0, 0),
        (None, Fraction(1), 0, None),
        (Fraction(1), None, 0, None),
    ],
)
def test_online_services(procedures, filed, late, points):
    assert online(procedures, filed, late) == points


def test_an_average_is_rounded_half_up_to_one_decimal():
    # 1/4 = 0.25 and 3/4 = 0.75: half-even would say 0.2 and 0.8, half-up says 0.3 and 0.8.
    quarter = [DossierFacts(contacts=number) for number in (1, 2, 2, 2)]
    three_quarters = [DossierFacts(contacts=number) for number in (1, 1, 1, 2)]

    assert duty_scores.score_officer(quarter).indices[DutyIndex.CONTACTS] == Decimal("0.3")
    assert duty_scores.score_officer(three_quarters).indices[DutyIndex.CONTACTS] == Decimal("0.8")


def test_a_dossier_without_data_does_not_lower_the_average():
    score = officer(PERFECT, DossierFacts())

    assert score.indices == {index: Decimal("2.0") for index in duty_scores.OFFICER_INDICES}
    assert (score.total, score.maximum, score.left_out) == (Decimal("10.0"), 10, ())


def test_an_officer_is_judged_by_five_indices_and_a_unit_by_nine():
    unit = duty_scores.score_unit([PERFECT], unit=BEST_UNIT)

    assert list(officer(PERFECT).indices) == [1, 2, 3, 4, 7]
    assert list(unit.indices) == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert (unit.total, unit.maximum, unit.band.name) == (Decimal("18.0"), 18, "Xuất sắc")


def test_what_is_left_out_is_said():
    score = duty_scores.score_unit([DossierFacts(contacts=1)], unit=UnitFacts(publication=2))

    assert score.indices == {DutyIndex.CONTACTS: 1, DutyIndex.PUBLICATION: 2}
    assert score.left_out == (1, 2, 4, 5, 7, 8, 9)
    assert (score.total, score.maximum) == (Decimal("3.0"), 4)


FIVE = {"total_time": EARLY, "own_time": EARLY, "agencies_contacted": 1}
EIGHT = FIVE | {"agencies_contacted": 0, "is_complained_of": False}


def ten_dossiers(common, tenths):
    """Ten dossiers alike, so many of them with one contact: index 3 has so many tenths."""
    return [DossierFacts(**common, contacts=1 if place < tenths else 2) for place in range(10)]


@pytest.mark.parametrize(
    ("common", "tenths", "total", "band"),
    [
        ({"total_time": EARLY, "own_time": EARLY}, 10, "5.0", "Hoàn thành 100% nhiệm vụ"),
        ({"total_time": EARLY, "own_time": EARLY}, 9, "4.9", "Hoàn thành từ 70% đến dưới 100% nhiệm vụ"),
        ({"total_time": EARLY, "own_time": ON_TIME}, 5, "3.5", "Hoàn thành từ 70% đến dưới 100% nhiệm vụ"),
        ({"total_time": EARLY, "own_time": ON_TIME}, 4, "3.4", "Hoàn thành dưới 70% nhiệm vụ"),
        ({"total_time": LATE}, 0, "0.0", "Hoàn thành dưới 70% nhiệm vụ"),
    ],
)  # fmt: skip
def test_the_bands_of_an_officer(common, tenths, total, band):
    score = duty_scores.score_officer(ten_dossiers(common, tenths))

    assert (score.total, score.band.name) == (Decimal(total), band)


@pytest.mark.parametrize(
    ("common", "unit", "whole", "from_here", "below"),
    [
        (EIGHT, {"organisation": 2, "publication": 2, "petitions": 0}, 15, "Xuất sắc", "Tốt"),
        (EIGHT, {"organisation": 2, "publication": 1}, 12, "Tốt", "Khá"),
        (EIGHT, {}, 9, "Khá", "Trung bình"),
        (FIVE, {}, 6, "Trung bình", "Yếu"),
    ],
)
def test_the_bands_of_a_unit(common, unit, whole, from_here, below):
    exact = duty_scores.score_unit(ten_dossiers(common, 10), unit=UnitFacts(**unit))
    short = duty_scores.score_unit(ten_dossiers(common, 9), unit=UnitFacts(**unit))

    assert (exact.total, exact.band.name) == (Decimal(whole), from_here)
    assert (short.total, short.band.name) == (whole - Decimal("0.1"), below)


@pytest.mark.parametrize(
    "facts",
    [
        {"organisation": 3},
        {"publication": -1},
        {"petitions": 3, "petitions_on_time": 4},
        {"petitions": -1},
    ],
)
def test_impossible_facts_of_a_unit_are_refused(facts):
    with pytest.raises(ImpossibleCount, match="hãy"):
        duty_scores.score_unit([], unit=UnitFacts(**facts))


def test_a_negative_number_of_contacts_is_refused():
    with pytest.raises(ImpossibleCount, match="hãy"):
        officer(DossierFacts(contacts=-1))


def naive_average(points):
    """The mean to one decimal, half-up, in whole numbers: floor(10·sum/count + 1/2)."""
    known = [one for one in points if one is not None]
    return Decimal((20 * sum(known) + len(known)) // (2 * len(known))) / 10 if known else None


@given(st.lists(dossiers, max_size=30))
def test_averages_agree_with_the_naive_rule(facts):
    times = {EARLY: 2, ON_TIME: 1, LATE: 0}
    numbers = {0: 2, 1: 1, 2: 0, 3: 0, 4: 0}
    expected = {
        1: naive_average([times.get(one.total_time) for one in facts]),
        2: naive_average([times.get(one.own_time) for one in facts]),
        3: naive_average([numbers.get(one.contacts) for one in facts]),
        4: naive_average([numbers.get(one.agencies_contacted) for one in facts]),
        7: naive_average([
            0 if one.is_complained_of else times.get(one.total_time)
            for one in facts if one.is_complained_of is not None
        ]),
    }  # fmt: skip

    score = duty_scores.score_officer(facts)

    assert score.indices == {index: mean for index, mean in expected.items() if mean is not None}
    assert score.total == sum(score.indices.values())
    assert len(score.indices) + len(score.left_out) == 5


@given(st.lists(known_dossiers, min_size=1, max_size=20), st.data())
def test_a_better_dossier_never_lowers_the_total(facts, data):
    place = data.draw(st.integers(0, len(facts) - 1))
    better = [*facts[:place], PERFECT, *facts[place + 1 :]]

    assert duty_scores.score_officer(better).total >= duty_scores.score_officer(facts).total
