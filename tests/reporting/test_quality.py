"""Findings: found in sets, never twice, closed by what is set right, kept when explained."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dossiers import correcting, lifecycle, reminders
from dossiers.holding import ActRefused, Target
from dossiers.models import Dossier
from dossiers.statuses import MomentKind
from reporting.models import Finding, FindingStep, QualitySweep
from reporting.quality import handling, showing, sweeping
from reporting.quality.handling import FindingRefused
from reporting.quality.rules import RULES
from reporting.statuses import FindingKind, FindingStatus
from tests.conftest import NOW
from tests.dossiers.correcting_hands import LATE, accepted, late, proposed
from tests.dossiers.moving import walked

MUCH_LATER = NOW + timedelta(days=60)
K = FindingKind


def found(kind: FindingKind) -> list[str]:
    """Codes of the dossiers that a kind names now."""
    rows = Finding.objects.open().filter(kind=kind).order_by("id")
    return [row.dossier.code for row in rows]


def sweep(at=MUCH_LATER) -> QualitySweep:
    swept = sweeping.sweep(at=at)
    assert swept is not None
    return swept


def rewritten(dossier: Dossier, **facts) -> Dossier:
    """What an import or a bug would have left: written past the acts."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        Dossier.objects.filter(pk=dossier.pk).update(**facts)
        cursor.execute("SET LOCAL session_replication_role = origin")
    dossier.refresh_from_db()
    return dossier


# -- What is found ------------------------------------------------------------------------


def test_every_kind_has_its_rule_its_sentence_and_its_advice():
    assert set(RULES) == set(showing.ADVICE) == set(FindingKind)


def test_an_ordinary_life_leaves_no_finding(desk):
    walked(desk, "return")
    walked(desk, "take", summary="Việc khác")

    assert sweep(at=NOW + timedelta(days=2)).counts == {}


def test_late_with_nothing_done_for_long_is_found(desk):
    idle = walked(desk, "take")

    sweep(at=NOW + timedelta(days=20))
    after_twenty_days = found(K.IDLE)
    sweep()

    assert after_twenty_days == []
    assert found(K.IDLE) == [idle.code]


def test_what_machines_note_is_no_act(desk):
    idle = walked(desk, "take")
    before = sweep().counts
    reminders.record_overdue(at=MUCH_LATER)

    assert sweep(at=MUCH_LATER + timedelta(hours=1)).counts == before == {"idle": 1}
    assert found(K.IDLE) == [idle.code]


def test_a_result_signed_in_time_but_recorded_late_is_found_until_it_is_corrected(desk, supervisor):
    dossier = signed_in_time(desk)
    sweep(at=LATE + timedelta(hours=3))
    before = found(K.ISSUED_EARLIER)

    accepted(proposed(dossier, desk.officer, at=LATE + timedelta(hours=4)), supervisor)
    sweep(at=LATE + timedelta(hours=8))

    assert before == [dossier.code]
    assert found(K.ISSUED_EARLIER) == []
    row = Finding.objects.get(kind=K.ISSUED_EARLIER)
    assert row.status == FindingStatus.FIXED
    assert [step.to_status for step in row.steps.all()] == ["fixed"]


def test_a_refused_proposal_leaves_the_finding(desk, supervisor):
    dossier = signed_in_time(desk)
    sweep(at=LATE + timedelta(hours=3))
    correction = proposed(dossier, desk.officer, at=LATE + timedelta(hours=4))
    correcting.refuse(
        pk=correction.pk, note="Thiếu.", actor=supervisor, at=LATE + timedelta(hours=5)
    )
    sweep(at=LATE + timedelta(hours=8))

    assert found(K.ISSUED_EARLIER) == [dossier.code]


def test_a_result_that_nobody_was_given_is_found(desk):
    waits = walked(desk, "approve")

    sweep()

    assert found(K.NOT_RETURNED) == [waits.code]


