"""Signing: one decision with its number, day, event, notice and message, or nothing at all."""

import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from apologies import issuing, withdrawal
from apologies.certificates import CertificateRefused
from apologies.demo_authority import DemoAuthority
from apologies.holding import LetterTarget
from apologies.issuing import Grounds
from apologies.models import AgencyCertificate, ApologyLetter, CentreNotice, SigningAuthority
from dossiers import lifecycle, sealing
from dossiers.deadlines import local_date
from dossiers.holding import ActRefused, Target
from dossiers.ledger import TransitionRefused
from dossiers.models import Dossier, Reschedule
from dossiers.statuses import EventKind, Fault
from notifications.models import Message
from tests.apologies.writing import REASON, THURSDAY, drafted, endangered, signed
from tests.conftest import NOW, Desk
from tests.dossiers.moving import walked


def sign(letter, actor, *, at=THURSDAY, **facts):
    return issuing.sign(target=LetterTarget(pk=letter.pk), actor=actor, at=at, **facts)


def untouched(letter: ApologyLetter) -> bool:
    """Nothing of a signing is there: no number, no new day, no event, no notice, no message."""
    dossier = Dossier.objects.get(pk=letter.dossier_id)
    return (
        ApologyLetter.objects.get(pk=letter.pk).status == "draft"
        and not Reschedule.objects.exists()
        and not CentreNotice.objects.exists()
        and not Message.objects.filter(template="apology").exists()
        and not dossier.events.filter(kind=EventKind.APOLOGY_SIGNED).exists()
        and dossier.due_at == dossier.first_due_at
    )


def test_signing_does_everything_at_once(draft, desk: Desk):
    letter = signed(draft, desk.head)

    dossier = Dossier.objects.get(pk=letter.dossier_id)
    assert letter.full_number == "01/PXL"
    assert (letter.year, letter.signed_by, letter.signer_title) == (2026, desk.head, "Giám đốc Sở")
    assert local_date(dossier.due_at) == letter.new_day == date(2026, 11, 26)
    assert dossier.first_due_at == letter.promised_at
    kinds = list(dossier.events.order_by("sequence").values_list("kind", flat=True))
    assert kinds[-2:] == ["rescheduled", "apology_signed"]
    assert dossier.events.latest("sequence").data["number"] == "01/PXL"
    notice = CentreNotice.objects.get()
    assert (notice.counter, notice.kind, notice.read_at) == (desk.counter, "signed", None)
    message = Message.objects.get(template="apology")
    assert dossier.code in message.body
    assert letter.prints.get().kind == "sealed"
    assert sealing.verify().broken is None


def test_a_letter_counts_as_sent_only_when_its_pdf_stands(draft, desk: Desk):
    assert signed(draft, desk.head).sent_at is None


def test_numbers_begin_anew_each_year_and_for_each_agency(desk: Desk, certificate):
    for _ in range(2):
        signed(drafted(endangered(desk)), desk.head)
    january = NOW + timedelta(days=54)
    newer = drafted(endangered(desk, at=january - timedelta(days=7)), at=january)

    assert sign(newer, desk.head, at=january).full_number == "01/PXL"
    assert sorted(ApologyLetter.objects.values_list("year", "number")) == [
        (2026, 1),
        (2026, 2),
        (2027, 1),
    ]


def test_a_refused_signing_gives_its_number_back(desk: Desk, certificate):
    good, bad = drafted(endangered(desk)), drafted(endangered(desk))
    ApologyLetter.objects.filter(pk=bad.pk).update(new_day=date(2026, 11, 28))
    with pytest.raises(ActRefused):
        sign(bad, desk.head)

    assert sign(good, desk.head).number == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_concurrent_signings_leave_no_gap_in_the_numbers(desk: Desk, certificate):
    drafts = [drafted(endangered(desk)) for _ in range(20)]
    # Four of them fail in the middle of it all.
    spoilt = {letter.pk for letter in drafts[::5]}
    ApologyLetter.objects.filter(pk__in=spoilt).update(new_day=date(2026, 11, 28))
    start, refused = threading.Barrier(20), []

    def work(letter: ApologyLetter) -> None:
        start.wait()
        try:
            sign(letter, desk.head)
        except ActRefused:
            refused.append(letter.pk)
        connection.close()

    threads = [threading.Thread(target=work, args=[letter]) for letter in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    numbers = ApologyLetter.objects.filter(number__isnull=False).values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, 17))
    assert set(refused) == spoilt


