"""Does imports, in workers and in the command: a run to its end, its report, and its sweeps."""

import logging
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db.models import F
from django.db.models.functions import Now

from legacy import ordering, row_report, running
from legacy.models import ImportRun

logger = logging.getLogger(__name__)

# Without progress for so long, a run's worker is taken for dead.
SILENCE = timedelta(minutes=2)
BATCH = 20
Clock = Callable[[], datetime]


def work(*, run_id: int, clock: Clock, told: Callable[[ImportRun], None] | None = None) -> None:
    """Do all rows that are left and write the report; `told` hears of each batch.

    A file that cannot be read ends the run with its sentence; what the system itself gets wrong
    is tried again by the sweep a few times.
    """
    run = _begun(run_id)
    if run is None:
        return
    try:
        if _moved_to_the_end(run, clock, told):
            _finish(run, clock())
    except ValidationError as refusal:
        _fail(run, " ".join(refusal.messages), clock())
    except Exception as error:
        logger.exception("Import %s failed: %s", run.pk, type(error).__name__)
        if run.attempts >= ordering.MAX_ATTEMPTS:
            _fail(run, "Chưa nhập xong sau nhiều lần thử. Hãy báo quản trị kỹ thuật.", clock())


def _begun(run_id: int) -> ImportRun | None:
    if not ImportRun.objects.unfinished().filter(pk=run_id).update(attempts=F("attempts") + 1):
        return None
    run: ImportRun = ImportRun.objects.select_related("system", "agency", "actor").get(pk=run_id)
    return run


def _moved_to_the_end(
    run: ImportRun, clock: Clock, told: Callable[[ImportRun], None] | None
) -> bool:
    """False when another worker has the run."""
    with running.Session(run=run, path=Path(run.file.path), at=clock()) as session:
        while session.step(at=clock()):
            # Getting on is what counts: only a run that stands still is given up.
            run.refresh_from_db()
            if told:
                told(run)
        return session.is_at_end


def _finish(run: ImportRun, at: datetime) -> None:
    run.refresh_from_db()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bao-cao.xlsx"
        row_report.write(path, running.telling(run))
        with path.open("rb") as content:
            run.report.save(f"{run.submission_key.hex}-bao-cao.xlsx", File(content), save=False)
    finished = ImportRun.objects.unfinished().filter(pk=run.pk)
    finished.update(finished_at=at, total=run.settled, report=run.report.name, failure="")


def _fail(run: ImportRun, sentence: str, at: datetime) -> None:
    ImportRun.objects.filter(pk=run.pk).update(finished_at=at, failure=sentence[:500])


def wake_forsaken() -> int:
    """Wake a worker for each run whose own one died or whose message was lost; how many."""
    silent = ImportRun.objects.unfinished().filter(moved_at__lt=Now() - SILENCE)
    run_ids = list(silent.order_by("moved_at").values_list("pk", flat=True)[:BATCH])
    for run_id in run_ids:
        ordering.wake(run_id=run_id)
    return len(run_ids)


def forget_files(*, at: datetime) -> int:
    """Delete the files of old systems whose time is over; runs, rows and reports stay."""
    old = ImportRun.objects.exclude(file="").filter(asked_at__lt=at - ordering.KEPT)
    done = 0
    for run in old.exclude(started_at__isnull=False, finished_at__isnull=True)[:BATCH]:
        run.file.delete(save=False)
        run.save(update_fields=["file"])
        done += 1
    return done
