"""The vocabulary of reading imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from legacy.statuses import RowOutcome
from organizations.roles import Role

if TYPE_CHECKING:
    from organizations.models import User


class ImportRunQuerySet(models.QuerySet[Any]):
    """Lần nhập."""

    def visible_to(self, user: User) -> ImportRunQuerySet:
        """Every administrator sees the runs of all: an old system is nobody's own."""
        return self.all() if user.has_role(Role.ADMINISTRATOR) else self.none()

    def unfinished(self) -> ImportRunQuerySet:
        """Started, and not at the end of the file."""
        return self.filter(started_at__isnull=False, finished_at__isnull=True)


class ImportRowQuerySet(models.QuerySet[Any]):
    """Dòng."""

    def telling(self) -> ImportRowQuerySet:
        """The rows that have something to say: refused, or taken with a remark."""
        return self.exclude(problems=[])

    def refused(self) -> ImportRowQuerySet:
        """Not taken over."""
        return self.filter(outcome=RowOutcome.REFUSED)
