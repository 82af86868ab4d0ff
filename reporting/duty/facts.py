"""What the nine indices are computed from: dossiers resolved in a period, counted by kind.

The promise is that of the statistical forms, so that "trước hạn" here is column 8 of II.06a.
Every supplement is asked through the one-stop shop: whoever was asked had to come back once
for each request, and to one agency.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Least, TruncDate
from django.db.models.lookups import LessThan

from dossiers.deadlines import HERE
from dossiers.models import DossierStep, SupplementRequest
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import DossierStatus, Timeliness
from feedback.models import Petition
from procedures.statuses import ChannelKind, StepRole
from reporting.duty.scoring import DossierFacts
from reporting.statistical.dossiers import in_hand
from reporting.statuses import Standing
from reporting.windows import Window

# Ended by the office; what the applicant withdrew, or nobody could go on with, says nothing.
RESOLVED = (DossierStatus.RESOLVED, DossierStatus.RETURNED, DossierStatus.DECLINED)
# Index 3 knows none, one, and more.
_MOST_CONTACTS = 2
_CLASSES = ("total", "own", "contacts", "is_complained_of")


@dataclass(frozen=True, kw_only=True)
class Work:
    """What a unit or an officer resolved."""

    dossiers: Mapping[DossierFacts, int]
    late_online: int

    @property
    def number(self) -> int:
        """How many dossiers."""
        return sum(self.dossiers.values())

    def standing(self, timeliness: Timeliness) -> int:
        """How many of them were early, on time or late as a whole."""
        return sum(
            number for kind, number in self.dossiers.items() if kind.total_time == timeliness
        )


NOTHING = Work(dossiers={}, late_online=0)


def resolved(window: Window) -> DossierQuerySet:
    """Dossiers resolved in the period, each put into the classes of the indices.

    `total` and `own` are a Timeliness or None, `own` of the agency's own steps; `contacts` at
    most 2; `is_complained_of` once a petition about it was admitted.
    """
    rows = in_hand(window).filter(
        status__in=RESOLVED, resolved_at__gte=window.start, resolved_at__lt=window.until
    )
    told: DossierQuerySet = rows.annotate(
        total=_total(),
        own=Subquery(_agency_steps().values("timeliness")[:1], output_field=CharField()),
        contacts=_contacts(window),
        is_complained_of=Exists(
            Petition.objects.filter(dossier=OuterRef("pk"), received_at__lt=window.known_at)
        ),
    )
    return told


def by_agency(window: Window, agencies: Collection[int] | None) -> dict[int, Work]:
    """The work of each agency; None for all of them."""
    rows = resolved(window)
    return _counted(rows if agencies is None else rows.filter(agency__in=agencies), "agency_id")


def by_officer(window: Window, agency_id: int) -> dict[int, Work]:
    """The work of each officer of an agency, by the person who has the dossier in hand."""
    rows = resolved(window).filter(agency=agency_id, assignee__isnull=False)
    return _counted(rows, "assignee_id")


def of_officer(window: Window, officer_id: int, agencies: Collection[int] | None) -> Work:
    """The work of one person at the agencies that the reader sees."""
    rows = resolved(window).filter(assignee=officer_id)
    if agencies is not None:
        rows = rows.filter(agency__in=agencies)
    return _counted(rows, "assignee_id").get(officer_id, NOTHING)


def _counted(rows: DossierQuerySet, key: str) -> dict[int, Work]:
    kinds: dict[int, Counter[DossierFacts]] = defaultdict(Counter)
    late_online: Counter[int] = Counter()
    online = Q(channel=ChannelKind.ONLINE, total=Timeliness.LATE)
    grouped = rows.order_by().values(key, *_CLASSES)
    for group in grouped.annotate(number=Count("pk"), late_online=Count("pk", filter=online)):
        kinds[group[key]][_facts(group)] += group["number"]
        late_online[group[key]] += group["late_online"]
    return {
        owner: Work(dossiers=counted, late_online=late_online[owner])
        for owner, counted in kinds.items()
    }


def _facts(group: Mapping[str, Any]) -> DossierFacts:
    return DossierFacts(
        total_time=_timeliness(group["total"]),
        own_time=_timeliness(group["own"]),
        contacts=group["contacts"],
        agencies_contacted=min(group["contacts"], 1),
        is_complained_of=group["is_complained_of"],
    )


def _timeliness(value: str | None) -> Timeliness | None:
    return Timeliness(value) if value else None


def _total() -> Case:
    """Without a limit there is no law's time to compare with."""
    return Case(
        When(time_limit__isnull=True, then=Value(None, output_field=CharField())),
        When(standing=Standing.EARLY, then=Value(Timeliness.EARLY.value)),
        When(standing=Standing.ON_TIME, then=Value(Timeliness.ON_TIME.value)),
        default=Value(Timeliness.LATE.value),
        output_field=CharField(),
    )


def _agency_steps() -> Any:
    """The last finished step of the agency, with how it stands to its own due moment."""
    done, due = TruncDate("finished_at", tzinfo=HERE), TruncDate("due_at", tzinfo=HERE)
    steps = DossierStep.objects.filter(dossier=OuterRef("pk"), finished_at__isnull=False)
    return (
        steps.exclude(role=StepRole.COUNTER)
        .order_by("-position")
        .annotate(
            timeliness=Case(
                When(due_at__isnull=True, then=Value(None, output_field=CharField())),
                When(finished_at__gt=F("due_at"), then=Value(Timeliness.LATE.value)),
                When(LessThan(done, due), then=Value(Timeliness.EARLY.value)),
                default=Value(Timeliness.ON_TIME.value),
                output_field=CharField(),
            )
        )
    )


def _contacts(window: Window) -> Least:
    asked = SupplementRequest.objects.filter(dossier=OuterRef("pk"), asked_at__lt=window.until)
    counted = asked.order_by().values("dossier").annotate(number=Count("pk")).values("number")
    return Least(Coalesce(Subquery(counted), 0), _MOST_CONTACTS)
