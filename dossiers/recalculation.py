"""Which promises the calendar as it stands now would move, and the moving of them as events.

A promise is a pure function of its clock and the calendar: here that function is run again
over every dossier whose clock still counts. What is resolved is never touched.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from dossiers import clock_facts, deadlines, ledger, rules, steps
from dossiers.models import Dossier
from dossiers.statuses import OPEN_STATUSES, DossierStatus, EventKind
from dossiers.writing import update_many
from organizations.models import User
from workdays.calendar import Calendar
from workdays.loading import calendar_for

BATCH = 500
_CHUNK = 5000
_COUNTING = (*OPEN_STATUSES, DossierStatus.SUBMITTED)


class Moments(NamedTuple):
    """What a dossier keeps of the calendar; the fields are its columns."""

    due_at: datetime | None
    remind_at: datetime | None
    transfer_by: datetime | None
    accept_by: datetime | None


class Facts(NamedTuple):
    """What the moments of one dossier follow from."""

    pk: int
    code: str
    status: str
    rule_set: str
    agency_id: int
    schedule_id: int
    remind_days: int
    submitted_at: datetime | None
    accepted_at: datetime | None
    time_limit: Decimal | None
    time_unit: str
    imported_at: datetime | None
    first_due_at: datetime | None


class Shift(NamedTuple):
    """A dossier whose moments are others by the calendar of now."""

    facts: Facts
    stored: Moments
    computed: Moments

    @property
    def moves(self) -> bool:
        """Is it the promise itself that moves, and not only a warning before it?"""
        return self.stored.due_at != self.computed.due_at


@dataclass(frozen=True, kw_only=True)
class Cause:
    """Who changed the calendar, when, how, and on which decision."""

    actor: User
    at: datetime
    sentence: str
    decision: str
    reason: str


_COLUMNS = (
    "id",
    "code",
    "status",
    "rule_set",
    "agency_id",
    "agency__schedule_id",
    "agency__due_soon_days",
    "submitted_at",
    "accepted_at",
    "time_limit",
    "time_unit",
    "imported_at",
    "first_due_at",
    *Moments._fields,
)


def shifts() -> Iterator[Shift]:
    """Every dossier that counts and is not as the calendar has it now, the oldest first.

    Raises CalendarGap or BrokenSchedule when the calendar cannot answer for one of them.
    """
    calendars: dict[int, Calendar] = {}
    counting = Dossier.objects.filter(status__in=_COUNTING).without_leftovers()
    rows = counting.order_by("id").values_list(*_COLUMNS)
    split = len(Facts._fields)
    unread = rows.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(unread, _CHUNK)):
        changes = clock_facts.changes_of(row[0] for row in chunk)
        for row in chunk:
            facts, stored = Facts._make(row[:split]), Moments._make(row[split:])
            if facts.schedule_id not in calendars:
                calendars[facts.schedule_id] = calendar_for(facts.schedule_id)
            changed = changes.get(facts.pk, clock_facts.NOTHING)
            computed = _computed(facts, changed, stored, calendars[facts.schedule_id])
            if computed != stored:
                yield Shift(facts, stored, computed)


def record(*, changed: Iterable[Shift], cause: Cause) -> int:
    """Write the moments, an event for each promise that moved; how many did.

    Needs an open transaction and the calendar held (`calendars.hold`). A dossier resolved
    since it was computed keeps its promise.
    """
    calendars: dict[int, Calendar] = {}
    remaining, moved = iter(changed), 0
    while batch := {shift.facts.pk: shift for shift in islice(remaining, BATCH)}:
        dossiers = _locked(batch)
        promised = [dossier for dossier in dossiers if batch[dossier.pk].moves]
        _move(promised, batch, cause)
        _refresh([dossier for dossier in dossiers if not batch[dossier.pk].moves], batch)
        _move_steps(promised, batch, calendars)
        moved += len(promised)
    return moved


def _computed(
    facts: Facts, changed: clock_facts.Changes, stored: Moments, calendar: Calendar
) -> Moments:
    if facts.accepted_at is None:
        return _answer(facts, stored, calendar)
    promised = deadlines.promise(
        clock=deadlines.clock_of(
            facts,
            accepted_at=facts.accepted_at,
            claimed=clock_facts.claimed_promise(facts),
            **changed._asdict(),
        ),
        calendar=calendar,
        remind_days=facts.remind_days,
    )
    transfer_by = stored.transfer_by
    if facts.status == DossierStatus.ACCEPTED and transfer_by is not None:
        transfer_by = deadlines.transfer_by(
            accepted_at=facts.accepted_at,
            calendar=calendar,
            rules=rules.BY_CODE[facts.rule_set],
        )
    return Moments(promised.due_at, promised.remind_at, transfer_by, stored.accept_by)


def _answer(facts: Facts, stored: Moments, calendar: Calendar) -> Moments:
    """An online dossier has no promise yet, only the counter's own time to answer."""
    if facts.submitted_at is None:
        return stored
    accept_by = deadlines.accept_by(
        submitted_at=facts.submitted_at, calendar=calendar, rules=rules.BY_CODE[facts.rule_set]
    )
    return stored._replace(accept_by=accept_by)


