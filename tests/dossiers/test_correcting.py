"""Corrections: two persons, proof, nothing rewritten, and figures that know since when."""

from datetime import timedelta
from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dossiers import correcting, effective, endings, files, sealing
from dossiers.holding import ActRefused, Target
from dossiers.models import Correction, Dossier, DossierEvent
from dossiers.statuses import CorrectionStatus, EventKind, MomentKind, Timeliness
from organizations.models import Membership
from organizations.roles import Role
from tests.conftest import NOW, make_user
from tests.dossiers.correcting_hands import LATE, TRULY, accepted, late, proposed
from tests.dossiers.moving import PDF, asked_to_supplement, supplemented, walked

HOUR = timedelta(hours=1)
FACTS = [field.attname for field in Dossier._meta.concrete_fields]
# The head of the chain moves with every event; all else is the dossier itself.
MOVED_BY_EVENTS = {"event_count", "last_hash", "changed_at"}


def facts_of(dossier) -> dict:
    row = Dossier.objects.values(*FACTS).get(pk=dossier.pk)
    return {name: value for name, value in row.items() if name not in MOVED_BY_EVENTS}


def test_the_recorded_moment_stays_and_the_true_one_stands_beside_it(desk, supervisor):
    dossier = late(desk)
    before = facts_of(dossier)

    correction = accepted(proposed(dossier, desk.officer), supervisor)

    assert facts_of(dossier) == before
    assert effective.recorded(dossier)[MomentKind.ENDED] == LATE
    assert effective.moments(dossier)[MomentKind.ENDED] == TRULY
    assert correction.former_at == LATE
    assert sealing.verify().broken is None


def test_timeliness_is_told_before_and_after(desk, supervisor):
    dossier = late(desk)

    accepted(proposed(dossier, desk.officer), supervisor)

    ends = effective.moments(dossier)
    assert effective.timeliness_at_end(dossier, ended_at=LATE) == Timeliness.LATE
    assert effective.timeliness_at_end(dossier, ended_at=ends[MomentKind.ENDED]) == Timeliness.EARLY


def test_the_ledger_keeps_which_line_before_after_and_the_proof(desk, supervisor):
    dossier = late(desk)
    scan = SimpleUploadedFile("so-theo-doi.pdf", PDF)
    correction = proposed(dossier, desk.officer, evidence=scan, reference="")

    accepted(correction, supervisor)

    event = dossier.events.latest("sequence")
    approval = dossier.events.get(kind=EventKind.APPROVED)
    assert event.kind == EventKind.CORRECTION_ACCEPTED
    assert event.actor == supervisor
    assert (event.from_status, event.to_status) == ("resolved", "resolved")
    assert event.data["corrects"] == approval.sequence
    assert event.data["corrects_hash"] == approval.hash
    assert event.data["before"] == "2026-11-25T09:00:00+07:00"
    assert event.data["after"] == "2026-11-19T15:30:00+07:00"
    assert event.data["evidence_sha256"] == correction.evidence.sha256
    assert event.data["proposed_by"] == "Lê Thị Oanh"


def test_it_counts_from_its_acceptance_and_not_before(desk, supervisor):
    dossier = late(desk)
    correction = proposed(dossier, desk.officer)
    waiting = effective.moments(dossier)[MomentKind.ENDED]
    done = accepted(correction, supervisor)

    def end_known_at(moment):
        row = effective.with_end(Dossier.objects.all(), known_at=moment).get(pk=dossier.pk)
        told = effective.moments(dossier, known_at=moment)[MomentKind.ENDED]
        assert row.effective_end == told
        return told

    assert waiting == LATE
    assert end_known_at(done.decided_at) == LATE
    assert end_known_at(done.decided_at + timedelta(microseconds=1)) == TRULY


def test_a_later_correction_starts_from_the_earlier(desk, supervisor):
    dossier = late(desk)
    accepted(proposed(dossier, desk.officer), supervisor)

    second = proposed(dossier, desk.officer, true_at=TRULY + HOUR, at=LATE + timedelta(hours=5))
    accepted(second, desk.head)

    assert second.former_at == TRULY
    assert not second.improves
    assert effective.moments(dossier)[MomentKind.ENDED] == TRULY + HOUR
    assert sealing.verify().broken is None


# -- Who may ----------------------------------------------------------------------------


