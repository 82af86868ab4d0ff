"""What workers do for consultations."""

from celery import shared_task
from django.utils import timezone

from liaison import drawing, turns


@shared_task
def tend_consultations() -> int:
    """Remind, record late answers, ask whose turn has come, close what ended; how many."""
    return turns.tend(at=timezone.now())


@shared_task
def draw_print(*, order_id: int) -> None:
    """Draw minutes, or the books of a register."""
    drawing.draw(order_id=order_id, at=timezone.now())


@shared_task
def draw_waiting_prints() -> int:
    """Wake the prints whose worker died or whose message was lost; how many."""
    return drawing.wake_waiting(at=timezone.now())


@shared_task
def delete_expired_registers() -> int:
    """Delete books of registers that nobody may fetch any more; how many."""
    return drawing.delete_expired(at=timezone.now())
