"""What is missing is asked for once, through the counter, and received there item by item."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from dossiers import halting, recalculation, sealing, supplements
from dossiers.deadlines import local_date, timeliness
from dossiers.holding import ActRefused, Target
from dossiers.models import Dossier, Pause, PrintedForm, SupplementRequest
from dossiers.statuses import DossierStatus, EventKind, FormKind, Timeliness
from dossiers.supplements import Missing, Need
from procedures.models import ClockRule
from tests.conftest import NOW
from tests.dossiers.moving import MISSING, PDF, asked_to_supplement, supplemented, walked

LATER = datetime.fromisoformat("2026-11-19T10:00:00+07:00")  # Thursday, four working days on


def ask(desk, dossier, *, at=NOW + timedelta(hours=5), actor=None, **facts) -> Dossier:
    need = Need(**({"items": MISSING, "reason": "Thiếu giấy tờ."} | facts))
    return supplements.request_supplement(
        target=Target(code=dossier.code), need=need, actor=actor or desk.officer, at=at
    )


def test_the_clock_stands_still_and_the_slip_is_ordered(desk):
    waiting = asked_to_supplement(desk)

    pause = Pause.objects.get(dossier=waiting)
    request = SupplementRequest.objects.get(dossier=waiting)
    assert waiting.status == DossierStatus.AWAITING_SUPPLEMENT
    assert (pause.ended_at, pause.effect, request.pause) == (None, "restart", pause)
    assert [item.name for item in request.items.order_by("position")] == [
        item.name for item in MISSING
    ]
    assert PrintedForm.objects.filter(dossier=waiting, kind=FormKind.SUPPLEMENT).count() == 1
    much_later = waiting.due_at + timedelta(days=90)
    assert timeliness(waiting, at=much_later) == Timeliness.PAUSED
    assert not Dossier.objects.overdue(at=much_later).exists()
    event = waiting.events.latest("sequence")
    assert event.data["matter"] == "Giấy khai sinh; Ghi rõ nơi thường trú trong tờ khai"


def test_an_incomplete_supplement_waits_on(desk):
    waiting = asked_to_supplement(desk)

    after = supplemented(desk, waiting, at=LATER, positions=(1,))

    assert after.status == DossierStatus.AWAITING_SUPPLEMENT
    assert after.due_at == waiting.due_at
    event = after.events.latest("sequence")
    assert event.kind == EventKind.SUPPLEMENT_PARTLY
    assert event.data["missing"] == ["Ghi rõ nơi thường trú trong tờ khai"]
    assert after.papers.filter(name="Giấy khai sinh", copies=1).exists()
    assert Pause.objects.running().filter(dossier=after).exists()


def test_a_complete_supplement_promises_the_whole_limit_anew(desk):
    waiting = asked_to_supplement(desk)
    supplemented(desk, waiting, at=LATER - timedelta(hours=1), positions=(2,))

    after = supplemented(desk, waiting, at=LATER, positions=(1,))

    # Five working days from Thursday 19/11, with Tuesday 24/11 off.
    assert local_date(after.due_at).isoformat() == "2026-11-27"
    assert after.first_due_at == waiting.first_due_at
    assert after.status == DossierStatus.PROCESSING
    receipts = PrintedForm.objects.filter(dossier=after, kind=FormKind.RECEIPT)
    assert sorted(receipts.values_list("number", flat=True)) == [1, 2]
    assert list(recalculation.shifts()) == []
    assert sealing.verify().broken is None


@pytest.mark.parametrize(
    ("effect", "day"), [("restart", "2026-11-27"), ("subtract", "2026-11-27"), ("shift", "2026-11-26")]
)  # fmt: skip
def test_the_rule_of_the_version_decides_what_waiting_does(desk, administrator, effect, day):
    ClockRule.objects.create(
        version=desk.version, effect=effect, in_force_from=NOW.date(), basis="QĐ 01",
        decided_by=administrator, decided_at=NOW,
    )  # fmt: skip
    waiting = asked_to_supplement(desk)

    after = supplemented(desk, waiting, at=LATER)

    assert Pause.objects.get(dossier=after).effect == effect
    assert local_date(after.due_at).isoformat() == day
    assert list(recalculation.shifts()) == []


def test_steps_that_are_not_finished_follow_the_new_promise(desk):
    waiting = asked_to_supplement(desk)

    after = supplemented(desk, waiting, at=LATER)

    steps = list(after.steps.order_by("position"))
    unfinished = [step for step in steps if step.finished_at is None]
    assert unfinished[-1].due_at == after.due_at
    assert all(LATER < step.due_at <= after.due_at for step in unfinished)


def test_it_is_asked_for_once_only(desk):
    dossier = supplemented(desk, asked_to_supplement(desk), at=LATER)

    with pytest.raises(ActRefused) as refusal:
        ask(desk, dossier, at=LATER + timedelta(hours=1))

    assert refusal.value.code == "supplements_used"
    assert SupplementRequest.objects.count() == 1


def test_after_three_working_days_only_the_sectors_own_law_helps(desk):
    dossier = walked(desk, "take")

    with pytest.raises(ActRefused) as refusal:
        ask(desk, dossier, at=LATER)
    asked = ask(desk, dossier, at=LATER, basis="Khoản 2 Điều 45 Luật Lý lịch tư pháp")

    assert refusal.value.code == "basis"
    assert "17:00 ngày 18/11/2026" in refusal.value.messages[0]
    assert asked.status == DossierStatus.AWAITING_SUPPLEMENT


def test_after_the_promise_nothing_helps(desk):
    dossier = walked(desk, "take")

    with pytest.raises(ActRefused) as refusal:
        ask(desk, dossier, at=dossier.due_at + timedelta(minutes=1), basis="Luật")

    assert refusal.value.code == "promise_passed"
    assert not Pause.objects.exists()


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"items": []}, "items"),
        ({"items": [Missing(name="  ")]}, "items"),
        ({"items": [Missing(name="A")] * 21}, "items"),
        ({"reason": " \n"}, "reason"),
    ],
)
def test_an_empty_request_is_refused(desk, facts, code):
    dossier = walked(desk, "take")

    with pytest.raises(ActRefused) as refusal:
        ask(desk, dossier, **facts)

    assert refusal.value.code == code
    assert Dossier.objects.get(pk=dossier.pk).event_count == dossier.event_count


def test_who_is_not_the_assignee_does_not_ask_and_only_the_counter_receives(desk, second_officer):
    dossier = walked(desk, "take")

    with pytest.raises(PermissionDenied):
        ask(desk, dossier, actor=second_officer)
    ask(desk, dossier)
    with pytest.raises(PermissionDenied, match="bộ phận một cửa"):
        supplements.receive_supplement(
            target=Target(code=dossier.code), brought={1: []}, actor=desk.officer, at=LATER
        )


@pytest.mark.parametrize("positions", [(), (3,), (1, 9)])
def test_only_what_is_waited_for_is_received(desk, positions):
    waiting = asked_to_supplement(desk)

    with pytest.raises(ActRefused) as refusal:
        supplemented(desk, waiting, at=LATER, positions=positions)

    assert refusal.value.code == "items"
    assert Dossier.objects.get(pk=waiting.pk).event_count == waiting.event_count


def test_scans_are_kept_with_their_paper(desk):
    waiting = asked_to_supplement(desk)

    supplements.receive_supplement(
        target=Target(code=waiting.code),
        brought={1: [SimpleUploadedFile("khai-sinh.pdf", PDF)]},
        actor=desk.clerk,
        at=LATER,
    )

    paper = waiting.papers.get(name="Giấy khai sinh")
    assert paper.is_digitised
    assert paper.attachments.get().name == "khai-sinh.pdf"


def test_a_second_click_of_the_clerk_changes_nothing(desk):
    waiting = asked_to_supplement(desk)
    target = Target(code=waiting.code, expected_version=waiting.event_count)
    brought = {1: [], 2: []}
    supplements.receive_supplement(target=target, brought=brought, actor=desk.clerk, at=LATER)

    with pytest.raises(ActRefused, match="vừa được người khác cập nhật"):
        supplements.receive_supplement(target=target, brought=brought, actor=desk.clerk, at=LATER)

    assert waiting.papers.count() == 4


def test_payment_pauses_and_gives_back_what_was_waited(desk):
    dossier = walked(desk, "take")
    target = Target(code=dossier.code)
    halting.pause_for_payment(
        target=target, reason="Thông báo 12/TB", actor=desk.officer, at=NOW + timedelta(days=3)
    )

    resumed = halting.resume(
        target=target, reason="Biên lai 34", actor=desk.clerk, at=NOW + timedelta(days=5)
    )

    # Monday to Wednesday 09:00: two working days later, and Tuesday 24/11 is off.
    assert local_date(resumed.due_at).isoformat() == "2026-11-25"
    assert resumed.status == DossierStatus.PROCESSING
    assert list(recalculation.shifts()) == []


def test_paying_after_the_promise_does_not_hide_that_it_is_late(desk):
    dossier = walked(desk, "take")
    target, late = Target(code=dossier.code), dossier.due_at + timedelta(days=3)
    halting.pause_for_payment(target=target, reason="Thông báo", actor=desk.officer, at=late)

    resumed = halting.resume(
        target=target, reason="Biên lai", actor=desk.clerk, at=late + timedelta(days=2)
    )

    assert resumed.due_at == dossier.due_at
    assert timeliness(resumed, at=late + timedelta(days=2)) == Timeliness.OVERDUE
    assert not PrintedForm.objects.filter(dossier=dossier, number=2).exists()