@pytest.mark.parametrize(
    ("new_day", "code"),
    [
        (date(2026, 11, 18), "day_too_early"),
        (date(2026, 11, 20), "day_too_early"),
        (date(2026, 11, 28), "rest_day"),
        (date(2026, 11, 24), "rest_day"),
        (None, "new_day"),
    ],
)
def test_a_day_that_will_not_do_leaves_nothing_half_done(draft, desk: Desk, new_day, code):
    ApologyLetter.objects.filter(pk=draft.pk).update(new_day=new_day)

    with pytest.raises(ActRefused) as refusal:
        sign(draft, desk.head)

    assert refusal.value.code == code
    assert refusal.value.messages[0].endswith(".")
    assert untouched(draft)


def test_without_a_reason_nothing_is_signed_unless_one_is_given_for_all(late, desk, certificate):
    letter = drafted(late, reason="")
    with pytest.raises(ActRefused) as refusal:
        sign(letter, desk.head)
    assert refusal.value.code == "reason"
    assert untouched(letter)

    common = Grounds(reason="Sự cố đường truyền", fault=Fault.SYSTEM)
    kept = sign(letter, desk.head, common=common)

    assert (kept.reason, kept.fault) == ("Sự cố đường truyền", Fault.SYSTEM)


def test_without_a_certificate_nothing_is_signed(late, desk: Desk):
    letter = drafted(late)

    with pytest.raises(CertificateRefused, match="chưa có chứng thư số") as refusal:
        sign(letter, desk.head)

    assert refusal.value.code == "certificate_missing"
    assert untouched(letter)


def test_an_expired_certificate_signs_nothing(late, desk: Desk):
    letter = drafted(late)
    DemoAuthority(at=NOW - timedelta(days=30), life=timedelta(days=30)).certify(
        agency=desk.agency, at=NOW
    )

    with pytest.raises(CertificateRefused, match="13/11/2026") as refusal:
        sign(letter, desk.head)

    assert refusal.value.code == "certificate_expired"
    assert untouched(letter)


def test_a_letter_for_a_returned_dossier_is_refused(draft, desk: Desk):
    target = Target(code=draft.dossier.code)
    proposal = lifecycle.Proposal(opinion="Đủ điều kiện.")
    lifecycle.propose(target=target, proposal=proposal, actor=desk.officer, at=THURSDAY)
    result = lifecycle.ResultFacts(
        number="1", issued_date=local_date(THURSDAY), signer_name="A", signer_title="B"
    )
    lifecycle.approve(target=target, result=result, actor=desk.head, at=THURSDAY)
    handover = lifecycle.Handover(recipient_name="Nguyễn Thị Đào")
    lifecycle.return_result(target=target, handover=handover, actor=desk.clerk, at=THURSDAY)

    with pytest.raises(TransitionRefused, match="Đã trả kết quả"):
        sign(draft, desk.head)

    assert untouched(draft)


def test_a_second_letter_is_refused(draft, desk: Desk):
    sign(draft, desk.head)

    with pytest.raises(ActRefused) as refusal:
        sign(draft, desk.head)

    assert refusal.value.code == "wrong_state"
    assert "Đã ký" in refusal.value.messages[0]


def test_a_stale_page_signs_nothing(draft, desk: Desk):
    ApologyLetter.objects.filter(pk=draft.pk).update(revision=3)

    with pytest.raises(ActRefused) as refusal:
        issuing.sign(
            target=LetterTarget(pk=draft.pk, expected_revision=0), actor=desk.head, at=THURSDAY
        )

    assert refusal.value.code == "stale"


def test_only_the_agencys_own_heads_sign(draft, desk: Desk, supervisor, foreign_head):
    for person in (desk.officer, desk.clerk, supervisor):
        with pytest.raises(PermissionDenied):
            sign(draft, person)
    with pytest.raises(ApologyLetter.DoesNotExist):
        sign(draft, foreign_head)

    assert untouched(draft)


def test_a_head_who_has_the_dossier_in_hand_does_not_sign_its_letter(draft, desk: Desk):
    Dossier.objects.filter(pk=draft.dossier_id).update(assignee=desk.head)

    with pytest.raises(PermissionDenied, match="đang giải quyết"):
        sign(draft, desk.head)

    assert untouched(draft)


def test_a_deputy_signs_for_the_head(draft, deputy_head):
    letter = signed(draft, deputy_head)

    assert (letter.authority, letter.holder_title, letter.signer_title) == (
        "deputy",
        "Giám đốc Sở",
        "Phó Giám đốc Sở",
    )


def test_a_delegation_in_writing_is_named_and_ends_with_its_last_day(desk, certificate):
    granted = SigningAuthority.objects.create(
        agency=desk.agency,
        user=desk.head,
        authority="delegated",
        signer_title="Chánh Văn phòng",
        holder_title="Giám đốc",
        document="12/UQ-STP",
        valid_until=THURSDAY.date(),
    )
    letter = signed(drafted(endangered(desk)), desk.head)
    assert (letter.authority, letter.signer_title) == ("delegated", "Chánh Văn phòng")

    granted.valid_until -= timedelta(days=1)
    granted.save()
    with pytest.raises(PermissionDenied, match="12/UQ-STP"):
        sign(drafted(endangered(desk)), desk.head)


