"""What each agency is asked for: its procedures, read from the catalogue for all at once."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate
from random import Random
from typing import Any, NamedTuple, TypeVar

from django.db.models import Q, QuerySet

from procedures.models import (
    Channel,
    ClockRule,
    Procedure,
    ProcedureAssignment,
    ProcedureVersion,
    RequiredPaper,
    Step,
)

_Fact = TypeVar("_Fact")
# A few procedures make most of the work; the rest would only make a desk slow to load.
MOST_PROCEDURES = 40
MOST_PAPERS = 3
LONGEST_LIMIT = Decimal(60)
# How often each way of handing in is chosen where the procedure offers it.
CHANNEL_WEIGHTS = {"direct": 0.34, "online": 0.56, "postal": 0.10}


class Paper(NamedTuple):
    """What is read of a required paper."""

    id: int
    name: str
    originals: int | None
    copies: int | None


class Stop(NamedTuple):
    """What is read of an internal step."""

    id: int
    position: int
    name: str
    role: str
    share: Decimal


class Handled(NamedTuple):
    """What is read of a procedure at an agency."""

    id: int
    procedure_id: int
    online_level: str


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
    papers: Sequence[Paper]
    clock_rules: Sequence[ClockRule]
    # Of the procedure at this agency.
    online_level: str = ""
    steps: Sequence[tuple[Stop, Decimal]] = ()
    slowness: float = 0.0


def handling() -> QuerySet[ProcedureAssignment]:
    """Procedures at agencies that can be handed in now, with a limit that can be counted."""
    return ProcedureAssignment.objects.filter(
        is_active=True,
        procedure__retired_at__isnull=True,
        procedure__current_version__in=_countable().values("version"),
    )


def _countable() -> QuerySet[Channel]:
    counted = Q(time_limit__isnull=True) | (Q(time_limit__lte=LONGEST_LIMIT) & ~Q(time_unit=""))
    return Channel.objects.filter(counted, kind__in=CHANNEL_WEIGHTS)


def chosen_by(chances: Mapping[int, Random]) -> dict[int, list[Handled]]:
    """The procedures that make the work of each agency, the most frequent first."""
    rows = handling().filter(agency__in=list(chances)).order_by("agency_id", "procedure__code")
    found: dict[int, list[Handled]] = defaultdict(list)
    for agency_id, *facts in rows.values_list("agency_id", *Handled._fields):
        found[agency_id].append(Handled._make(facts))
    for agency_id, handled in found.items():
        chances[agency_id].shuffle(handled)
    return {agency_id: handled[:MOST_PROCEDURES] for agency_id, handled in found.items()}


def steps_of(chosen: Sequence[Handled]) -> dict[int, list[Stop]]:
    rows = Step.objects.filter(assignment__in=[handled.id for handled in chosen])
    return _facts(rows, Stop, "assignment_id", "id", "position", "name", "role", "share")


def cases_of(
    chosen: Sequence[Handled],
    versions: Mapping[int, Sequence[Case]],
    steps: Mapping[int, Sequence[Stop]],
    random: Random,
) -> Iterator[tuple[Case, float]]:
    """Each case with how often it is asked for; a few procedures make most of the work."""
    for rank, handled in enumerate(chosen, start=1):
        slowness = random.gauss(0, 0.18)
        for offered in versions[handled.procedure_id]:
            case = replace(
                offered,
                online_level=handled.online_level if offered.kind == "online" else "",
                steps=_with_shares(steps.get(handled.id, [])),
                slowness=slowness,
            )
            yield case, CHANNEL_WEIGHTS[case.kind] / rank


# By procedure: communes handle the same ones, and reading them takes longer than drawing.
_known: dict[int, list[Case]] = {}


def forget() -> None:
    """Read the catalogue anew: another run may meet other versions."""
    _known.clear()


def versions_of(chosen: Sequence[Handled]) -> dict[int, list[Case]]:
    missing = {each.procedure_id for each in chosen} - set(_known)
    if not missing:
        return _known
    versions = ProcedureVersion.objects.filter(
        pk__in=Procedure.objects.filter(pk__in=missing).values("current_version")
    )
    required = RequiredPaper.objects.filter(version__in=versions)
    papers = _facts(required, Paper, "version_id", "id", "name", "originals", "copies")
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


def _facts(
    rows: QuerySet[Any], make: Callable[..., _Fact], key: str, *names: str
) -> dict[int, list[_Fact]]:
    """These columns alone, by key: whole models of a catalogue take seconds to read."""
    found: dict[int, list[_Fact]] = defaultdict(list)
    for of, *facts in rows.order_by(key, "position").values_list(key, *names):
        found[of].append(make(*facts))
    return found


def _with_shares(steps: Sequence[Stop]) -> list[tuple[Stop, Decimal]]:
    """Each step with the share of the time that has run when it ends."""
    return list(zip(steps, accumulate(step.share for step in steps), strict=True))
