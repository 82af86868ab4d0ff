"""Agencies are asked, answer in time or late, one by one or together; the dossier runs on."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossiers import endings, halting, ledger, lifecycle
from dossiers.endings import Withdrawal
from dossiers.files import FileRefused
from dossiers.holding import ActRefused, Target
from dossiers.ledger import TransitionRefused
from dossiers.models import Dossier
from dossiers.statuses import EventKind
from liaison import answering, asking, tasks, terms, turns
from liaison.answering import Answer
from liaison.models import AnswerFile, Consultation, LateNotice
from liaison.statuses import AskingOrder, Verdict
from notifications.models import Message
from tests.conftest import NOW
from tests.liaison.conftest import question
from tthc_portal.timetable import SWEEPS

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
# Friday 13/11/2026 09:00 and two working days: the close of Tuesday.
DUE = datetime.fromisoformat("2026-11-17T17:00:00+07:00")


def kinds(dossier):
    return list(dossier.events.order_by("sequence").values_list("kind", flat=True))


def test_an_agency_is_asked_with_a_term_of_its_own_and_the_promise_stays(round_, construction):
    promised = round_.dossier.due_at

    consultation = round_.one(construction)

    event = round_.dossier.events.latest("sequence")
    round_.dossier.refresh_from_db()
    assert (consultation.status, consultation.due_at) == ("asked", DUE)
    assert event.kind == EventKind.CONSULTED
    assert event.data["matter"] == "Sở Xây dựng tỉnh Nghệ An, trả lời trước 17:00 ngày 17/11/2026"
    assert (round_.dossier.due_at, round_.dossier.status) == (promised, "processing")


def test_the_answer_is_in_the_ledger_with_its_words(round_, construction, foreign_officer, answer):
    answer(round_.one(construction), foreign_officer, NOW + HOUR)

    event = round_.dossier.events.latest("sequence")
    assert (event.kind, event.actor, event.reason) == (
        "consultation_answered",
        foreign_officer,
        "Sở đồng ý.",
    )
    assert "consultation_late" not in kinds(round_.dossier)


def test_in_parallel_all_are_asked_at_once(round_, construction, commune):
    made = round_.ask(construction, commune)

    assert [row.status for row in made.consultations.order_by("position")] == ["asked", "asked"]
    assert kinds(round_.dossier)[-2:] == ["consulted", "consulted"]


def test_in_sequence_the_next_is_asked_when_the_one_before_has_answered(
    round_, construction, commune, foreign_officer, answer
):
    made = round_.ask(construction, commune, order=AskingOrder.SEQUENCE)
    first, second = made.consultations.order_by("position")
    assert (second.status, second.due_at) == ("waiting", None)

    answer(first, foreign_officer, NOW + DAY * 3)

    second.refresh_from_db()
    assert (second.status, second.asked_at) == ("asked", NOW + DAY * 3)
    assert kinds(round_.dossier)[-2:] == ["consultation_answered", "consulted"]


def test_the_next_waits_while_the_dossier_is_paused_and_is_asked_when_it_runs(
    round_, desk, construction, commune, foreign_officer, answer
):
    first, second = round_.ask(
        construction, commune, order=AskingOrder.SEQUENCE
    ).consultations.order_by("position")
    target = Target(code=round_.dossier.code)
    halting.pause_for_payment(
        target=target, reason="Lệ phí trước bạ.", actor=desk.officer, at=NOW + HOUR
    )

    answer(first, foreign_officer, NOW + 2 * HOUR)
    turns.tend(at=NOW + 3 * HOUR)
    second.refresh_from_db()
    assert second.status == "waiting"

    halting.resume(target=target, reason="Biên lai 1.", actor=desk.officer, at=NOW + 4 * HOUR)
    turns.tend(at=NOW + 5 * HOUR)
    second.refresh_from_db()
    assert (second.status, second.asked_at) == ("asked", NOW + 5 * HOUR)


def test_a_late_answer_is_recorded_once_at_the_moment_it_happened(round_, construction):
    consultation = round_.one(construction)
    turns.tend(at=DUE)
    assert "consultation_late" not in kinds(round_.dossier)

    turns.tend(at=DUE + HOUR)
    turns.tend(at=DUE + 2 * HOUR)

    event = round_.dossier.events.get(kind="consultation_late")
    notice = LateNotice.objects.get(consultation=consultation)
    assert (event.at, event.recorded_at, event.actor) == (DUE, DUE + HOUR, None)
    assert (notice.counter, notice.sent_at) == (round_.dossier.counter, DUE + HOUR)


def test_who_answers_late_before_the_sweep_came_is_late_all_the_same(
    round_, construction, foreign_officer, answer
):
    answer(round_.one(construction), foreign_officer, DUE + HOUR)

    assert kinds(round_.dossier)[-2:] == ["consultation_late", "consultation_answered"]
    assert turns.tend(at=DUE + 2 * HOUR) == 0


def test_the_heads_are_reminded_once_before_the_term_ends(round_, construction, foreign_head):
    foreign_head.email = "linh@example.vn"
    foreign_head.save()
    consultation = round_.one(construction)

    turns.tend(at=consultation.remind_at - HOUR)
    assert not Message.objects.exists()
    turns.tend(at=consultation.remind_at)
    turns.tend(at=consultation.remind_at + HOUR)

    message = Message.objects.get()
    assert message.recipient == "linh@example.vn"
    assert "17:00 17/11/2026" in message.body
    assert "Nguyễn Thị Đào" not in message.body


def test_a_mistyped_address_stops_no_reminder(round_, construction, foreign_head):
    foreign_head.email = "linh@"
    foreign_head.save()
    consultation = round_.one(construction)

    turns.tend(at=consultation.remind_at)

    consultation.refresh_from_db()
    assert consultation.is_reminded


def test_a_question_about_a_dossier_that_ended_lapses(round_, desk, construction, commune):
    asked = round_.ask(construction, commune, order=AskingOrder.SEQUENCE)
    endings.withdraw(
        target=Target(code=round_.dossier.code),
        withdrawal=Withdrawal(reference="Đơn ngày 13/11/2026"),
        actor=desk.clerk,
        at=NOW + HOUR,
    )

    turns.tend(at=DUE + HOUR)

    rows = asked.consultations.order_by("position")
    assert [(row.status, row.closed_at) for row in rows] == [("lapsed", NOW + HOUR)] * 2
    assert "consultation_late" not in kinds(round_.dossier)


def test_what_was_late_before_the_dossier_ended_is_recorded_then_lapses(round_, desk, construction):
    consultation = round_.one(construction)
    endings.withdraw(
        target=Target(code=round_.dossier.code),
        withdrawal=Withdrawal(reference="Đơn ngày 18/11/2026"),
        actor=desk.clerk,
        at=DUE + HOUR,
    )

    turns.tend(at=DUE + 2 * HOUR)

    consultation.refresh_from_db()
    assert consultation.status == "lapsed"
    assert round_.dossier.events.get(kind="consultation_late").at == DUE


def test_nothing_is_answered_about_a_dossier_that_ended(
    round_, desk, construction, foreign_officer, answer
):
    consultation = round_.one(construction)
    endings.withdraw(
        target=Target(code=round_.dossier.code),
        withdrawal=Withdrawal(reference="Đơn"),
        actor=desk.clerk,
        at=NOW + HOUR,
    )

    with pytest.raises(ActRefused, match="đã kết thúc"):
        answer(consultation, foreign_officer, NOW + 2 * HOUR)


def test_a_paused_dossier_can_be_answered(round_, desk, construction, foreign_officer, answer):
    consultation = round_.one(construction)
    halting.pause_for_payment(
        target=Target(code=round_.dossier.code), reason="Lệ phí.", actor=desk.officer, at=NOW + HOUR
    )

    assert answer(consultation, foreign_officer, NOW + 2 * HOUR).status == "answered"


def test_a_second_answer_is_refused_and_the_first_stands(
    round_, construction, foreign_officer, foreign_head, answer
):
    consultation = round_.one(construction)
    answer(consultation, foreign_officer, NOW + HOUR)

    with pytest.raises(ActRefused, match="Đã trả lời"):
        answer(consultation, foreign_head, NOW + 2 * HOUR)
    with pytest.raises(IntegrityError, match="không được sửa"), transaction.atomic():
        Consultation.objects.filter(pk=consultation.pk).update(answer="Khác")
    with pytest.raises(IntegrityError, match="không được sửa"), transaction.atomic():
        consultation.delete()


def test_an_answer_without_a_text_or_with_a_bad_file_changes_nothing(
    round_, construction, foreign_officer
):
    consultation = round_.one(construction)
    page = SimpleUploadedFile("van-ban.html", b"<html>")

    with pytest.raises(ActRefused, match="nội dung trả lời"):
        answering.answer(
            pk=consultation.pk,
            answer=Answer(verdict=Verdict.AGREES, text="  "),
            actor=foreign_officer,
            at=NOW,
        )
    with pytest.raises(FileRefused):
        answering.answer(
            pk=consultation.pk,
            answer=Answer(verdict=Verdict.AGREES, text="Đồng ý.", upload=page),
            actor=foreign_officer,
            at=NOW,
        )

    consultation.refresh_from_db()
    assert consultation.status == "asked"
    assert kinds(round_.dossier)[-1] == "consulted"


def test_the_answer_keeps_its_file_and_composes_its_letters(round_, construction, foreign_officer):
    consultation = round_.one(construction)
    upload = SimpleUploadedFile("tra-loi.pdf", PDF)
    decomposed = "Sở Xây dựng không đồng ý."

    answering.answer(
        pk=consultation.pk,
        answer=Answer(verdict=Verdict.DISAGREES, text=decomposed, upload=upload),
        actor=foreign_officer,
        at=NOW + HOUR,
    )

    consultation.refresh_from_db()
    assert consultation.answer == "Sở Xây dựng không đồng ý."
    assert consultation.answer_file.name == "tra-loi.pdf"
    with pytest.raises(IntegrityError, match="chỉ được ghi thêm"), transaction.atomic():
        AnswerFile.objects.update(name="khac.pdf")


@pytest.mark.parametrize("person", ["officer", "head", "clerk", "supervisor"])
def test_only_the_asked_agency_answers(round_, construction, request, answer, person):
    consultation = round_.one(construction)

    with pytest.raises(PermissionDenied):
        answer(consultation, request.getfixturevalue(person), NOW + HOUR)


def test_an_agency_that_is_not_asked_finds_nothing(
    round_, construction, commune, foreign_officer, answer
):
    consultation = round_.one(commune)

    with pytest.raises(Consultation.DoesNotExist):
        answer(consultation, foreign_officer, NOW + HOUR)


def test_an_agency_whose_turn_has_not_come_sees_nothing_yet(
    round_, construction, commune, foreign_officer
):
    second = round_.ask(commune, construction, order=AskingOrder.SEQUENCE).consultations.get(
        position=2
    )

    assert not Consultation.objects.visible_to(foreign_officer).filter(pk=second.pk).exists()


def test_the_asked_agency_does_not_see_the_dossier(round_, construction, foreign_officer):
    round_.one(construction)

    assert not Dossier.objects.visible_to(foreign_officer).exists()
    assert Consultation.objects.visible_to(foreign_officer).count() == 1


def test_whoever_asked_takes_the_question_back_and_the_next_is_asked(
    round_, desk, construction, commune
):
    first, second = round_.ask(
        construction, commune, order=AskingOrder.SEQUENCE
    ).consultations.order_by("position")

    answering.withdraw(pk=first.pk, reason="Đã đủ căn cứ.", actor=desk.officer, at=NOW + HOUR)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, first.closed_by) == ("withdrawn", desk.officer)
    assert second.status == "asked"
    with pytest.raises(ActRefused):
        answering.withdraw(pk=first.pk, reason="Lần nữa.", actor=desk.officer, at=NOW + 2 * HOUR)


def test_a_question_is_not_taken_back_without_a_reason_or_by_another(
    round_, desk, construction, foreign_officer
):
    consultation = round_.one(construction)

    with pytest.raises(ActRefused, match="lý do rút"):
        answering.withdraw(pk=consultation.pk, reason=" ", actor=desk.officer, at=NOW)
    with pytest.raises(PermissionDenied):
        answering.withdraw(pk=consultation.pk, reason="Thôi.", actor=foreign_officer, at=NOW)


def test_the_counter_takes_note_of_a_late_answer_once(round_, desk, construction, officer):
    consultation = round_.one(construction)
    turns.tend(at=DUE + HOUR)

    answering.read_notice(pk=consultation.pk, actor=desk.clerk, at=DUE + 2 * HOUR)
    answering.read_notice(pk=consultation.pk, actor=desk.clerk, at=DUE + 3 * HOUR)

    notice = LateNotice.objects.get()
    assert (notice.read_by, notice.read_at) == (desk.clerk, DUE + 2 * HOUR)
    with pytest.raises(PermissionDenied):
        answering.read_notice(pk=consultation.pk, actor=officer, at=DUE + 3 * HOUR)


def refusal(round_, *agencies, actor=None, version=None, **overrides):
    with pytest.raises(ActRefused) as refused:
        asking.ask(
            target=Target(code=round_.dossier.code, expected_version=version),
            question=question(*agencies, **overrides),
            actor=actor or round_.desk.officer,
            at=NOW,
        )
    return refused.value.code


def test_a_question_that_will_not_do_is_refused_and_changes_nothing(
    round_, construction, justice, commune
):
    before = kinds(round_.dossier)
    commune.is_active = False
    commune.save()

    assert refusal(round_) == "agencies"
    assert refusal(round_, justice) == "agencies"
    assert refusal(round_, construction, construction) == "agencies"
    assert refusal(round_, commune) == "agencies"
    assert refusal(round_, construction, content=" ") == "content"
    assert refusal(round_, construction, content="a" * 4001) == "content"
    assert refusal(round_, construction, file_ids=[999]) == "files"
    assert refusal(round_, construction, version=1) == "stale"
    # The promise is in five working days.
    assert refusal(round_, construction, days=6) == "terms"
    assert kinds(round_.dossier) == before
    assert not Consultation.objects.exists()


def test_terms_of_a_sequence_follow_each_other_and_must_fit_the_promise(
    round_, construction, commune
):
    assert refusal(round_, construction, commune, days=3, order=AskingOrder.SEQUENCE) == "terms"
    round_.ask(construction, commune, days=3)


def test_a_dossier_that_is_overdue_already_can_still_consult(round_, construction):
    assert round_.one(construction, at=round_.dossier.due_at + HOUR).status == "asked"


def test_an_agency_is_asked_once_at_a_time(round_, construction, foreign_officer, answer):
    consultation = round_.one(construction)
    assert refusal(round_, construction) == "asked_before"

    answer(consultation, foreign_officer, NOW + HOUR)

    assert round_.one(construction, at=NOW + 2 * HOUR).status == "asked"


def test_only_the_assignee_and_the_head_ask(round_, construction, clerk, second_officer, head):
    for person in (clerk, second_officer):
        with pytest.raises(PermissionDenied):
            asking.ask(
                target=Target(code=round_.dossier.code),
                question=question(construction),
                actor=person,
                at=NOW,
            )

    asking.ask(
        target=Target(code=round_.dossier.code),
        question=question(construction),
        actor=head,
        at=NOW,
    )


def test_a_stranger_to_the_dossier_cannot_ask(round_, commune, foreign_officer):
    with pytest.raises(Dossier.DoesNotExist):
        asking.ask(
            target=Target(code=round_.dossier.code),
            question=question(commune),
            actor=foreign_officer,
            at=NOW,
        )


def test_only_a_dossier_in_work_is_asked_about(round_, desk, construction):
    lifecycle.propose(
        target=Target(code=round_.dossier.code),
        proposal=lifecycle.Proposal(opinion="Đủ."),
        actor=desk.officer,
        at=NOW,
    )

    with pytest.raises(TransitionRefused):
        round_.one(construction)


def test_the_ledger_still_proves_itself(round_, construction, foreign_officer, answer):
    answer(round_.one(construction), foreign_officer, DUE + HOUR)

    previous = ""
    for event in round_.dossier.events.order_by("sequence"):
        assert event.hash == ledger.content_hash(event, round_.dossier.code)
        assert event.previous_hash == previous
        previous = event.hash


HOURS = st.integers(-30, 30)


@given(end=st.sampled_from(["answer", "withdrawal", "dossier", ""]), ends=HOURS, looks=HOURS)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_sql_and_python_agree_on_what_is_late(
    round_, desk, construction, foreign_officer, answer, end, ends, looks
):
    """Whatever ended the duty to answer, whenever one looks; before, at and after the term."""
    moment, at = DUE + ends * HOUR, DUE + looks * HOUR
    with transaction.atomic():
        consultation = round_.one(construction)
        if end == "answer":
            answer(consultation, foreign_officer, moment)
        elif end == "withdrawal":
            answering.withdraw(pk=consultation.pk, reason="A", actor=desk.officer, at=moment)
        elif end == "dossier":
            target = Target(code=round_.dossier.code)
            endings.withdraw(
                target=target, withdrawal=Withdrawal(reference="Đơn"), actor=desk.clerk, at=moment
            )
        found = Consultation.objects.select_related("dossier").get(pk=consultation.pk)

        python = terms.late_since(found, dossier_ended_at=found.dossier.resolved_at, at=at)
        sql = Consultation.objects.late(at=at).filter(pk=consultation.pk).exists()
        transaction.set_rollback(True)

    assert sql == (python is not None)
    assert sql == (looks > 0 and (not end or ends > 0))


def test_beat_rings_for_a_task_that_is_there(round_, construction):
    consultation = round_.one(construction)
    with time_machine.travel(DUE + HOUR, tick=False):
        tended = tasks.tend_consultations()

    consultation.refresh_from_db()
    assert SWEEPS["consultations"]["task"] == tasks.tend_consultations.name
    assert tended == 2  # reminded of, and late
    assert consultation.late_noted
