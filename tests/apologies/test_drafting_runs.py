"""A month's letters in one batch: every dossier has its outcome, no worker's death loses one."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from apologies import drafting, drafting_runs, drawing
from apologies.models import ApologyLetter, DraftingItem, DraftingRun, LetterPrint
from dossiers import endings
from dossiers.holding import ActRefused, Target
from dossiers.models import Dossier
from tests.apologies.writing import THURSDAY, drafted, endangered, signed
from tests.conftest import NOW, Desk

NOVEMBER = date(2026, 11, 1)
# Friday's promises are broken by then.
MONDAY = NOW + timedelta(days=10)


@pytest.fixture
def four(desk: Desk, certificate) -> list[Dossier]:
    """Four dossiers whose promise of Friday 20/11/2026 is a day away."""
    return [endangered(desk) for _ in range(4)]


def start(desk: Desk, *, actor=None, month=NOVEMBER, key=None, at=THURSDAY) -> DraftingRun:
    return drafting_runs.start(
        agency=desk.agency, month=month, key=key or uuid4(), actor=actor or desk.head, at=at
    )


def outcomes(run: DraftingRun) -> list[str]:
    return list(run.items.order_by("dossier").values_list("outcome", flat=True))


def test_every_dossier_of_the_month_gets_its_letter_and_picture(desk: Desk, four):
    touched = drafted(four[0], reason="Đã có lý do")
    run = start(desk)
    assert run.items.count() == 4

    assert drafting_runs.advance(run_id=run.pk, at=THURSDAY) == 4
    assert drawing.draw_waiting(at=THURSDAY) == 4

    progress = drafting_runs.progress(run)
    assert (progress.drafted, progress.drawn, progress.is_over) == (4, 4, True)
    assert ApologyLetter.objects.drafts().count() == 4
    # What a person has written stays.
    assert ApologyLetter.objects.get(pk=touched.pk).reason == "Đã có lý do"
    run.refresh_from_db()
    assert run.finished_at == THURSDAY


def test_what_needs_no_letter_any_more_says_why(desk: Desk, four):
    run = start(desk)
    signed(drafted(four[0]), desk.head)
    endings.stop(
        target=Target(code=four[1].code), reason="Người nộp đã mất", actor=desk.head, at=THURSDAY
    )

    drafting_runs.advance(run_id=run.pk, at=THURSDAY)

    told = list(run.items.order_by("dossier").values_list("outcome", "why_not"))
    assert told[0] == ("unneeded", "Đã có phiếu số 01/PXL.")
    assert told[1][0] == "unneeded"
    assert "trạng thái" in told[1][1]
    assert [outcome for outcome, _ in told[2:]] == ["drafted", "drafted"]


class Killed(BaseException):
    """Stands for the worker's sudden end: nothing catches it."""


def test_what_a_killed_worker_left_is_drafted_by_the_sweep(desk: Desk, four, monkeypatch):
    run, draft_one, calls = start(desk), drafting.draft_one, []

    def dies_at_the_third(**facts):
        calls.append(1)
        letter = draft_one(**facts)
        if len(calls) == 3:
            raise Killed
        return letter

    with monkeypatch.context() as patched:
        patched.setattr(drafting, "draft_one", dies_at_the_third)
        with pytest.raises(Killed):
            drafting_runs.advance(run_id=run.pk, at=THURSDAY)
    assert outcomes(run) == ["drafted", "drafted", "waiting", "waiting"]
    assert ApologyLetter.objects.count() == 2

    assert drafting_runs.advance_unfinished(at=THURSDAY) == 2
    assert drafting_runs.advance_unfinished(at=THURSDAY) == 0
    assert outcomes(run) == ["drafted"] * 4
    assert ApologyLetter.objects.count() == LetterPrint.objects.count() == 4


def test_a_dossier_that_breaks_the_drafting_does_not_hold_up_the_others(
    desk: Desk, four, monkeypatch, caplog
):
    run, draft_one = start(desk), drafting.draft_one

    def breaks_at_one(*, dossier, **facts):
        if dossier.pk == four[1].pk:
            raise TypeError(dossier.applicant_name)
        return draft_one(dossier=dossier, **facts)

    monkeypatch.setattr(drafting, "draft_one", breaks_at_one)
    drafting_runs.advance(run_id=run.pk, at=THURSDAY)

    assert outcomes(run) == ["drafted", "failed", "drafted", "drafted"]
    assert "Hãy báo quản trị" in run.items.get(outcome="failed").why_not
    assert four[1].applicant_name not in caplog.text


