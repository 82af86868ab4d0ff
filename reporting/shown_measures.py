"""Chỉ tiêu chỉ hiển thị: 2.2 and 5.1 of the decision, which the dashboard shows and never scores.

2.2 is only asked for one chosen procedure and told in its own unit; time on hold is left out.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from operator import itemgetter
from typing import Any

from django.db.models import Count, Q, QuerySet

from dossiers.models import Dossier, Pause
from dossiers.statuses import DossierStatus
from feedback.models import Petition
from feedback.statuses import Category, PetitionStatus
from organizations.models import User
from procedures.models import Procedure
from reporting.windows import Window
from workdays.calendar import BrokenSchedule, Calendar, CalendarGap
from workdays.loading import calendar_for
from workdays.units import TimeUnit

# Enough for a steady mean; a procedure with more in one period is told by its latest.
MOST = 2000
_ENDED = (DossierStatus.RESOLVED, DossierStatus.RETURNED, DossierStatus.DECLINED)
_DAYS_OF_MONTH = 30
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class CategoryCount:
    """5.1: petitions of one category, and what became of them."""

    category: Category
    sent: int
    refused: int
    published: int


@dataclass(frozen=True, kw_only=True)
class MeanTime:
    """2.2: the mean of one procedure in its unit; None when nothing was finished."""

    procedure: Procedure
    unit: TimeUnit
    finished: int
    mean: Decimal | None


def petitions(window: Window, agencies: Collection[int] | None) -> list[CategoryCount]:
    """5.1: the petitions sent in the period, category by category; None for all agencies."""
    rows = Petition.objects.sent_between(window.start, window.until)
    if agencies is not None:
        rows = rows.filter(agency__in=agencies)
    counted = (
        rows.order_by()
        .values("category")
        .annotate(
            sent=Count("pk"),
            refused=Count("pk", filter=Q(status=PetitionStatus.REFUSED)),
            published=Count("pk", filter=Q(status=PetitionStatus.PUBLISHED)),
        )
    )
    by_category = {row.pop("category"): row for row in counted}
    nothing = {"sent": 0, "refused": 0, "published": 0}
    return [
        CategoryCount(category=category, **by_category.get(category.value, nothing))
        for category in Category
    ]


def procedures(window: Window, user: User) -> list[tuple[str, str]]:
    """Code and name of the procedures that can be asked for: finished in the period, by name."""
    rows = (
        _finished(window, user)
        .order_by()
        .values_list("version__procedure__code", "version__procedure__current_version__name")
    )
    return sorted(((code, name or code) for code, name in rows.distinct()), key=itemgetter(1, 0))


def mean_time(window: Window, user: User, procedure: Procedure) -> MeanTime:
    """2.2 of one procedure: Σ ThoiGianGiaiQuyet / hồ sơ đã giải quyết xong."""
    rows = _finished(window, user).filter(version__procedure=procedure)
    found = list(
        rows.order_by("-resolved_at", "-pk").values_list(
            "pk", "accepted_at", "resolved_at", "agency__schedule_id", "time_unit"
        )[:MOST]
    )
    unit = TimeUnit(found[0][4] or TimeUnit.WORKING_DAY) if found else TimeUnit.WORKING_DAY
    held = _held([row[0] for row in found])
    spans = [
        _spent(accepted, resolved, held.get(pk, []), calendar_for(schedule), unit)
        for pk, accepted, resolved, schedule, _ in found
        if accepted is not None and resolved is not None
    ]
    known = [span for span in spans if span is not None]
    mean = (sum(known, Decimal(0)) / len(known)).quantize(_HUNDREDTH) if known else None
    return MeanTime(procedure=procedure, unit=unit, finished=rows.count(), mean=mean)


def _finished(window: Window, user: User) -> QuerySet[Dossier]:
    rows: QuerySet[Dossier] = Dossier.objects.visible_to(user).filter(
        status__in=_ENDED,
        resolved_at__gte=window.start,
        resolved_at__lt=window.until,
        accepted_at__isnull=False,
    )
    return rows


def _held(pks: list[int]) -> dict[int, list[tuple[datetime, datetime]]]:
    """When the clock of each stood still."""
    found: dict[int, list[tuple[datetime, datetime]]] = {}
    rows: Any = Pause.objects.filter(dossier__in=pks, ended_at__isnull=False)
    for pk, start, end in rows.values_list("dossier_id", "started_at", "ended_at"):
        found.setdefault(pk, []).append((start, end))
    return found


def _spent(
    start: datetime,
    end: datetime,
    held: list[tuple[datetime, datetime]],
    calendar: Calendar,
    unit: TimeUnit,
) -> Decimal | None:
    """In the unit of the limit; None in years whose calendar is not entered."""
    try:
        whole = _length(start, end, calendar, unit)
        return whole - sum((_length(*pause, calendar, unit) for pause in held), Decimal(0))
    except (CalendarGap, BrokenSchedule):
        return None


def _length(start: datetime, end: datetime, calendar: Calendar, unit: TimeUnit) -> Decimal:
    if unit == TimeUnit.WORKING_DAY:
        return calendar.working_days(start, end)
    if unit == TimeUnit.WORKING_HOUR:
        return _ratio(calendar.working_time(start, end), timedelta(hours=1))
    days = _ratio(end - start, timedelta(days=1))
    return days / _DAYS_OF_MONTH if unit == TimeUnit.MONTH else days


def _ratio(span: timedelta, unit: timedelta) -> Decimal:
    return Decimal(span // timedelta(seconds=1)) / Decimal(unit // timedelta(seconds=1))
