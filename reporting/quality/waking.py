"""Asks a worker to look for suspicious records now; the hourly sweep does it anyway."""

from celery import current_app
from django.core.exceptions import PermissionDenied
from django.db import transaction

from organizations.models import User
from organizations.roles import Role

FIND_SUSPICIOUS = "reporting.tasks.find_suspicious"


def may_ask(user: User) -> bool:
    """Heads and those who watch over agencies."""
    return user.has_role(Role.HEAD, Role.SUPERVISOR)


def ask(*, actor: User) -> None:
    """Wake a worker after the commit; PermissionDenied for everybody else."""
    if not may_ask(actor):
        raise PermissionDenied("Chỉ lãnh đạo cơ quan và Văn phòng UBND tỉnh mới quét lại được.")
    # Robust: a broker that is away must not turn the click into an error page.
    transaction.on_commit(wake, robust=True)


def wake() -> None:
    """Send the message that wakes a worker."""
    current_app.send_task(FIND_SUSPICIOUS)
