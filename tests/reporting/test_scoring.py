"""Points, groups, totals: the check values of the domain notes, and what holds for every count."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting import indicator_sets, scoring
from reporting.refusals import ImpossibleCount, UnknownComponent, UnknownIndicatorSet

ON = date(2026, 11, 22)
LIVE = indicator_sets.load("qd766-2022")
TEXT = indicator_sets.load("qd766-2022-text")
CODES = [one.code for one in LIVE.components if one.is_scored]

# The decision once more, written down apart from the file: maximum, threshold, points of 0/0.
MAXIMA = {
    "1.1": 6, "1.2": 4, "1.3": 2, "1.4": 6, "2.1": 20, "3.1": 2, "3.2": 4, "3.3": 6, "3.6": 6,
    "3.5a": 2, "3.5b": 2, "4.1": 6, "4.2": 4, "ECC": 2, "4.3": 2, "4.4": 4, "4.5a": 2, "4.5b": 2,
    "5.2": 6, "5.3": 6, "5.4": 6,
}  # fmt: skip
PER_CENT = {"3.1": 80, "3.3": 50, "3.5a": 80, "3.5b": 80, "4.3": 80, "5.4": 90}
FULL_FOR_NOTHING = {"ECC", "5.2", "5.3"}
GROUPS = {
    "G1": ["1.1", "1.2", "1.3", "1.4"],
    "G2": ["2.1"],
    "G3a": ["3.1", "3.2", "3.3"],
    "G3b": ["3.6", "3.5a", "3.5b"],
    "G4": ["4.1", "4.2", "ECC", "4.3", "4.4", "4.5a", "4.5b"],
    "G5": ["5.2", "5.3", "5.4"],
}
BANDS = [(90, "Xuất sắc"), (80, "Tốt"), (70, "Khá"), (50, "Trung bình"), (0, "Yếu")]

codes = st.sampled_from(CODES)
sizes = st.one_of(st.integers(0, 12), st.integers(0, 2_000), st.integers(0, 10**12))


@st.composite
def counts(draw):
    denominator = draw(sizes)
    return draw(st.integers(0, denominator)), denominator


tables = st.dictionaries(codes, counts())


def points(code, numerator, denominator, *, of=LIVE):
    measured = scoring.ratio(numerator=numerator, denominator=denominator)
    return scoring.points(component=of.scored(code), ratio=measured, on=ON)


def score(table, **options):
    ratios = {
        code: scoring.ratio(numerator=numerator, denominator=denominator)
        for code, (numerator, denominator) in table.items()
    }
    return scoring.score(indicator_set=LIVE, ratios=ratios, on=ON, **options)


def naive_points(code, numerator, denominator):
    """The rule in whole numbers and the decimal module's own half-up, nothing of ours."""
    if denominator == 0:
        return Decimal(MAXIMA[code] if code in FULL_FOR_NOTHING else 0)
    exact = Fraction(MAXIMA[code] * numerator, denominator) * Fraction(100, PER_CENT.get(code, 100))
    exact = min(exact, Fraction(MAXIMA[code]))
    with localcontext(prec=60):
        # Cut after 30 places, a half stays a half: no sum of these sizes lies closer to it.
        decimal = Decimal(exact.numerator * 10**30 // exact.denominator).scaleb(-30)
        return decimal.quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize(
    ("code", "numerator", "denominator", "expected"),
    [
        ("3.6", 900, 1000, "5.40"),
        ("3.5a", 30, 50, "1.50"),
        ("3.5b", 10, 50, "0.50"),
        ("4.3", 600, 1000, "1.50"),
        ("4.3", 850, 1000, "2.00"),
        ("4.2", 850, 1000, "3.40"),
        ("5.4", 890, 1000, "5.93"),
        ("5.4", 900, 1000, "6.00"),
        ("5.2", 0, 0, "6.00"),
        ("3.3", 499, 1000, "5.99"),
        ("3.3", 500, 1000, "6.00"),
        ("2.1", 1, 3, "6.67"),
    ],
)
def test_the_check_values(code, numerator, denominator, expected):
    assert points(code, numerator, denominator) == Decimal(expected)


def test_practice_and_text_disagree_on_digitising():
    assert points("4.2", 850, 1000) == Decimal("3.40")
    assert points("4.2", 850, 1000, of=TEXT) == Decimal("4.00")


def test_the_group_of_the_check_values():
    result = score({"3.6": (900, 1000), "3.5a": (30, 50), "3.5b": (10, 50)})

    assert result.groups["G3b"] == Decimal("7.40")


@pytest.mark.parametrize("code", CODES)
def test_nothing_gives_full_points_only_where_the_set_says_so(code):
    expected = MAXIMA[code] if code in FULL_FOR_NOTHING else 0

    assert points(code, 0, 0) == expected


def test_a_unit_without_a_single_dossier_scores_on_copies_and_petitions():
    result = score({})

    assert {code: value for code, value in result.components.items() if value} == {
        "ECC": Decimal(2), "5.2": Decimal(6), "5.3": Decimal(6),
    }  # fmt: skip
    assert (result.total, result.band.name) == (Decimal("14.00"), "Yếu")


@pytest.mark.parametrize(
    ("code", "numerator", "denominator", "expected"),
    [
        ("2.1", 1, 4000, "0.01"),  # 0.005 exactly
        ("2.1", 3, 4000, "0.02"),  # 0.015: binary fractions and half-even both say 0.01 or 0.02
        ("2.1", 5, 4000, "0.03"),  # 0.025: half-even says 0.02
        ("2.1", 2499, 10_000_000, "0.00"),  # 0.004998
        ("2.1", 1999_500, 2_000_000, "20.00"),  # 19.995
        ("2.1", 1999_499, 2_000_000, "19.99"),  # 19.99499
        ("5.4", 897, 1000, "5.98"),
        ("5.4", 3, 4000, "0.01"),  # 0.005 after dividing by the threshold
        ("4.1", 67, 800, "0.50"),  # 0.5025
        ("4.2", 23, 160, "0.58"),  # 0.575, which binary fractions make 0.57
    ],
)
def test_a_half_is_rounded_up(code, numerator, denominator, expected):
    assert points(code, numerator, denominator) == Decimal(expected)


def test_components_are_rounded_before_they_are_summed():
    # Summed first, 2.1333… + 1.3333… + 0.5333… would be 4.00.
    result = score({"4.1": (16, 45), "4.2": (1, 3), "4.3": (16, 75), "ECC": (0, 1)})

    assert [result.components[code] for code in ("4.1", "4.2", "4.3")] == [
        Decimal("2.13"), Decimal("1.33"), Decimal("0.53"),
    ]  # fmt: skip
    assert result.groups["G4"] == Decimal("3.99")


def test_a_threshold_holds_by_the_unrounded_ratio():
    # 49.9999 % reads as 50 % on screen, and still is not there.
    assert points("3.3", 4_995_833, 10_000_000) == Decimal("5.99")
    assert points("3.3", 4_999_999, 10_000_000) == Decimal("6.00")
    assert points("3.3", 9, 10) == Decimal("6.00")


@given(codes, counts())
def test_points_agree_with_the_naive_rule(code, count):
    assert points(code, *count) == naive_points(code, *count)


@given(codes, st.integers(1, 4_000), st.data())
def test_points_on_the_border_of_a_half_agree_with_the_naive_rule(code, denominator, data):
    # Counts whose points end in exactly five thousandths, as near as the denominator allows.
    target = Fraction(2 * data.draw(st.integers(0, 100 * MAXIMA[code] - 1)) + 1, 200)
    share = target / MAXIMA[code] * Fraction(PER_CENT.get(code, 100), 100)
    denominator *= share.denominator
    numerator = int(share * denominator)

    for near in (numerator - 1, numerator, numerator + 1):
        assert points(code, max(near, 0), denominator) == naive_points(
            code, max(near, 0), denominator
        )
    assert points(code, numerator, denominator) == target + Fraction(1, 200)


@given(tables)
def test_groups_and_totals_agree_with_the_naive_rule(table):
    expected = {code: naive_points(code, *table.get(code, (0, 0))) for code in CODES}

    result = score(table)

    assert result.components == expected
    assert result.groups == {
        group: sum(expected[code] for code in members) for group, members in GROUPS.items()
    }
    assert result.total == sum(expected.values())
    assert result.band.name == next(name for least, name in BANDS if result.total >= least)


@given(tables)
def test_every_figure_has_two_decimals_and_keeps_within_its_maximum(table):
    result = score(table)

    for figure in (*result.components.values(), *result.groups.values(), result.total):
        assert figure.as_tuple().exponent == -2
    for code, figure in result.components.items():
        assert 0 <= figure <= MAXIMA[code]
    assert list(result.components) == CODES
    assert list(result.groups) == list(GROUPS)


@given(codes, counts())
def test_one_more_that_is_done_well_never_costs_points(code, count):
    numerator, denominator = count
    if denominator == 0:
        return

    assert points(code, numerator + 1, denominator + 1) >= points(code, numerator, denominator)
    assert points(code, numerator, denominator + 1) <= points(code, numerator, denominator)
    if numerator < denominator:
        assert points(code, numerator + 1, denominator) >= points(code, numerator, denominator)


@given(codes, counts(), st.integers(1, 1000))
def test_only_the_ratio_counts(code, count, times):
    numerator, denominator = count

    assert points(code, numerator * times, denominator * times) == points(code, *count)


@given(st.decimals(0, 100, places=2, allow_nan=False), codes)
def test_a_share_in_per_cent_is_a_ratio_of_ten_thousand(percent, code):
    by_share = scoring.points(component=LIVE.scored(code), ratio=scoring.share(percent), on=ON)

    assert by_share == points(code, int(percent * 100), 10_000)


def test_a_share_of_nothing_is_not_nothing():
    for code in FULL_FOR_NOTHING:
        measured = scoring.share(Decimal(0))
        assert scoring.points(component=LIVE.scored(code), ratio=measured, on=ON) == 0


@pytest.mark.parametrize(("numerator", "denominator"), [(-1, 5), (1, -5), (6, 5), (1, 0)])
def test_impossible_counts_are_refused(numerator, denominator):
    with pytest.raises(ImpossibleCount, match="hãy kiểm tra lại"):
        scoring.ratio(numerator=numerator, denominator=denominator)


@pytest.mark.parametrize("percent", ["-0.01", "100.01", "NaN", "sNaN", "Infinity", "-Infinity"])
def test_impossible_shares_are_refused(percent):
    with pytest.raises(ImpossibleCount, match="không nằm từ 0 đến 100"):
        scoring.share(Decimal(percent))


def test_a_code_that_the_set_does_not_score_is_refused():
    for code in ("9.9", "2.2", "G1", ""):
        with pytest.raises(UnknownComponent):
            score({code: (1, 2)})


def test_a_day_before_the_set_came_into_force_is_refused():
    with pytest.raises(UnknownIndicatorSet, match="23/06/2022"):
        scoring.score(indicator_set=LIVE, ratios={}, on=date(2022, 6, 22))


def test_a_unit_takes_from_its_parent_what_is_published_above_it():
    parent = score({"1.1": (1, 3), "1.2": (1, 2), "1.3": (9, 9), "1.4": (1, 1), "2.1": (1, 1)})

    child = score({"1.4": (1, 2)}, parent=parent.components)

    assert [child.components[code] for code in GROUPS["G1"]] == [
        Decimal("2.00"), Decimal("2.00"), Decimal("2.00"), Decimal("3.00"),
    ]  # fmt: skip
    assert child.components["2.1"] == 0
    assert child.groups["G1"] == Decimal("9.00")


def test_a_count_of_its_own_for_what_is_inherited_is_refused():
    parent = score({"1.1": (1, 3)})

    assert score({"1.1": (0, 0)}, parent=parent.components).components["1.1"] == Decimal("2.00")
    with pytest.raises(UnknownComponent, match=r"1\.1 lấy điểm của đơn vị cấp trên"):
        score({"1.1": (1, 2)}, parent=parent.components)
