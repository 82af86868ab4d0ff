"""What workers do for the desk: bulk runs in pieces, and the sweeps that beat rings for."""

from celery import shared_task
from django.utils import timezone

from desk import bulk, bulk_work, drafts, export_work, guidance_drawing, guiding, looking

# As many dossiers as one message does: other work comes in between.
PIECE = 50


@shared_task
def run_bulk(*, run_id: int) -> None:
    """Do a piece of a bulk run, then ask for the next piece or close the run."""
    for _ in range(PIECE):
        if not bulk_work.do_next(run_id=run_id, at=timezone.now()):
            bulk_work.finish(run_id=run_id, at=timezone.now())
            return
    bulk.wake(run_id=run_id)


@shared_task
def continue_bulk_runs() -> int:
    """Wake the runs whose worker died; how many."""
    return bulk_work.wake_forsaken(at=timezone.now())


@shared_task
def write_export(*, export_id: int) -> None:
    """Write one list as an Excel file."""
    export_work.write(export_id=export_id, at=timezone.now())


@shared_task
def write_waiting_exports() -> int:
    """Wake the exports whose worker died or whose message was lost; how many."""
    return export_work.wake_waiting(at=timezone.now())


@shared_task
def delete_expired_exports() -> int:
    """Delete files that nobody may fetch any more; how many."""
    return export_work.delete_expired(at=timezone.now())


@shared_task
def forget_old_drafts() -> int:
    """Delete drafts that were received or left; how many."""
    return drafts.forget_old(at=timezone.now())


@shared_task
def forget_old_looks() -> int:
    """Delete what readers saw long ago; how many."""
    return looking.forget_old(at=timezone.now())


@shared_task
def draw_waiting_guidance() -> int:
    """Draw the slips of guidance that were ordered; how many."""
    return guidance_drawing.draw_waiting(at=timezone.now())


@shared_task
def forget_old_guidance() -> int:
    """Delete slips that nobody came back with; how many."""
    return guiding.forget_old(at=timezone.now())
