"""The vocabulary of reading what agencies offered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q


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
