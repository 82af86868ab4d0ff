"""What workers do for the catalogue: the sweep that beat rings for."""

from celery import shared_task
from django.utils import timezone

from procedures import publishing


@shared_task
def bring_into_force() -> int:
    """Apply the decisions whose day has come; how many procedures changed."""
    return publishing.bring_into_force(at=timezone.now())
