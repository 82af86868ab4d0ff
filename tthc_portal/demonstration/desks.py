"""What one agency works with: its people, its counter, and the procedures that it is asked for.

Character clusters: some agencies are slow, some procedures are, and few are asked for often.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from random import Random

from apologies.models import AgencyCertificate
from organizations.models import Agency, Membership, ServiceCounter, User
from organizations.roles import Role
from organizations.statuses import AgencyKind
from tthc_portal.demonstration.cases import (
    Case,
    cases_of,
    chosen_by,
    handling,
    steps_of,
    versions_of,
)
from workdays.calendar import Calendar
from workdays.loading import calendar_for


@dataclass(frozen=True, kw_only=True)
class Desk:
    """An agency at work."""

    agency: Agency
    counter: ServiceCounter
    calendar: Calendar
    # As it ends the numbers of results.
    symbol: str
    clerks: Sequence[User]
    officers: Sequence[User]
    heads: Sequence[User]
    watcher: User | None
    certificate_id: int | None
    cases: Sequence[Case]
    # Running sums of how often each case is asked for.
    weights: Sequence[float]
    slowness: float
    # Shares, of those that could: how often a letter of apology is signed, a rating given.
    apologises: float
    is_rated: float


def agencies_at_work() -> list[tuple[Agency, float]]:
    """The agencies with people for every act and a procedure to handle, each with its weight."""
    able = Agency.objects.filter(is_active=True, pk__in=handling().values("agency"))
    for role in (Role.OFFICER, Role.HEAD):
        able = able.filter(memberships__role=role)
    found = able.distinct().select_related("parent").order_by("id")
    counters = _counters()
    return [(agency, _weight(agency)) for agency in found if _counter_for(agency, counters)]


def _weight(agency: Agency) -> float:
    """A department has twelve times the work of a commune; two of a kind differ by half."""
    random = Random(agency.code)  # noqa: S311 (chance, not secrecy)
    return (1 if agency.kind == AgencyKind.COMMUNE else 12) * random.uniform(0.5, 1.5)


def _counters() -> dict[int, ServiceCounter]:
    """The first counter of each agency at which somebody works."""
    staffed = ServiceCounter.objects.filter(is_active=True, memberships__isnull=False).distinct()
    return {counter.agency_id: counter for counter in staffed.order_by("-id")}


def _counter_for(agency: Agency, counters: Mapping[int, ServiceCounter]) -> ServiceCounter | None:
    """Its own counter, or that of the agency above."""
    return counters.get(agency.pk) or counters.get(agency.parent_id or 0)


def desk_of(agency: Agency, *, seed: int) -> Desk | None:
    """The agency at work; None when no procedure of it can be counted with."""
    return next(iter(desks_of([agency], seed=seed)), None)


def desks_of(agencies: Sequence[Agency], *, seed: int) -> list[Desk]:
    """Those of these agencies that have a counter and a procedure that can be counted with."""
    chances = {agency.pk: Random(f"{seed}:{agency.code}") for agency in agencies}  # noqa: S311
    chosen = chosen_by(chances)
    every = [handled for of_agency in chosen.values() for handled in of_agency]
    versions = versions_of(every)
    steps = steps_of(every)
    people, counters = _People(), _counters()
    desks = []
    for agency in agencies:
        random = chances[agency.pk]
        weighted = list(cases_of(chosen.get(agency.pk, []), versions, steps, random))
        counter = _counter_for(agency, counters)
        if weighted and counter:
            desks.append(_desk(agency, counter, people, weighted, random))
    return desks


def _desk(
    agency: Agency,
    counter: ServiceCounter,
    people: "_People",
    weighted: Sequence[tuple[Case, float]],
    random: Random,
) -> Desk:
    return Desk(
        agency=agency,
        counter=counter,
        calendar=people.calendar(agency),
        symbol="".join(word[:1] for word in agency.short_name.split()).upper(),
        clerks=people.at[counter.pk],
        officers=people.of[agency.pk, Role.OFFICER],
        heads=people.of[agency.pk, Role.HEAD],
        watcher=people.watcher,
        certificate_id=people.certificates.get(agency.pk),
        cases=[case for case, _ in weighted],
        weights=list(accumulate(weight for _, weight in weighted)),
        slowness=random.gauss(-0.05, 0.28),
        apologises=random.uniform(0.35, 0.95),
        is_rated=random.uniform(0.1, 0.4),
    )


class _People:
    """Who works where, and what else belongs to an agency: read once for all of them."""

    def __init__(self) -> None:
        self.at: dict[int, list[User]] = defaultdict(list)
        self.of: dict[tuple[int, str], list[User]] = defaultdict(list)
        self.watcher: User | None = None
        for post in Membership.objects.select_related("user").order_by("user_id", "id"):
            if post.counter_id:
                _add(self.at[post.counter_id], post.user)
            _add(self.of[post.agency_id, post.role], post.user)
            if post.role == Role.SUPERVISOR:
                self.watcher = self.watcher or post.user
        found = AgencyCertificate.objects.order_by("-id").values_list("agency_id", "id")
        self.certificates: dict[int, int] = dict(found)
        self._calendars: dict[int, Calendar] = {}

    def calendar(self, agency: Agency) -> Calendar:
        """The same object for all agencies of a schedule."""
        if agency.schedule_id not in self._calendars:
            self._calendars[agency.schedule_id] = calendar_for(agency.schedule_id)
        return self._calendars[agency.schedule_id]


def _add(people: list[User], person: User) -> None:
    if person not in people:
        people.append(person)


def season(day: date) -> float:
    """How much slower work goes: before Tết and at the end of the year desks fall behind."""
    if day.month == 12 or (day.month == 1 and day.day > 10):
        return 0.3
    return 0.12 if day.month in {2, 7} else 0.0
