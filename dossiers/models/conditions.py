"""Conditions that several constraints of the dossier share."""

from django.db import models
from django.db.models import Q


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
