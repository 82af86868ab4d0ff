"""One agency's dossiers, batch by batch: each batch is whole, in a transaction of its own."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from django.db import connection, transaction
from django.db.models import Max

from dossiers import codes, rules
from dossiers.deadlines import HERE, local_date
from dossiers.models import LedgerSeal
from organizations.models import Agency
from procedures.statuses import ChannelKind
from tthc_portal.demonstration import applicants, letters, moments, stories
from tthc_portal.demonstration.desks import Case, Desk, desk_of
from tthc_portal.demonstration.life import Life
from tthc_portal.demonstration.sheets import Sheets
from tthc_portal.demonstration.triggers import without_triggers

BATCH = 1500
# The sealer of the ledger waits for these batches, and they for it.
_WITH_THE_SEALER = "SELECT pg_advisory_xact_lock_shared(766001)"
_TAKE_CODES = """
    INSERT INTO dossiers_codecounter (agency_id, day, last)
    SELECT %s, given.day, given.count FROM unnest(%s::date[], %s::int[]) AS given(day, count)
    ON CONFLICT (agency_id, day) DO UPDATE SET last = dossiers_codecounter.last + excluded.last
    RETURNING day, last
"""
_WAIT_TO_BE_TALLIED = """
    INSERT INTO reporting_waitingdossier (dossier_id) SELECT unnest(%s::bigint[])
"""


@dataclass(frozen=True)
class Cell:
    """How many dossiers of one agency begin on one day, and the first of their row numbers."""

    day: date
    count: int
    first_id: int


@dataclass(frozen=True)
class Order:
    """All that one process draws for one agency."""

    agency_id: int
    cells: Sequence[Cell]
    until: datetime
    seed: int
    is_trusted: bool


def produce(order: Order) -> Iterator[int]:
    """Draw and write an agency's dossiers; yields how many each batch added."""
    agency = Agency.objects.select_related("parent").get(pk=order.agency_id)
    desk = desk_of(agency, seed=order.seed)
    # Read once for all days up to now.
    rules.in_force_on(local_date(order.until))
    if desk is None:
        return
    # Letters take their numbers in order of signing, so a dossier whose letter is signed
    # after the batch's last day waits for a later batch.
    waiting: list[Life] = []
    for cells in _in_batches(order.cells):
        with _without_collector():
            lives = [life for cell in cells for life in _of_day(desk, cell, order)]
            end = datetime.combine(cells[-1].day + timedelta(days=1), time.min, HERE)
            everybody = [*waiting, *lives]
            waiting = [life for life in everybody if not _is_ready(life, end)]
            ready = [life for life in everybody if _is_ready(life, end)]
            _write(desk, coded=lives, ready=ready, order=order)
        yield len(ready)
    if waiting:
        _write(desk, coded=[], ready=waiting, order=order)
        yield len(waiting)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Lives hold no circles: looking for some took an eighth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _is_ready(life: Life, end: datetime) -> bool:
    return not life.letter or life.letter["signed_at"] < end


def _in_batches(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    batch: list[Cell] = []
    for cell in cells:
        batch.append(cell)
        if sum(each.count for each in batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _of_day(desk: Desk, cell: Cell, order: Order) -> list[Life]:
    """The dossiers that begin on this day, in the order in which they come."""
    random = Random(f"{order.seed}:{desk.agency.code}:{cell.day}")  # noqa: S311 (chance)
    begun = [_begun(desk, cell.day, random) for _ in range(cell.count)]
    begun.sort(key=lambda pair: pair[1])
    lives = []
    for number, (case, at) in enumerate(begun):
        # On the day of the run nothing has begun after now.
        life = Life(
            desk=desk,
            case=case,
            begun_at=min(at, order.until - timedelta(minutes=1)).astimezone(UTC),
            until=order.until,
            random=random,
        )
        life.pk = cell.first_id + number
        applicants.introduce(life)
        applicants.charge(life)
        stories.tell(life)
        applicants.settle(life)
        lives.append(life)
    return lives


def _begun(desk: Desk, day: date, random: Random) -> tuple[Case, datetime]:
    case = random.choices(desk.cases, cum_weights=desk.weights)[0]
    if not desk.calendar.is_working_day(day):
        online = [each for each in desk.cases if each.kind == ChannelKind.ONLINE]
        case = random.choice(online) if online else case
    if case.kind == ChannelKind.ONLINE:
        return case, moments.of_the_web(day, random)
    return case, moments.of_the_counter(day, random)


@transaction.atomic
def _write(desk: Desk, *, coded: Sequence[Life], ready: Sequence[Life], order: Order) -> None:
    with without_triggers(is_trusted=order.is_trusted):
        with connection.cursor() as cursor:
            cursor.execute(_WITH_THE_SEALER)
        _give_codes(desk, coded)
        letters.number(ready)
        sheets = Sheets(sealed_until=_sealed_until())
        sheets.write(ready)
        sheets.copy()
        with connection.cursor() as cursor:
            # What a trigger does otherwise: a killed run leaves nothing uncounted.
            cursor.execute(_WAIT_TO_BE_TALLIED, [[life.pk for life in ready]])


def _sealed_until() -> datetime | None:
    """The end of the last day that is sealed."""
    latest = LedgerSeal.objects.aggregate(day=Max("day"))["day"]
    if latest is None:
        return None
    return datetime.combine(latest + timedelta(days=1), time.min, HERE)


def _give_codes(desk: Desk, lives: Sequence[Life]) -> None:
    """The next codes of the agency and each day, in order of coming; none is left out."""
    days: dict[date, list[Life]] = {}
    for life in lives:
        days.setdefault(local_date(life.begun_at), []).append(life)
    counts = [len(of_day) for of_day in days.values()]
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_CODES, [desk.agency.pk, list(days), counts])
        last = dict(cursor.fetchall())
    for day, of_day in days.items():
        first = last[day] - len(of_day) + 1
        for number, life in enumerate(of_day, start=first):
            life.code = codes.written(agency=desk.agency, day=day, number=number)