def test_an_end_without_a_result_is_found(desk):
    dossier = walked(desk, "return")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_result SET number = ' '")

    sweep()

    assert found(K.WITHOUT_RESULT) == [dossier.code]


def test_the_same_request_within_days_is_found(desk):
    first = desk.accept()
    twin = desk.accept(at=NOW + timedelta(days=3))
    desk.accept(at=NOW + timedelta(days=3), summary="Phiếu số 2")
    desk.accept(at=NOW + timedelta(days=30))

    sweep(at=NOW + timedelta(days=31))

    assert found(K.RECEIVED_TWICE) == [twin.code]
    assert Finding.objects.get(kind=K.RECEIVED_TWICE).other == first


@pytest.mark.parametrize(
    "facts",
    [
        {"transferred_at": NOW - timedelta(hours=1)},
        {"returned_at": NOW + timedelta(minutes=1)},
        {"submitted_at": NOW + timedelta(minutes=1)},
        {"resolved_at": NOW + timedelta(minutes=1)},
    ],
)
def test_moments_out_of_order_are_found(desk, facts):
    dossier = rewritten(walked(desk, "return"), **facts)

    sweep(at=NOW + timedelta(days=1))

    assert found(K.OUT_OF_ORDER) == [dossier.code]


def test_a_counter_that_never_hands_over_is_found(desk):
    for number in range(5):
        desk.accept(summary=f"Việc {number}")

    sweep(at=NOW + timedelta(days=40))

    row = Finding.objects.get(kind=K.NEVER_TRANSFERS)
    assert (row.counter, row.dossier, row.agency) == (desk.counter, None, desk.counter.agency)


def test_a_counter_that_hands_some_over_is_not(desk):
    codes = [desk.accept(summary=f"Việc {number}").code for number in range(6)]
    at = NOW + timedelta(days=20)
    lifecycle.transfer(target=Target(code=codes[0]), actor=desk.clerk, at=at)

    sweep(at=NOW + timedelta(days=40))

    assert not Finding.objects.filter(kind=K.NEVER_TRANSFERS).exists()


def test_leftovers_of_an_old_system_are_found(desk):
    leftover = rewritten(walked(desk, "take"), imported_at=NOW + timedelta(days=14))
    desk.accept(summary="Việc khác")

    sweep(at=NOW + timedelta(days=15))

    assert found(K.IMPORTED_LEFTOVER) == [leftover.code]


# -- Sweeping -----------------------------------------------------------------------------


def test_a_second_sweep_writes_nothing(desk):
    walked(desk, "take")
    walked(desk, "approve", summary="Việc khác")
    first = sweep()
    rows = list(Finding.objects.order_by("id").values())

    second = sweep(at=MUCH_LATER + timedelta(minutes=5))

    assert list(Finding.objects.order_by("id").values()) == rows
    assert first.counts == second.counts == {"idle": 1, "not_returned": 1}
    assert not FindingStep.objects.exists()


def test_what_is_set_right_goes_and_what_comes_back_is_opened_again(desk):
    dossier = walked(desk, "approve")
    sweep()
    lifecycle.return_result(
        target=Target(code=dossier.code),
        handover=lifecycle.Handover(recipient_name="Nguyễn Thị Đào"),
        actor=desk.clerk,
        at=MUCH_LATER,
    )

    sweep(at=MUCH_LATER + timedelta(hours=1))
    gone = Finding.objects.get().status
    rewritten(dossier, status="resolved", returned_at=None)
    sweep(at=MUCH_LATER + timedelta(hours=2))

    row = Finding.objects.get()
    assert (gone, row.status, row.closed_at) == (FindingStatus.GONE, FindingStatus.OPEN, None)
    assert [step.to_status for step in row.steps.order_by("id")] == ["gone", "open"]


def test_what_was_explained_stays_explained(desk):
    walked(desk, "approve")
    sweep()
    row = Finding.objects.get()
    handling.explain(
        pk=row.pk, reason="Người nộp hẹn đến sau Tết.", actor=desk.clerk, at=MUCH_LATER
    )

    sweep(at=MUCH_LATER + timedelta(days=1))

    assert Finding.objects.get().status == FindingStatus.EXPLAINED


