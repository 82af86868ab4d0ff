"""From acceptance to the citizen's hand: each act, its event, and every refusal."""

import threading
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from dossiers import lifecycle
from dossiers.holding import Target
from dossiers.ledger import TransitionRefused
from dossiers.lifecycle import Handover, Proposal, ResultFacts
from dossiers.models import Dossier
from dossiers.statuses import DossierStatus
from organizations.models import Membership
from organizations.roles import Role
from tests.conftest import NOW, Desk

RESULT = ResultFacts(
    number="125/LLTP",
    issued_date=date(2026, 11, 13),
    signer_name="Nguyễn Thị Hòa",
    signer_title="Giám đốc Sở",
)


def later(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)


def transferred(desk: Desk) -> Dossier:
    return lifecycle.transfer(
        target=Target(code=desk.accept().code), actor=desk.clerk, at=later(0.5)
    )


def taken(desk: Desk) -> Target:
    target = Target(code=transferred(desk).code)
    lifecycle.take(target=target, actor=desk.officer, at=later(1))
    return target


def proposed(desk: Desk, draft: SimpleUploadedFile | None = None) -> Target:
    target = taken(desk)
    proposal = Proposal(opinion="Đủ điều kiện cấp.", draft=draft)
    lifecycle.propose(target=target, proposal=proposal, actor=desk.officer, at=later(2))
    return target


def approved(desk: Desk) -> Target:
    target = proposed(desk)
    lifecycle.approve(target=target, result=RESULT, actor=desk.head, at=later(3))
    return target


def test_the_whole_way_writes_one_event_for_each_act(desk: Desk):
    target = approved(desk)

    dossier = lifecycle.return_result(
        target=target,
        handover=Handover(recipient_name="Nguyễn Thị Đào"),
        actor=desk.clerk,
        at=later(4),
    )

    dossier.refresh_from_db()
    kinds = list(dossier.events.order_by("sequence").values_list("kind", flat=True))
    assert kinds == ["accepted", "transferred", "assigned", "proposed", "approved", "returned"]
    assert dossier.status == DossierStatus.RETURNED
    assert (dossier.resolved_at, dossier.returned_at) == (later(3), later(4))
    assert dossier.result.recipient_name == "Nguyễn Thị Đào"
    assert dossier.event_count == 6


def test_steps_begin_and_end_as_the_dossier_moves(desk: Desk):
    target = approved(desk)

    steps = list(Dossier.objects.get(code=target.code).steps.order_by("position"))

    assert [(step.started_at, step.finished_at) for step in steps] == [
        (NOW, later(0.5)),
        (later(1), later(2)),
        (later(2), later(3)),
        (later(3), None),
    ]


def test_each_step_has_its_share_of_the_promised_time(desk: Desk):
    dossier = transferred(desk)

    due = [step.due_at for step in dossier.steps.order_by("position")]

    # 46 working hours from 09:00 on Friday to 17:00 a week later: 5, 75, 95, 100 per cent.
    assert due == sorted(due)
    assert due[0] == datetime.fromisoformat("2026-11-13T11:18:00+07:00")
    assert due[-1] == dossier.due_at


def test_the_officer_may_not_propose_what_another_took(desk: Desk, second_officer):
    target = taken(desk)

    with pytest.raises(PermissionDenied, match="được phân công"):
        lifecycle.propose(
            target=target, proposal=Proposal(opinion="x"), actor=second_officer, at=later(2)
        )


def test_a_taken_dossier_cannot_be_taken_again(desk: Desk, second_officer):
    target = taken(desk)

    with pytest.raises(PermissionDenied, match="đã có người xử lý"):
        lifecycle.take(target=target, actor=second_officer, at=later(2))


def test_the_head_assigns_an_officer_of_the_agency(desk: Desk, second_officer):
    target = Target(code=transferred(desk).code)

    dossier = lifecycle.assign(target=target, officer=second_officer, actor=desk.head, at=later(1))

    assert dossier.assignee == second_officer
    event = dossier.events.get(kind="assigned")
    assert event.data["officer"] == "Hồ Hữu Phúc"


def test_the_head_cannot_assign_someone_from_elsewhere(desk: Desk, foreign_officer):
    target = Target(code=transferred(desk).code)

    with pytest.raises(ValidationError) as refused:
        lifecycle.assign(target=target, officer=foreign_officer, actor=desk.head, at=later(1))

    assert refused.value.code == "not_an_officer_here"


def test_nobody_approves_what_they_proposed(desk: Desk, justice):
    Membership.objects.create(user=desk.head, agency=justice, role=Role.OFFICER)
    target = Target(code=transferred(desk).code)
    head = type(desk.head).objects.get(pk=desk.head.pk)
    lifecycle.take(target=target, actor=head, at=later(1))
    lifecycle.propose(target=target, proposal=Proposal(opinion="x"), actor=head, at=later(2))

    with pytest.raises(PermissionDenied, match="không được tự phê duyệt"):
        lifecycle.approve(target=target, result=RESULT, actor=head, at=later(3))


