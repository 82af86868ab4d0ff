"""Brings a catalogue file into the database: the portal's text becomes versions of procedures.

A row whose source is the one in force changes nothing; another source makes a new version.
A retired procedure gets its new version too, but stays retired until a person publishes it.
The summary table knows less than the page: it never replaces what was read from a page.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import DatabaseError, connection

from procedures import catalog, versions
from procedures.models import Procedure, ProcedureVersion
from procedures.models.catalogue import PROCEDURE_CODE
from procedures.parsing import tables
from procedures.parsing.facts import Finding, ProcedureFacts
from procedures.parsing.pages import read_page
from procedures.reading import Row
from procedures.statuses import FindingKind, Part, SourceForm

_CODE = re.compile(PROCEDURE_CODE)
IMPORTED, UNCHANGED, REJECTED = "imported", "unchanged", "rejected"


@dataclass(frozen=True)
class Outcome:
    """What became of one row."""

    line: int
    code: str
    status: str
    reason: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass
class Tally:
    """The counts of a run; read = imported + unchanged + rejected."""

    counts: dict[str, int] = field(
        default_factory=lambda: {
            "read": 0,
            IMPORTED: 0,
            UNCHANGED: 0,
            "with_findings": 0,
            REJECTED: 0,
        }
    )

    def add(self, outcome: Outcome) -> None:
        """Counts one row."""
        self.counts["read"] += 1
        self.counts[outcome.status] += 1
        self.counts["with_findings"] += bool(outcome.findings)


class Rejected(Exception):
    """A row that cannot become a procedure; the message says why."""


def import_rows(rows: Iterable[Row], *, at: datetime, note: str) -> Iterator[Outcome]:
    """Imports row by row, each in a savepoint of its own; the caller opens the transaction."""
    _one_at_a_time()
    latest = _current_versions()
    seen: dict[str, int] = {}
    for row in rows:
        try:
            facts = _facts(row, seen)
            yield _import_one(row, facts, latest, at=at, note=note)
        except Rejected as rejection:
            yield Outcome(row.line, _printed_code(row), REJECTED, str(rejection))
        except DatabaseError as error:
            reason = f"Cơ sở dữ liệu từ chối: {str(error).splitlines()[0]}"
            yield Outcome(row.line, _printed_code(row), REJECTED, reason)


def _facts(row: Row, seen: dict[str, int]) -> ProcedureFacts:
    if row.problem:
        raise Rejected(row.problem)
    facts = _READERS[row.form](row)
    if not facts.code:
        raise Rejected("Dòng thiếu mã thủ tục.")
    if not _CODE.match(facts.code):
        raise Rejected(f"Mã thủ tục “{facts.code[:40]}” không đúng dạng 1.012790.")
    if not facts.name:
        raise Rejected("Dòng thiếu tên thủ tục.")
    first = seen.setdefault(facts.code, row.line)
    if first != row.line:
        raise Rejected(f"Mã thủ tục đã có ở dòng {first} của tệp.")
    return facts


def _read_table_row(row: Row) -> ProcedureFacts:
    return tables.read_table_row({key: str(value) for key, value in row.values.items()})


_READERS: dict[SourceForm, Callable[[Row], ProcedureFacts]] = {
    SourceForm.PAGE: lambda row: read_page(row.values),
    SourceForm.TABLE: _read_table_row,
}


def _printed_code(row: Row) -> str:
    code = row.values.get("ma_thu_tuc") or row.values.get("code") or ""
    return str(code)[:40]


def _one_at_a_time() -> None:
    """Holds other imports off until this transaction ends, so that none writes a version twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('procedures.import'))")


def _current_versions() -> dict[str, ProcedureVersion]:
    current = ProcedureVersion.objects.filter(pk__in=Procedure.objects.values("current_version"))
    light = current.select_related("procedure").prefetch_related("channels")
    light = light.only("procedure__code", "source_hash", "source_form")
    return {version.procedure.code: version for version in light}


def _import_one(
    row: Row,
    facts: ProcedureFacts,
    latest: dict[str, ProcedureVersion],
    *,
    at: datetime,
    note: str,
) -> Outcome:
    current = latest.get(facts.code)
    if current and current.source_hash == versions.source_hash(row.values):
        return Outcome(row.line, facts.code, UNCHANGED, findings=facts.findings)
    if current and row.form == SourceForm.TABLE and current.source_form != SourceForm.TABLE:
        return _compared(row, facts, current)
    if current:
        facts = versions.keep_confirmed_units(facts, current)
    latest[facts.code] = catalog.publish(
        facts=facts,
        actor=None,
        at=at,
        source=row.values,
        source_form=row.form,
        note=note,
    )
    return Outcome(row.line, facts.code, IMPORTED, findings=facts.findings)


def _compared(row: Row, facts: ProcedureFacts, current: ProcedureVersion) -> Outcome:
    """A poorer source beside a richer one: nothing is written, what differs is reported."""
    differs = []
    if not tables.same_limits(versions.read_channels(current), facts.channels):
        differs = [Finding(Part.CHANNEL, FindingKind.DIFFERS, "Thời hạn giải quyết")]
    return Outcome(row.line, facts.code, UNCHANGED, findings=tuple(differs))
