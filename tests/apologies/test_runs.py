"""Many letters by one decision: each with its outcome, and no worker's death loses one."""

from datetime import date
from uuid import uuid4

import pytest

from apologies import issuing, runs
from apologies.holding import LetterTarget
from apologies.issuing import Grounds
from apologies.models import ApologyLetter, SigningRun
from dossiers.holding import ActRefused
from dossiers.statuses import Fault
from tests.apologies.writing import THURSDAY, drafted, endangered
from tests.conftest import Desk

COMMON = Grounds(reason="Sự cố đường truyền", fault=Fault.SYSTEM)
NOTHING = Grounds(reason="", fault=Fault.AGENCY)


def start(letters, head, *, common=COMMON, key=None) -> SigningRun:
    return runs.start(
        targets=[LetterTarget(pk=letter.pk, expected_revision=0) for letter in letters],
        common=common,
        key=key or uuid4(),
        actor=head,
        at=THURSDAY,
    )


@pytest.fixture
def drafts(desk: Desk, certificate) -> list[ApologyLetter]:
    return [drafted(endangered(desk), reason="") for _ in range(4)]


def test_each_letter_of_a_run_has_its_outcome(desk: Desk, drafts):
    ApologyLetter.objects.filter(pk=drafts[1].pk).update(new_day=date(2026, 11, 28))
    ApologyLetter.objects.filter(pk=drafts[2].pk).update(reason="Lý do riêng")
    ApologyLetter.objects.filter(pk=drafts[3].pk).update(revision=7)
    run = start(drafts, desk.head)

    assert runs.advance(run_id=run.pk, at=THURSDAY) == 4

    outcomes = [(item.outcome, item.refusal) for item in run.items.order_by("letter")]
    assert [outcome for outcome, _ in outcomes] == ["signed", "refused", "signed", "refused"]
    assert "ngày nghỉ" in outcomes[1][1]
    assert "vừa được sửa" in outcomes[3][1]
    reasons = ApologyLetter.objects.signed().order_by("pk").values_list("reason", flat=True)
    assert list(reasons) == ["Sự cố đường truyền", "Lý do riêng"]
    run.refresh_from_db()
    assert run.finished_at == THURSDAY


def test_a_run_without_a_common_reason_refuses_the_drafts_that_have_none(desk: Desk, drafts):
    run = start(drafts[:1], desk.head, common=NOTHING)

    runs.advance(run_id=run.pk, at=THURSDAY)

    assert "Hãy ghi lý do chậm" in run.items.get().refusal


class Killed(BaseException):
    """Stands for the worker's sudden end: nothing catches it."""


def test_what_a_killed_worker_left_is_signed_by_the_sweep(desk: Desk, drafts, monkeypatch):
    run, sign, calls = start(drafts, desk.head), issuing.sign, []

    def dies_at_the_third(**facts):
        calls.append(1)
        letter = sign(**facts)
        if len(calls) == 3:
            raise Killed
        return letter

    with monkeypatch.context() as patched:
        patched.setattr(issuing, "sign", dies_at_the_third)
        with pytest.raises(Killed):
            runs.advance(run_id=run.pk, at=THURSDAY)
    assert run.items.filter(outcome="signed").count() == 2
    assert ApologyLetter.objects.signed().count() == 2

    assert runs.advance_unfinished(at=THURSDAY) == 2
    assert runs.advance_unfinished(at=THURSDAY) == 0
    assert sorted(ApologyLetter.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_a_second_click_finds_the_first_run(desk: Desk, drafts):
    key = uuid4()

    assert start(drafts, desk.head, key=key) == start(drafts, desk.head, key=key)
    assert SigningRun.objects.count() == 1


def test_none_and_too_many_are_refused_with_a_sentence(desk: Desk, drafts, monkeypatch):
    with pytest.raises(ActRefused, match="đánh dấu ít nhất một"):
        start([], desk.head)
    monkeypatch.setattr(runs, "MOST_AT_ONCE", 3)
    with pytest.raises(ActRefused, match="tối đa 3"):
        start(drafts, desk.head)


def test_letters_that_the_person_may_not_see_are_no_part_of_the_run(drafts, foreign_head, desk):
    run = start(drafts, foreign_head)

    assert run.items.count() == 0


def test_a_person_who_may_not_sign_gets_that_said_of_each_letter(drafts, supervisor):
    run = start(drafts[:1], supervisor)
    runs.advance(run_id=run.pk, at=THURSDAY)

    assert "Chỉ lãnh đạo" in run.items.get().refusal