def test_a_deputy_may_approve_for_the_agency(desk: Desk, deputy_head):
    target = proposed(desk)

    dossier = lifecycle.approve(target=target, result=RESULT, actor=deputy_head, at=later(3))

    assert dossier.approved_by == deputy_head


def test_a_head_of_another_agency_does_not_even_see_it(desk: Desk, foreign_head):
    target = proposed(desk)

    with pytest.raises(Dossier.DoesNotExist):
        lifecycle.approve(target=target, result=RESULT, actor=foreign_head, at=later(3))


def test_a_supervisor_sees_it_and_may_not_act(desk: Desk, supervisor):
    target = proposed(desk)

    with pytest.raises(PermissionDenied, match="lãnh đạo"):
        lifecycle.approve(target=target, result=RESULT, actor=supervisor, at=later(3))


def test_sent_back_the_officer_works_on_and_the_promise_stands(desk: Desk):
    target = proposed(desk)
    before = Dossier.objects.get(code=target.code)

    dossier = lifecycle.send_back(
        target=target, reason="Bổ sung ý kiến xác minh.", actor=desk.head, at=later(3)
    )

    assert dossier.status == DossierStatus.PROCESSING
    assert dossier.due_at == before.due_at
    assert dossier.proposed_by is None
    officer_step = dossier.steps.get(role="officer")
    assert officer_step.finished_at is None


@pytest.mark.parametrize("opinion", ["", "   ", "\n"])
def test_a_proposal_needs_an_opinion(desk: Desk, opinion):
    target = taken(desk)

    with pytest.raises(ValidationError):
        lifecycle.propose(
            target=target, proposal=Proposal(opinion=opinion), actor=desk.officer, at=later(2)
        )

    assert Dossier.objects.get(code=target.code).status == DossierStatus.PROCESSING


@pytest.mark.parametrize("day", [date(2026, 11, 12), date(2026, 11, 14)])
def test_a_result_is_issued_between_acceptance_and_today(desk: Desk, day):
    target = proposed(desk)
    facts = ResultFacts(number="1", issued_date=day, signer_name="A", signer_title="B")

    with pytest.raises(ValidationError) as refused:
        lifecycle.approve(target=target, result=facts, actor=desk.head, at=later(3))

    assert refused.value.code == "issued_date"
    assert not Dossier.objects.filter(result__isnull=False).exists()


def test_the_signed_draft_becomes_the_result_when_no_file_is_given(desk: Desk):
    draft = SimpleUploadedFile("du-thao.pdf", b"%PDF-1.7\n" + b"1" * 50)
    target = proposed(desk, draft)

    dossier = lifecycle.approve(target=target, result=RESULT, actor=desk.head, at=later(3))

    assert dossier.result.attachment.name == "du-thao.pdf"
    assert dossier.events.get(kind="approved").data["file_sha256"] == (
        dossier.result.attachment.sha256
    )


def test_a_bad_draft_changes_nothing(desk: Desk):
    target = taken(desk)
    proposal = Proposal(opinion="Được.", draft=SimpleUploadedFile("a.exe", b"MZ" + b"0" * 50))

    with pytest.raises(ValidationError):
        lifecycle.propose(target=target, proposal=proposal, actor=desk.officer, at=later(2))

    dossier = Dossier.objects.get(code=target.code)
    assert (dossier.status, dossier.event_count) == (DossierStatus.PROCESSING, 3)


def test_a_stale_form_is_refused(desk: Desk):
    seen = desk.accept()
    lifecycle.transfer(target=Target(code=seen.code), actor=desk.clerk, at=later(0.5))
    stale = Target(code=seen.code, expected_version=seen.event_count)

    with pytest.raises(ValidationError) as refused:
        lifecycle.take(target=stale, actor=desk.officer, at=later(1))

    assert refused.value.code == "stale"


def test_an_act_out_of_turn_is_refused(desk: Desk):
    target = Target(code=desk.accept().code)

    with pytest.raises(TransitionRefused, match="Đã tiếp nhận"):
        lifecycle.return_result(
            target=Target(code=target.code),
            handover=Handover(recipient_name="x"),
            actor=desk.clerk,
            at=later(1),
        )


def test_a_neighbouring_counter_cannot_transfer(desk: Desk, commune_clerk):
    code = desk.accept().code

    with pytest.raises(Dossier.DoesNotExist):
        lifecycle.transfer(target=Target(code=code), actor=commune_clerk, at=later(1))


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_once_exactly_one_takes_it(desk: Desk, second_officer):
    target = Target(code=transferred(desk).code)
    refused: list[Exception] = []

    def take(officer) -> None:
        try:
            lifecycle.take(target=target, actor=officer, at=later(1))
        except (PermissionDenied, ValidationError) as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=take, args=(person,)) for person in (desk.officer, second_officer)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert Dossier.objects.get().events.filter(kind="assigned").count() == 1
