"""What workers do for consultations."""

from celery import shared_task
from django.utils import timezone

from liaison import turns


@shared_task
def tend_consultations() -> int:
    """Remind, record late answers, ask whose turn has come, close what ended; how many."""
    return turns.tend(at=timezone.now())
