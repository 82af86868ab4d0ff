"""What a new version changes, and the facts of a draft on their way to JSON and back."""

import json
from dataclasses import replace
from decimal import Decimal

from hypothesis import given

from procedures import stored_facts
from procedures.differences import Change, differences
from procedures.parsing.facts import ChannelFacts, PaperFacts, ProcedureFacts
from procedures.statuses import ChannelKind, ProcedureLevel
from tests.procedures.test_completeness import WHOLE, anything
from workdays.units import TimeUnit


def told(change: Change) -> list[tuple[str, str]]:
    return [(piece.op, piece.text) for piece in change.pieces]


def test_the_same_facts_differ_in_nothing() -> None:
    assert differences(WHOLE, WHOLE) == []


def test_a_changed_limit_is_told_word_by_word() -> None:
    channel = replace(WHOLE.channels[0], time_limit=Decimal(3), time_text="3 ngày làm việc")

    (change,) = differences(WHOLE, replace(WHOLE, channels=(channel,)))

    assert (change.label, change.word) == ("Cách thức thực hiện", "Sửa")
    assert ("out", "5") in told(change)
    assert ("in", "3") in told(change)


def test_rows_come_and_go() -> None:
    paper = PaperFacts(name="Bản sao căn cước", copies=1)

    (added,) = differences(WHOLE, replace(WHOLE, papers=(*WHOLE.papers, paper)))
    (removed,) = differences(WHOLE, replace(WHOLE, papers=()))

    assert (added.word, told(added)) == ("Thêm", [("in", "Bản sao căn cước; 1 bản sao")])
    assert (removed.word, removed.label) == ("Bỏ", "Thành phần hồ sơ")


def test_lines_that_stay_are_left_out_of_a_long_text() -> None:
    before = replace(WHOLE, process_text="Bước 1\nBước 2\nBước 3")

    (change,) = differences(before, replace(before, process_text="Bước 1\nBước hai\nBước 3"))

    assert [op for op, _ in told(change)] == ["gap", "same", "out", "in", "same", "gap"]


def test_a_very_long_change_is_shown_whole() -> None:
    (change,) = differences(WHOLE, replace(WHOLE, process_text="một hai " * 2000))

    assert [op for op, _ in told(change)] == ["out", "in"]


def test_a_new_procedure_says_everything_for_the_first_time() -> None:
    assert {change.word for change in differences(None, WHOLE)} == {"Thêm"}


def test_a_change_that_the_eye_cannot_see_is_told_all_the_same() -> None:
    """A unit that was confirmed, a level: nothing that is compared as facts goes untold."""
    before = replace(WHOLE, levels=(ProcedureLevel.COMMUNE,))

    (change,) = differences(before, replace(before, levels=(ProcedureLevel.PROVINCE,)))

    assert told(change)[-1] == ("same", "") or "tỉnh" in told(change)[-1][1]


@given(facts=anything)
def test_facts_come_back_from_json_as_they_went(facts: ProcedureFacts) -> None:
    stored = json.loads(json.dumps(stored_facts.to_json(facts)))

    assert stored_facts.from_json(stored) == facts


def test_every_field_of_a_channel_survives_json() -> None:
    channel = ChannelFacts(
        kind=ChannelKind.POSTAL,
        case_text="Trường hợp 1",
        time_limit=Decimal("1.500"),
        time_unit=TimeUnit.WORKING_HOUR,
        time_text="1,5 giờ",
        is_unit_confirmed=True,
        fee_amount=Decimal("12000.00"),
        fee_text="12.000 đồng",
        description="Qua bưu điện",
    )
    facts = replace(WHOLE, channels=(channel,), levels=(ProcedureLevel.PROVINCE,))

    assert stored_facts.from_json(stored_facts.to_json(facts)) == facts
