"""The lines of a drawn ledger as COPY reads them, each with its place in the chain.

The canonical form is that of `dossiers.ledger.content_hash`, put together from parts that were
quoted once: of seven events of a dossier most parts are the same for the next. `verify_ledger`
and the tests prove every chain by the ledger's own function.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dossiers import ledger
from dossiers.copying import NOTHING, text
from dossiers.statuses import EventKind
from organizations.models import User

if TYPE_CHECKING:
    from tthc_portal.demonstration.life import Life

COLUMNS = ("dossier_id", "sequence", "kind", "at", "recorded_at", "actor_id", "actor_name",
           "from_status", "to_status", "reason", "data", "previous_hash", "hash")  # fmt: skip


_KINDS = {kind: kind.value for kind in EventKind}


class Happened(NamedTuple):
    """One event before it has its place in the chain."""

    kind: EventKind
    at: datetime
    recorded_at: datetime
    actor: User | None
    before: str
    after: str
    reason: str
    data: dict[str, object]


class Head(NamedTuple):
    """The latest line of a chain."""

    sequence: int
    status: str
    recorded_at: datetime
    hash: str


class Chain:
    """The events of one coded life.

    What happened on days that are sealed is recorded now: nothing slips under a seal.
    """

    def __init__(self, life: "Life", *, sealed_until: datetime | None) -> None:
        self._life, self._sealed_until = life, sealed_until
        self._recorded_at, self._hash = life.begun_at, ""

    @property
    def head(self) -> Head:
        """The latest of the lines that were asked for."""
        events = self._life.events
        return Head(len(events), events[-1].after, self._recorded_at, self._hash)

    def lines(self) -> Iterator[str]:
        """Each event's cells; afterwards `head` is the latest of them."""
        life, is_late = self._life, False
        for sequence, happened in enumerate(life.events, start=1):
            is_late |= self._sealed_until is not None and happened.recorded_at < self._sealed_until
            recorded_at = life.until if is_late else happened.recorded_at
            yield self._line(sequence, happened, recorded_at)

    def _line(self, sequence: int, happened: Happened, recorded_at: datetime) -> str:
        kind, previous = _KINDS[happened.kind], self._hash
        at = _moment(happened.at)
        recorded = at if recorded_at is happened.at else _moment(recorded_at)
        actor, name = _acting(happened.actor)
        data = ledger.canonical(happened.data) if happened.data else "{}"
        content = (
            f'["{self._life.code}",{sequence},"{kind}","{at}","{recorded}",{actor},{_quoted(name)},'
            f'"{happened.before}","{happened.after}",{_quoted(happened.reason)},{data},"{previous}"]'
        )
        digest = hashlib.sha256(content.encode()).hexdigest()
        self._recorded_at, self._hash = recorded_at, digest
        return (
            f"{self._life.pk}\t{sequence}\t{kind}\t{at}\t{recorded}\t"
            f"{NOTHING if happened.actor is None else actor}\t{text(name)}\t"
            f"{happened.before}\t{happened.after}\t{text(happened.reason)}\t{text(data)}\t"
            f"{previous}\t{digest}"
        )


def _moment(moment: datetime) -> str:
    of_world = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return of_world.isoformat(timespec="microseconds")


def _acting(actor: User | None) -> tuple[str, str]:
    return ("null", ledger.SYSTEM) if actor is None else (str(actor.pk), actor.full_name)


@lru_cache(maxsize=4096)
def _quoted(words: str) -> str:
    return ledger.canonical(words)
