"""The vocabulary of reading what is printed for inter-agency work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from liaison.statuses import PrintKind

if TYPE_CHECKING:
    from organizations.models import User


class PrintOrderQuerySet(models.QuerySet[Any]):
    """Bản in."""

    def visible_to(self, user: User) -> PrintOrderQuerySet:
        """Minutes are for both sides; a register goes to whoever asked for it, and nobody else."""
        batches = apps.get_model("liaison", "HandoverBatch").objects.visible_to(user)
        return self.filter(
            Q(kind=PrintKind.MINUTES, batch__in=batches) | Q(kind=PrintKind.REGISTER, asked_by=user)
        )

    def unfinished(self) -> PrintOrderQuerySet:
        """Still to be drawn, or being drawn."""
        return self.filter(finished_at__isnull=True)
