"""Lock, then look, then write: how every act takes hold of a dossier and lets it go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from unicodedata import normalize

from django.core.exceptions import ValidationError

from dossiers import access, ledger, messaging
from dossiers.access import Act
from dossiers.models import Dossier
from dossiers.statuses import DossierStatus, EventKind
from organizations.models import User


class ActRefused(ValidationError):
    """The act cannot be done as asked; the sentence says what to do instead."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """The dossier that an act is about, and the version of it that the person was looking at."""

    code: str
    expected_version: int | None = None


def locked(target: Target, actor: User, act: Act) -> Dossier:
    """The dossier under lock, for a person who may see it, may do the act, and saw it as it is.

    Needs an open transaction. Raises Dossier.DoesNotExist when the person may not see it,
    PermissionDenied when the act is not theirs, ActRefused when the page was stale,
    TransitionRefused when the state does not allow the act.
    """
    dossier: Dossier = (
        Dossier.objects.visible_to(actor)
        .select_related("agency", "counter", "version")
        .select_for_update(of=("self",))
        .get(code=target.code)
    )
    if target.expected_version not in {None, dossier.event_count}:
        raise ActRefused(
            "Hồ sơ vừa được người khác cập nhật. Hãy xem lại tình trạng mới rồi thực hiện lại.",
            code="stale",
        )
    access.require(actor, dossier, act)
    ledger.next_status(access.RULES[act].event, DossierStatus(dossier.status))
    return dossier


def record(
    dossier: Dossier,
    kind: EventKind,
    actor: User,
    at: datetime,
    *,
    saves: tuple[str, ...] = (),
    reason: str = "",
    data: Mapping[str, object] | None = None,
) -> None:
    """Append the event, save what the act changed and the head of the chain, tell the applicant."""
    entry = ledger.Entry(
        kind=kind, at=at, recorded_at=at, actor=actor, reason=reason, data=data or {}
    )
    event = ledger.append(dossier=dossier, entry=entry)
    dossier.save(update_fields=[*ledger.HEAD_FIELDS, *saves])
    messaging.tell_of(event, at=at)


def required_text(text: str, message: str, code: str) -> str:
    """The text with composed letters and no margins; ActRefused when nothing is left of it."""
    clean = normalize("NFC", text).strip()
    if not clean:
        raise ActRefused(message, code=code)
    return clean
