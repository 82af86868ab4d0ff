"""Drafts: for whom, from when on, once; and when they are set aside or propose a later day."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from apologies import drafting
from apologies.drafting import Proposal
from apologies.models import ApologyLetter
from dossiers import lifecycle
from dossiers.deadlines import local_date
from dossiers.holding import Target
from dossiers.models import Dossier
from dossiers.statuses import Fault
from tests.apologies.writing import THURSDAY, drafted, endangered, signed
from tests.conftest import NOW, Desk
from tests.dossiers.moving import walked
from workdays.models import Holiday


def letter_of(dossier: Dossier) -> ApologyLetter:
    return ApologyLetter.objects.get(dossier=dossier)


def test_a_draft_waits_from_two_working_days_before_the_promise_on(late):
    tuesday, wednesday = NOW + timedelta(days=4), NOW + timedelta(days=5)

    assert drafting.draft_endangered(at=tuesday) == 0
    assert drafting.draft_endangered(at=wednesday) == 1


def test_a_draft_proposes_the_third_working_day_after_the_promise(late):
    drafting.draft_endangered(at=THURSDAY)

    letter = letter_of(late)
    # Tuesday 24/11 is a day off: Monday, Wednesday, Thursday.
    assert letter.new_day == date(2026, 11, 26)
    assert (letter.status, letter.reason, letter.agency) == ("draft", "", late.agency)
    assert letter.promised_at == late.due_at


def test_after_the_promise_the_new_day_counts_from_today(late):
    drafting.draft_endangered(at=NOW + timedelta(days=17))

    assert letter_of(late).new_day == date(2026, 12, 3)


def test_a_second_sweep_finds_nothing_to_draft(late):
    assert drafting.draft_endangered(at=THURSDAY) == 1
    assert drafting.draft_endangered(at=THURSDAY) == 0
    assert ApologyLetter.objects.count() == 1


def test_resolved_and_paused_dossiers_and_those_put_off_before_get_no_draft(
    desk: Desk, certificate
):
    walked(desk, "approve")
    put_off = signed(drafted(endangered(desk)), desk.head).dossier
    month_later = NOW + timedelta(days=40)

    assert drafting.draft_endangered(at=month_later) == 0
    assert list(put_off.apologies.values_list("status", flat=True)) == ["signed"]


@pytest.mark.django_db(transaction=True)
def test_four_sweeps_at_once_draft_each_dossier_once(desk: Desk, monkeypatch):
    monkeypatch.setattr(drafting, "BATCH", 3)
    for _ in range(12):
        desk.accept()
    start = threading.Barrier(4)

    def sweep() -> None:
        start.wait()
        drafting.draft_endangered(at=THURSDAY)
        connection.close()

    threads = [threading.Thread(target=sweep) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ApologyLetter.objects.count() == 12


def test_a_calendar_that_ends_leaves_the_day_for_a_person_to_choose(late):
    Holiday.objects.filter(date__year__gte=2027).delete()
    december = NOW + timedelta(days=47)

    assert drafting.draft_endangered(at=december) == 1
    assert letter_of(late).new_day is None


def test_an_accepted_request_writes_its_reason_into_the_draft(late, officer):
    drafting.draft_endangered(at=THURSDAY)
    proposal = Proposal(reason="Chờ ý kiến", fault=Fault.OTHER_AGENCY, new_day=date(2026, 12, 1))

    with transaction.atomic():
        drafting.draft(dossier=late, proposal=proposal, actor=officer, at=THURSDAY)

    letter = letter_of(late)
    assert (letter.reason, letter.fault, letter.new_day) == (
        "Chờ ý kiến",
        Fault.OTHER_AGENCY,
        date(2026, 12, 1),
    )
    assert letter.revision == 1


def test_the_draft_of_an_ended_dossier_is_set_aside(desk: Desk, late):
    drafting.draft_endangered(at=THURSDAY)
    target = Target(code=late.code)
    lifecycle.propose(
        target=target, proposal=lifecycle.Proposal(opinion="Đủ."), actor=desk.officer, at=THURSDAY
    )
    result = lifecycle.ResultFacts(
        number="1", issued_date=local_date(THURSDAY), signer_name="A", signer_title="B"
    )
    lifecycle.approve(target=target, result=result, actor=desk.head, at=THURSDAY)

    assert drafting.tend(at=THURSDAY) == 1
    assert letter_of(late).status == "obsolete"
    assert drafting.tend(at=THURSDAY) == 0


def test_an_untouched_draft_proposes_a_later_day_when_its_own_has_come(late):
    drafting.draft_endangered(at=THURSDAY)
    week_later = THURSDAY + timedelta(days=7)

    assert drafting.tend(at=week_later) == 1

    letter = letter_of(late)
    assert letter.new_day == date(2026, 12, 1)
    assert letter.revision == 1


def test_the_day_that_a_person_wrote_is_left_alone(late):
    letter = drafted(late)

    assert drafting.tend(at=THURSDAY + timedelta(days=14)) == 0
    assert ApologyLetter.objects.get(pk=letter.pk).new_day == letter.new_day


def test_a_promise_that_moved_out_of_danger_needs_no_letter(late):
    drafting.draft_endangered(at=THURSDAY)
    Dossier.objects.filter(pk=late.pk).update(due_at=late.due_at + timedelta(days=14))

    assert drafting.tend(at=THURSDAY) == 1
    assert letter_of(late).status == "obsolete"
