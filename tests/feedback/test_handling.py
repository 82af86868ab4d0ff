"""The office's acts on a petition: who, in which state, what is written, what is refused."""

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from feedback import following, handling, sending
from feedback.following import Proof
from feedback.handling import Classification, Publication
from feedback.holding import PetitionRefused, Target
from feedback.models import Petition, PetitionEvent
from feedback.statuses import Category, PetitionStatus
from tests.conftest import NOW
from tests.feedback.conftest import HOUR, asked


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


def target(petition: Petition) -> Target:
    return Target(code=petition.code)


def classification(agency, **facts) -> Classification:
    return Classification(**{"category": Category.DELAY, "agency": agency} | facts)


def test_the_four_terms_are_working_days_from_the_sending(hands):
    petition = hands.sent()

    # Friday 13/11/2026; 24/11 is a day off.
    assert petition.refuse_by == moment("2026-11-17T17:00")
    assert petition.ask_by == moment("2026-11-20T17:00")
    assert petition.answer_by == moment("2026-12-07T17:00")


def test_a_petition_goes_from_its_sender_to_the_public(hands):
    petition = hands.published()

    petition.refresh_from_db()
    assert petition.status == PetitionStatus.PUBLISHED
    assert petition.publish_by == moment("2026-11-17T17:00")
    kinds = list(petition.events.in_order().values_list("kind", flat=True))
    assert kinds == ["sent", "received", "answered", "published"]


def test_the_same_key_again_finds_the_same_petition_and_secret(hands):
    first = hands.send()
    again = hands.send(submission_key=first.petition.submission_key, subject="Khác")

    assert again.petition.pk == first.petition.pk
    assert again.secret == first.secret
    assert Petition.objects.count() == 1


def test_the_secret_is_not_kept_only_its_hash(hands):
    sent = hands.send()

    kept = Petition.objects.values().get(pk=sent.petition.pk)
    assert sent.secret not in str(kept)
    assert sending.fits(sent.petition, f" {sent.secret.lower()} ")
    assert not sending.fits(sent.petition, sent.secret[:-1])


def test_a_sender_must_be_reachable(hands):
    with pytest.raises(PetitionRefused) as refused:
        hands.send(phone="", email="")

    assert refused.value.code == "phone"
    assert not Petition.objects.exists()


def test_text_is_kept_composed_however_it_was_typed(hands):
    petition = hands.sent(subject="Hồ sơ chậm", content=" Tôi ")

    assert petition.subject == "Hồ sơ chậm"
    assert petition.content == "Tôi"


def test_a_dossier_is_linked_only_for_the_telephone_it_was_filed_with(hands, dossier):
    stranger = hands.sent(dossier_code=dossier.code)
    applicant = hands.sent(dossier_code=dossier.code.lower(), phone="+84 912 345 678")

    assert stranger.dossier is None
    assert applicant.dossier == dossier
    assert dossier.petitions.get() == applicant


def test_the_clerk_confirms_the_dossier_that_a_stranger_named(hands, dossier):
    petition = hands.sent(dossier_code=dossier.code)

    handling.receive(
        target=target(petition),
        classification=classification(hands.agency, dossier_code=dossier.code),
        actor=hands.clerk,
        at=NOW,
    )

    petition.refresh_from_db()
    assert petition.dossier == dossier


def test_a_dossier_of_another_agency_is_not_linked(construction, hands, dossier):
    petition = hands.sent(dossier_code=dossier.code)

    with pytest.raises(PetitionRefused) as refused:
        handling.receive(
            target=target(petition),
            classification=classification(construction, dossier_code=dossier.code),
            actor=hands.clerk,
            at=NOW,
        )

    assert refused.value.code == "dossier_code"


def test_the_clerk_passes_a_petition_to_the_agency_that_it_is_about(
    hands, construction, foreign_officer
):
    petition = hands.sent()

    handling.receive(
        target=target(petition),
        classification=classification(construction),
        actor=hands.clerk,
        at=NOW,
    )

    assert list(Petition.objects.visible_to(foreign_officer)) == [petition]
    assert not Petition.objects.visible_to(hands.officer)
    assert petition.events.get(sequence=2).data["from_agency"] == hands.agency.short_name