def test_nobody_decides_their_own_proposal(desk):
    dossier = late(desk, "return")
    correction = proposed(
        dossier, desk.head, moment=MomentKind.RETURNED, true_at=LATE + timedelta(minutes=5)
    )

    with pytest.raises(PermissionDenied, match="không được tự quyết định"):
        accepted(correction, desk.head)


def test_the_agency_itself_never_improves_its_figure(desk, deputy_head):
    correction = proposed(late(desk), desk.officer)

    assert correction.improves
    with pytest.raises(PermissionDenied, match="Văn phòng UBND tỉnh quyết định"):
        accepted(correction, deputy_head)


def test_a_supervisor_with_a_post_in_the_agency_does_not_either(desk, supervisor):
    correction = proposed(late(desk), desk.officer)
    Membership.objects.create(user=supervisor, agency=desk.agency, role=Role.OFFICER)

    with pytest.raises(PermissionDenied):
        accepted(correction, supervisor)


def test_a_supervisor_of_the_agency_itself_does_not_either(desk):
    correction = proposed(late(desk), desk.officer)
    own = make_user("duc", "Võ Minh Đức", desk.agency, Role.SUPERVISOR)

    with pytest.raises(PermissionDenied):
        accepted(correction, own)


def test_the_head_decides_what_improves_nothing(desk):
    dossier = walked(desk, "return")
    later = dossier.returned_at + HOUR
    correction = proposed(
        dossier, desk.clerk, moment=MomentKind.RETURNED, true_at=later, at=later + HOUR
    )

    done = accepted(correction, desk.head)

    assert (done.status, done.decided_for) == (CorrectionStatus.ACCEPTED, desk.agency)


def test_strangers_to_the_agency_find_nothing(desk, foreign_officer, foreign_head, supervisor):
    dossier = late(desk)
    with pytest.raises(Dossier.DoesNotExist):
        proposed(dossier, foreign_officer)
    with pytest.raises(PermissionDenied):
        proposed(dossier, supervisor)
    correction = proposed(dossier, desk.officer)

    with pytest.raises(Correction.DoesNotExist):
        accepted(correction, foreign_head)


# -- What is refused ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"reference": " "}, "reference"),
        ({"reason": "\u00a0 "}, "reason"),
        ({"true_at": LATE + timedelta(days=9)}, "true_at"),
        ({"true_at": LATE}, "true_at"),
        ({"true_at": NOW - HOUR}, "true_at"),
        ({"moment": MomentKind.RETURNED}, "moment"),
    ],
)
def test_an_impossible_claim_changes_nothing(desk, facts, code):
    dossier = late(desk)
    before = facts_of(dossier), dossier.events.count()

    with pytest.raises(ActRefused) as refusal:
        proposed(dossier, desk.officer, **facts)

    assert refusal.value.code == code
    assert (facts_of(dossier), dossier.events.count()) == before
    assert not Correction.objects.exists()


def test_what_proves_it_must_be_a_scan(desk):
    upload = SimpleUploadedFile("chung-cu.pdf", b"MZ\x90\x00 not a pdf")

    with pytest.raises(files.FileRefused):
        proposed(late(desk), desk.officer, evidence=upload)

    assert not Correction.objects.exists()


def test_the_end_cannot_lie_before_a_supplement_came_in(desk):
    dossier = asked_to_supplement(desk)
    came = NOW + timedelta(days=3)
    supplemented(desk, dossier, at=came)
    endings.stop(
        target=Target(code=dossier.code), reason="Người nộp đã mất.", actor=desk.head, at=LATE
    )
    dossier.refresh_from_db()

    with pytest.raises(ActRefused, match="tạm dừng"):
        proposed(dossier, desk.officer, true_at=came - HOUR)

    assert proposed(dossier, desk.officer, true_at=came + HOUR).pk


def test_the_result_is_not_returned_before_it_was_there(desk):
    dossier = late(desk, "return")

    with pytest.raises(ActRefused, match="kết thúc giải quyết"):
        proposed(dossier, desk.clerk, moment=MomentKind.RETURNED, true_at=LATE - HOUR)


def test_a_moment_waits_for_one_decision_at_a_time(desk):
    dossier = late(desk)
    proposed(dossier, desk.officer)

    with pytest.raises(ActRefused) as refusal:
        proposed(dossier, desk.head, true_at=TRULY + HOUR)

    assert refusal.value.code == "waiting"


