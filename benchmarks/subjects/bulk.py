"""Bulk transfer through the desk, against as many single acts."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks import filling, servers
from benchmarks.filling import Place
from benchmarks.stage import Stage, Table, ratio
from desk import bulk, bulk_work
from desk.bulk import Mark, Wanted
from desk.models import BulkItem, BulkRun
from desk.statuses import BulkAct, ItemState
from dossiers import lifecycle
from dossiers.holding import Target
from dossiers.models import Dossier
from dossiers.statuses import DossierStatus

COUNTED = 10  # items of which the statements are counted
ROUNDS = 2


def measure(stage: Stage) -> Iterator[Table]:
    """The worker's code in this process beside single acts; then a real worker."""
    items = stage.sizes["items"]
    at = datetime.now(UTC)
    place = filling.places()[0]
    filling.fill(
        places=[place],
        count=(2 * ROUNDS + 1) * items + 3 * COUNTED,
        due=(at + timedelta(days=5), at + timedelta(days=9)),
        at=at,
        status=DossierStatus.ACCEPTED,
    )
    yield _table(place, items, stage)


def _table(place: Place, items: int, stage: Stage) -> Table:
    head = (f"Transfer of {items} dossiers", "items a second", "of single acts", "statements each")
    table = Table(head)
    _single(place, COUNTED)  # warms up
    single_statements = _statements(lambda: _single(place, COUNTED)) / COUNTED
    bulk_statements = _statements(lambda: _in_bulk(place, COUNTED)) / COUNTED
    single = max(_rate(lambda: _single(place, items), items) for _ in range(ROUNDS))
    bulked = max(_rate(lambda: _in_bulk(place, items), items) for _ in range(ROUNDS))
    table.add("single acts", f"{single:,.0f}", "1", f"{single_statements:.1f}")
    table.add(
        "bulk run, in this process",
        f"{bulked:,.0f}",
        ratio(bulked, single),
        f"{bulk_statements:.1f}",
    )
    with servers.celery(2):
        worked = _rate(lambda: _wait_for(_ordered(place, items)), items)
    table.add("bulk run, by a Celery worker", f"{worked:,.0f}", ratio(worked, single))
    return table


def _rate(act: Callable[[], object], items: int) -> float:
    began = time.perf_counter()
    act()
    return items / (time.perf_counter() - began)


def _statements(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def _next(count: int) -> Sequence[Dossier]:
    waiting = Dossier.objects.filter(status=DossierStatus.ACCEPTED).order_by("id")
    return waiting.only("code", "event_count")[:count]


def _single(place: Place, count: int) -> None:
    for dossier in _next(count):
        target = Target(code=dossier.code, expected_version=dossier.event_count)
        lifecycle.transfer(target=target, actor=place.clerk, at=datetime.now(UTC))


def _ordered(place: Place, count: int) -> BulkRun:
    marks = [Mark(code=one.code, version=one.event_count) for one in _next(count)]
    wanted = Wanted(act=BulkAct.TRANSFER, marks=marks, submission_key=uuid4())
    return bulk.start(wanted=wanted, actor=place.clerk, at=datetime.now(UTC))


def _in_bulk(place: Place, count: int) -> None:
    run = _ordered(place, count)
    while bulk_work.do_next(run_id=run.pk, at=datetime.now(UTC)):
        pass
    bulk_work.finish(run_id=run.pk, at=datetime.now(UTC))
    _check(run)
    servers.forget_messages()  # no worker comes for a run that is done


def _wait_for(run: BulkRun) -> None:
    while BulkRun.objects.unfinished().filter(pk=run.pk).exists():
        time.sleep(0.05)
    _check(run)


def _check(run: BulkRun) -> None:
    refused = BulkItem.objects.filter(run=run).exclude(state=ItemState.DONE).first()
    if refused is not None:
        raise RuntimeError(f"Not transferred: {refused.told}")
