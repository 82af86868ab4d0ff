"""What workers do for reports: move the tallies on."""

from celery import shared_task

from reporting import tallies


@shared_task
def advance_tallies() -> int:
    """Count what was recorded since the last second; how many facts."""
    return tallies.advance()