def test_a_commune_clerk_cannot_pass_it_to_a_department(hands, commune, justice, commune_clerk):
    petition = sending.send(request=asked(commune), at=NOW).petition

    with pytest.raises(PermissionDenied):
        handling.receive(
            target=target(petition),
            classification=classification(justice),
            actor=commune_clerk,
            at=NOW,
        )


def test_the_supervisor_receives_too(hands, supervisor):
    petition = hands.sent()

    handling.receive(
        target=target(petition),
        classification=classification(hands.agency),
        actor=supervisor,
        at=NOW,
    )

    petition.refresh_from_db()
    assert petition.status == PetitionStatus.PROCESSING


@pytest.mark.parametrize("who", ["officer", "head"])
def test_whom_a_petition_is_about_cannot_refuse_it(hands, who, request):
    with pytest.raises(PermissionDenied):
        handling.refuse(
            target=target(hands.sent()),
            reason="Không đúng.",
            actor=request.getfixturevalue(who),
            at=NOW,
        )


def test_other_agencies_do_not_see_it(hands, foreign_officer, foreign_head, commune_clerk):
    petition = hands.received()

    for stranger in (foreign_officer, foreign_head, commune_clerk):
        with pytest.raises(Petition.DoesNotExist):
            handling.answer(target=target(petition), text="x", actor=stranger, at=NOW)


def test_the_officer_answers_and_only_the_head_publishes(hands):
    petition = hands.answer(hands.received(), at=NOW + 2 * HOUR)

    with pytest.raises(PermissionDenied):
        handling.publish(
            target=target(petition),
            publication=Publication(subject="A", content="B"),
            actor=hands.officer,
            at=NOW,
        )


def test_a_clerk_cannot_answer_for_the_agency(hands):
    with pytest.raises(PermissionDenied):
        handling.answer(target=target(hands.received()), text="Xong.", actor=hands.clerk, at=NOW)


@pytest.mark.parametrize("text", ["", "  \n "])
def test_refusing_and_answering_need_words(hands, text):
    sent, received = hands.sent(), hands.received()

    with pytest.raises(PetitionRefused) as refusal:
        handling.refuse(target=target(sent), reason=text, actor=hands.clerk, at=NOW)
    with pytest.raises(PetitionRefused) as answer:
        handling.answer(target=target(received), text=text, actor=hands.officer, at=NOW)

    assert refusal.value.code == "reason"
    assert answer.value.code == "answer"
    assert PetitionEvent.objects.count() == 3


def test_an_act_on_a_stale_page_changes_nothing(hands):
    petition = hands.received()

    with pytest.raises(PetitionRefused) as refused:
        handling.answer(
            target=Target(code=petition.code, expected_version=1),
            text="Xong.",
            actor=hands.officer,
            at=NOW,
        )

    assert refused.value.code == "stale"
    petition.refresh_from_db()
    assert petition.status == PetitionStatus.PROCESSING


def test_the_same_act_twice_is_refused_the_second_time(hands):
    petition = hands.answer(hands.received(), at=NOW + 2 * HOUR)

    with pytest.raises(PetitionRefused) as refused:
        hands.answer(petition, at=NOW + 2 * HOUR)

    assert refused.value.code == "wrong_state"


def test_while_the_sender_supplements_no_term_runs_and_then_all_begin_anew(hands):
    sent = hands.send()
    waiting = hands.ask(sent.petition, at=NOW + HOUR)
    waiting.refresh_from_db()
    assert waiting.due_at is None

    following.supplement(
        proof=Proof(code=waiting.code, secret=sent.secret),
        text="Mã H41.15-261113-0001.",
        at=moment("2026-11-20T09:00"),
    )

    waiting.refresh_from_db()
    assert waiting.status == PetitionStatus.SENT
    assert waiting.refuse_by == moment("2026-11-25T17:00")
    assert waiting.answer_by == moment("2026-12-14T17:00")


