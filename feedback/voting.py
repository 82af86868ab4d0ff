"""Likes and dislikes of a published answer: one for each voter, never taken back (5.3)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from feedback.following import Proof, find
from feedback.holding import PetitionRefused
from feedback.models import Petition, PetitionVote
from feedback.statuses import PetitionStatus

SENDER = "sender"
_SALT = "feedback.voter"


def voter_of(*, code: str, address: str, browser: str) -> str:
    """Tells voters on one petition apart: a keyed hash, so that no address is kept."""
    told = f"{code}|{address}|{browser}"
    return salted_hmac(_SALT, told, algorithm="sha256").hexdigest()


def vote_as_sender(*, proof: Proof, likes: bool, at: datetime) -> Petition:
    """The sender says whether the answer contents them; while it is answered and published."""
    return _vote(find(proof=proof).code, voter=SENDER, likes=likes, at=at)


def vote(*, code: str, voter: str, likes: bool, at: datetime) -> Petition:
    """Somebody who read the published answer; Petition.DoesNotExist when it is not public."""
    if not Petition.objects.public().filter(code=code).exists():
        raise Petition.DoesNotExist
    return _vote(code, voter=voter, likes=likes, at=at)


@transaction.atomic
def _vote(code: str, *, voter: str, likes: bool, at: datetime) -> Petition:
    petition: Petition = Petition.objects.select_for_update().get(code=code)
    if petition.status != PetitionStatus.PUBLISHED:
        raise PetitionRefused(
            "Chỉ bày tỏ được ý kiến về câu trả lời đang công khai.", code="wrong_state"
        )
    try:
        with transaction.atomic():
            PetitionVote.objects.create(petition=petition, voter=voter, likes=likes, at=at)
    except IntegrityError:
        raise PetitionRefused(
            "Bạn đã bày tỏ ý kiến về câu trả lời này; mỗi người một lần.", code="voted_before"
        ) from None
    column = "likes" if likes else "dislikes"
    Petition.objects.filter(pk=petition.pk).update(**{column: F(column) + 1})
    petition.refresh_from_db(fields=[column])
    return petition
