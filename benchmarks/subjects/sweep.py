"""The sweeps over open dossiers, against one bare SQL statement that finds the endangered ones."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from apologies import drafting, ladder, ladder_steps
from benchmarks import filling
from benchmarks.filling import Place
from benchmarks.stage import Stage, Table, ratio
from dossiers.statuses import OPEN_STATUSES
from workdays.loading import calendar_for

ROUNDS = 3
AIM = "≤ 3"
FOUND = """
SELECT id FROM dossiers_dossier
WHERE status IN %(open)s AND due_at < %(before)s ORDER BY due_at, id
"""


def measure(stage: Stage) -> Iterator[Table]:
    """First when everything is new and must be written, then when nothing is."""
    open_, endangered = stage.sizes["open"], stage.sizes["endangered"]
    places = filling.places()
    at = _morning(places[0])
    before = max(step.horizons[-1].before for step in ladder_steps.ladders(at=at))
    _fill(places, at, before, open_=open_, endangered=endangered)
    values = {"open": tuple(OPEN_STATUSES), "before": before}
    floor = min(_seconds(lambda: _found(values, endangered)) for _ in range(ROUNDS))
    head = (f"Sweep over {open_:,} open, {endangered:,} endangered", "seconds", "of the floor")
    table = Table((*head, "aim"))
    table.add("one bare statement that finds them", f"{floor:.3f}", "1")
    for name, act in (("ladder", ladder.climb), ("drafts", drafting.draft_endangered)):
        done: list[int] = []
        first = _seconds(lambda act=act, done=done: done.append(act(at=at)))
        again = min(_seconds(lambda act=act: act(at=at)) for _ in range(ROUNDS))
        table.add(f"{name}, {done[0]:,} new ones written", f"{first:.1f}", ratio(first, floor))
        table.add(f"{name}, nothing new", f"{again:.3f}", ratio(again, floor), AIM)
    yield table


def _morning(place: Place) -> datetime:
    """The next working morning: on a rest day nobody is reminded."""
    calendar = calendar_for(place.agency.schedule_id)
    day = calendar.add_working_days(datetime.now(UTC).date(), 1)
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


def _fill(
    places: list[Place], at: datetime, before: datetime, *, open_: int, endangered: int
) -> None:
    near = (at - timedelta(days=10), before - timedelta(hours=1))
    far = (before + timedelta(days=1), before + timedelta(days=60))
    filling.fill(places=places, count=endangered, due=near, at=at)
    filling.fill(places=places, count=open_ - endangered, due=far, at=at)


def _found(values: dict[str, Any], endangered: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(FOUND, values)
        found = len(cursor.fetchall())
    if found != endangered:
        raise RuntimeError(f"{found} found instead of {endangered}.")


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
