"""Ends without a result: declined, stopped, withdrawn; and that waiting makes nobody late."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from dossiers import endings, intake, notices, sealing
from dossiers.deadlines import timeliness
from dossiers.endings import Withdrawal
from dossiers.holding import ActRefused, Target
from dossiers.ledger import TransitionRefused
from dossiers.models import Dossier, Pause, PrintedForm
from dossiers.statuses import NATIONAL_STATE, DossierStatus, FormKind, Timeliness
from organizations.models import Membership
from organizations.roles import Role
from procedures.statuses import ChannelKind
from tests.conftest import NOW
from tests.dossiers.moving import PDF, asked_to_supplement, walked

LATER = NOW + timedelta(days=3)


def of(dossier: Dossier) -> Target:
    return Target(code=dossier.code)


def test_a_head_declines_what_an_officer_proposed(desk):
    dossier = walked(desk, "propose")

    ended = endings.decline(
        target=of(dossier), reason="Không đủ điều kiện.", actor=desk.head, at=LATER
    )

    assert ended.status == DossierStatus.DECLINED
    assert NATIONAL_STATE[DossierStatus.DECLINED] == 3
    assert (ended.resolved_at, ended.approved_by) == (LATER, desk.head)
    assert timeliness(ended, at=LATER) == Timeliness.EARLY
    assert PrintedForm.objects.filter(dossier=dossier, kind=FormKind.REFUSAL).exists()
    assert sealing.verify().broken is None


def test_who_proposed_does_not_decline(desk):
    Membership.objects.create(user=desk.officer, agency=desk.agency, role=Role.HEAD)
    dossier = walked(desk, "propose")

    with pytest.raises(PermissionDenied, match="không được tự quyết định"):
        endings.decline(target=of(dossier), reason="A", actor=desk.officer, at=LATER)


def test_declined_after_the_promise_counts_as_late(desk):
    dossier = walked(desk, "propose")
    late = dossier.due_at + timedelta(hours=1)

    ended = endings.decline(target=of(dossier), reason="A", actor=desk.head, at=late)

    assert timeliness(ended, at=late) == Timeliness.LATE


def test_stopped_with_the_notice_that_the_rule_set_has(desk):
    dossier = walked(desk, "take")

    ended = endings.stop(target=of(dossier), reason="Đất có tranh chấp.", actor=desk.head, at=LATER)

    assert ended.status == DossierStatus.STOPPED
    assert PrintedForm.objects.filter(dossier=dossier, kind=FormKind.STOP_NOTICE).exists()


@pytest.mark.parametrize(
    "reason", ["Đất có tranh chấp", "Đất có tranh chấp.", "Đất có tranh chấp. "]
)
def test_the_notice_is_the_paper_of_the_agency_whose_head_signs_it(desk, reason):
    dossier = walked(desk, "take")
    endings.stop(target=of(dossier), reason=reason, actor=desk.head, at=LATER)

    notice = notices.stop_notice_of(PrintedForm.objects.get(kind=FormKind.STOP_NOTICE))

    assert " ".join(notice.head.counter) == "Sở Tư pháp tỉnh Nghệ An"
    assert " ".join(notice.head.body) == "Ủy ban nhân dân tỉnh Nghệ An"
    assert (notice.signer_title, notice.reason) == ("Giám đốc Sở", "Đất có tranh chấp.")


def test_the_older_rule_set_has_no_notice(desk):
    dossier = walked(desk, "take")
    Dossier.objects.filter(pk=dossier.pk).update(rule_set="nd61-2018")

    endings.stop(target=of(dossier), reason="Đất có tranh chấp.", actor=desk.head, at=LATER)

    assert not PrintedForm.objects.filter(kind=FormKind.STOP_NOTICE).exists()


def test_a_supplement_that_never_came_stops_the_dossier_after_its_days(desk):
    waiting = asked_to_supplement(desk)

    with pytest.raises(ActRefused) as refusal:
        endings.stop(target=of(waiting), reason="A", actor=desk.head, at=NOW + timedelta(days=29))
    long_after = NOW + timedelta(days=30)
    ended = endings.stop(
        target=of(waiting), reason="Không bổ sung.", actor=desk.head, at=long_after
    )

    assert refusal.value.code == "wait_not_over"
    assert "đến hết 12/12/2026" in refusal.value.messages[0]
    # The promise of the day of asking has passed, but only while the applicant was waited for.
    assert timeliness(ended, at=long_after) == Timeliness.EARLY
    assert Pause.objects.get(dossier=waiting).ended_at == long_after


@pytest.mark.parametrize("last", ["accept", "transfer", "take", "propose"])
def test_an_applicant_withdraws_in_writing(desk, last):
    dossier = walked(desk, last)

    ended = endings.withdraw(
        target=of(dossier),
        withdrawal=Withdrawal(reference="Đơn ngày 13/11/2026"),
        actor=desk.clerk,
        at=LATER,
    )

    assert ended.status == DossierStatus.WITHDRAWN
    assert ended.events.latest("sequence").reason == "Đơn ngày 13/11/2026"


def test_an_online_dossier_is_withdrawn_before_acceptance(desk):
    dossier = intake.submit(request=desk.request(channel=ChannelKind.ONLINE), at=NOW)
    wish = Withdrawal(file=SimpleUploadedFile("don.pdf", PDF))

    ended = endings.withdraw(target=of(dossier), withdrawal=wish, actor=desk.clerk, at=LATER)

    assert (ended.status, ended.accepted_at) == (DossierStatus.WITHDRAWN, None)
    assert ended.attachments.get().name == "don.pdf"


def test_a_withdrawal_needs_its_writing(desk, dossier):
    with pytest.raises(ActRefused) as refusal:
        endings.withdraw(
            target=of(dossier), withdrawal=Withdrawal(reference=" "), actor=desk.clerk, at=LATER
        )

    assert refusal.value.code == "reference"


def test_what_has_ended_does_not_end_again(desk):
    dossier = walked(desk, "approve")

    with pytest.raises(TransitionRefused):
        endings.withdraw(
            target=of(dossier), withdrawal=Withdrawal(reference="Đơn"), actor=desk.clerk, at=LATER
        )
