"""Dossiers of some agencies, day after day: each batch is whole, in a transaction of its own."""

import gc
from bisect import bisect
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from operator import itemgetter

from django.db import connection, transaction
from django.db.models import Max

from dossiers import codes, rules
from dossiers.deadlines import HERE, local_date
from dossiers.models import LedgerSeal
from organizations.models import Agency
from tthc_portal.demonstration import (
    applicants,
    fates,
    letters,
    moments,
    plain,
    reactions,
    stories,
)
from tthc_portal.demonstration.benches import Bench, Offer
from tthc_portal.demonstration.courses import Course
from tthc_portal.demonstration.desks import desks_of
from tthc_portal.demonstration.life import Life
from tthc_portal.demonstration.seconds import Seconds
from tthc_portal.demonstration.sheets import Sheets
from tthc_portal.demonstration.triggers import without_triggers

BATCH = 2000
Drawn = Life | Course
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
    benches = _benches(order)
    # Read once for all days up to now.
    rules.in_force_on(local_date(order.until))
    # Letters take their numbers in order of signing, so a dossier whose letter is signed
    # on a day that is yet to come waits for a later batch.
    waiting: list[Drawn] = []
    for cells, next_day in _in_batches([cell for cell in order.cells if cell.agency_id in benches]):
        with _without_collector():
            lives = [(cell, _of_day(benches[cell.agency_id], cell)) for cell in cells]
            end = datetime.combine(next_day, time.min, HERE) if next_day else None
            everybody = [*waiting, *chain.from_iterable(drawn for _, drawn in lives)]
            waiting = [life for life in everybody if not _is_ready(life, end)]
            ready = [life for life in everybody if _is_ready(life, end)]
            _write(coded=lives, ready=ready, order=order)
        yield len(ready)


def _benches(order: Order) -> dict[int, Bench]:
    wanted = {cell.agency_id for cell in order.cells}
    agencies = Agency.objects.select_related("parent").filter(pk__in=wanted)
    clocks: dict[tuple[int, int], Seconds] = {}
    benches = {}
    for desk in desks_of(list(agencies), seed=order.seed):
        key = desk.agency.schedule_id, desk.agency.due_soon_days
        if key not in clocks:
            clocks[key] = Seconds(desk.calendar, remind_days=desk.agency.due_soon_days)
        bench = Bench(desk, clocks[key], until=order.until, seed=order.seed)
        benches[desk.agency.pk] = bench
    return benches


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


def _is_ready(life: Drawn, end: datetime | None) -> bool:
    return end is None or not life.letter or life.letter["signed_at"] < end


def _in_batches(cells: Sequence[Cell]) -> Iterator[tuple[Sequence[Cell], date | None]]:
    """So many cells as make a batch, and the day on which the next one begins, if any."""
    first = size = 0
    for place, cell in enumerate(cells, start=1):
        size += cell.count
        if size >= BATCH or place == len(cells):
            yield cells[first:place], cells[place].day if place < len(cells) else None
            first, size = place, 0


def _of_day(bench: Bench, cell: Cell) -> list[Drawn]:
    """The dossiers that begin on this day, in the order in which they come."""
    begun = [_begun(bench, cell.day) for _ in range(cell.count)]
    begun.sort(key=itemgetter(1))
    # On the day of the run nothing has begun after now.
    latest = bench.until - 60
    drawn = []
    for number, (offer, at) in enumerate(begun):
        dossier = _drawn(bench, offer, min(at, latest))
        dossier.pk = cell.first_id + number
        drawn.append(dossier)
    return drawn


def _drawn(bench: Bench, offer: Offer, begun: int) -> Drawn:
    """A plain course, or a life that is not plain."""
    fate = fates.drawn(bench.desk, bench.random)
    if fate.is_plain and (course := plain.live(bench, offer, begun, fate)):
        return course
    life = Life(
        desk=bench.desk,
        case=offer.case,
        begun_at=bench.seconds.moment(begun),
        until=bench.until_at,
        random=bench.random,
        fate=fate,
    )
    applicants.introduce(life)
    applicants.charge(life)
    stories.tell(life)
    applicants.settle(life)
    reactions.react(life)
    return life


def _begun(bench: Bench, day: date) -> tuple[Offer, int]:
    random, midnight = bench.random, bench.seconds.of_day(day)
    offer = bench.offers[bisect(bench.desk.weights, random.random() * bench.desk.weights[-1])]
    if not offer.is_online and not bench.desk.calendar.is_working_day(day):
        online = [each for each in bench.offers if each.is_online]
        offer = random.choice(online) if online else offer
    if offer.is_online:
        return offer, midnight + moments.on_the_web(random)
    return offer, midnight + moments.at_the_counter(random)


@transaction.atomic
def _write(
    *, coded: Sequence[tuple[Cell, Sequence[Drawn]]], ready: Sequence[Drawn], order: Order
) -> None:
    with without_triggers(is_trusted=order.is_trusted):
        with connection.cursor() as cursor:
            cursor.execute(_WITH_THE_SEALER)
        _give_codes(coded)
        lives = [each for each in ready if isinstance(each, Life)]
        letters.number(lives)
        sheets = Sheets(sealed_until=_sealed_until())
        sheets.write(lives)
        plain_ones = [each for each in ready if isinstance(each, Course)]
        sheets.write_plain(plain_ones, until=order.until)
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


def _give_codes(drawn: Sequence[tuple[Cell, Sequence[Drawn]]]) -> None:
    """The next codes of each agency and day, in order of coming; none is left out."""
    agencies, days = [cell.agency_id for cell, _ in drawn], [cell.day for cell, _ in drawn]
    counts = [len(of_day) for _, of_day in drawn]
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_CODES, [agencies, days, counts])
        last = {(agency, day): number for agency, day, number in cursor.fetchall()}
    for cell, of_day in drawn:
        first = last[cell.agency_id, cell.day] - len(of_day) + 1
        for number, each in enumerate(of_day, start=first):
            each.code = codes.written(agency=each.agency, day=cell.day, number=number)
