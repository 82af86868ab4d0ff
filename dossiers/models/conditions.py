"""Conditions that several constraints of the dossier share."""

from django.db import models
from django.db.models import Q

# Accepted with a limit there is a promise, otherwise there is none.
PROMISED_WITH_A_LIMIT = (
    Q(accepted_at__isnull=True, due_at__isnull=True, first_due_at__isnull=True)
    | Q(time_limit__isnull=True, due_at__isnull=True, first_due_at__isnull=True)
    | Q(
        accepted_at__isnull=False,
        time_limit__isnull=False,
        due_at__isnull=False,
        first_due_at__isnull=False,
    )
)


def exactly_when(
    name: str, moment: str, statuses: tuple[str, ...], message: str
) -> models.CheckConstraint:
    """The moment is there in these states and in no other."""
    return models.CheckConstraint(
        condition=(
            Q(status__in=statuses, **{f"{moment}__isnull": False})
            | (~Q(status__in=statuses) & Q(**{f"{moment}__isnull": True}))
        ),
        name=name,
        violation_error_message=message,
    )
