"""The vocabulary of reading what agencies offered, and what people had printed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from organizations.models import User


class OfferedServiceQuerySet(models.QuerySet[Any]):
    """Thủ tục thuộc thẩm quyền."""

    def known_at(self, moment: datetime) -> OfferedServiceQuerySet:
        """What was offered just before a moment, of procedures that were in force then."""
        return self.filter(
            Q(until__isnull=True) | Q(until__gte=moment),
            Q(procedure__retired_at__isnull=True) | Q(procedure__retired_at__gte=moment),
            since__lt=moment,
            procedure__current_version__isnull=False,
        )


class PrintOrderQuerySet(models.QuerySet[Any]):
    """Bản in PDF."""

    def visible_to(self, user: User) -> PrintOrderQuerySet:
        """A print is its person's alone."""
        return self.filter(asked_by=user)

    def unfinished(self) -> PrintOrderQuerySet:
        """Neither drawn nor given up."""
        return self.filter(finished_at__isnull=True)
