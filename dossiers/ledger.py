"""The only writer of DossierEvent: appends, chains by hash, seals each day, proves it all.

Each event carries the SHA-256 of its content and of its predecessor in the dossier. A daily
seal digests the day's events and the seal before it. The database refuses to change either.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from django.core.exceptions import ValidationError

from dossiers.making import made
from dossiers.models import Dossier, DossierEvent
from dossiers.statuses import TRANSITIONS, DossierStatus, EventKind, may_lead
from organizations.models import User

SYSTEM = "Hệ thống"


class TransitionRefused(ValidationError):
    """The event may not happen in the state that the dossier is in."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One event to append: what happened, when, by whom (None: the system), and why."""

    kind: EventKind
    at: datetime
    recorded_at: datetime
    actor: User | None = None
    reason: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    # Of an import alone: the state in which the old system left the dossier.
    claimed_status: DossierStatus | None = None


def append(*, dossier: Dossier, entry: Entry) -> DossierEvent:
    """Write one event and move the dossier's head; the caller holds the row's lock and saves it.

    Raises TransitionRefused when the state does not allow the event.
    """
    event = next_event(dossier=dossier, entry=entry)
    event.save(force_insert=True)
    return event


def next_event(*, dossier: Dossier, entry: Entry) -> DossierEvent:
    """The event that follows the dossier's head, unsaved; the dossier's head moves to it."""
    event = unhashed_event(dossier=dossier, entry=entry)
    event.hash = dossier.last_hash = content_hash(event, dossier.code)
    return event


def unhashed_event(*, dossier: Dossier, entry: Entry) -> DossierEvent:
    """The same, of a dossier that has no code yet: `opening` writes it with code and hash."""
    before = DossierStatus(dossier.status) if dossier.event_count else None
    after = _status_after(entry, before)
    event = made(
        DossierEvent,
        dossier=dossier,
        sequence=dossier.event_count + 1,
        kind=entry.kind,
        at=entry.at,
        recorded_at=entry.recorded_at,
        actor=entry.actor,
        actor_name=entry.actor.full_name if entry.actor else SYSTEM,
        from_status=before or "",
        to_status=after,
        reason=entry.reason,
        data={**entry.data, **_on_behalf(dossier, entry)},
        previous_hash=dossier.last_hash,
    )
    dossier.status = after
    dossier.event_count = event.sequence
    dossier.changed_at = entry.recorded_at
    return event


# What only whoever handles the dossier does; a substitute does it for somebody.
_OF_WHO_HANDLES = frozenset(
    {
        EventKind.PROPOSED,
        EventKind.SUPPLEMENT_ASKED,
        EventKind.PAUSED,
        EventKind.RESUMED,
        EventKind.FILE_ADDED,
        EventKind.CONSULTED,
        EventKind.EXTENSION_ASKED,
    }
)


def _on_behalf(dossier: Dossier, entry: Entry) -> dict[str, object]:
    """For whom a substitute acts; nothing where the person acts in their own right."""
    actor, absent_id = entry.actor, dossier.assignee_id
    if actor is None or entry.kind not in _OF_WHO_HANDLES or absent_id in {None, actor.pk}:
        return {}
    if absent_id not in actor.stands_in_at.get(dossier.agency_id, ()):
        return {}
    assert dossier.assignee is not None  # noqa: S101 (it has a number)
    return {"on_behalf_of": dossier.assignee.full_name, "on_behalf_of_id": absent_id}


# The columns of a dossier that `append` moves: save them with the act's own.
HEAD_FIELDS = ("status", "event_count", "last_hash", "changed_at")


def _status_after(entry: Entry, before: DossierStatus | None) -> DossierStatus:
    claimed = entry.claimed_status
    if claimed is not None and may_lead(entry.kind, before, claimed):
        return claimed
    return next_status(entry.kind, before)


def next_status(kind: EventKind, before: DossierStatus | None) -> DossierStatus:
    """The state that an event leads to; TransitionRefused when it may not happen now."""
    try:
        return TRANSITIONS[kind][before]
    except KeyError:
        state = before.label if before else "chưa có"
        raise TransitionRefused(
            f"Hồ sơ đang ở trạng thái “{state}” nên không thể {kind.label.lower()}. "
            "Hãy tải lại trang để xem tình trạng mới nhất.",
            code="wrong_state",
        ) from None


class Told(Protocol):
    """What an event says, wherever it is kept."""

    @property
    def sequence(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def actor_id(self) -> int | None: ...
    @property
    def actor_name(self) -> str: ...
    @property
    def from_status(self) -> str: ...
    @property
    def to_status(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def data(self) -> Any: ...
    @property
    def previous_hash(self) -> str: ...


# Made once: `json.dumps` makes an encoder anew for each call.
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(event: Told, dossier_code: str) -> str:
    """SHA-256 over everything that an event says, in one canonical form."""
    told = f'["{dossier_code}",{told_after_code(event)}'
    return hashlib.sha256(told.encode()).hexdigest()


def told_after_code(event: Told) -> str:
    """That form but for its beginning; codes are letters, digits and signs that need no quoting."""
    content = [
        event.sequence,
        event.kind,
        _moment(event.at),
        _moment(event.recorded_at),
        event.actor_id,
        event.actor_name,
        event.from_status,
        event.to_status,
        event.reason,
        event.data,
        event.previous_hash,
    ]
    return canonical(content)[1:]


def canonical(content: object) -> str:
    """The one form in which hashes see what is recorded: JSON, sorted, without blanks."""
    return _CANONICAL.encode(content)


def day_digest(hashes: Iterable[str], previous_digest: str) -> str:
    """The seal of a day: a digest over the previous seal and the day's events in order."""
    digest = hashlib.sha256(previous_digest.encode())
    for event_hash in hashes:
        digest.update(event_hash.encode())
    return digest.hexdigest()


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def append_many(*, dossiers: Sequence[Dossier], entries: Sequence[Entry]) -> list[DossierEvent]:
    """Write one event to each dossier in two statements; the caller holds the rows' locks."""
    events = [
        next_event(dossier=dossier, entry=entry)
        for dossier, entry in zip(dossiers, entries, strict=True)
    ]
    return DossierEvent.objects.bulk_create(events)