def test_two_sweeps_do_not_run_at_once(desk, django_db_blocker):
    walked(desk, "approve")
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [sweeping._SWEEPER])

        assert sweeping.sweep(at=MUCH_LATER) is None
    finally:
        other.close()
    assert not Finding.objects.exists()


# -- Working through ----------------------------------------------------------------------


@pytest.fixture
def finding(desk) -> Finding:
    """A result that nobody was given."""
    walked(desk, "approve")
    sweep()
    return Finding.objects.get()


def test_the_explanation_is_kept_with_its_person_and_may_be_turned_down(desk, finding, supervisor):
    handling.take(pk=finding.pk, actor=desk.clerk, at=MUCH_LATER)
    handling.explain(pk=finding.pk, reason="Đã gọi điện.", actor=desk.clerk, at=MUCH_LATER)
    handling.reopen(pk=finding.pk, reason="Ghi rõ ngày gọi.", actor=supervisor, at=MUCH_LATER)

    finding.refresh_from_db()
    told = [(step.to_status, step.reason) for step in finding.steps.order_by("id")]
    assert finding.status == FindingStatus.OPEN
    assert told == [("seen", ""), ("explained", "Đã gọi điện."), ("open", "Ghi rõ ngày gọi.")]


def test_only_its_own_people_explain_and_only_the_province_turns_down(
    desk, finding, supervisor, foreign_head
):
    with pytest.raises(PermissionDenied):
        handling.explain(pk=finding.pk, reason="A", actor=supervisor, at=MUCH_LATER)
    with pytest.raises(Finding.DoesNotExist):
        handling.explain(pk=finding.pk, reason="A", actor=foreign_head, at=MUCH_LATER)
    handling.explain(pk=finding.pk, reason="A", actor=desk.head, at=MUCH_LATER)
    with pytest.raises(PermissionDenied):
        handling.reopen(pk=finding.pk, reason="A", actor=desk.head, at=MUCH_LATER)


def test_nothing_is_explained_twice_or_without_words(desk, finding):
    with pytest.raises(ActRefused):
        handling.explain(pk=finding.pk, reason=" ", actor=desk.head, at=MUCH_LATER)
    handling.explain(pk=finding.pk, reason="A", actor=desk.head, at=MUCH_LATER)

    with pytest.raises(FindingRefused) as refusal:
        handling.explain(pk=finding.pk, reason="B", actor=desk.clerk, at=MUCH_LATER)

    assert refusal.value.code == "wrong_state"
    assert FindingStep.objects.count() == 1


def test_a_finding_leads_to_its_dossier_and_the_correction(desk, finding, sign_in):
    page = sign_in(desk.clerk).get(finding.get_absolute_url()).content.decode()

    assert finding.dossier.get_absolute_url() in page
    assert reverse("dossiers:propose_correction", args=[finding.dossier.code]) in page
    assert "hãy ghi nhận việc trả trên hồ sơ" in page


def test_the_list_is_filtered_and_keeps_to_eight_queries(desk, supervisor, sign_in):
    for number in range(3):
        walked(desk, "approve", summary=f"Việc {number}")
    walked(desk, "take")
    sweep()
    browser = sign_in(supervisor)
    address = reverse("reporting:findings")

    with CaptureQueriesContext(connection) as captured:
        every = browser.get(address).content.decode()
    idle = browser.get(address, {"loai": "idle", "co-quan": "H41.15"}).content.decode()
    other = browser.get(address, {"co-quan": "H41"}).content.decode()

    asked = [one for one in captured.captured_queries if "SAVEPOINT" not in one["sql"]]
    assert len(asked) <= 8
    assert every.count("row-link") == 4
    assert idle.count("row-link") == 1
    assert "Không có dấu hiệu nào." in other


