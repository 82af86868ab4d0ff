"""Ratings: once for a returned dossier, from a signed link or at its counter, never changed."""

import pytest
from django.core.exceptions import PermissionDenied

from dossiers.models import Dossier
from feedback import grievances, rating
from feedback.models import Rating, RatingModeration
from feedback.rating import Answers, RatingRefused
from feedback.statuses import RatingSource, Satisfaction
from tests.conftest import NOW

BAD = Answers(satisfaction=Satisfaction.DISSATISFIED, remark=" Chờ lâu ")


def test_the_citizen_rates_once_from_the_link(return_dossier):
    dossier = return_dossier()

    given = rating.give_by_link(token=rating.token_for(dossier), answers=BAD, at=NOW)

    assert dossier.ratings.get() == given
    assert (given.source, given.remark, given.agency) == (
        RatingSource.LINK, "Chờ lâu", dossier.agency,
    )  # fmt: skip
    with pytest.raises(RatingRefused, match="đã được đánh giá"):
        rating.give_by_link(token=rating.token_for(dossier), answers=BAD, at=NOW)


def test_a_code_alone_opens_nothing(return_dossier):
    dossier = return_dossier()

    for token in (dossier.code, f"{dossier.code}~", f"{dossier.code}~AAAA", "", "~"):
        with pytest.raises(Dossier.DoesNotExist):
            rating.dossier_of(token)


def test_before_the_result_is_returned_there_is_nothing_to_rate(dossier):
    with pytest.raises(RatingRefused, match="chưa trả kết quả"):
        rating.give_by_link(token=rating.token_for(dossier), answers=BAD, at=NOW)


def test_the_counter_of_the_dossier_opens_the_screen(return_dossier, clerk, officer):
    dossier = return_dossier()

    with pytest.raises(PermissionDenied):
        rating.give_at_counter(code=dossier.code, answers=BAD, actor=officer, at=NOW)
    given = rating.give_at_counter(code=dossier.code, answers=BAD, actor=clerk, at=NOW)

    assert (given.source, given.started_by) == (RatingSource.COUNTER, clerk)


def test_another_counter_does_not_see_the_dossier(return_dossier, commune_clerk):
    with pytest.raises(Dossier.DoesNotExist):
        rating.give_at_counter(code=return_dossier().code, answers=BAD, actor=commune_clerk, at=NOW)


@pytest.mark.parametrize(
    ("satisfaction", "is_dissatisfied"), [(1, True), (2, True), (3, False), (5, False)]
)
def test_the_two_worst_answers_are_dissatisfied(return_dossier, satisfaction, is_dissatisfied):
    dossier = return_dossier()
    rating.give_by_link(
        token=rating.token_for(dossier),
        answers=Answers(satisfaction=Satisfaction(satisfaction)),
        at=NOW,
    )

    assert Rating.objects.dissatisfied().exists() is is_dissatisfied
    assert grievances.aggrieved(Dossier.objects.all()).exists() is is_dissatisfied


def test_a_dossier_with_an_admissible_petition_is_aggrieved(hands, return_dossier, clerk):
    dossier = return_dossier()
    hands.sent(dossier_code=dossier.code, phone="0912345678")

    assert list(grievances.aggrieved(Dossier.objects.all())) == [dossier]


def test_hiding_a_remark_leaves_a_trace_and_keeps_the_text(return_dossier, supervisor):
    given = rating.give_by_link(token=rating.token_for(return_dossier()), answers=BAD, at=NOW)
    assert Rating.objects.remarks_for_the_public().get() == given

    rating.moderate(pk=given.pk, hides=True, reason="Xúc phạm.", actor=supervisor, at=NOW)

    assert not Rating.objects.remarks_for_the_public()
    assert Rating.objects.get().remark == "Chờ lâu"
    trace = RatingModeration.objects.get()
    assert (trace.actor, trace.reason, trace.at) == (supervisor, "Xúc phạm.", NOW)
    rating.moderate(pk=given.pk, hides=False, reason="Nhầm.", actor=supervisor, at=NOW)
    assert Rating.objects.remarks_for_the_public().get() == given
    assert RatingModeration.objects.count() == 2


def test_nobody_hides_what_is_said_of_their_own_agency(return_dossier, head):
    given = rating.give_by_link(token=rating.token_for(return_dossier()), answers=BAD, at=NOW)

    with pytest.raises(PermissionDenied):
        rating.moderate(pk=given.pk, hides=True, reason="Sai.", actor=head, at=NOW)


@pytest.mark.parametrize(
    ("reason", "twice", "code"), [("", False, "reason"), ("Xúc phạm.", True, "wrong_state")]
)
def test_moderation_needs_a_reason_and_a_change(return_dossier, supervisor, reason, twice, code):
    given = rating.give_by_link(token=rating.token_for(return_dossier()), answers=BAD, at=NOW)
    if twice:
        rating.moderate(pk=given.pk, hides=True, reason="Một.", actor=supervisor, at=NOW)

    with pytest.raises(RatingRefused) as refused:
        rating.moderate(pk=given.pk, hides=True, reason=reason, actor=supervisor, at=NOW)

    assert refused.value.code == code


def test_ratings_are_seen_by_their_agency_its_counter_and_the_province(
    return_dossier, clerk, officer, head, supervisor, foreign_officer, administrator, commune_clerk
):
    rating.give_by_link(token=rating.token_for(return_dossier()), answers=BAD, at=NOW)

    sees = {
        who.username: Rating.objects.visible_to(who).exists()
        for who in (clerk, officer, head, supervisor, foreign_officer, administrator, commune_clerk)
    }

    assert sees == {
        "binh": True, "oanh": True, "hoa": True, "van": True,
        "ngoc": False, "quan": False, "kim": False,
    }  # fmt: skip


def test_who_sees_a_rating_sees_its_dossier(return_dossier, commune, commune_clerk, clerk, hands):
    rating.give_by_link(token=rating.token_for(return_dossier()), answers=BAD, at=NOW)

    for who in (commune_clerk, clerk, hands.officer):
        dossiers = Dossier.objects.visible_to(who)
        assert Rating.objects.visible_to(who).count() == dossiers.count()
