"""A new day: asked for by the officer, decided by a head, once; the second need is a violation."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from apologies import extending
from apologies.extending import Need
from apologies.models import ApologyLetter, ExtensionRequest, ExtensionViolation
from apologies.statuses import DelayReason
from dossiers.holding import ActRefused, Target
from dossiers.ledger import TransitionRefused
from dossiers.models import Dossier, Reschedule
from dossiers.statuses import Fault
from tests.apologies.writing import THURSDAY, drafted, signed
from tests.conftest import NOW, Desk
from tests.dossiers.moving import asked_to_supplement

WEDNESDAY = NOW + timedelta(days=5)
NEW_DAY = date(2026, 11, 26)


def need(**facts) -> Need:
    known = {"reason_kind": DelayReason.OPINION, "reason_text": "Công an tỉnh chưa trả lời",
             "fault": Fault.OTHER_AGENCY, "new_day": NEW_DAY}  # fmt: skip
    return Need(**(known | facts))


def ask(desk: Desk, dossier: Dossier, *, actor=None, at=WEDNESDAY, version=None, **facts):
    target = Target(code=dossier.code, expected_version=version)
    return extending.ask(target=target, need=need(**facts), actor=actor or desk.officer, at=at)


def accept(desk: Desk, dossier: Dossier, *, actor=None, day=NEW_DAY, at=WEDNESDAY):
    return extending.accept(
        target=Target(code=dossier.code), new_day=day, actor=actor or desk.head, at=at
    )


def refuse(desk: Desk, dossier: Dossier, *, reason="Đủ thời gian giải quyết", at=WEDNESDAY):
    return extending.refuse(target=Target(code=dossier.code), reason=reason, actor=desk.head, at=at)


def test_an_officer_asks_and_the_ledger_says_so(desk: Desk, late):
    asked = ask(desk, late)

    assert (asked.status, asked.promised_at) == ("asked", late.due_at)
    event = late.events.get(kind="extension_asked")
    assert event.data["matter"] == "đến ngày 26/11/2026"
    assert event.reason == "Chờ ý kiến của cơ quan phối hợp: Công an tỉnh chưa trả lời"
    late.refresh_from_db()
    assert late.due_at == asked.promised_at


def test_what_the_head_accepts_stands_in_the_draft_of_the_letter(desk: Desk, late):
    ask(desk, late)

    accept(desk, late, day=date(2026, 11, 27))

    letter = ApologyLetter.objects.get(dossier=late)
    assert letter.reason == "Chờ ý kiến của cơ quan phối hợp: Công an tỉnh chưa trả lời"
    assert (letter.fault, letter.new_day) == ("other_agency", date(2026, 11, 27))
    assert ExtensionRequest.objects.get().granted_day == date(2026, 11, 27)
    # The day changes when the letter is signed, not before.
    assert not Reschedule.objects.exists()


def test_a_draft_that_waits_takes_the_reason_of_the_request(desk: Desk, late):
    drafted(late, reason="")
    ask(desk, late, at=THURSDAY)

    accept(desk, late, at=THURSDAY)

    letter = ApologyLetter.objects.get(dossier=late)
    assert (letter.revision, letter.drafted_by) == (1, desk.officer)


def test_a_refused_request_changes_no_day_and_another_may_be_asked(desk: Desk, late):
    ask(desk, late)
    refuse(desk, late)

    assert late.events.get(kind="extension_refused").reason == "Đủ thời gian giải quyết"
    assert ask(desk, late, at=THURSDAY).status == "asked"
    assert not ApologyLetter.objects.exists()


def test_a_second_request_waits_for_the_first(desk: Desk, late):
    ask(desk, late)

    with pytest.raises(ActRefused) as refused:
        ask(desk, late)

    assert refused.value.code == "asked_before"
    assert ExtensionViolation.objects.count() == 0


def test_a_second_need_is_refused_and_kept_as_a_violation(desk: Desk, late, certificate):
    signed(drafted(late), desk.head)
    before = Dossier.objects.get(pk=late.pk).due_at

    for _ in range(2):
        with pytest.raises(ActRefused) as refused:
            ask(desk, late, at=THURSDAY + timedelta(hours=1), new_day=date(2026, 12, 4))

    assert refused.value.code == "extended_before"
    violation = ExtensionViolation.objects.get()
    assert (violation.dossier, violation.asked_by) == (late, desk.officer)
    assert late.events.filter(kind="warned").count() == 1
    assert Dossier.objects.get(pk=late.pk).due_at == before


def test_a_need_after_an_accepted_request_is_the_second_one(desk: Desk, late):
    ask(desk, late)
    accept(desk, late)

    with pytest.raises(ActRefused) as refused:
        ask(desk, late)

    assert refused.value.code == "extended_before"


def test_the_database_refuses_a_second_extension(desk: Desk, late, certificate):
    signed(drafted(late), desk.head)
    ask_row = {"dossier": late, "reason_kind": "opinion", "fault": "agency",
               "promised_at": late.due_at, "new_day": NEW_DAY, "asked_by": desk.officer,
               "asked_at": NOW}  # fmt: skip
    decided = {"decided_by": desk.head, "decided_at": NOW, "granted_day": NEW_DAY}
    ExtensionRequest.objects.create(status="accepted", **ask_row, **decided)

    with pytest.raises(IntegrityError, match="extension_"), transaction.atomic():
        ExtensionRequest.objects.create(status="accepted", **ask_row, **decided)
    with pytest.raises(IntegrityError, match="extension_asked_once"), transaction.atomic():
        ExtensionRequest.objects.create(status="asked", **ask_row)
    with pytest.raises(IntegrityError, match="dossier_id"), transaction.atomic():
        Reschedule.objects.create(
            dossier=late, at=NOW, previous_due_at=NOW, new_due_at=NOW + timedelta(days=9),
            reason="A", fault="agency", decided_by=desk.head,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"new_day": date(2026, 11, 20)}, "day_too_early"),
        ({"new_day": date(2026, 11, 24)}, "rest_day"),
        ({"new_day": date(2026, 11, 28)}, "rest_day"),
        ({"reason_kind": DelayReason.OTHER, "reason_text": "  "}, "reason_text"),
        ({"reason_text": "a" * 600}, "reason_text"),
        ({"version": 1}, "stale"),
    ],
)
def test_a_request_that_will_not_do_changes_nothing(desk: Desk, late, facts, code):
    with pytest.raises(ActRefused) as refused:
        ask(desk, late, **facts)

    assert refused.value.code == code
    assert refused.value.messages[0].endswith(".")
    assert not ExtensionRequest.objects.exists()
    assert Dossier.objects.get(pk=late.pk).event_count == late.event_count


def test_decomposed_letters_are_composed_at_the_door(desk: Desk, late):
    asked = ask(desk, late, reason_text="Công an\n tỉnh".replace("ô", "o\u0302"))

    assert asked.reason_text == "Công an tỉnh"


def test_only_the_assigned_officer_asks(desk: Desk, late, second_officer, foreign_officer):
    for other in (second_officer, desk.head, desk.clerk):
        with pytest.raises(PermissionDenied):
            ask(desk, late, actor=other)
    with pytest.raises(Dossier.DoesNotExist):
        ask(desk, late, actor=foreign_officer)


def test_only_a_head_of_the_agency_decides(desk: Desk, late, supervisor, foreign_head):
    ask(desk, late)

    for other in (desk.officer, supervisor):
        with pytest.raises(PermissionDenied):
            accept(desk, late, actor=other)
    with pytest.raises(Dossier.DoesNotExist):
        accept(desk, late, actor=foreign_head)


def test_a_head_who_handles_the_dossier_decides_nothing(desk: Desk, late):
    ask(desk, late)
    Dossier.objects.filter(pk=late.pk).update(assignee=desk.head)

    with pytest.raises(PermissionDenied, match="không được tự quyết định"):
        accept(desk, late)


def test_deciding_twice_finds_nothing_that_waits(desk: Desk, late):
    ask(desk, late)
    accept(desk, late)

    with pytest.raises(ActRefused) as refused:
        refuse(desk, late)

    assert refused.value.code == "wrong_state"


def test_a_refusal_needs_a_reason(desk: Desk, late):
    ask(desk, late)

    with pytest.raises(ActRefused):
        refuse(desk, late, reason=" \n")

    assert ExtensionRequest.objects.get().status == "asked"


def test_nothing_is_put_off_while_the_clock_stands(desk: Desk):
    with pytest.raises(TransitionRefused):
        ask(desk, asked_to_supplement(desk))


# -- Each rule that the database keeps ------------------------------------------------------


def row(desk: Desk, dossier: Dossier, **facts) -> ExtensionRequest:
    known = {"dossier": dossier, "status": "asked", "reason_kind": "opinion", "fault": "agency",
             "promised_at": dossier.due_at, "new_day": NEW_DAY, "asked_by": desk.officer,
             "asked_at": NOW}  # fmt: skip
    return ExtensionRequest(**(known | facts))


DECIDED = {"status": "refused", "decided_at": NOW, "decision_reason": "Không"}
CASES = {
    "extension_reason_and_fault_are_known": {"fault": "weather"},
    "extension_other_reason_is_told": {"reason_kind": "other"},
    "extension_decision_is_whole": {"status": "accepted"},
}


@pytest.mark.parametrize(("name", "facts"), CASES.items())
def test_the_database_refuses_it_and_says_why(desk: Desk, late, name, facts):
    wrong = row(desk, late, **facts)

    with pytest.raises(ValidationError, match=r"\."):
        wrong.validate_constraints()
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        wrong.save()


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "refused", "decided_at": NOW, "decision_reason": "Không"},
        {"status": "refused", "decided_at": NOW},
        {"status": "accepted", "decided_at": NOW},
        {"decision_reason": "Không"},
    ],
)
def test_half_a_decision_is_none(desk: Desk, late, facts):
    with pytest.raises(IntegrityError, match="extension_decision_is_whole"), transaction.atomic():
        row(desk, late, **facts).save()


def test_the_database_keeps_the_second_person_and_the_single_request(desk: Desk, late):
    own = row(desk, late, decided_by=desk.officer, **DECIDED)
    with (
        pytest.raises(IntegrityError, match="extension_decided_by_a_second_person"),
        transaction.atomic(),
    ):
        own.save()
    row(desk, late).save()
    with pytest.raises(IntegrityError, match="extension_"), transaction.atomic():
        row(desk, late).save()
    ExtensionViolation.objects.create(
        dossier=late, asked_by=desk.officer, at=NOW, on_day=NOW.date()
    )
    with pytest.raises(IntegrityError, match="extension_violation_once_a_day"):
        ExtensionViolation.objects.create(
            dossier=late, asked_by=desk.officer, at=NOW, on_day=NOW.date()
        )


# -- Pages --------------------------------------------------------------------------------


def form(dossier: Dossier, **facts) -> dict:
    known = {"version": Dossier.objects.get(pk=dossier.pk).event_count, "reason_kind": "opinion",
             "reason_text": "Công an tỉnh chưa trả lời", "fault": "other_agency",
             "new_day": "26/11/2026"}  # fmt: skip
    return known | facts


def path(dossier: Dossier, act: str = "") -> str:
    return f"/ho-so/{dossier.code}/gia-han/{act}"


def test_officer_and_head_do_it_on_the_page(desk: Desk, late, sign_in):
    with time_machine.travel(WEDNESDAY, tick=False):
        browser = sign_in(desk.officer)
        assert "26/11/2026" in browser.get(path(late)).content.decode()
        assert "Đề nghị gia hạn" in browser.get(f"/ho-so/{late.code}/").content.decode()
        asked = browser.post(path(late, "de-nghi/"), form(late), follow=True)
        assert "đã chuyển lãnh đạo" in asked.content.decode()

        browser = sign_in(desk.head)
        assert "Quyết định gia hạn" in browser.get(f"/ho-so/{late.code}/").content.decode()
        shown = browser.get(path(late)).content.decode()
        assert "Công an tỉnh chưa trả lời" in shown
        assert 'value="26/11/2026"' in shown
        done = browser.post(path(late, "dong-y/"), form(late), follow=True).content.decode()

    assert "ngày hẹn đổi khi ký" in done
    assert ApologyLetter.objects.get().new_day == NEW_DAY


def test_the_page_keeps_what_was_entered_and_says_what_is_wrong(desk: Desk, late, sign_in):
    with time_machine.travel(WEDNESDAY, tick=False):
        answer = sign_in(desk.officer).post(
            path(late, "de-nghi/"), form(late, new_day="24/11/2026")
        )

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Ngày 24/11/2026 là ngày nghỉ. Hãy chọn một ngày làm việc." in page
    assert "Công an tỉnh chưa trả lời" in page


def test_the_page_refuses_a_second_extension(desk: Desk, late, sign_in, certificate):
    signed(drafted(late), desk.head)
    with time_machine.travel(THURSDAY + timedelta(hours=2), tick=False):
        browser = sign_in(desk.officer)
        page = browser.get(path(late)).content.decode()
        answer = browser.post(path(late, "de-nghi/"), form(late, new_day="04/12/2026"))

    assert "pháp luật không cho gia hạn lần nữa" in page
    assert "Gửi lãnh đạo" not in page
    assert answer.status_code == 409
    assert "đã được ghi nhận để Văn phòng UBND tỉnh theo dõi" in answer.content.decode()
    assert ExtensionViolation.objects.count() == 1


def test_a_stale_page_is_a_conflict(desk: Desk, late, sign_in):
    with time_machine.travel(WEDNESDAY, tick=False):
        answer = sign_in(desk.officer).post(path(late, "de-nghi/"), form(late, version=1))

    assert answer.status_code == 409
