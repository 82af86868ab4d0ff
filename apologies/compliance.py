"""Whether agencies apologise as the law asks: the facts of letters against promises.

A promise counts as broken when its moment passed without a result; the one before the new day,
because putting off hides nothing. The letter counts from the moment its signed PDF stood. Form
07a/BTP counts dossiers that are late with and without an apology: both from here.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    FilteredRelation,
    Q,
    Value,
    When,
)
from django.db.models.aggregates import Aggregate
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, TruncDate

from apologies.models import ExtensionRequest
from apologies.statuses import Compliance, DelayReason, ExtensionStatus, LetterStatus
from dossiers.deadlines import local_date
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import OPEN_STATUSES, Fault

_MISSING = Q(apology__isnull=True)
_IN_TIME = Q(sent_day__lt=F("promised_day"))


class Median(Aggregate):
    """The middle value, exact; of two middle ones the mean."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    name = "Median"


def with_promise(dossiers: DossierQuerySet) -> DossierQuerySet:
    """Each with `promise_at`, the promise before any new day, and its standing letter.

    One row a dossier: the database keeps one live letter of each.
    """
    if "promise_at" in dossiers.query.annotations:
        return dossiers
    promised: DossierQuerySet = dossiers.annotate(
        promise_at=Coalesce("reschedule__previous_due_at", "due_at", output_field=DateTimeField()),
        apology=FilteredRelation(
            "apologies",
            condition=Q(apologies__status=LetterStatus.SIGNED, apologies__sent_at__isnull=False),
        ),
    )
    dated: DossierQuerySet = promised.annotate(
        sent_day=TruncDate("apology__sent_at"), promised_day=TruncDate("promise_at")
    )
    return dated


def broken(dossiers: DossierQuerySet, *, at: datetime) -> DossierQuerySet:
    """Those whose promise passed without a result by this moment; what is paused is not late."""
    promised = with_promise(dossiers).filter(promise_at__lt=at)
    return promised.filter(
        Q(status__in=OPEN_STATUSES) | Q(resolved_at__gt=F("promise_at"), resolved_at__lte=at)
    )


def with_apology(dossiers: DossierQuerySet) -> DossierQuerySet:
    """Those whose applicant was sent a letter that stands ("quá hạn có thư xin lỗi")."""
    return with_promise(dossiers).exclude(_MISSING)


def without_apology(dossiers: DossierQuerySet) -> DossierQuerySet:
    """Those without a letter that was sent and stands ("quá hạn chưa có thư xin lỗi")."""
    return with_promise(dossiers).filter(_MISSING)


def in_time(dossiers: DossierQuerySet) -> DossierQuerySet:
    """Those whose letter was sent at least a day before the promised day (Đ19(9))."""
    return with_promise(dossiers).filter(_IN_TIME)


def of_standing(dossiers: DossierQuerySet, standing: Compliance) -> DossierQuerySet:
    """Those that stand so."""
    return with_promise(dossiers).filter(_STANDINGS[standing])


_STANDINGS = {
    Compliance.IN_TIME: _IN_TIME,
    Compliance.LATE: ~_MISSING & Q(sent_day__gte=F("promised_day")),
    Compliance.MISSING: _MISSING,
}


def standing(*, promised_at: datetime, sent_at: datetime | None) -> Compliance:
    """The same for one dossier: how its letter stands to its promise."""
    if sent_at is None:
        return Compliance.MISSING
    if local_date(sent_at) < local_date(promised_at):
        return Compliance.IN_TIME
    return Compliance.LATE


def with_standing(dossiers: DossierQuerySet) -> DossierQuerySet:
    """Each with its `standing` and the moment `apologised_at`."""
    told: DossierQuerySet = with_promise(dossiers).annotate(
        standing=Case(
            *(When(when, then=Value(kept.value)) for kept, when in _STANDINGS.items()),
            output_field=CharField(),
        ),
        apologised_at=F("apology__sent_at"),
    )
    return told


def in_period(dossiers: DossierQuerySet, begins: datetime, ends: datetime) -> DossierQuerySet:
    """Those whose promise lies in the period, its end not included."""
    return with_promise(dossiers).filter(promise_at__gte=begins, promise_at__lt=ends)


def by_agency(late: DossierQuerySet, *, at: datetime) -> list[dict[str, Any]]:
    """For each agency with broken promises: how many, how apologised for, how long; one query."""
    tallied = (
        late.annotate(delay=_delay(at))
        .order_by()
        .values("agency__code", "agency__short_name", "agency__sort_key")
        .annotate(
            total=Count("pk"),
            in_time=Count("pk", filter=_STANDINGS[Compliance.IN_TIME]),
            late=Count("pk", filter=_STANDINGS[Compliance.LATE]),
            missing=Count("pk", filter=_STANDINGS[Compliance.MISSING]),
            median_delay=Median("delay"),
        )
    )
    return list(tallied.order_by("-missing", "-total", "agency__sort_key"))


def median_delay(late: DossierQuerySet, *, at: datetime) -> timedelta | None:
    """Half of the dossiers were, or are by now, later than this."""
    found: timedelta | None = late.annotate(delay=_delay(at)).aggregate(
        median=Median("delay", output_field=DurationField())
    )["median"]
    return found


def by_fault(late: DossierQuerySet) -> dict[Fault, int]:
    """Whose doing the lateness was, as the letters say; dossiers without one are not counted."""
    tallied = late.exclude(_MISSING).order_by().values("apology__fault").annotate(n=Count("pk"))
    return {Fault(row["apology__fault"]): row["n"] for row in tallied}


def by_reason(late: DossierQuerySet) -> dict[DelayReason, int]:
    """Why, as the accepted requests for extension say."""
    tallied = (
        ExtensionRequest.objects.filter(
            dossier__in=late.values("pk"), status=ExtensionStatus.ACCEPTED
        )
        .order_by()
        .values("reason_kind")
        .annotate(n=Count("pk"))
    )
    return {DelayReason(row["reason_kind"]): row["n"] for row in tallied}


def late_again(late: DossierQuerySet, *, at: datetime) -> DossierQuerySet:
    """Those that broke the one new day as well."""
    again = Q(status__in=OPEN_STATUSES, due_at__lt=at) | Q(resolved_at__gt=F("due_at"))
    return late.filter(again, reschedule__isnull=False)


def month_of(day: date) -> tuple[date, date]:
    """The first day of the month, and of the next."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


def _delay(at: datetime) -> Combinable:
    ended = Coalesce("resolved_at", Value(at), output_field=DateTimeField())
    return ExpressionWrapper(ended - F("promise_at"), output_field=DurationField())
