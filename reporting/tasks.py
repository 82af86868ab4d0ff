"""What workers do for reports: move the tallies on, draw prints."""

from celery import shared_task
from django.utils import timezone

from reporting import past_results
from reporting.counting import advance_tallies  # noqa: F401 (every worker may be called to it)
from reporting.printouts import drawing
from reporting.quality import reminding, sweeping


@shared_task
def draw_print(*, order_id: int) -> None:
    """Draw one view or form as PDF."""
    drawing.draw(order_id=order_id, at=timezone.now())


@shared_task
def draw_waiting_prints() -> int:
    """Wake the prints whose worker died or whose message was lost; how many."""
    return drawing.wake_waiting(at=timezone.now())


@shared_task
def delete_expired_prints() -> int:
    """Delete files that nobody may fetch any more; how many."""
    return drawing.delete_expired(at=timezone.now())


@shared_task
def prepare_past_results() -> None:
    """Have the trend and the former places ready before somebody opens a page of figures."""
    past_results.prepare(at=timezone.now())


@shared_task
def find_suspicious() -> int:
    """Look for suspicious records; how many findings stand open."""
    swept = sweeping.sweep(at=timezone.now())
    return sum(swept.counts.values()) if swept else 0


@shared_task
def remind_campaigns() -> int:
    """Remind agencies of campaigns that near their end; how many campaigns."""
    return reminding.remind(at=timezone.now())
