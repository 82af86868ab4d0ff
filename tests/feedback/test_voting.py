"""Likes and dislikes: one each, of a published answer; and two at the same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from feedback import rating, sending, voting
from feedback.following import Proof
from feedback.holding import PetitionRefused
from feedback.models import Petition, PetitionVote, Rating
from feedback.rating import Answers, RatingRefused
from feedback.statuses import Satisfaction
from tests.conftest import NOW
from tests.feedback.conftest import asked


def at_once(*acts):
    """Run the acts in threads that start together; what each of them said."""
    barrier, said = Barrier(len(acts)), []

    def run(act):
        barrier.wait()
        try:
            said.append(act())
        except (PetitionRefused, RatingRefused) as refusal:
            said.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def test_each_voter_votes_once(hands):
    code = hands.published().code

    voting.vote(code=code, voter="a", likes=True, at=NOW)
    voting.vote(code=code, voter="b", likes=False, at=NOW)
    with pytest.raises(PetitionRefused) as refused:
        voting.vote(code=code, voter="a", likes=False, at=NOW)

    assert refused.value.code == "voted_before"
    petition = Petition.objects.get(code=code)
    assert (petition.likes, petition.dislikes) == (1, 1)


def test_the_sender_votes_by_their_secret(hands):
    sent = hands.send()
    proof = Proof(code=sent.petition.code, secret=sent.secret)
    hands.receive(sent.petition, at=NOW)
    with pytest.raises(PetitionRefused):
        voting.vote_as_sender(proof=proof, likes=True, at=NOW)
    hands.publish(hands.answer(sent.petition, at=NOW), at=NOW)

    voting.vote_as_sender(proof=proof, likes=False, at=NOW)

    assert list(Petition.objects.disliked()) == [sent.petition]


def test_what_is_not_public_is_not_voted_on(hands):
    with pytest.raises(Petition.DoesNotExist):
        voting.vote(code=hands.received().code, voter="a", likes=True, at=NOW)


def test_voters_are_told_apart_without_keeping_their_address():
    first = voting.voter_of(code="PA-1", address="10.0.0.1", browser="A")

    assert "10.0.0.1" not in first
    assert first == voting.voter_of(code="PA-1", address="10.0.0.1", browser="A")
    assert first != voting.voter_of(code="PA-1", address="10.0.0.2", browser="A")
    assert first != voting.voter_of(code="PA-2", address="10.0.0.1", browser="A")


@pytest.mark.django_db(transaction=True)
def test_two_votes_of_one_voter_at_once_count_once(hands):
    code = hands.published().code

    said = at_once(*[lambda: voting.vote(code=code, voter="a", likes=True, at=NOW)] * 4)

    assert sum(isinstance(answer, PetitionRefused) for answer in said) == 3
    assert Petition.objects.get(code=code).likes == PetitionVote.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_votes_of_several_voters_at_once_all_count(hands):
    code = hands.published().code

    at_once(*(lambda v=v: voting.vote(code=code, voter=v, likes=v < "c", at=NOW) for v in "abcd"))

    petition = Petition.objects.get(code=code)
    assert (petition.likes, petition.dislikes) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_two_ratings_at_once_leave_one(return_dossier):
    dossier = return_dossier()
    token, answers = rating.token_for(dossier), Answers(satisfaction=Satisfaction.SATISFIED)

    said = at_once(*[lambda: rating.give_by_link(token=token, answers=answers, at=NOW)] * 3)

    assert Rating.objects.count() == 1
    refusals = [answer for answer in said if isinstance(answer, RatingRefused)]
    assert {str(refusal.messages[0])[:25] for refusal in refusals} == {"Hồ sơ này đã được đánh gi"}
    assert len(refusals) == 2


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_send_one_petition(justice):
    request = asked(justice)

    said = at_once(*[lambda: sending.send(request=request, at=NOW)] * 3)

    assert Petition.objects.count() == 1
    assert len({answer.secret for answer in said}) == 1