@pytest.mark.parametrize(
    "query",
    ["tab=x", "loai=%00", "co-quan=%00", "loai=guessed", "after=x~y", "before=~~", "tab=%F0%9F"],
)
def test_a_changed_address_breaks_nothing(desk, supervisor, sign_in, query):
    answer = sign_in(supervisor).get(f"{reverse('reporting:findings')}?{query}")

    assert answer.status_code in {200, 400}


def test_bad_words_are_told_and_change_nothing(desk, finding, sign_in):
    address = reverse("reporting:explain_finding", args=[finding.pk])

    with time_machine.travel(MUCH_LATER, tick=False):
        answers = [
            sign_in(desk.clerk).post(address, {"reason": reason})
            for reason in ("", " \n", "a\x00b", "x" * 2001)
        ]

    assert [answer.status_code for answer in answers] == [400] * 4
    assert Finding.objects.get().status == FindingStatus.OPEN


# -- The database itself ------------------------------------------------------------------


def row(desk, **facts) -> Finding:
    dossier = facts.pop("dossier", None) or desk.accept(submission_key=uuid4())
    known = {
        "kind": "idle",
        "subject": dossier.pk,
        "dossier": dossier,
        "agency": dossier.agency,
        "counter": dossier.counter,
        "status": "open",
        "since": NOW,
        "opened_at": NOW,
    }
    return Finding(**(known | facts))


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("finding_kind_and_status_are_known", {"kind": "guessed"}),
        ("finding_kind_and_status_are_known", {"status": "guessed", "closed_at": NOW}),
        ("finding_has_its_subject", {"subject": 1}),
        ("finding_has_its_subject", {"kind": "never_transfers"}),
        ("finding_closed_has_moment", {"status": "gone"}),
        ("finding_closed_has_moment", {"closed_at": NOW}),
        ("finding_handled_by_somebody", {"status": "seen"}),
    ],
)
def test_the_database_refuses_a_broken_finding(desk, name, facts):
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        row(desk, **facts).save()


def test_the_database_refuses_an_explanation_without_words(desk):
    facts = {"status": "explained", "closed_at": NOW, "handled_at": NOW, "handled_by": desk.head}

    with pytest.raises(IntegrityError, match='"finding_explained_says_why"'), transaction.atomic():
        row(desk, **facts).save()


def test_a_kind_names_a_dossier_once(desk):
    first = row(desk)
    first.save()

    with pytest.raises(IntegrityError, match="finding_once_for_kind"), transaction.atomic():
        row(desk, dossier=first.dossier).save()


def test_a_step_changes_the_status(desk):
    kept = row(desk)
    kept.save()

    with pytest.raises(IntegrityError, match='"finding_step_changes'), transaction.atomic():
        FindingStep.objects.create(finding=kept, from_status="open", to_status="open", at=NOW)


def test_a_sweep_takes_no_less_than_no_time(db):
    with pytest.raises(IntegrityError, match='"quality_sweep_took'), transaction.atomic():
        QualitySweep.objects.create(at=NOW, seconds=-1, counts={})


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM reporting_finding",
        "TRUNCATE reporting_finding CASCADE",
        "DELETE FROM reporting_findingstep",
        "UPDATE reporting_findingstep SET reason = 'khác'",
        "TRUNCATE reporting_findingstep",
    ],
)
def test_what_was_done_is_never_unmade(desk, finding, sql):
    handling.take(pk=finding.pk, actor=desk.clerk, at=MUCH_LATER)
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError, match="chỉ được ghi thêm"), transaction.atomic():
        connection.cursor().execute(sql)


def signed_in_time(desk) -> Dossier:
    """Recorded twelve days late; the result bears the day before the promised one."""
    dossier = late(desk)
    dossier.result.issued_date = datetime(2026, 11, 19).date()
    dossier.result.save(update_fields=["issued_date"])
    return dossier


def test_a_moment_kind_is_in_the_rules():
    text = " ".join(RULES.values())

    assert all(f"moment = '{kind.value}'" in text for kind in MomentKind)
