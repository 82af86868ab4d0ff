"""The vocabulary of reading agencies and people."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from organizations.roles import Role

if TYPE_CHECKING:
    from organizations.models import User


class AgencyQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Cơ quan."""

    def active(self) -> AgencyQuerySet:
        """Agencies that still work today."""
        return self.filter(is_active=True)

    def within(self, agency_path: str) -> AgencyQuerySet:
        """The agency with this path and everything below it in the tree."""
        return self.filter(path__startswith=agency_path)

    def in_order(self) -> AgencyQuerySet:
        """The Vietnamese dictionary's order of names."""
        return self.order_by("sort_key", "id")


class SubstitutionQuerySet(models.QuerySet[Any]):
    """Phân công xử lý thay."""

    def visible_to(self, user: User) -> SubstitutionQuerySet:
        """One's own on either side, and those of the agencies that one heads or administers."""
        answered = {
            pk
            for posting in user.postings
            if posting.role in {Role.HEAD, Role.ADMINISTRATOR}
            for pk in posting.reach
        }
        return self.filter(Q(absent=user) | Q(substitute=user) | Q(agency__in=answered))

    def standing(self, *, on: date) -> SubstitutionQuerySet:
        """In force on this day or to come."""
        return self.filter(ended_at__isnull=True, last_day__gte=on)
