"""Moves a run through its file, batch by batch; each batch is whole, in its own transaction.

A batch writes its dossiers, what became of each row, and how far the run is, together: whoever
is killed leaves every row either accounted for or untouched. The run's row is locked while a
batch is written and names the last row done, so two workers at one run never do a row twice.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from itertools import islice
from pathlib import Path
from types import TracebackType

from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import F

from dossiers import calendars
from dossiers.deadlines import HERE
from dossiers.models import Dossier
from legacy import reading, taking
from legacy.claims import Claim, Reader
from legacy.models import ImportRun, Origin
from legacy.places import Places
from legacy.reading import Row
from legacy.statuses import RowOutcome
from legacy.taking import Moment
from workdays.loading import calendar_for, known_years

BATCH = 1000
_Judged = tuple[Claim, RowOutcome]


class Session:
    """A worker's hold on one run: the file opened once, the catalogue read once."""

    def __init__(self, *, run: ImportRun, path: Path, at: datetime) -> None:
        self.run = run
        self._stack = ExitStack()
        head = reading.head_of(path, run.columns)
        survey = reading.counted(path, head)
        # The headers and what stands above them are rows of the sheet too.
        run.total = max(0, survey.rows - head.row)
        run.save(update_fields=["total"])
        self._reader = Reader(
            places=Places(actor=run.actor, agency=run.agency),
            states=run.states,
            at=at,
            until=datetime(known_years()[-1] + 1, 1, 1, tzinfo=HERE),
        )
        book = self._stack.enter_context(reading.opened(path))
        self._done = run.last_row
        self.is_at_end = False
        self._rows = reading.rows(book, head, run.columns, after=run.last_row, merged=survey.merged)

    def __enter__(self) -> "Session":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def step(self, *, at: datetime) -> bool:
        """Account for the next batch; False at the end, or when another worker has the run."""
        batch = list(islice(self._rows, BATCH))
        if not batch:
            self.is_at_end = True
            return False
        claims = [self._reader.claim(row) for row in batch]
        with transaction.atomic():
            if not self._hold():
                return False
            judged = _judged(claims, self.run, at)
            _keep(judged, self.run, at)
            self._advance(batch, judged, at)
        return True

    def _hold(self) -> bool:
        """Is the run where this worker left it, and now under its lock?"""
        held = ImportRun.objects.select_for_update(skip_locked=True, of=("self",))
        return held.filter(pk=self.run.pk, last_row=self._done, finished_at__isnull=True).exists()

    def _advance(self, batch: Sequence[Row], judged: Sequence[_Judged], at: datetime) -> None:
        counts = Counter(outcome for _, outcome in judged)
        taken = [claim for claim, outcome in judged if outcome in _TAKEN]
        self._done = batch[-1].number
        ImportRun.objects.filter(pk=self.run.pk).update(
            last_row=self._done,
            moved_at=at,
            taken=F("taken") + len(taken),
            repeated=F("repeated") + counts[RowOutcome.REPEATED],
            refused=F("refused") + counts[RowOutcome.REFUSED],
            remarked=F("remarked") + sum(bool(claim.remarks) for claim in taken),
        )


_TAKEN = (RowOutcome.IMPORTED, RowOutcome.READY)


def _judged(claims: Sequence[Claim], run: ImportRun, at: datetime) -> list[_Judged]:
    """What is to become of each row, against what is there already and the rows before it."""
    codes = [claim.legacy_code for claim in claims]
    known = dict(
        Origin.objects.filter(system=run.system_id, legacy_code__in=codes).values_list(
            "legacy_code", "run"
        )
    )
    if run.is_dry:
        seen = run.rows.filter(legacy_code__in=codes, outcome=RowOutcome.READY)
        known |= dict(seen.values_list("legacy_code", "run"))
    kept = [claim.legacy_code for claim in claims if taking.keeps_code(claim, at=at)]
    used = set(Dossier.objects.filter(code__in=kept).values_list("code", flat=True))
    judged = []
    for claim in claims:
        outcome = _outcome(claim, run, known, used)
        if outcome in _TAKEN:
            known[claim.legacy_code] = run.pk
        judged.append((claim, outcome))
    return judged


def _outcome(claim: Claim, run: ImportRun, known: dict[str, int], used: set[str]) -> RowOutcome:
    came_with = known.get(claim.legacy_code)
    if came_with is not None and came_with != run.pk:
        return RowOutcome.REPEATED
    if came_with == run.pk:
        claim.object("code", "Mã này đã có ở một dòng trước của tệp. Hãy bỏ dòng trùng.")
    elif claim.legacy_code in used:
        claim.object("code", "Mã này đã là mã của một hồ sơ khác trong cổng. Hãy kiểm tra lại.")
    if claim.objections:
        return RowOutcome.REFUSED
    return RowOutcome.READY if run.is_dry else RowOutcome.IMPORTED


def _keep(judged: list[_Judged], run: ImportRun, at: datetime) -> None:
    """Write the batch; where the database refuses it, row by row, the bad one told as refused."""
    try:
        with transaction.atomic():
            _write(judged, run, at)
    except (DataError, IntegrityError):
        judged[:] = [(claim, _alone(claim, outcome, run, at)) for claim, outcome in judged]


def _alone(claim: Claim, outcome: RowOutcome, run: ImportRun, at: datetime) -> RowOutcome:
    try:
        with transaction.atomic():
            _write([(claim, outcome)], run, at)
    except (DataError, IntegrityError):
        claim.object("code", "Cơ sở dữ liệu không nhận dòng này. Hãy kiểm tra lại từng ô.")
        taking.account([(claim, RowOutcome.REFUSED)], run)
        return RowOutcome.REFUSED
    return outcome


def _write(judged: Sequence[_Judged], run: ImportRun, at: datetime) -> None:
    calendars.keep_still()
    imported = [claim for claim, outcome in judged if outcome == RowOutcome.IMPORTED]
    schedules = {claim.place.agency.schedule_id for claim in imported if claim.place}
    moment = Moment(run=run, calendars={pk: calendar_for(pk) for pk in schedules}, at=at)
    taking.take(imported, moment)
    taking.account([each for each in judged if each[1] != RowOutcome.IMPORTED], run)
    with connection.cursor() as cursor:
        # What waits for the commit is asked now, while it can still be said of which row.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def telling(run: ImportRun) -> Iterator[tuple[int, str, str, str, str]]:
    """Row number, old code, outcome, column and sentence of all that has something to say."""
    rows = run.rows.telling().order_by("number")
    for number, code, outcome, problems in rows.values_list(
        "number", "legacy_code", "outcome", "problems"
    ).iterator(chunk_size=BATCH):
        for column, sentence in problems:
            yield number, code, str(RowOutcome(outcome).label), column, sentence
