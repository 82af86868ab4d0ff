"""What rows refer to, read once for a run: agencies, their counters, procedures."""

from collections.abc import Mapping
from dataclasses import dataclass

from legacy.fields import folded
from organizations.models import Agency, ServiceCounter, User
from organizations.roles import Role
from procedures.models import Procedure


@dataclass(frozen=True)
class Place:
    """An agency of ours with the counter that serves it."""

    agency: Agency
    counter_id: int


@dataclass(frozen=True)
class Versioned:
    """A procedure as the catalogue has it now."""

    version_id: int
    name: str


class Places:
    """The agencies that a person administers and the whole catalogue, by code and by name."""

    def __init__(self, *, actor: User, agency: Agency | None) -> None:
        self.by_name: dict[str, Place | None] = {}
        places = _places_within(actor)
        for place in places.values():
            for name in (place.agency.code, place.agency.name, place.agency.short_name):
                self._name(folded(name), place)
        self.default = places.get(agency.pk) if agency else None
        self.procedures, self.procedure_names = _procedures()

    def _name(self, name: str, place: Place) -> None:
        known = self.by_name.setdefault(name, place)
        if known is not None and known.agency.pk != place.agency.pk:
            # Two agencies of one name: the name says neither.
            self.by_name[name] = None

    def place(self, text: str) -> Place | None:
        """The agency of this code or name; the run's own for an empty cell."""
        return self.by_name.get(folded(text)) if text else self.default

    def version(self, *, code: str, name: str) -> Versioned | None:
        """By the national code, its province's suffix left off; else by the whole name."""
        return self.procedures.get(code[:8]) or self.procedure_names.get(folded(name))


def _places_within(actor: User) -> Mapping[int, Place]:
    reach = {
        pk
        for posting in actor.postings
        if posting.role == Role.ADMINISTRATOR
        for pk in posting.reach
    }
    active = ServiceCounter.objects.filter(is_active=True).order_by("-pk")
    # The first counter of each agency: a later pair of the same key stands.
    counters = dict(active.values_list("agency_id", "pk"))
    agencies = Agency.objects.in_bulk(reach)
    found = {}
    for agency in agencies.values():
        above = [int(pk) for pk in reversed((agency.path or "").strip("/").split("/")) if pk]
        counter_id = next((counters[pk] for pk in above if pk in counters), None)
        if counter_id is not None:
            found[agency.pk] = Place(agency, counter_id)
    return found


def _procedures() -> tuple[dict[str, Versioned], dict[str, Versioned]]:
    by_code: dict[str, Versioned] = {}
    by_name: dict[str, Versioned] = {}
    known = Procedure.objects.filter(current_version__isnull=False).values_list(
        "code", "current_version_id", "current_version__name"
    )
    # A name that two procedures bear names neither.
    doubled = set()
    for code, version_id, name in known:
        versioned = by_code[code] = Versioned(version_id, name)
        if by_name.setdefault(folded(name), versioned) is not versioned:
            doubled.add(folded(name))
    return by_code, {name: found for name, found in by_name.items() if name not in doubled}