def test_a_stale_page_is_told_so(desk):
    dossier = late(desk)
    claim = correcting.Claim(moment=MomentKind.ENDED, true_at=TRULY, reason="A", reference="B")
    with pytest.raises(ActRefused) as refusal:
        correcting.propose(
            target=Target(code=dossier.code, expected_version=1),
            claim=claim,
            actor=desk.officer,
            at=LATE + HOUR,
        )

    assert refusal.value.code == "stale"


def test_a_refusal_says_why(desk, supervisor):
    correction = proposed(late(desk), desk.officer)

    with pytest.raises(ActRefused) as refusal:
        correcting.refuse(pk=correction.pk, note="  ", actor=supervisor, at=LATE + 2 * HOUR)

    assert refusal.value.code == "note"


def test_nothing_is_decided_twice(desk, supervisor):
    correction = proposed(late(desk), desk.officer)
    correcting.refuse(pk=correction.pk, note="Thiếu căn cứ.", actor=supervisor, at=LATE + 2 * HOUR)

    with pytest.raises(ActRefused) as refusal:
        accepted(correction, supervisor)

    assert refusal.value.code == "wrong_state"


@hypothesis_settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    minutes=st.integers(1, 11 * 24 * 60),
    moment=st.sampled_from([MomentKind.ENDED, MomentKind.RETURNED]),
)
def test_a_refused_proposal_changes_nothing(desk, supervisor, minutes, moment):
    with transaction.atomic():
        dossier = late(desk, "return", submission_key=None)
        before = facts_of(dossier), effective.moments(dossier)
        try:
            correction = proposed(
                dossier, desk.officer, moment=moment, true_at=LATE - timedelta(minutes=minutes)
            )
            correcting.refuse(
                pk=correction.pk, note="Không đủ căn cứ.", actor=supervisor, at=LATE + 2 * HOUR
            )
        except ActRefused:
            pass

        assert (facts_of(dossier), effective.moments(dossier)) == before
        assert sealing.verify().broken is None
        transaction.set_rollback(True)


# -- The database itself -----------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE dossiers_correction SET true_at = true_at - interval '1 day'",
        "UPDATE dossiers_correction SET reason = 'khác'",
        "UPDATE dossiers_correction SET status = 'accepted', true_at = former_at",
        "DELETE FROM dossiers_correction",
        "TRUNCATE dossiers_correction CASCADE",
    ],
)
def test_the_database_refuses_to_rewrite_a_correction(desk, sql):
    proposed(late(desk), desk.officer)
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError, match="chỉ được quyết định một lần"), transaction.atomic():
        connection.cursor().execute(sql)


def test_a_decided_correction_is_not_decided_again_by_sql(desk, supervisor):
    accepted(proposed(late(desk), desk.officer), supervisor)
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError, match="chỉ được quyết định một lần"), transaction.atomic():
        connection.cursor().execute("UPDATE dossiers_correction SET status = 'refused'")


def test_a_decision_without_its_event_is_not_committed(desk, supervisor):
    correction = proposed(late(desk), desk.officer)
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="không có sự kiện"), transaction.atomic():
        Correction.objects.filter(pk=correction.pk).update(
            status="accepted",
            decided_by=supervisor,
            decided_for=supervisor.postings[0].agency,
            decided_at=LATE + 2 * HOUR,
        )


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_heard(desk, supervisor, province):
    second = make_user("vinh", "Lương Thế Vinh", province, Role.SUPERVISOR)
    correction = proposed(late(desk), desk.officer)
    outcomes: list[str] = []

    def decide(actor, act):
        try:
            act(actor)
            outcomes.append("done")
        except ActRefused as refusal:
            outcomes.append(str(refusal.code))
        finally:
            connection.close()

    def no(actor):
        return correcting.refuse(
            pk=correction.pk, note="Không rõ.", actor=actor, at=LATE + 2 * HOUR
        )

    def yes(actor):
        return accepted(correction, actor)

    threads = [Thread(target=decide, args=pair) for pair in ((supervisor, yes), (second, no))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["done", "wrong_state"]
    decisions = DossierEvent.objects.filter(
        kind__in=(EventKind.CORRECTION_ACCEPTED, EventKind.CORRECTION_REFUSED)
    )
    assert decisions.count() == 1
    assert sealing.verify().broken is None
