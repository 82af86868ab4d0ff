"""Plans a province of so many dossiers over so many months, and has processes draw it."""

import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue

from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction

from dossiers import codes, rules, sealing
from dossiers.deadlines import local_date
from dossiers.models import Dossier
from organizations.models import Agency
from reporting import tallies
from tthc_portal.demonstration import desks, letters, moments, sector_rules, sheets, staffing
from tthc_portal.demonstration.batches import Cell, Order, produce
from tthc_portal.demonstration.desks import agencies_at_work
from workdays.calendar import Calendar
from workdays.loading import calendar_for

DAYS_OF_A_MONTH = 30.44
Progress = Callable[[int], None]


class ProvinceRefused(ValidationError):
    """The province cannot be drawn as asked; the sentence says what to do instead."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """How large the province shall be, over how long, from which seed, by how many processes."""

    dossiers: int
    months: int
    seed: int
    processes: int = 1
    # Without triggers and foreign keys for each row, if the database's role may.
    is_trusted: bool = True
    # Not yet, when more is to be lived through on the same days.
    seals: bool = True


def generate(*, wish: Wish, at: datetime, progress: Progress = lambda count: None) -> int:
    """Add the dossiers to what is there, then seal the finished days; how many were added.

    Raises ProvinceRefused for an empty catalogue or a size that cannot be.
    """
    desks.forget()
    sheets.forget()
    staffing.post_everywhere(seed=wish.seed)
    orders = _orders(wish, at)
    added = 0
    for count in _drawn(orders, wish.processes):
        added += count
        progress(added)
    if wish.seals:
        sealing.seal_until(at=at)
    if wish.is_trusted:
        # All at once is much quicker than dossier by dossier.
        tallies.rebuild()
    return added


def _orders(wish: Wish, at: datetime) -> list[Order]:
    """One order for each agency, the largest first, so that no process is left alone with it."""
    weighted = agencies_at_work()
    if not weighted:
        raise ProvinceRefused(
            "Chưa có cơ quan nào đủ nhân sự và thủ tục. Hãy chạy `seed_demo` trước.",
            code="no_agencies",
        )
    sector_rules.decide(first=_first_day(wish, at))
    letters.certify([agency for agency, _ in weighted], at=at)
    cells = _planned(wish, at, weighted)
    orders = [
        Order(agency_id, [cell for _, cell in of_agency], at, wish.seed, wish.is_trusted)
        for agency_id, of_agency in groupby(cells, key=lambda pair: pair[0])
    ]
    return sorted(orders, key=lambda order: -sum(cell.count for cell in order.cells))


def _planned(
    wish: Wish, at: datetime, weighted: Sequence[tuple[Agency, float]]
) -> list[tuple[int, Cell]]:
    """By agency and day; the row numbers run with the days, as if all had come one by one."""
    calendar = calendar_for(weighted[0][0].schedule_id)
    days = list(_days(wish, at, calendar))
    shares = [weight * share for _, weight in days for _, share in weighted]
    counts = moments.shared_out(wish.dossiers, shares)
    _refuse_crowds(max(counts))
    first_id = _reserved_block(wish.dossiers)
    planned = []
    for index, count in enumerate(counts):
        if count:
            day, agency = days[index // len(weighted)][0], weighted[index % len(weighted)][0]
            planned.append((agency.pk, Cell(day, count, first_id)))
            first_id += count
    return sorted(planned, key=lambda pair: (pair[0], pair[1].day))


def _days(wish: Wish, at: datetime, calendar: Calendar) -> Iterator[tuple[date, float]]:
    first, last = _first_day(wish, at), local_date(at)
    if first < rules.shipped()[0].in_force_from or first.year < calendar.first_year:
        raise ProvinceRefused(
            f"Không có quy tắc và lịch làm việc cho ngày {first:%d/%m/%Y}. Hãy chọn ít tháng hơn.",
            code="too_far_back",
        )
    yield from moments.weights(calendar=calendar, first=first, last=last - timedelta(days=1))


def _first_day(wish: Wish, at: datetime) -> date:
    return local_date(at) - timedelta(days=round(wish.months * DAYS_OF_A_MONTH))


def _refuse_crowds(most: int) -> None:
    if most > codes.MOST_A_DAY // 2:
        raise ProvinceRefused(
            f"Một cơ quan sẽ phải nhận {most} hồ sơ trong một ngày. Hãy chọn nhiều tháng hơn.",
            code="too_crowded",
        )


@transaction.atomic
def _reserved_block(count: int) -> int:
    """The first of so many consecutive row numbers that nobody else will be given."""
    with connection.cursor() as cursor:
        # An acceptance takes this lock before it takes a number: none is taken in between.
        cursor.execute("LOCK TABLE dossiers_dossier IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(
            "SELECT setval(sequence, nextval(sequence) + %s) - %s"
            " FROM pg_get_serial_sequence(%s, 'id') AS sequence",
            [count, count, Dossier._meta.db_table],
        )
        found: tuple[int] = cursor.fetchone()
    return found[0]


def _drawn(orders: Sequence[Order], processes: int) -> Iterator[int]:
    """How many each finished batch added, from here or from processes of our own."""
    if processes <= 1:
        for order in orders:
            yield from produce(order)
        return
    # A connection must not be shared between processes: each opens its own.
    connections.close_all()
    context = get_context("fork")
    finished: SimpleQueue[int | None] = context.SimpleQueue()
    with context.Pool(processes, _report_to, (finished,)) as pool:
        result = pool.map_async(_carry_out, orders, chunksize=1)
        done = 0
        while done < len(orders):
            count = finished.get()
            done += count is None
            if count:
                yield count
        result.get()


_finished: list[SimpleQueue[int | None]] = []


def _report_to(queue: SimpleQueue[int | None]) -> None:
    """Where this process says what it has done; it ends without a word when the parent says so."""
    # What the demonstration does when it is stopped is not for its children to do.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _finished.append(queue)


def _carry_out(order: Order) -> None:
    try:
        for count in produce(order):
            _finished[-1].put(count)
    finally:
        connections.close_all()
        _finished[-1].put(None)