def test_the_sweep_and_a_run_draft_once(desk: Desk, four):
    run = start(desk)
    drafting.draft_endangered(at=THURSDAY)

    drafting_runs.advance(run_id=run.pk, at=THURSDAY)

    assert ApologyLetter.objects.count() == 4
    assert outcomes(run) == ["drafted"] * 4


def test_only_broken_or_endangered_promises_of_that_month(desk: Desk, four):
    with pytest.raises(ActRefused, match="Tháng 10/2026 không có hồ sơ"):
        start(desk, month=date(2026, 10, 1))
    # Ten days earlier Friday's promise is not in danger.
    with pytest.raises(ActRefused):
        start(desk, at=NOW)
    assert start(desk, at=MONDAY).items.count() == 4


def test_a_second_click_finds_the_first_run(desk: Desk, four):
    key = uuid4()

    assert start(desk, key=key) == start(desk, key=key)
    assert DraftingRun.objects.count() == 1


def test_who_may_have_letters_drafted(desk: Desk, four, supervisor, foreign_head):
    assert start(desk, actor=supervisor).items.count() == 4
    for person in (desk.officer, desk.clerk, foreign_head):
        with pytest.raises(PermissionDenied):
            start(desk, actor=person)


def test_too_many_are_refused_with_a_sentence(desk: Desk, four, monkeypatch):
    monkeypatch.setattr(drafting_runs, "MOST_AT_ONCE", 3)

    with pytest.raises(ActRefused, match="hơn 3 hồ sơ"):
        start(desk)


def test_the_page_starts_a_run_and_shows_how_far_it_came(sign_in, desk: Desk, four):
    browser, page = sign_in(desk.head), reverse("apologies:drafting_runs")
    given = {"agency": desk.agency.pk, "month": "2026-11-01", "key": str(uuid4())}

    with time_machine.travel(THURSDAY, tick=False):
        shown = browser.post(page, given, follow=True)
        again = browser.post(page, given, follow=True)
        assert shown.redirect_chain == again.redirect_chain
        assert "Đã lập 0 phiếu cho 4 hồ sơ" in shown.content.decode()
        run = DraftingRun.objects.get()
        drafting_runs.advance(run_id=run.pk, at=THURSDAY)
        drawing.draw_waiting(at=THURSDAY)
        done = browser.get(reverse("apologies:drafting_run", args=[run.pk])).content.decode()
        listed = browser.get(page).content.decode()

    assert "Đã lập 4 phiếu cho 4 hồ sơ" in done
    assert "4 phiếu đã có bản xem trước" in done
    assert "hx-get" not in done
    assert "Đã lập xong" in listed


@pytest.mark.parametrize(
    "overrides",
    [{"month": "2026-10-01"}, {"month": "2020-01-01"}, {"month": "xin-chao"}, {"agency": "999999"}],
)
def test_a_form_that_will_not_do_says_so(sign_in, desk: Desk, four, overrides):
    given = {"agency": desk.agency.pk, "month": "2026-11-01", "key": str(uuid4())} | overrides

    with time_machine.travel(THURSDAY, tick=False):
        answer = sign_in(desk.head).post(reverse("apologies:drafting_runs"), given)

    assert answer.status_code == 422
    assert "Hãy sửa các mục sau" in answer.content.decode()
    assert not DraftingRun.objects.exists()


def test_the_page_asks_few_questions(sign_in, desk: Desk, four, django_assert_max_num_queries):
    run, browser = start(desk), sign_in(desk.head)
    drafting_runs.advance(run_id=run.pk, at=THURSDAY)

    for address in ("drafting_runs", "drafting_run"):
        arguments = [run.pk] if address == "drafting_run" else []
        with django_assert_max_num_queries(8):
            browser.get(reverse(f"apologies:{address}", args=arguments))


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("drafting_item_outcome_is_whole", {"outcome": "drafted", "done_at": NOW}),
        ("drafting_item_outcome_is_whole", {"outcome": "failed", "done_at": NOW}),
        ("drafting_item_outcome_is_whole", {"outcome": "waiting", "done_at": NOW}),
        ("drafting_item_outcome_is_whole", {"outcome": "signed"}),
        ("drafting_item_once", {"outcome": "waiting"}),
    ],
)
def test_the_database_refuses_half_an_outcome(desk: Desk, four, name, facts):
    run = start(desk)
    if name != "drafting_item_once":
        run.items.all().delete()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        DraftingItem.objects.create(run=run, dossier=four[0], **facts)


def test_the_database_refuses_half_a_month(desk: Desk):
    with pytest.raises(IntegrityError, match="drafting_run_is_of_a_month"), transaction.atomic():
        DraftingRun.objects.create(
            submission_key=uuid4(), agency=desk.agency, month=date(2026, 11, 2),
            asked_by=desk.head, asked_at=NOW,
        )  # fmt: skip
