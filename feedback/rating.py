"""Ratings: who may give one, from which link, once and for all; and moderation with a trace."""

from dataclasses import dataclass
from datetime import datetime
from unicodedata import normalize

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from dossiers.models import Dossier
from dossiers.statuses import DossierStatus
from feedback.models import Rating, RatingModeration
from feedback.statuses import RatingSource, Satisfaction
from organizations.models import User
from organizations.roles import Role

# A dossier's code is printed and guessed; only the signature lets somebody rate.
_SIGNER = signing.Signer(salt="feedback.rating", sep="~")


class RatingRefused(ValidationError):
    """The rating cannot be given or moderated as asked; the sentence says why."""


@dataclass(frozen=True, kw_only=True)
class Answers:
    """At most three questions and a remark; only the first must be answered."""

    satisfaction: Satisfaction
    attitude: Satisfaction | None = None
    timing: Satisfaction | None = None
    remark: str = ""


def token_for(dossier: Dossier) -> str:
    """What the link of this dossier's rating carries."""
    return _SIGNER.sign(dossier.code)


def link_for(dossier: Dossier) -> str:
    """The whole address, for a message or a QR code."""
    return f"{settings.PUBLIC_URL}{reverse('feedback:rate', args=[token_for(dossier)])}"


def dossier_of(token: str) -> Dossier:
    """The dossier that a link is about; Dossier.DoesNotExist when it was not signed here."""
    try:
        code = _SIGNER.unsign(token)
    except signing.BadSignature:
        raise Dossier.DoesNotExist from None
    found: Dossier = Dossier.objects.select_related("agency", "version").get(code=code)
    return found


def objection_to(dossier: Dossier) -> str:
    """Why the dossier cannot be rated now, in a sentence; nothing when it can."""
    if dossier.status != DossierStatus.RETURNED:
        return "Hồ sơ chưa trả kết quả nên chưa đánh giá được. Hãy quay lại sau khi nhận kết quả."
    if Rating.objects.filter(dossier=dossier).exists():
        return "Hồ sơ này đã được đánh giá; mỗi hồ sơ đánh giá một lần. Xin cảm ơn ông/bà."
    return ""


def give_by_link(*, token: str, answers: Answers, at: datetime) -> Rating:
    """The citizen rates from the link that they were given."""
    return _give(dossier_of(token), answers, RatingSource.LINK, None, at)


def give_at_counter(*, code: str, answers: Answers, actor: User, at: datetime) -> Rating:
    """The citizen rates on a screen that the counter's clerk has opened for them."""
    dossier = Dossier.objects.visible_to(actor).get(code=code)
    require_counter(actor, dossier)
    return _give(dossier, answers, RatingSource.COUNTER, actor, at)


def require_counter(user: User, dossier: Dossier) -> None:
    """Raise PermissionDenied unless the person works at the counter that keeps the dossier."""
    if dossier.counter_id not in user.counter_ids:
        raise PermissionDenied(
            "Chỉ cán bộ của bộ phận một cửa đã tiếp nhận hồ sơ mới mở được màn hình đánh giá."
        )


@transaction.atomic
def _give(
    dossier: Dossier, answers: Answers, source: RatingSource, clerk: User | None, at: datetime
) -> Rating:
    if objection := objection_to(dossier):
        raise RatingRefused(objection, code="not_ratable")
    try:
        with transaction.atomic():
            return Rating.objects.create(
                dossier=dossier,
                agency_id=dossier.agency_id,
                satisfaction=answers.satisfaction,
                attitude=answers.attitude,
                timing=answers.timing,
                remark=normalize("NFC", answers.remark.strip()),
                source=source,
                started_by=clerk,
                given_at=at,
            )
    except IntegrityError:
        # Two screens at once: the second learns that the first was quicker.
        raise RatingRefused(objection_to(dossier), code="not_ratable") from None


@transaction.atomic
def moderate(*, pk: int, hides: bool, reason: str, actor: User, at: datetime) -> RatingModeration:
    """Hide an abusive remark in public, or show it again; the text stays for auditors."""
    require_moderator(actor, pk)
    rating: Rating = Rating.objects.select_for_update().get(pk=pk)
    if not rating.remark:
        raise RatingRefused("Đánh giá này không có góp ý để ẩn.", code="no_remark")
    if not reason.strip():
        raise RatingRefused("Hãy ghi rõ lý do ẩn hoặc hiện góp ý.", code="reason")
    if _is_hidden(rating) == hides:
        state = "đang được ẩn" if hides else "đang được hiện"
        raise RatingRefused(f"Góp ý này {state}. Hãy tải lại trang.", code="wrong_state")
    return RatingModeration.objects.create(
        rating=rating, hides=hides, reason=reason.strip(), actor=actor, at=at
    )


def require_moderator(user: User, pk: int) -> None:
    """Raise PermissionDenied for those of the agency itself; Rating.DoesNotExist if unseen."""
    rating: Rating = Rating.objects.visible_to(user).get(pk=pk)
    if rating.agency_id not in user.agency_ids_for(Role.SUPERVISOR):
        raise PermissionDenied("Chỉ Văn phòng UBND tỉnh mới ẩn, hiện góp ý của người dân.")


def _is_hidden(rating: Rating) -> bool:
    latest = rating.moderations.order_by("-id").first()
    return latest is not None and latest.hides
