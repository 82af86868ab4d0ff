"""The acts on the version that somebody is writing: start, save a part, give up."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from organizations.administering import require_administrator
from organizations.models import User
from procedures import stored_facts, versions
from procedures.models import Procedure, VersionDraft
from procedures.parsing.facts import ProcedureFacts


class DraftRefusal(ValidationError):
    """A draft that may not be started or saved; the code says why."""


@transaction.atomic
def start(*, procedure: Procedure, actor: User, at: datetime) -> VersionDraft:
    """The draft of the next version, begun from the version in force; the one there if any."""
    require_administrator(actor)
    procedure = Procedure.objects.select_for_update().get(pk=procedure.pk)
    current = procedure.current_version
    if current is None:
        raise DraftRefusal(
            "Thủ tục này còn chờ ngày áp dụng. Hãy soạn bản sửa sau ngày đó.", code="not_in_force"
        )
    draft, _ = VersionDraft.objects.get_or_create(
        code=procedure.code,
        defaults={
            "based_on": current,
            "facts": stored_facts.to_json(versions.read(current)),
            **_hands(actor, at),
        },
    )
    return draft


@transaction.atomic
def start_new(*, code: str, name: str, actor: User, at: datetime) -> VersionDraft:
    """The draft of a procedure that the catalogue does not have yet."""
    require_administrator(actor)
    if Procedure.objects.filter(code=code).exists():
        raise DraftRefusal(
            "Danh mục đã có mã thủ tục này. Hãy mở thủ tục đó rồi soạn phiên bản mới.",
            code="code_taken",
        )
    facts = ProcedureFacts(code=code, name=name, field_name="")
    draft = VersionDraft(code=code, facts=stored_facts.to_json(facts), **_hands(actor, at))
    draft.full_clean(exclude=["facts"], validate_unique=False)
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError as error:
        raise DraftRefusal(
            "Mã này đã có bản đang soạn. Hãy mở bản đó trong danh sách.", code="draft_exists"
        ) from error
    return draft


@transaction.atomic
def save(
    *, draft: VersionDraft, changed: Mapping[str, Any], seen: int, actor: User, at: datetime
) -> VersionDraft:
    """Writes some of the facts; `seen` is the revision that the person had before them."""
    require_administrator(actor)
    draft = held(draft, seen)
    facts = replace(stored_facts.from_json(draft.facts), **changed)
    draft.facts = stored_facts.to_json(facts)
    draft.revision += 1
    draft.saved_by, draft.saved_at = actor, at
    draft.save(update_fields=["facts", "revision", "saved_by", "saved_at"])
    return draft


@transaction.atomic
def discard(*, draft: VersionDraft, seen: int, actor: User) -> None:
    """Gives the draft up; the catalogue stays as it is."""
    require_administrator(actor)
    held(draft, seen).delete()


def held(draft: VersionDraft, seen: int) -> VersionDraft:
    """The draft as it is now, locked, when it is still what the person saw."""
    now = VersionDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if now is None:
        raise DraftRefusal(
            "Bản này đã được công bố hoặc bỏ. Hãy mở lại thủ tục.", code="draft_gone"
        )
    if now.revision != seen:
        raise DraftRefusal(
            f"{now.saved_by} vừa ghi bản này. Hãy mở lại trang, xem nội dung mới rồi sửa tiếp.",
            code="stale",
        )
    return now


def _hands(actor: User, at: datetime) -> dict[str, object]:
    return {"started_by": actor, "started_at": at, "saved_by": actor, "saved_at": at}
