"""What workers do for imports: a run to its end, and the sweeps that beat rings for."""

from celery import shared_task
from django.utils import timezone

from legacy import work


@shared_task(time_limit=3600)
def run_import(*, run_id: int) -> None:
    """Do what is left of an import."""
    work.work(run_id=run_id, clock=timezone.now)


@shared_task
def continue_imports() -> int:
    """Wake the imports whose worker died; how many."""
    return work.wake_forsaken()


@shared_task
def forget_import_files() -> int:
    """Delete the files of old systems whose time is over; how many."""
    return work.forget_files(at=timezone.now())
