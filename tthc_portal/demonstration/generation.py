"""Plans a province of so many dossiers over so many months, and has processes draw it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from dossiers import codes, rules, sealing
from dossiers.deadlines import local_date
from dossiers.models import Dossier
from organizations.models import Agency
from reporting import tallies
from tthc_portal.demonstration import (
    benches,
    cases,
    letters,
    moments,
    sector_rules,
    sheets,
    staffing,
)
from tthc_portal.demonstration.batches import Cell, Order, produce
from tthc_portal.demonstration.desks import agencies_at_work
from tthc_portal.demonstration.parallel import ProcessDied, in_processes
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
    cases.forget()
    sheets.forget()
    benches.forget()
    staffing.post_everywhere(seed=wish.seed)
    cells = _prepared(wish, at)
    added = 0
    for count in _drawn(cells, wish, at):
        added += count
        progress(added)
    if wish.seals:
        sealing.seal_until(at=at)
    if wish.is_trusted:
        # All at once is much quicker than dossier by dossier.
        tallies.rebuild()
    return added


def _prepared(wish: Wish, at: datetime) -> list[Cell]:
    """Everything that the drawing presupposes, and who begins how many on each day."""
    weighted = agencies_at_work()
    if not weighted:
        raise ProvinceRefused(
            "Chưa có cơ quan nào đủ nhân sự và thủ tục. Hãy chạy `seed_demo` trước.",
            code="no_agencies",
        )
    sector_rules.decide(first=_first_day(wish, at))
    letters.certify([agency for agency, _ in weighted], at=at)
    return _planned(wish, at, weighted)


def _planned(wish: Wish, at: datetime, weighted: Sequence[tuple[Agency, float]]) -> list[Cell]:
    """By day and agency; the row numbers run with the days, as if all had come one by one."""
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
            planned.append(Cell(agency.pk, day, count, first_id))
            first_id += count
    return planned


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


def _drawn(cells: Sequence[Cell], wish: Wish, at: datetime) -> Iterator[int]:
    """How many each finished batch added, from here or from processes of our own."""
    orders = [
        Order(share, at, wish.seed, wish.is_trusted) for share in _shares(cells, wish.processes)
    ]
    if wish.processes == 1:
        yield from produce(orders[0])
        return
    try:
        yield from in_processes(produce, orders)
    except ProcessDied as death:
        raise ProvinceRefused(
            f"Một tiến trình sinh hồ sơ đã bị dừng đột ngột. {death.done} hồ sơ đã ghi trọn vẹn "
            "được giữ lại, phần đang ghi dở đã được hủy. Hãy chạy lại lệnh với số hồ sơ còn thiếu.",
            code="process_died",
        ) from death


def _shares(cells: Sequence[Cell], count: int) -> list[list[Cell]]:
    """The agencies dealt out evenly; each share runs through the days, so that its rows are
    written where those of the days before ended."""
    work = Counter[int]()
    for cell in cells:
        work[cell.agency_id] += cell.count
    loads = [0] * min(count, len(work))
    keeper = {}
    for agency_id, size in work.most_common():
        keeper[agency_id] = lightest = loads.index(min(loads))
        loads[lightest] += size
    shares: list[list[Cell]] = [[] for _ in loads]
    for cell in cells:
        shares[keeper[cell.agency_id]].append(cell)
    return shares