def test_a_revision_composes_the_letters_and_counts(draft, desk: Desk):
    grounds = Grounds(reason="  Chờ   xác minh\n", fault=Fault.OTHER_AGENCY)

    letter = issuing.revise(
        target=LetterTarget(pk=draft.pk, expected_revision=0),
        grounds=grounds,
        new_day=date(2026, 11, 27),
        actor=desk.head,
        at=THURSDAY,
    )

    assert letter.reason == "Chờ xác minh"
    assert (letter.new_day, letter.revision) == (date(2026, 11, 27), 1)


@pytest.mark.parametrize("reason", ["", "   ", "a" * 501])
def test_a_reason_that_is_missing_or_too_long_for_the_page_is_refused(draft, desk, reason):
    with pytest.raises(ActRefused) as refusal:
        issuing.revise(
            target=LetterTarget(pk=draft.pk),
            grounds=Grounds(reason=reason, fault=Fault.AGENCY),
            new_day=draft.new_day,
            actor=desk.head,
            at=THURSDAY,
        )

    assert refusal.value.code == "reason"


# -- Withdrawal -----------------------------------------------------------------------------


def test_a_withdrawn_letter_stays_and_a_draft_refers_to_it(draft, desk: Desk):
    first = signed(draft, desk.head)
    withdrawal.withdraw(
        target=LetterTarget(pk=first.pk), reason="Ghi sai lý do", actor=desk.head, at=THURSDAY
    )

    first.refresh_from_db()
    assert (first.status, first.withdrawal_reason) == ("withdrawn", "Ghi sai lý do")
    dossier = Dossier.objects.get(pk=first.dossier_id)
    assert dossier.events.latest("sequence").kind == EventKind.APOLOGY_WITHDRAWN
    assert set(CentreNotice.objects.values_list("kind", flat=True)) == {"signed", "withdrawn"}
    second = ApologyLetter.objects.drafts().get()
    assert (second.replaces, second.new_day, second.reason) == (first, first.new_day, REASON)


def test_the_letter_in_its_place_keeps_the_day_and_takes_a_number_of_its_own(draft, desk: Desk):
    first = signed(draft, desk.head)
    withdrawal.withdraw(
        target=LetterTarget(pk=first.pk), reason="Ghi sai tên", actor=desk.head, at=THURSDAY
    )
    due_at = Dossier.objects.get(pk=first.dossier_id).due_at
    second = ApologyLetter.objects.drafts().get()
    ApologyLetter.objects.filter(pk=second.pk).update(new_day=date(2026, 12, 30))

    kept = signed(second, desk.head)

    assert (kept.full_number, kept.new_day) == ("02/PXL", first.new_day)
    assert Dossier.objects.get(pk=first.dossier_id).due_at == due_at
    assert Reschedule.objects.count() == 1


def test_a_withdrawal_asks_for_a_reason_and_for_a_signed_letter(draft, desk: Desk):
    with pytest.raises(ActRefused):
        withdrawal.withdraw(
            target=LetterTarget(pk=draft.pk), reason="Sai", actor=desk.head, at=THURSDAY
        )
    first = signed(draft, desk.head)
    with pytest.raises(ValidationError, match="Hãy ghi rõ"):
        withdrawal.withdraw(
            target=LetterTarget(pk=first.pk), reason=" ", actor=desk.head, at=THURSDAY
        )


def test_the_old_certificate_stays_with_the_letters_that_it_signed(draft, desk, certificate):
    letter = signed(draft, desk.head)

    DemoAuthority(at=NOW).certify(agency=desk.agency, at=NOW)

    assert AgencyCertificate.objects.filter(agency=desk.agency, is_active=True).count() == 1
    assert ApologyLetter.objects.get(pk=letter.pk).certificate == certificate


@pytest.mark.parametrize(
    ("preference", "channels"),
    [("any", ["sms"]), ("email", ["email"]), ("both", ["email", "sms"]), ("none", [])],
)
def test_the_citizen_is_told_in_the_way_they_chose(desk, certificate, preference, channels):
    dossier = walked(desk, "take")
    Dossier.objects.filter(pk=dossier.pk).update(contact_preference=preference)

    signed(drafted(dossier), desk.head)

    told = Message.objects.filter(template="apology").order_by("channel")
    assert list(told.values_list("channel", flat=True)) == channels


def test_a_dossier_without_an_address_is_apologised_for_all_the_same(desk, certificate):
    dossier = walked(desk, "take")
    Dossier.objects.filter(pk=dossier.pk).update(phone="", email="")

    assert signed(drafted(dossier), desk.head).number == 1
    assert not Message.objects.filter(template="apology").exists()
