"""The supervisor's page of apologies: the figures of a month, each with its dossiers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from apologies import compliance
from apologies.models import ExtensionViolation
from apologies.statuses import Compliance, DelayReason
from dossiers.deadlines import HERE, local_date
from dossiers.models import Dossier
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import Fault
from organizations.models import User

_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Month:
    """A calendar month in local time, half open."""

    first: date

    @classmethod
    def named(cls, text: str, *, at: datetime) -> "Month":
        """`2026-11`; this month for anything else."""
        try:
            year, month = (int(part) for part in text.split("-"))
            return cls(first=date(year, month, 1))
        except (ValueError, OverflowError):
            return cls(first=local_date(at).replace(day=1))

    @property
    def begins(self) -> datetime:
        """The first moment."""
        return datetime.combine(self.first, time.min, HERE)

    @property
    def ends(self) -> datetime:
        """The first moment of the next month."""
        return datetime.combine(compliance.month_of(self.first)[1], time.min, HERE)

    @property
    def name(self) -> str:
        """As it stands in an address."""
        return f"{self.first:%Y-%m}"

    @property
    def before(self) -> "Month":
        """The month before."""
        return Month(first=(self.first - timedelta(days=1)).replace(day=1))

    @property
    def after(self) -> "Month":
        """The month after."""
        return Month(first=compliance.month_of(self.first)[1])


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What the page and the API tell of a month."""

    month: Month
    agencies: list[dict[str, Any]]
    totals: Mapping[str, int]
    median_delay: timedelta | None
    faults: Mapping[Fault, int]
    reasons: Mapping[DelayReason, int]
    late_again: int
    violations: list[ExtensionViolation]

    @property
    def share(self) -> float | None:
        """Of broken promises so many hundredths were apologised for; None without any."""
        return _share(self.totals["in_time"] + self.totals["late"], self.totals["total"])

    @property
    def share_in_time(self) -> float | None:
        """And so many in time."""
        return _share(self.totals["in_time"], self.totals["total"])


def figures(*, user: User, month: Month, at: datetime) -> Figures:
    """The month's figures of everything that the person may see, in seven queries."""
    late = broken_in(user=user, month=month, at=at)
    agencies = compliance.by_agency(late, at=at)
    again = _repeating(user, month, at)
    for row in agencies:
        row["share"] = _share(row["in_time"] + row["late"], row["total"])
        row["is_repeating"] = bool(row["missing"]) and row["agency__code"] in again
    kept = ("total", "in_time", "late", "missing")
    return Figures(
        month=month,
        agencies=agencies,
        totals={name: sum(row[name] for row in agencies) for name in kept},
        median_delay=compliance.median_delay(late, at=at),
        faults=compliance.by_fault(late),
        reasons=compliance.by_reason(late),
        late_again=compliance.late_again(late, at=at).count(),
        violations=_violations(user, month),
    )


def broken_in(*, user: User, month: Month, at: datetime) -> DossierQuerySet:
    """Broken promises of the month, as far as the person may see their dossiers."""
    visible: DossierQuerySet = Dossier.objects.visible_to(user).without_leftovers()
    return compliance.in_period(compliance.broken(visible, at=at), month.begins, month.ends)


def narrowed(
    late: DossierQuerySet, *, at: datetime, agency: str = "", only: str = "", fault: str = ""
) -> DossierQuerySet:
    """The dossiers behind one figure."""
    if agency:
        late = late.filter(agency__code=agency)
    if only in Compliance.values:
        late = compliance.of_standing(late, Compliance(only))
    if only == "again":
        late = compliance.late_again(late, at=at)
    if fault in Fault.values:
        late = compliance.with_apology(late).filter(apology__fault=fault)
    return late


def _repeating(user: User, month: Month, at: datetime) -> set[str]:
    """Agencies that owed an apology in the month before as well."""
    before = broken_in(user=user, month=month.before, at=at)
    missing = compliance.without_apology(before).order_by()
    return set(missing.values_list("agency__code", flat=True).distinct())


def _violations(user: User, month: Month) -> list[ExtensionViolation]:
    found = ExtensionViolation.objects.filter(
        dossier__in=Dossier.objects.visible_to(user), at__gte=month.begins, at__lt=month.ends
    )
    return list(found.select_related("dossier__agency", "asked_by").order_by("-at", "-pk")[:_SHOWN])


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
