"""What workers do for feedback: invite to rate."""

from celery import shared_task
from django.utils import timezone

from feedback import inviting


@shared_task
def invite_to_rate() -> int:
    """Write the invitations of results returned of late; how many."""
    return inviting.invite(at=timezone.now())
