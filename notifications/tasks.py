"""What workers do for messages: send one, and ring for all that are due."""

from celery import shared_task
from django.utils import timezone

from notifications import delivery, outbox

# The sweep comes every minute; a wake-up that nobody heard by then is rung again.
SWEEP_SECONDS = 60


# Shorter than the lease: a worker that hangs is gone before another takes its message.
@shared_task(time_limit=180)
def send_message(*, message_id: int) -> None:
    """Send one message."""
    delivery.deliver(message_id=message_id, at=timezone.now())


@shared_task
def send_due_messages() -> int:
    """Take back what killed workers held, and wake a worker for each due message; how many."""
    at = timezone.now()
    delivery.take_back(at=at)
    due = delivery.due_ids(at=at)
    for message_id in due:
        outbox.wake(message_id=message_id, expires=SWEEP_SECONDS)
    return len(due)
