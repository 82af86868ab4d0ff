"""Moves the tallies on as facts are recorded, and makes them anew from all facts.

Each act's transaction leaves a row in the queue (a trigger sees to it). A worker takes rows,
reads the facts of their dossiers, and adds the difference to what it had counted of them, all
in one transaction: killed anywhere, it has done nothing or everything. What a dossier adds is
a pure function of its facts, so that neither order nor repetition matters.
"""

from collections.abc import Mapping, Sequence
from typing import Any, LiteralString

from django.conf import settings
from django.db import connection, transaction

from reporting import tally_facts, tally_parts, tally_rebuild
from reporting.models import TallyRebuild
from reporting.statuses import OnTimeBy

BATCH = 500
# Only one may add at a time; whoever finds it taken leaves the rest to the one who adds.
_LOCK = 766
_REBUILDING = (
    "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SET LOCAL work_mem = '128MB'"
)
_TAKE = """
DELETE FROM reporting_waitingdossier WHERE id IN (
    SELECT id FROM reporting_waitingdossier ORDER BY id LIMIT %s
) RETURNING dossier_id
"""


def advance() -> int:
    """Count everything that waits; how many rows of the queue were taken."""
    taken = total = _advance_once()
    while taken == BATCH:
        taken = _advance_once()
        total += taken
    return total


@transaction.atomic
def _advance_once() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if cursor.fetchone() != (True,):
            return 0
        cursor.execute(_TAKE, [BATCH])
        waiting = [dossier_id for (dossier_id,) in cursor.fetchall()]
    if waiting:
        count(sorted(set(waiting)))
    return len(waiting)


def count(dossier_ids: Sequence[int]) -> None:
    """Add what these dossiers have come to; the caller's transaction holds the lock.

    A statement of its own, so that it sees whatever committed before the lock was taken.
    """
    _run(
        tally_parts.advance(tally_facts.OF_BATCH),
        {"dossiers": list(dossier_ids), "by_day": by_day()},
    )


@transaction.atomic
def rebuild() -> int:
    """Make all tallies anew from the facts; how many dossiers were counted."""
    with connection.cursor() as cursor:
        cursor.execute(_REBUILDING)
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("DELETE FROM reporting_waitingdossier")
        for of_facts in tally_rebuild.OF_FACTS:
            cursor.execute(of_facts, {"by_day": by_day()})
        for statement in (*tally_rebuild.OF_TALLIES, *tally_rebuild.OF_USES):
            cursor.execute(statement)
        cursor.execute(tally_rebuild.COUNTED)
        counted: int = cursor.fetchone()[0]
        cursor.execute(tally_rebuild.DIFFERED)
        TallyRebuild.objects.create(dossiers=counted, differences=cursor.fetchone()[0])
        cursor.execute(tally_parts.NOTE_CHANGE)
        cursor.execute(tally_rebuild.FORGET)
    return counted


def first_difference() -> str | None:
    """Where the tallies differ from the facts, in words; None when they are equal."""
    advance()
    facts = tally_parts.different_facts(tally_facts.ALL)
    checks: tuple[tuple[str, LiteralString], ...] = (
        ("Hồ sơ đã cộng", facts),
        ("Số cộng dồn", tally_parts.DIFFERENT_TALLIES),
        ("Thủ tục phát sinh hồ sơ", tally_parts.DIFFERENT_USES),
    )
    for name, statement in checks:
        row = _first(statement)
        if row is not None:
            return f"{name}: {', '.join(str(value) for value in row)}"
    return None


def by_day() -> bool:
    """Is on time a matter of days here, not of moments (law.md 1.4, 6)?"""
    return bool(settings.INDICATOR_ON_TIME_BY == OnTimeBy.DAY)


def _run(statement: LiteralString, values: Mapping[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@transaction.atomic
def _first(statement: LiteralString) -> tuple[object, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(_REBUILDING)
        cursor.execute(statement, {"by_day": by_day()})
        row: tuple[object, ...] | None = cursor.fetchone()
    return row
