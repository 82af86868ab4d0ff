"""A place that papers are handed from or to: a counter or an agency, never both."""

from dataclasses import dataclass
from typing import Any

from organizations.models import Agency, ServiceCounter, User
from organizations.roles import Role

# In an agency these hand over and confirm.
HANDLING = (Role.OFFICER, Role.HEAD)
_READING = (*HANDLING, Role.SUPERVISOR)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Nơi giữ hồ sơ giấy."""

    counter: ServiceCounter | None = None
    agency: Agency | None = None

    @property
    def key(self) -> str:
        """`quay-3` or `co-quan-5`, as forms send it back."""
        return f"quay-{self.counter.pk}" if self.counter else f"co-quan-{self._agency.pk}"

    @property
    def name(self) -> str:
        """As it is printed."""
        return self.counter.name if self.counter else self._agency.name

    @property
    def short_name(self) -> str:
        """As lists show it."""
        return self.counter.name if self.counter else self._agency.short_name

    @property
    def keeper(self) -> Agency:
        """The agency itself, or the one that keeps the counter: its calendar counts."""
        return self.counter.agency if self.counter else self._agency

    @property
    def is_active(self) -> bool:
        """May anything still be sent there?"""
        return self.counter.is_active if self.counter else self._agency.is_active

    def columns(self, side: str) -> dict[str, Any]:
        """As the two columns of one side (`from`, `to`) of a batch."""
        return {f"{side}_counter": self.counter, f"{side}_agency": self.agency}

    @property
    def _agency(self) -> Agency:
        assert self.agency is not None  # noqa: S101 (the database keeps one of the two)
        return self.agency


def own_agency_ids(user: User) -> frozenset[int]:
    """Where the person works at papers, without the agencies below."""
    return frozenset(posting.agency_id for posting in user.postings if posting.role in HANDLING)


def own_places(user: User) -> list[Place]:
    """The places for which the person hands over and confirms, their own counter first."""
    counters = [Place(counter=posting.counter) for posting in user.postings if posting.counter]
    agencies = {
        posting.agency_id: Place(agency=posting.agency)
        for posting in user.postings
        if posting.role in HANDLING
    }
    return [*counters, *agencies.values()]


def is_own(user: User, place: Place) -> bool:
    """Does the person hand over and confirm for this place?"""
    if place.counter:
        return place.counter.pk in user.counter_ids
    return place.agency is not None and place.agency.pk in own_agency_ids(user)


def seen_places(user: User) -> list[Place]:
    """The counters and agencies whose register and papers the person may read."""
    counters = ServiceCounter.objects.select_related("agency").order_by("agency__path", "name")
    if not user.sees_everything:
        counters = counters.filter(pk__in=user.counter_ids)
    agencies = Agency.objects.filter(pk__in=user.agency_ids_for(*_READING)).in_order()
    own = [Place(counter=counter) for counter in counters]
    return [*own, *(Place(agency=agency) for agency in agencies)]
