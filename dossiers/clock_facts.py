"""The clock of a dossier as the database keeps it: its halts and the one new day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, Protocol

from dossiers.deadlines import Clock, Halt, NewDay, clock_of
from dossiers.models import Dossier, Pause, Reschedule
from procedures.statuses import ClockEffect


class Changes(NamedTuple):
    """What changed a promise after it was given."""

    halts: tuple[Halt, ...] = ()
    new_day: NewDay | None = None


NOTHING = Changes()


def clock(dossier: Dossier) -> Clock:
    """The clock of one accepted dossier, in two queries."""
    if dossier.accepted_at is None:
        raise ValueError(f"{dossier.code} was not accepted: it has no clock.")
    changes = changes_of([dossier.pk]).get(dossier.pk, NOTHING)
    return clock_of(
        dossier,
        accepted_at=dossier.accepted_at,
        claimed=claimed_promise(dossier),
        **changes._asdict(),
    )


class Imported(Protocol):
    """The moments that tell whose promise it is."""

    @property
    def imported_at(self) -> datetime | None: ...
    @property
    def accepted_at(self) -> datetime | None: ...
    @property
    def first_due_at(self) -> datetime | None: ...


def claimed_promise(facts: Imported) -> datetime | None:
    """The day that an old system promised; None when the dossier was accepted here."""
    if facts.imported_at is None or facts.accepted_at is None:
        return None
    return facts.first_due_at if facts.accepted_at <= facts.imported_at else None


def changes_of(dossiers: Iterable[int]) -> dict[int, Changes]:
    """By dossier, for those with any change; two queries however many they are."""
    keys = list(dossiers)
    halts: dict[int, list[Halt]] = defaultdict(list)
    rows = Pause.objects.filter(dossier__in=keys).values_list(
        "dossier_id", "started_at", "ended_at", "effect"
    )
    for pk, started_at, ended_at, effect in rows:
        halts[pk].append(Halt(started_at, ended_at, ClockEffect(effect)))
    new_days = {
        pk: NewDay(at, due_at)
        for pk, at, due_at in Reschedule.objects.filter(dossier__in=keys).values_list(
            "dossier_id", "at", "new_due_at"
        )
    }
    return {pk: Changes(tuple(halts.get(pk, ())), new_days.get(pk)) for pk in {*halts, *new_days}}
