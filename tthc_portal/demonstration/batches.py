"""Dossiers of some agencies, day after day: each batch is whole, in a transaction of its own."""

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

BATCH = 2000
# The sealer of the ledger waits for these batches, and they for it.
_WITH_THE_SEALER = "SELECT pg_advisory_xact_lock_shared(766001)"
_TAKE_CODES = """
    INSERT INTO dossiers_codecounter (agency_id, day, last)
    SELECT given.* FROM unnest(%s::bigint[], %s::date[], %s::int[]) AS given(agency, day, count)
    ON CONFLICT (agency_id, day) DO UPDATE SET last = dossiers_codecounter.last + excluded.last
    RETURNING agency_id, day, last
"""
_WAIT_TO_BE_TALLIED = """
    INSERT INTO reporting_waitingdossier (dossier_id) SELECT unnest(%s::bigint[])
"""


@dataclass(frozen=True)
class Cell:
    """How many dossiers of one agency begin on one day, and the first of their row numbers."""

    agency_id: int
    day: date
    count: int
    first_id: int


@dataclass(frozen=True)
class Order:
    """All that one process draws: cells of its agencies, in order of the days."""

    cells: Sequence[Cell]
    until: datetime
    seed: int
    is_trusted: bool


def produce(order: Order) -> Iterator[int]:
    """Draw and write the order's dossiers; yields how many each batch added."""
    desks = _desks(order)
    # Read once for all days up to now.
    rules.in_force_on(local_date(order.until))
    # Letters take their numbers in order of signing, so a dossier whose letter is signed
    # on a day that is yet to come waits for a later batch.
    waiting: list[Life] = []
    for cells, next_day in _in_batches([cell for cell in order.cells if cell.agency_id in desks]):
        with _without_collector():
            lives = [life for cell in cells for life in _of_day(desks[cell.agency_id], cell, order)]
            end = datetime.combine(next_day, time.min, HERE) if next_day else None
            everybody = [*waiting, *lives]
            waiting = [life for life in everybody if not _is_ready(life, end)]
            ready = [life for life in everybody if _is_ready(life, end)]
            _write(coded=lives, ready=ready, order=order)
        yield len(ready)


def _desks(order: Order) -> dict[int, Desk]:
    wanted = {cell.agency_id for cell in order.cells}
    agencies = Agency.objects.select_related("parent").filter(pk__in=wanted)
    found = ((agency.pk, desk_of(agency, seed=order.seed)) for agency in agencies)
    return {pk: desk for pk, desk in found if desk is not None}


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


def _is_ready(life: Life, end: datetime | None) -> bool:
    return end is None or not life.letter or life.letter["signed_at"] < end


def _in_batches(cells: Sequence[Cell]) -> Iterator[tuple[Sequence[Cell], date | None]]:
    """So many cells as make a batch, and the day on which the next one begins, if any."""
    first = size = 0
    for place, cell in enumerate(cells, start=1):
        size += cell.count
        if size >= BATCH or place == len(cells):
            yield cells[first:place], cells[place].day if place < len(cells) else None
            first, size = place, 0


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
def _write(*, coded: Sequence[Life], ready: Sequence[Life], order: Order) -> None:
    with without_triggers(is_trusted=order.is_trusted):
        with connection.cursor() as cursor:
            cursor.execute(_WITH_THE_SEALER)
        _give_codes(coded)
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


def _give_codes(lives: Sequence[Life]) -> None:
    """The next codes of each agency and day, in order of coming; none is left out."""
    days: dict[tuple[int, date], list[Life]] = {}
    for life in lives:
        days.setdefault((life.desk.agency.pk, local_date(life.begun_at)), []).append(life)
    counts = [len(of_day) for of_day in days.values()]
    agencies, dates = [agency for agency, _ in days], [day for _, day in days]
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_CODES, [agencies, dates, counts])
        last = {(agency, day): number for agency, day, number in cursor.fetchall()}
    for (agency, day), of_day in days.items():
        first = last[agency, day] - len(of_day) + 1
        for number, life in enumerate(of_day, start=first):
            life.code = codes.written(agency=life.desk.agency, day=day, number=number)
