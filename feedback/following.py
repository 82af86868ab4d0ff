"""The sender's own acts, proved by the secret: supplement, and complain once more."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dossiers import calendars, files
from dossiers.files import Upload
from feedback import deadlines, sending
from feedback.holding import PetitionRefused, next_status, record, required
from feedback.models import Petition
from feedback.statuses import PetitionEventKind, PetitionStatus


@dataclass(frozen=True, kw_only=True)
class Proof:
    """The code of a petition and the secret that only its sender was shown."""

    code: str
    secret: str


def find(*, proof: Proof) -> Petition:
    """The petition of this sender; Petition.DoesNotExist for a wrong code and secret alike."""
    found: Petition = Petition.objects.for_page().get(code=proof.code.strip().upper())
    if not sending.fits(found, proof.secret):
        raise Petition.DoesNotExist
    return found


def locked(proof: Proof) -> Petition:
    """The sender's petition under lock; needs an open transaction."""
    pk = find(proof=proof).pk
    rows = Petition.objects.select_related("agency").select_for_update(of=("self",))
    held: Petition = rows.get(pk=pk)
    return held


@transaction.atomic
def supplement(*, proof: Proof, text: str, at: datetime, upload: Upload | None = None) -> Petition:
    """The sender adds what was asked for; the terms of the office begin anew.

    What was late before stays late. Raises PetitionRefused when nothing was asked.
    """
    petition = locked(proof)
    next_status(PetitionEventKind.SUPPLEMENTED, PetitionStatus(petition.status))
    added = required(text, "Hãy ghi nội dung bổ sung.", "text")
    good = files.checked(upload) if upload else None
    _begin_anew(petition, at)
    petition.supplemented_at = at
    saves = ("supplemented_at", *_TERMS)
    record(petition, PetitionEventKind.SUPPLEMENTED, None, at, saves=saves, reason=added)
    if good:
        sending.attach(petition=petition, good=good, at=at)
    return petition


@transaction.atomic
def complain_again(*, proof: Proof, reason: str, at: datetime) -> Petition:
    """The sender is not content with the published answer; the agency answers once more.

    Once for each petition. It stays counted as complained of again (5.3).
    """
    petition = locked(proof)
    next_status(PetitionEventKind.REOPENED, PetitionStatus(petition.status))
    if petition.complained_again_at is not None:
        raise PetitionRefused(
            "Phản ánh này đã được xem xét lại một lần. Nếu có nội dung mới, hãy gửi phản ánh mới.",
            code="complained_before",
        )
    why = required(reason, "Hãy ghi rõ điều gì trong câu trả lời chưa thỏa đáng.", "reason")
    _begin_anew(petition, at)
    petition.complained_again_at = at
    petition.answered_by = petition.answered_at = petition.publish_by = None
    petition.published_at = petition.hidden_at = None
    saves = (
        "complained_again_at", "answered_by", "answered_at", "publish_by", "published_at",
        "hidden_at", *_TERMS,
    )  # fmt: skip
    record(petition, PetitionEventKind.REOPENED, None, at, saves=saves, reason=why)
    return petition


_TERMS = ("late_since", "refuse_by", "answer_by", "answer_near_at")


def _begin_anew(petition: Petition, at: datetime) -> None:
    """New terms from this moment; lateness until now is kept, `ask_by` too (asked once only)."""
    petition.late_since = deadlines.late_since(petition, at=at)
    terms = deadlines.terms(start=at, calendar=calendars.steady_for(petition.agency))
    petition.refuse_by = terms.refuse_by
    petition.answer_by, petition.answer_near_at = terms.answer_by, terms.answer_near_at
