"""Where time goes: how long things took from the hours on the clock, the middle and the slow end.

A mean hides the few that wait longest; the median and the 90th percentile stand beside it.
"""

from collections import Counter
from collections.abc import Collection
from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import (
    Aggregate,
    Avg,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
)
from django.db.models.functions import ExtractHour

from apologies.models import ApologyLetter
from apologies.statuses import LetterStatus
from dossiers.deadlines import HERE
from dossiers.models import Dossier, DossierStep, SupplementRequest
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import DossierStatus
from organizations.models import User
from procedures.statuses import ChannelKind
from reporting import charts
from reporting.windows import Window

SHOWN = 20
_SPANS = ("mean", "median", "slow")
_SPAN = DurationField()
_HOURS = range(24)
Rows = list[dict[str, Any]]


class Percentile(Aggregate):
    """The value below which this share of the rows lies."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(fraction)s) WITHIN GROUP (ORDER BY %(expressions)s)"


def by_agency(window: Window, user: User) -> Rows:
    """Dossiers that ended in the period, by the agency that resolved them."""
    rows = _ended(window, user).values(name=F("agency__short_name"))
    return _slowest(rows, "accepted_at", "resolved_at", late=_LATE)


def by_procedure(window: Window, user: User) -> Rows:
    """The same by procedure; a procedure revised in between counts as one."""
    rows = _ended(window, user).values(name=F("version__procedure__code"), title=F("version__name"))
    return _slowest(rows, "accepted_at", "resolved_at", late=_LATE)


def by_step(
    window: Window, agencies: Collection[int] | None, *, person: User | None = None
) -> Rows:
    """Steps finished in the period, by their name; agencies of None are all, as is nobody."""
    steps = DossierStep.objects.filter(finished_at__gte=window.start, finished_at__lt=window.until)
    if person is not None:
        steps = steps.filter(finished_by=person)
    if agencies is not None:
        steps = steps.filter(dossier__agency__in=agencies)
    return _slowest(
        steps.values("name"), "started_at", "finished_at", late=Q(finished_at__gt=F("due_at"))
    )


class Received(NamedTuple):
    """How many dossiers came in each local hour, and to each counter; of these how many online."""

    hours: list[tuple[int, int]]
    counters: Rows


def received(window: Window, user: User) -> Received:
    """Counted in one reading of the period's dossiers."""
    told = _received(window, user).annotate(hour=ExtractHour("accepted_at", tzinfo=HERE))
    online = Count("pk", filter=Q(channel=ChannelKind.ONLINE))
    rows = told.order_by().values("hour", name=F("counter__name"))
    hours: Counter[int] = Counter()
    counters: dict[str, dict[str, Any]] = {}
    for row in rows.annotate(number=Count("pk"), online=online):
        hours[row["hour"]] += row["number"]
        own = counters.setdefault(row["name"], {"name": row["name"], "number": 0, "online": 0})
        own["number"] += row["number"]
        own["online"] += row["online"]
    fullest = sorted(counters.values(), key=lambda own: (-own["number"], own["name"]))
    return Received([(hour, hours[hour]) for hour in _HOURS], fullest[:SHOWN])


def troubles(window: Window, agencies: Collection[int] | None) -> Rows:
    """Supplements asked for, dossiers withdrawn, apologies signed, by agency."""
    within = {} if agencies is None else {"dossier__agency__in": agencies}
    own = {} if agencies is None else {"agency__in": agencies}
    inside = {"gte": window.start, "lt": window.until}
    asked = SupplementRequest.objects.filter(**_between("asked_at", inside), **within)
    signed = ApologyLetter.objects.filter(
        **_between("signed_at", inside), status=LetterStatus.SIGNED, **within
    )
    gone = (
        Dossier.objects.all()
        .received_here()
        .filter(**_between("resolved_at", inside), status=DossierStatus.WITHDRAWN, **own)
    )
    found: dict[str, dict[str, Any]] = {}
    for name, rows, place in (
        ("supplements", asked, "dossier__agency__short_name"),
        ("apologies", signed, "dossier__agency__short_name"),
        ("withdrawn", gone, "agency__short_name"),
    ):
        for agency, number in rows.order_by().values_list(place).annotate(number=Count("pk")):
            found.setdefault(agency, {"name": agency})[name] = number
    return sorted(found.values(), key=lambda row: -row.get("supplements", 0))


_LATE = Q(resolved_at__gt=F("first_due_at"))


def _ended(window: Window, user: User) -> DossierQuerySet:
    rows: DossierQuerySet = (
        Dossier.objects.visible_to(user)
        .received_here()
        .filter(
            resolved_at__gte=window.start, resolved_at__lt=window.until, accepted_at__isnull=False
        )
    )
    return rows


def _received(window: Window, user: User) -> DossierQuerySet:
    rows: DossierQuerySet = (
        Dossier.objects.visible_to(user)
        .received_here()
        .filter(accepted_at__gte=window.start, accepted_at__lt=window.until)
    )
    return rows


def _between(field: str, bounds: dict[str, Any]) -> dict[str, Any]:
    return {f"{field}__{bound}": value for bound, value in bounds.items()}


def _slowest(rows: QuerySet[Any, Any], begun: str, ended: str, *, late: Q) -> Rows:
    """The groups with the longest slow end first."""
    took = ExpressionWrapper(F(ended) - F(begun), output_field=_SPAN)
    told = rows.order_by().annotate(
        # Every row has an end, and an index tells it without the row.
        number=Count(ended),
        late=Count(ended, filter=late),
        mean=Avg(took),
        median=Percentile(took, fraction="0.5", output_field=_SPAN),
        slow=Percentile(took, fraction="0.9", output_field=_SPAN),
    )
    return list(told.order_by("-slow", "name")[:SHOWN])


def said(span: timedelta | None) -> str:
    """`3 ngày 4 giờ` of the calendar, nights and holidays in it."""
    if span is None:
        return "–"
    hours = round(span / timedelta(hours=1))
    days, rest = divmod(hours, 24)
    parts = [f"{days} ngày" if days else "", f"{rest} giờ" if rest else ""]
    return " ".join(part for part in parts if part) or "dưới 1 giờ"


def told(rows: Rows) -> Rows:
    """Rows with the spans in words, and bars against the slowest row."""
    slowest: Any = max((row["slow"] for row in rows), default=None)
    return [
        {
            **row,
            **{name: said(row[name]) for name in _SPANS},
            "median_length": charts.bar(*_seconds(row["median"], slowest)),
            "slow_length": charts.bar(*_seconds(row["slow"], slowest)),
        }
        for row in rows
    ]


def _seconds(span: Any, longest: Any) -> tuple[int, int]:
    return int(span.total_seconds()), int(longest.total_seconds())
