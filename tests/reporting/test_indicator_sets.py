"""The files of the indicator sets: what they say, and that a slip in one of them is refused."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from reporting import indicator_sets
from reporting.indicator_sets import SHIPPED
from reporting.indicator_sets.reading import read_set
from reporting.indicator_sets.shapes import Level, Scoring, WhenNothing
from reporting.refusals import BrokenIndicatorSet, UnknownComponent, UnknownIndicatorSet

LIVE = indicator_sets.load("qd766-2022")
TEXT = indicator_sets.load("qd766-2022-text")
SOURCE = (SHIPPED / "qd766-2022.toml").read_text(encoding="utf-8")
VARIANT = (SHIPPED / "qd766-2022-text.toml").read_text(encoding="utf-8")
BEGINS = date(2022, 6, 23)

# Decision 766 as the National Portal scores it: maximum, share that earns it, points for 0/0.
SCORED = {
    "1.1": (6, "1", "zero"),
    "1.2": (4, "1", "zero"),
    "1.3": (2, "1", "zero"),
    "1.4": (6, "1", "zero"),
    "2.1": (20, "1", "zero"),
    "3.1": (2, "0.80", "zero"),
    "3.2": (4, "1", "zero"),
    "3.3": (6, "0.50", "zero"),
    "3.6": (6, "1", "zero"),
    "3.5a": (2, "0.80", "zero"),
    "3.5b": (2, "0.80", "zero"),
    "4.1": (6, "1", "zero"),
    "4.2": (4, "1", "zero"),
    "ECC": (2, "1", "full"),
    "4.3": (2, "0.80", "zero"),
    "4.4": (4, "1", "zero"),
    "4.5a": (2, "1", "zero"),
    "4.5b": (2, "1", "zero"),
    "5.2": (6, "1", "full"),
    "5.3": (6, "1", "full"),
    "5.4": (6, "0.90", "zero"),
}


def written(folder: Path, *changes: tuple[str, str], source: str = SOURCE) -> Path:
    """The shipped file with these passages changed, each of which must be there."""
    for passage, replacement in changes:
        assert passage in source
        source = source.replace(passage, replacement, 1)
    path = folder / "qd766-2022.toml"
    path.write_text(source, encoding="utf-8")
    return path


def written_variant(folder: Path, *changes: tuple[str, str]) -> Path:
    written(folder)
    source = VARIANT
    for passage, replacement in changes:
        assert passage in source
        source = source.replace(passage, replacement, 1)
    path = folder / "qd766-2022-text.toml"
    path.write_text(source, encoding="utf-8")
    return path


def test_the_live_set_says_what_the_law_file_says():
    said = {
        one.code: (one.maximum, str(one.full_share_on(BEGINS)), one.when_nothing.value)
        for one in LIVE.components
        if one.is_scored
    }

    assert said == SCORED
    assert list(said) == list(SCORED)


def test_six_groups_are_shown_for_five_of_the_decision():
    assert {group.code: (group.maximum, group.legal_group) for group in LIVE.groups} == {
        "G1": (18, 1), "G2": (20, 2), "G3a": (12, 3), "G3b": (10, 3), "G4": (22, 4), "G5": (18, 5),
    }  # fmt: skip
    assert [group.maximum for group in LIVE.legal_groups] == [18, 20, 22, 22, 18]


def test_two_components_are_only_shown():
    shown = [one.code for one in LIVE.components if one.scoring == Scoring.SHOWN_ONLY]

    assert shown == ["2.2", "5.1"]


def test_what_a_unit_inherits_is_measured_at_the_ministry_and_the_province():
    inherited = [one for one in LIVE.components if one.is_inherited]

    assert [one.code for one in inherited] == ["1.1", "1.2", "1.3"]
    assert {one.levels for one in inherited} == {frozenset({Level.MINISTRY, Level.PROVINCE})}


@pytest.mark.parametrize(
    ("total", "band"),
    [
        ("100", "Xuất sắc"), ("90", "Xuất sắc"), ("89.99", "Tốt"), ("80", "Tốt"),
        ("79.99", "Khá"), ("70", "Khá"), ("69.99", "Trung bình"), ("50", "Trung bình"),
        ("49.99", "Yếu"), ("0", "Yếu"),
    ],
)  # fmt: skip
def test_a_band_begins_at_its_minimum(total, band):
    assert LIVE.band(Decimal(total)).name == band


def test_the_text_differs_from_practice_in_one_component():
    live = {one.code: one for one in LIVE.components}
    different = [one.code for one in TEXT.components if one != live[one.code]]

    assert different == ["4.2"]
    assert TEXT.scored("4.2").full_share_on(BEGINS) == Decimal("0.80")
    assert TEXT.scored("4.2").name == live["4.2"].name
    assert (TEXT.variant_of, LIVE.variant_of) == ("qd766-2022", "")
    assert TEXT.bands == LIVE.bands


def test_the_names_are_vietnamese_and_complete():
    for one in LIVE.components:
        assert not one.name.isascii()
        assert not one.numerator.isascii()
        assert not one.denominator.isascii()


def test_the_set_in_force_is_chosen_by_the_day_and_never_a_variant():
    assert indicator_sets.in_force_on(BEGINS) is LIVE
    assert indicator_sets.in_force_on(date(2026, 11, 22)) is LIVE
    with pytest.raises(UnknownIndicatorSet, match="22/06/2022"):
        indicator_sets.in_force_on(BEGINS - timedelta(days=1))


def test_no_day_has_two_sets_in_force():
    sets = [indicator_sets.load(code) for code in indicator_sets.codes()]
    originals = sorted(
        (one for one in sets if not one.variant_of), key=lambda one: one.in_force_from
    )

    for earlier, later in pairwise(originals):
        assert earlier.in_force_until is not None
        assert earlier.in_force_until < later.in_force_from


def test_an_unknown_set_is_refused_with_the_known_ones():
    with pytest.raises(UnknownIndicatorSet, match="qd766-2022, qd766-2022-text"):
        indicator_sets.load("qd766")


def test_a_component_that_is_unknown_or_only_shown_is_refused():
    assert LIVE.scored("4.2").when_nothing == WhenNothing.ZERO
    with pytest.raises(UnknownComponent, match=r"không có mã “9\.9”"):
        LIVE.scored("9.9")
    with pytest.raises(UnknownComponent, match="chỉ để hiển thị"):
        LIVE.scored("2.2")


def test_a_threshold_may_change_on_a_day(tmp_path):
    second = "{ from = 2022-06-23, share = 0.50 }, { from = 2027-01-01, share = 0.60 }"
    path = written(tmp_path, ("{ from = 2022-06-23, share = 0.50 }", second))

    component = read_set(path).scored("3.3")

    assert component.full_share_on(date(2026, 12, 31)) == Decimal("0.50")
    assert component.full_share_on(date(2027, 1, 1)) == Decimal("0.60")


def test_a_set_ends_with_its_last_day(tmp_path):
    path = written(
        tmp_path,
        (
            "in_force_from = 2022-06-23",
            "in_force_from = 2022-06-23\nin_force_until = 2026-12-31",
        ),
    )

    ended = read_set(path)

    assert ended.is_in_force_on(date(2026, 12, 31))
    assert not ended.is_in_force_on(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("passage", "slip", "named"),
    [
        ('code = "qd766-2022"', 'code = "qd766"', "như tên tệp"),
        ("maximum = 18\nlegal_group = 1", "maximum = 17\nlegal_group = 1", "nhóm G1"),
        ("maximum = 20\nscoring", "maximum = 21\nscoring", "nhóm G2"),
        ('"Số hóa hồ sơ", maximum = 22', '"Số hóa hồ sơ", maximum = 21', "nhóm 4"),
        ("{ number = 5,", "{ number = 6,", "không khớp"),
        ("{ number = 5,", "{ number = 4,", "mã “nhóm 4” có nhiều lần"),
        ('code = "1.2"', 'code = "1.1"', "mã “1.1” có nhiều lần"),
        ('code = "G2"', 'code = "G1"', "mã “G1” có nhiều lần"),
        ('portal_code = "DOSSIER_SYNC"', 'portal_kode = "DOSSIER_SYNC"', "portal_kode"),
        ('name = "Hồ sơ nộp trực tuyến"\n', "", "thiếu “name”"),
        ('\nscoring = "linear"', '\nscoring = "cubic"', "cubic"),
        ('when_nothing = "zero"', 'when_nothing = "half"', "half"),
        ('levels = ["ministry", "province"]', 'levels = ["planet"]', "planet"),
        ('levels = ["ministry", "province"]', "levels = []", "chưa ghi cấp"),
        ("\ninherited = true", "\ninherited = 1", "“inherited” không đúng kiểu"),
        ("maximum = 6", 'maximum = "6"', "“maximum” không đúng kiểu"),
        ("maximum = 6", "maximum = true", "“maximum” không đúng kiểu"),
        ("maximum = 6", "maximum = nan", "phải là một số"),
        ("maximum = 6", "maximum = 0", "điểm tối đa phải lớn hơn 0"),
        ('maximum = 0\nscoring = "shown_only"', 'maximum = 1\nscoring = "shown_only"', "chỉ số 2.2"),
        ('\nscoring = "threshold"', '\nscoring = "linear"', "phải có ngưỡng, và ngược lại"),
        ('\nscoring = "linear"', '\nscoring = "threshold"', "phải có ngưỡng, và ngược lại"),
        ("share = 0.80", "share = 0", "ngưỡng phải lớn hơn 0"),
        ("share = 0.80", "share = 80", "không quá 1"),
        ("{ from = 2022-06-23", "{ from = 2022-06-24", "có từ ngày 23/06/2022"),
        (
            "{ from = 2022-06-23, share = 0.50 }",
            "{ from = 2022-06-23, share = 0.5 }, { from = 2022-06-23, share = 0.6 }",
            "theo thứ tự ngày",
        ),
        ("{ from = 2022-06-23", "{ from = 2022-06-23T00:00:00", "không có giờ"),
        ("{ from = 2022-06-23", '{ from = "2022-06-23"', "“from” không đúng kiểu"),
        ("in_force_from = 2022-06-23", "in_force_from = 2022-06-23\nin_force_until = 2022-06-22", "hết hiệu lực"),
        ('"Yếu", minimum = 0', '"Yếu", minimum = 10', "bắt đầu từ 0 điểm"),
        ('"Khá", minimum = 70', '"Khá", minimum = 85', "giảm dần"),
        ('"Xuất sắc", minimum = 90', '"Xuất sắc", minimum = 101', "vượt quá 100"),
        ('"Khá"', '"Tốt"', "tên mức xếp loại bị trùng"),
        ("bands = [", "bands = [\n    7,", "phải là một bảng"),
        ("bands = [", "bands = [[", "không đọc được tệp TOML"),
    ],
)  # fmt: skip
def test_a_slip_of_the_pen_is_refused_and_named(tmp_path, passage, slip, named):
    path = written(tmp_path, (passage, slip))

    with pytest.raises(BrokenIndicatorSet) as refused:
        read_set(path)

    (sentence,) = refused.value.messages
    assert named in sentence
    assert sentence.startswith("qd766-2022.toml")
    assert sentence.endswith("hãy sửa tệp bộ chỉ số.")


def test_the_groups_make_a_hundred(tmp_path):
    path = written(
        tmp_path,
        ("maximum = 20\nlegal_group = 2", "maximum = 19\nlegal_group = 2"),
        ("maximum = 20\nscoring", "maximum = 19\nscoring"),
        ('giải quyết", maximum = 20', 'giải quyết", maximum = 19'),
    )

    with pytest.raises(BrokenIndicatorSet, match="các nhóm khác 100"):
        read_set(path)


def test_a_file_that_is_absent_or_not_utf_8_is_refused(tmp_path):
    with pytest.raises(BrokenIndicatorSet, match="không có tệp này"):
        read_set(tmp_path / "qd1-2030.toml")

    path = tmp_path / "qd2-2030.toml"
    path.write_bytes('name = "Bộ chỉ số"'.encode("utf-16"))
    with pytest.raises(BrokenIndicatorSet, match="không đọc được"):
        read_set(path)


@pytest.mark.parametrize(
    ("passage", "slip", "named"),
    [
        ('variant_of = "qd766-2022"', 'variant_of = "qd766-2022-text"', "cũng là biến thể"),
        ('variant_of = "qd766-2022"', 'variant_of = "qd765"', "không có tệp này"),
        ('[changes."4.2"]', '[changes."9.9"]', "“9.9”"),
        ('[changes."4.2"]', 'changes."4.1" = 7\n[changes."4.2"]', "“4.1”"),
        ('[changes."4.2"]', '[shanges."4.2"]', "thiếu “changes”"),
        ('name = "Bộ', 'bands = []\nname = "Bộ', "không hiểu “bands”"),
        ('scoring = "threshold"', 'skoring = "threshold"', "phải có ngưỡng|không hiểu “skoring”"),
    ],
)
def test_a_slip_in_a_variant_is_refused_and_named(tmp_path, passage, slip, named):
    path = written_variant(tmp_path, (passage, slip))

    with pytest.raises(BrokenIndicatorSet, match=named):
        read_set(path)


def test_a_variant_of_an_unsound_set_blames_that_set(tmp_path):
    path = written_variant(tmp_path)
    written(tmp_path, ('code = "1.2"', 'kode = "1.2"'))

    with pytest.raises(BrokenIndicatorSet, match=r"^\['qd766-2022\.toml"):
        read_set(path)
