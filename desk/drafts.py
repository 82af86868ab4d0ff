"""Keeps what is typed on the intake page, field by field, until a dossier comes of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from unicodedata import normalize
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from desk import draft_scans
from desk.models import DraftScan, IntakeDraft
from desk.models.drafts import MOST_LETTERS
from desk.querysets import IntakeDraftQuerySet
from dossiers.models import Dossier
from organizations.models import User
from procedures.models import Procedure

# The oldest goes when a clerk has more: nobody picks up an eleventh form.
MOST_DRAFTS = 10
# What citizens told the counter is not kept longer than it may be of use.
KEPT = timedelta(days=7)
BATCH = 500


class DraftRefused(ValidationError):
    """The draft cannot be kept; the sentence says what to do instead."""


@transaction.atomic
def save(
    *, key: UUID, content: Mapping[str, str], version: int, actor: User, at: datetime
) -> IntakeDraft:
    """Keep the form as typed; `version` is the one that this tab saved last, 0 for none.

    Raises DraftRefused when it is too long, was changed in another tab, or was received.
    """
    typed = {name: normalize("NFC", text.replace("\x00", "")) for name, text in content.items()}
    _check(typed, key)
    draft: IntakeDraft | None = (
        IntakeDraft.objects.select_for_update().filter(user=actor, key=key).first()
    )
    if draft is None:
        return _begun(key, typed, actor, at)
    if draft.version != version:
        raise DraftRefused(
            "Biểu mẫu này đang được nhập ở một thẻ khác nên không lưu tạm nữa. "
            "Hãy nhập tiếp ở thẻ kia, hoặc tải lại trang để lấy nội dung mới nhất.",
            code="stale",
        )
    draft.content, draft.saved_at, draft.version = typed, at, draft.version + 1
    draft.applicant_name = typed.get("name", "")[:200]
    draft.save(update_fields=["content", "saved_at", "version", "applicant_name"])
    return draft


def discard(*, key: UUID, actor: User) -> bool:
    """Throw one's own draft away; was there one?"""
    return bool(_delete(IntakeDraft.objects.filter(user=actor, key=key)))


def forget_old(*, at: datetime) -> int:
    """Delete drafts that became dossiers or that nobody came back to; how many."""
    received = Dossier.objects.filter(submission_key=OuterRef("key"))
    over = IntakeDraft.objects.filter(Q(saved_at__lt=at - KEPT) | Exists(received))
    return _delete(
        IntakeDraft.objects.filter(pk__in=list(over.values_list("pk", flat=True)[:BATCH]))
    )


@transaction.atomic
def _delete(given: IntakeDraftQuerySet) -> int:
    """Drafts go with their scans; how many drafts."""
    draft_scans.drop(DraftScan.objects.filter(draft__in=given))
    _, deleted = given.delete()
    return deleted.get(IntakeDraft._meta.label, 0)


def _check(typed: Mapping[str, str], key: UUID) -> None:
    if sum(len(name) + len(text) + 8 for name, text in typed.items()) > MOST_LETTERS // 2:
        raise DraftRefused("Nội dung quá dài nên không lưu tạm được.", code="too_long")
    if Dossier.objects.filter(submission_key=key).exists():
        raise DraftRefused("Hồ sơ này đã được tiếp nhận.", code="received")


def _begun(key: UUID, typed: dict[str, str], actor: User, at: datetime) -> IntakeDraft:
    procedure = (
        Procedure.objects.filter(code=typed.get("procedure", ""), current_version__isnull=False)
        .select_related("current_version")
        .first()
    )
    if procedure is None or procedure.current_version is None:
        raise DraftRefused("Chưa chọn thủ tục nên chưa lưu tạm.", code="procedure")
    draft: IntakeDraft = IntakeDraft.objects.create(
        user=actor,
        key=key,
        procedure_code=procedure.code,
        procedure_name=procedure.current_version.name[:1000],
        applicant_name=typed.get("name", "")[:200],
        content=typed,
        saved_at=at,
    )
    surplus = IntakeDraft.objects.filter(user=actor).order_by("-saved_at", "-pk")[MOST_DRAFTS:]
    _delete(IntakeDraft.objects.filter(pk__in=list(surplus.values_list("pk", flat=True))))
    return draft
