"""Lock, then look, then write: how every act takes hold of a petition and lets it go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError

from feedback import access, messaging
from feedback.access import Act
from feedback.models import Petition, PetitionEvent
from feedback.statuses import TRANSITIONS, PetitionEventKind, PetitionStatus
from organizations.models import User

SENDER = "Người gửi"


class PetitionRefused(ValidationError):
    """The act cannot be done as asked; the sentence says what to do instead."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """The petition that an act is about, and the version of it that the person was looking at."""

    code: str
    expected_version: int | None = None


def locked(target: Target, actor: User, act: Act) -> Petition:
    """The petition under lock, for a person who may see it, may do the act, and saw it as it is.

    Needs an open transaction. Raises Petition.DoesNotExist when the person may not see it,
    PermissionDenied when the act is not theirs, PetitionRefused when the page was stale or
    the state does not allow the act.
    """
    petition: Petition = (
        Petition.objects.visible_to(actor)
        .select_related("agency")
        .select_for_update(of=("self",))
        .get(code=target.code)
    )
    if target.expected_version not in {None, petition.event_count}:
        raise PetitionRefused(
            "Phản ánh vừa được người khác cập nhật. Hãy xem lại tình trạng mới rồi thực hiện lại.",
            code="stale",
        )
    access.require(actor, petition, act)
    next_status(access.RULES[act].event, PetitionStatus(petition.status))
    return petition


def next_status(kind: PetitionEventKind, before: PetitionStatus | None) -> PetitionStatus:
    """The state that an event leads to; PetitionRefused when it may not happen now."""
    try:
        return TRANSITIONS[kind][before]
    except KeyError:
        state = before.label if before else "chưa gửi"
        raise PetitionRefused(
            f"Phản ánh đang ở trạng thái “{state}” nên không thể {kind.label.lower()}. "
            "Hãy tải lại trang để xem tình trạng mới nhất.",
            code="wrong_state",
        ) from None


def record(
    petition: Petition,
    kind: PetitionEventKind,
    actor: User | None,
    at: datetime,
    *,
    saves: tuple[str, ...] = (),
    reason: str = "",
    data: Mapping[str, object] | None = None,
) -> None:
    """Append the event, save what the act changed, tell the sender; no actor: it is theirs."""
    before = PetitionStatus(petition.status) if petition.event_count else None
    after = next_status(kind, before)
    petition.status = after
    petition.event_count += 1
    if petition.pk is None:
        petition.save(force_insert=True)
    else:
        petition.save(update_fields=["status", "event_count", *saves])
    event = PetitionEvent.objects.create(
        petition=petition,
        sequence=petition.event_count,
        kind=kind,
        at=at,
        actor=actor,
        actor_name=actor.full_name if actor else SENDER,
        from_status=before or "",
        to_status=after,
        reason=reason,
        data=dict(data or {}),
    )
    messaging.tell_of(event, at=at)


def required(text: str, sentence: str, name: str) -> str:
    """The text without blanks around it; PetitionRefused with the field's name when empty."""
    if kept := text.strip():
        return kept
    raise PetitionRefused(sentence, code=name)
