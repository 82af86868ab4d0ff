"""The office's acts on a petition: classify, refuse, ask for more, answer, publish, hide."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dossiers import calendars, telling
from dossiers.converters import codes_in
from dossiers.models import Dossier
from feedback import access, deadlines
from feedback.access import Act
from feedback.holding import PetitionRefused, Target, locked, record, required
from feedback.models import Petition
from feedback.statuses import Category, PetitionEventKind, PetitionStatus
from organizations.models import Agency, User


@dataclass(frozen=True, kw_only=True)
class Classification:
    """What a petition is about; a dossier's code confirms what its sender wrote."""

    category: Category
    agency: Agency
    dossier_code: str = ""


@transaction.atomic
def receive(
    *, target: Target, classification: Classification, actor: User, at: datetime
) -> Petition:
    """Classify the petition and pass it to the agency that has to answer; its terms run on."""
    petition = locked(target, actor, Act.RECEIVE)
    access.require_agency(actor, classification.agency)
    data: dict[str, object] = {"category": classification.category.value}
    if classification.agency.pk != petition.agency_id:
        data |= {"from_agency": petition.agency.short_name}
    data |= {"agency": classification.agency.short_name}
    petition.agency = classification.agency
    petition.category = classification.category
    petition.dossier = _confirmed_dossier(classification, actor)
    petition.received_at = at
    saves = ("agency", "category", "dossier", "received_at")
    record(petition, PetitionEventKind.RECEIVED, actor, at, saves=saves, data=data)
    return petition


def _confirmed_dossier(classification: Classification, actor: User) -> Dossier | None:
    if not classification.dossier_code.strip():
        return None
    codes = codes_in(classification.dossier_code)
    visible = Dossier.objects.visible_to(actor).filter(agency=classification.agency)
    found: Dossier | None = visible.filter(code=codes[0]).first() if codes else None
    if found is None:
        raise PetitionRefused(
            "Cơ quan này không có hồ sơ với mã đã ghi. Hãy sửa mã hồ sơ hoặc để trống.",
            code="dossier_code",
        )
    return found


@transaction.atomic
def refuse(*, target: Target, reason: str, actor: User, at: datetime) -> Petition:
    """Refuse with a reason, in 2 working days; a silent sender only after their own term."""
    petition = locked(target, actor, Act.REFUSE)
    if (
        petition.status == PetitionStatus.NEEDS_MORE
        and petition.supplement_by
        and at <= petition.supplement_by
    ):
        raise PetitionRefused(
            f"Người gửi còn được bổ sung đến {telling.moment(petition.supplement_by)}. "
            "Chỉ từ chối được sau thời điểm đó.",
            code="still_waiting",
        )
    petition.refused_at = at
    text = required(reason, "Hãy ghi rõ lý do từ chối tiếp nhận.", "reason")
    record(petition, PetitionEventKind.REFUSED, actor, at, saves=("refused_at",), reason=text)
    return petition


@transaction.atomic
def ask(*, target: Target, wanted: str, actor: User, at: datetime) -> Petition:
    """Ask the sender once for what is missing; no term of the office runs until it comes."""
    petition = locked(target, actor, Act.ASK)
    if petition.asked_at is not None:
        raise PetitionRefused(
            "Chỉ được yêu cầu bổ sung một lần. Hãy tiếp nhận hoặc từ chối phản ánh này.",
            code="asked_before",
        )
    petition.asked_at, petition.refuse_by = at, None
    petition.supplement_by = deadlines.after(
        at, deadlines.SUPPLEMENT, calendars.steady_for(petition.agency)
    )
    text = required(wanted, "Hãy ghi rõ cần người gửi bổ sung gì.", "wanted")
    saves = ("asked_at", "refuse_by", "supplement_by")
    data = {"supplement_by": petition.supplement_by.isoformat()}
    record(petition, PetitionEventKind.ASKED, actor, at, saves=saves, reason=text, data=data)
    return petition


@transaction.atomic
def answer(*, target: Target, text: str, actor: User, at: datetime) -> Petition:
    """The agency answers; from now on its head has 2 working days to publish."""
    petition = locked(target, actor, Act.ANSWER)
    petition.answer = required(text, "Hãy ghi câu trả lời cho người gửi.", "answer")
    petition.answered_by, petition.answered_at = actor, at
    petition.publish_by = deadlines.after(
        at, deadlines.PUBLISH, calendars.steady_for(petition.agency)
    )
    saves = ("answer", "answered_by", "answered_at", "publish_by")
    record(petition, PetitionEventKind.ANSWERED, actor, at, saves=saves, reason=petition.answer)
    return petition


@transaction.atomic
def send_back(*, target: Target, reason: str, actor: User, at: datetime) -> Petition:
    """The head wants another answer; the term to answer runs on as if none had been given."""
    petition = locked(target, actor, Act.SEND_BACK)
    petition.late_since = deadlines.late_since(petition, at=at)
    petition.answered_by = petition.answered_at = petition.publish_by = None
    text = required(reason, "Hãy ghi rõ câu trả lời cần sửa gì.", "reason")
    saves = ("late_since", "answered_by", "answered_at", "publish_by")
    record(petition, PetitionEventKind.SENT_BACK, actor, at, saves=saves, reason=text)
    return petition


@dataclass(frozen=True, kw_only=True)
class Publication:
    """What the public will read of the petition, without what gives a person away."""

    subject: str
    content: str


@transaction.atomic
def publish(*, target: Target, publication: Publication, actor: User, at: datetime) -> Petition:
    """The head approves the answer; petition and answer are public from now on."""
    petition = locked(target, actor, Act.PUBLISH)
    petition.public_subject = required(publication.subject, "Hãy ghi tiêu đề công khai.", "subject")
    petition.public_content = required(
        publication.content, "Hãy ghi nội dung công khai.", "content"
    )
    petition.published_at = at
    saves = ("public_subject", "public_content", "published_at")
    record(petition, PetitionEventKind.PUBLISHED, actor, at, saves=saves)
    return petition


@transaction.atomic
def hide(*, target: Target, reason: str, actor: User, at: datetime) -> Petition:
    """Take a published petition out of the public's sight; staff and auditors still read it."""
    petition = locked(target, actor, Act.HIDE)
    if petition.hidden_at is not None:
        raise PetitionRefused("Phản ánh này đã được ẩn.", code="wrong_state")
    petition.hidden_at = at
    text = required(reason, "Hãy ghi rõ lý do ẩn.", "reason")
    record(petition, PetitionEventKind.HIDDEN, actor, at, saves=("hidden_at",), reason=text)
    return petition


@transaction.atomic
def show(*, target: Target, reason: str, actor: User, at: datetime) -> Petition:
    """Put a hidden petition back into the public's sight."""
    petition = locked(target, actor, Act.SHOW)
    if petition.hidden_at is None:
        raise PetitionRefused("Phản ánh này đang được công khai.", code="wrong_state")
    petition.hidden_at = None
    text = required(reason, "Hãy ghi rõ lý do hiện lại.", "reason")
    record(petition, PetitionEventKind.SHOWN, actor, at, saves=("hidden_at",), reason=text)
    return petition