def test_more_is_asked_for_once_only(hands):
    sent = hands.send()
    hands.ask(sent.petition, at=NOW)
    following.supplement(
        proof=Proof(code=sent.petition.code, secret=sent.secret), text="Đây.", at=NOW + HOUR
    )

    with pytest.raises(PetitionRefused) as refused:
        hands.ask(sent.petition, at=NOW + 2 * HOUR)

    assert refused.value.code == "asked_before"


def test_a_silent_sender_is_refused_only_after_their_own_term(hands):
    petition = hands.ask(hands.sent(), at=NOW)

    with pytest.raises(PetitionRefused) as early:
        handling.refuse(
            target=target(petition), reason="Không bổ sung.", actor=hands.clerk, at=NOW + HOUR
        )
    refused = handling.refuse(
        target=target(petition),
        reason="Không bổ sung.",
        actor=hands.clerk,
        at=moment("2026-12-08T08:00"),
    )

    assert early.value.code == "still_waiting"
    assert refused.status == PetitionStatus.REFUSED
    assert Petition.objects.on_time(at=moment("2027-01-05T08:00")).count() == 1


def test_only_the_secret_opens_a_petition_to_its_sender(hands):
    sent = hands.send()

    assert following.find(proof=Proof(code=sent.petition.code, secret=sent.secret))
    for code, secret in [
        (sent.petition.code, "A" * 12),
        (sent.petition.code, ""),
        ("PA-261113-AAAAAA", sent.secret),
    ]:
        with pytest.raises(Petition.DoesNotExist):
            following.find(proof=Proof(code=code, secret=secret))


def test_the_head_sends_an_answer_back_and_its_term_runs_on(hands):
    petition = hands.answer(hands.received(), at=NOW + 2 * HOUR)

    handling.send_back(
        target=target(petition), reason="Chưa nêu căn cứ.", actor=hands.head, at=NOW + 3 * HOUR
    )

    petition.refresh_from_db()
    assert petition.status == PetitionStatus.PROCESSING
    assert petition.due_at == moment("2026-12-07T17:00")
    assert petition.events.get(kind="answered").reason == petition.answer


def test_a_second_complaint_reopens_once(hands):
    sent = hands.send()
    hands.receive(sent.petition, at=NOW)
    hands.publish(hands.answer(sent.petition, at=NOW), at=NOW)
    proof = Proof(code=sent.petition.code, secret=sent.secret)

    reopened = following.complain_again(proof=proof, reason="Chưa đúng.", at=NOW + HOUR)
    assert reopened.status == PetitionStatus.PROCESSING
    assert not Petition.objects.public()
    hands.publish(hands.answer(reopened, at=NOW + 2 * HOUR), at=NOW + 3 * HOUR)

    with pytest.raises(PetitionRefused) as refused:
        following.complain_again(proof=proof, reason="Vẫn chưa.", at=NOW + 4 * HOUR)
    assert refused.value.code == "complained_before"


def test_only_the_province_office_hides_and_it_leaves_a_trace(hands, supervisor):
    petition = hands.published()

    with pytest.raises(PermissionDenied):
        handling.hide(target=target(petition), reason="Xấu hổ.", actor=hands.head, at=NOW)
    handling.hide(
        target=target(petition), reason="Lộ số điện thoại.", actor=supervisor, at=NOW + 4 * HOUR
    )

    assert not Petition.objects.public()
    event = petition.events.get(kind="hidden")
    assert (event.actor, event.reason) == (supervisor, "Lộ số điện thoại.")
    handling.show(target=target(petition), reason="Đã che.", actor=supervisor, at=NOW + 5 * HOUR)
    assert Petition.objects.public().get() == petition


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_to_change_what_happened(hands):
    hands.published()

    for statement in (
        "UPDATE feedback_petitionevent SET reason = 'khác'",
        "DELETE FROM feedback_petitionevent",
        "TRUNCATE feedback_petitionevent CASCADE",
    ):
        refused = pytest.raises(IntegrityError, match="feedback_append_only")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_a_state_without_an_event(hands):
    petition = hands.received()

    with pytest.raises(IntegrityError, match="feedback_state_has_event"), transaction.atomic():
        Petition.objects.filter(pk=petition.pk).update(status=PetitionStatus.SENT)
