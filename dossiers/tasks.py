"""What workers do for dossiers: sweeps that beat rings for, and printed forms."""

from celery import shared_task
from django.utils import timezone

from dossiers import reminders, rendering, sealing


@shared_task
def render_waiting_forms() -> int:
    """Draw the ordered forms as PDF, woken by an order or, if that was lost, by beat; how many."""
    return rendering.render_waiting(at=timezone.now())


@shared_task
def remind_due_soon() -> int:
    """Record the promises that have come near; how many."""
    return reminders.record_due_soon(at=timezone.now())


@shared_task
def record_overdue() -> int:
    """Record the promises that ran out, each once; how many."""
    return reminders.record_overdue(at=timezone.now())


@shared_task
def record_not_transferred() -> int:
    """Record accepted dossiers that left the counter too late; how many."""
    return reminders.record_not_transferred(at=timezone.now())


@shared_task
def record_not_accepted() -> int:
    """Record online dossiers that nobody answered in time; how many."""
    return reminders.record_not_accepted(at=timezone.now())


@shared_task
def seal_ledger() -> int:
    """Seal the days that are over; how many."""
    return sealing.seal_until(at=timezone.now())
