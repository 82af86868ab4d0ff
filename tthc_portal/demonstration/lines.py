"""The lines of a drawn ledger: what happened, and the same with its place in the chain."""

from datetime import datetime
from typing import NamedTuple

from dossiers.statuses import EventKind
from organizations.models import User


class Line(NamedTuple):
    """One event, with the fields of `DossierEvent` that its hash is made of."""

    sequence: int
    kind: str
    at: datetime
    recorded_at: datetime
    actor_id: int | None
    actor_name: str
    from_status: str
    to_status: str
    reason: str
    data: dict[str, object]
    previous_hash: str


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
