"""The vocabulary of reading agencies and people."""

from django.db import models


class AgencyQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Cơ quan."""

    def active(self) -> "AgencyQuerySet":
        """Agencies that still work today."""
        return self.filter(is_active=True)

    def within(self, agency_path: str) -> "AgencyQuerySet":
        """The agency with this path and everything below it in the tree."""
        return self.filter(path__startswith=agency_path)

    def in_order(self) -> "AgencyQuerySet":
        """The Vietnamese dictionary's order of names."""
        return self.order_by("sort_key", "id")
