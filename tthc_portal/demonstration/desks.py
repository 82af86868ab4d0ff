"""What one agency works with: its people, its counter, and the procedures that it is asked for.

Character clusters: some agencies are slow, some procedures are, and few are asked for often.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import accumulate
from random import Random
from typing import Any

from django.db.models import Q, QuerySet

from apologies.models import AgencyCertificate
from organizations.models import Agency, ServiceCounter, User
from organizations.roles import Role
from organizations.statuses import AgencyKind
from procedures.models import (
    Channel,
    ClockRule,
    Procedure,
    ProcedureAssignment,
    ProcedureVersion,
    RequiredPaper,
    Step,
)
from workdays.calendar import Calendar
from workdays.loading import calendar_for

# A few procedures make most of the work; the rest would only make a desk slow to load.
MOST_PROCEDURES = 40
MOST_PAPERS = 3
LONGEST_LIMIT = Decimal(60)
# How often each way of handing in is chosen where the procedure offers it.
CHANNEL_WEIGHTS = {"direct": 0.34, "online": 0.56, "postal": 0.10}


@dataclass(frozen=True, kw_only=True)
class Case:
    """One way to hand in one procedure at this agency, with all that its dossiers share."""

    version_id: int
    channel_id: int
    kind: str
    name: str
    time_limit: Decimal | None
    time_unit: str
    fee: Decimal
    papers: Sequence[RequiredPaper]
    clock_rules: Sequence[ClockRule]
    # Of the procedure at this agency.
    online_level: str = ""
    steps: Sequence[tuple[Step, Decimal]] = ()
    slowness: float = 0.0


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
    able = Agency.objects.filter(is_active=True, pk__in=_handling().values("agency"))
    for role in (Role.OFFICER, Role.HEAD):
        able = able.filter(memberships__role=role)
    found = able.distinct().select_related("parent").order_by("id")
    return [(agency, _weight(agency)) for agency in found if counter_for(agency)]


def _handling() -> QuerySet[ProcedureAssignment]:
    """Procedures at agencies that can be handed in now, with a limit that can be counted."""
    return ProcedureAssignment.objects.filter(
        is_active=True,
        procedure__retired_at__isnull=True,
        procedure__current_version__in=_countable().values("version"),
    )


def _countable() -> QuerySet[Channel]:
    counted = Q(time_limit__isnull=True) | (Q(time_limit__lte=LONGEST_LIMIT) & ~Q(time_unit=""))
    return Channel.objects.filter(counted, kind__in=CHANNEL_WEIGHTS)


def _weight(agency: Agency) -> float:
    """A department has twelve times the work of a commune; two of a kind differ by half."""
    random = Random(agency.code)  # noqa: S311 (chance, not secrecy)
    return (1 if agency.kind == AgencyKind.COMMUNE else 12) * random.uniform(0.5, 1.5)


def counter_for(agency: Agency) -> ServiceCounter | None:
    """Its own counter, or that of the agency above, if somebody works there."""
    staffed = ServiceCounter.objects.filter(is_active=True, memberships__isnull=False)
    for keeper in (agency.pk, agency.parent_id):
        if found := staffed.filter(agency=keeper).order_by("id").first():
            return found
    return None


def desk_of(agency: Agency, *, seed: int) -> Desk | None:
    """The agency at work; None when no procedure of it can be counted with."""
    random = Random(f"{seed}:{agency.code}")  # noqa: S311 (chance, not secrecy)
    weighted = _cases(agency, random)
    counter = counter_for(agency)
    if not weighted or counter is None:
        return None
    people = User.objects.order_by("id")
    certificate = AgencyCertificate.objects.filter(agency=agency).order_by("id").first()
    return Desk(
        agency=agency,
        counter=counter,
        calendar=calendar_for(agency.schedule_id),
        symbol="".join(word[:1] for word in agency.short_name.split()).upper(),
        clerks=list(people.filter(memberships__counter=counter)),
        officers=list(people.filter(memberships__agency=agency, memberships__role=Role.OFFICER)),
        heads=list(people.filter(memberships__agency=agency, memberships__role=Role.HEAD)),
        watcher=people.filter(memberships__role=Role.SUPERVISOR).first(),
        certificate_id=certificate.pk if certificate else None,
        cases=[case for case, _ in weighted],
        weights=list(accumulate(weight for _, weight in weighted)),
        slowness=random.gauss(-0.05, 0.28),
        apologises=random.uniform(0.35, 0.95),
        is_rated=random.uniform(0.1, 0.4),
    )


def _cases(agency: Agency, random: Random) -> list[tuple[Case, float]]:
    """Each case with how often it is asked for; a few procedures make most of the work."""
    handled = list(_handling().filter(agency=agency).order_by("procedure__code"))
    random.shuffle(handled)
    chosen = handled[:MOST_PROCEDURES]
    steps = _by(Step.objects.filter(assignment__in=chosen), "assignment_id")
    versions = _versions(chosen)
    found = []
    for rank, assignment in enumerate(chosen, start=1):
        slowness = random.gauss(0, 0.18)
        for offered in versions[assignment.procedure_id]:
            case = replace(
                offered,
                online_level=assignment.online_level if offered.kind == "online" else "",
                steps=_with_shares(steps.get(assignment.pk, [])),
                slowness=slowness,
            )
            found.append((case, CHANNEL_WEIGHTS[case.kind] / rank))
    return found


# By procedure: communes handle the same ones, and reading them takes longer than drawing.
_known: dict[int, list[Case]] = {}


def forget() -> None:
    """Read the catalogue anew: another run may meet other versions."""
    _known.clear()


def _versions(chosen: Sequence[ProcedureAssignment]) -> dict[int, list[Case]]:
    missing = {each.procedure_id for each in chosen} - set(_known)
    if not missing:
        return _known
    versions = ProcedureVersion.objects.filter(
        pk__in=Procedure.objects.filter(pk__in=missing).values("current_version")
    )
    papers = _by(RequiredPaper.objects.filter(version__in=versions), "version_id")
    channels = _by(_countable().filter(version__in=versions), "version_id")
    clock_rules = _by(
        ClockRule.objects.filter(version__in=versions), "version_id", "-in_force_from"
    )
    for version in versions.only("id", "procedure_id", "name"):
        _known[version.procedure_id] = [
            Case(
                version_id=version.pk,
                channel_id=channel.pk,
                kind=channel.kind,
                name=version.name[:500],
                time_limit=channel.time_limit,
                time_unit=channel.time_unit,
                fee=(channel.fee_amount or Decimal(0)).to_integral_value(),
                papers=papers.get(version.pk, [])[:MOST_PAPERS],
                clock_rules=clock_rules.get(version.pk, []),
            )
            for channel in channels.get(version.pk, [])
        ]
    return _known


def _by(rows: QuerySet[Any], key: str, order: str = "position") -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows.order_by(key, order):
        found.setdefault(getattr(row, key), []).append(row)
    return found


def _with_shares(steps: Sequence[Step]) -> list[tuple[Step, Decimal]]:
    """Each step with the share of the time that has run when it ends."""
    return list(zip(steps, accumulate(step.share for step in steps), strict=True))


def season(day: date) -> float:
    """How much slower work goes: before Tết and at the end of the year desks fall behind."""
    if day.month == 12 or (day.month == 1 and day.day > 10):
        return 0.3
    return 0.12 if day.month in {2, 7} else 0.0
