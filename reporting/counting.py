"""The one task of the worker that only counts: whatever this module imports, that worker loads."""

from celery import shared_task

from reporting import tallies


@shared_task
def advance_tallies() -> int:
    """Count what was recorded since the last call; how many facts."""
    return tallies.advance()