def _locked(batch: dict[int, Shift]) -> list[Dossier]:
    found = Dossier.objects.filter(pk__in=batch, status__in=_COUNTING).order_by("id")
    return list(
        found.only("code", "status", "event_count", "last_hash", "accepted_at").select_for_update()
    )


def _set(dossier: Dossier, moments: Moments) -> None:
    for name, moment in moments._asdict().items():
        setattr(dossier, name, moment)


def _move(dossiers: Sequence[Dossier], batch: dict[int, Shift], cause: Cause) -> None:
    entries = [_entry(batch[dossier.pk], cause) for dossier in dossiers]
    ledger.append_many(dossiers=dossiers, entries=entries)
    for dossier in dossiers:
        _set(dossier, batch[dossier.pk].computed)
        # The new promise has not come near or run out yet; the sweeps look at it afresh.
        dossier.due_soon_noted = dossier.overdue_noted = False
    noted = ("due_soon_noted", "overdue_noted")
    update_many(dossiers, (*ledger.HEAD_FIELDS, *Moments._fields, *noted))


def _refresh(dossiers: Sequence[Dossier], batch: dict[int, Shift]) -> None:
    """Warnings move without an event: nobody was promised them."""
    for dossier in dossiers:
        _set(dossier, batch[dossier.pk].computed)
    update_many(dossiers, Moments._fields)


def _move_steps(
    dossiers: Sequence[Dossier], batch: dict[int, Shift], calendars: dict[int, Calendar]
) -> None:
    of_schedule: dict[int, list[Dossier]] = {}
    for dossier in dossiers:
        of_schedule.setdefault(batch[dossier.pk].facts.schedule_id, []).append(dossier)
    for schedule_id, followers in of_schedule.items():
        if schedule_id not in calendars:
            calendars[schedule_id] = calendar_for(schedule_id)
        steps.plan_again(dossiers=followers, calendar=calendars[schedule_id])


def _entry(shift: Shift, cause: Cause) -> ledger.Entry:
    why = f"{cause.sentence} Căn cứ: {cause.decision}."
    return ledger.Entry(
        kind=EventKind.DUE_MOVED,
        at=cause.at,
        recorded_at=cause.at,
        actor=cause.actor,
        reason=f"{why} {cause.reason}".strip(),
        data={
            "previous_due_at": _text(shift.stored.due_at),
            "due_at": _text(shift.computed.due_at),
            "change": cause.sentence,
            "decision": cause.decision,
        },
    )


def _text(moment: datetime | None) -> str | None:
    return moment.astimezone(deadlines.HERE).isoformat() if moment else None
