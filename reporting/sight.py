"""Whose figures a person may see: the whole province, or the agencies they work for."""

from dataclasses import dataclass

from organizations.models import Agency, User
from organizations.roles import Role

READERS = (Role.OFFICER, Role.HEAD, Role.SUPERVISOR)


@dataclass(frozen=True, kw_only=True)
class Sight:
    """`agencies` are ids; `is_whole` means all of them, and the province's own page."""

    is_whole: bool
    agencies: frozenset[int]

    @classmethod
    def of(cls, user: User) -> "Sight":
        """By the roles that the person holds."""
        return cls(is_whole=user.sees_everything, agencies=user.agency_ids_for(*READERS))

    @property
    def shown(self) -> frozenset[int] | None:
        """Ids of the agencies shown; None for all."""
        return None if self.is_whole else self.agencies

    def covers(self, agency: Agency) -> bool:
        """May the figures of this agency be seen?"""
        return self.is_whole or agency.pk in self.agencies

    def agency(self, code: str) -> Agency:
        """The agency of this code if its figures may be seen; Agency.DoesNotExist otherwise."""
        found: Agency = Agency.objects.get(code=code, parent__isnull=False)
        if not self.covers(found):
            raise Agency.DoesNotExist
        return found

    def own(self) -> Agency | None:
        """The agency whose page opens first; None for who sees the whole."""
        if self.is_whole:
            return None
        found: Agency = Agency.objects.filter(pk__in=self.agencies).in_order()[0]
        return found
