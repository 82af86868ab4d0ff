"""Component 2.1: when a dossier counts as overdue, exactly as law.md 1.4 has it.

It differs from the dossier's own clock on purpose: the index knows one promise and subtracts
the time of one supplement, whatever the clock of the procedure does with it.
"""

from datetime import timedelta
from typing import Any

from django.db.models import (
    Case,
    DateTimeField,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Greatest, Least

from dossiers.deadlines import HERE
from dossiers.models import SupplementRequest
from dossiers.querysets import DossierQuerySet
from reporting.windows import Window

_MOMENT = DateTimeField()
_NEVER = Value(None, output_field=_MOMENT)


def with_lateness(dossiers: DossierQuerySet, *, by_day: bool) -> DossierQuerySet:
    """Each with `overdue_from` and `overdue_again_from`, the first moments of being overdue.

    3: the time of the one supplement is subtracted, while in hand as well as when finished.
    2: a dossier that waits for it, or never came back, stands as it stood at the request; a
    second request counts as overdue. 5: no promise and no limit, never overdue. The new day
    of a dossier that was put off begins to bind when it is given.
    """
    told: DossierQuerySet = dossiers.annotate(
        first_asked_at=_request(1, "asked_at"),
        first_received_at=_request(1, "received_at"),
        second_asked_at=_request(2, "asked_at"),
    ).annotate(
        too_late_from=_too_late_from("first_due_at", by_day),
        new_day_too_late_from=_too_late_from("reschedule__new_due_at", by_day),
    )
    asked_of_new_day = Q(first_asked_at__gte=F("reschedule__at"))
    # Least ignores what is NULL here: the earlier of those that there are.
    return told.annotate(  # type: ignore[no-any-return]
        overdue_from=Least(_turn("too_late_from", Q()), "second_asked_at"),
        overdue_again_from=Case(
            When(
                reschedule__isnull=False,
                then=Least(
                    _turn("new_day_too_late_from", asked_of_new_day),
                    Case(
                        When(
                            second_asked_at__isnull=False,
                            then=Greatest("second_asked_at", "reschedule__at"),
                        )
                    ),
                ),
            ),
        ),
    )


def is_late(window: Window) -> Q:
    """1 and 4: judged at the ending, or in hand at the period's last day or today.

    Facts of after that moment cannot matter: they only ever move a limit that lies beyond it.
    """
    return _is_past("overdue_from", window)


def is_late_extended(window: Window) -> Q:
    """The same against the new day of a dossier that had been put off by then."""
    put_off = Q(reschedule__at__lt=window.until)
    return (put_off & _is_past("overdue_again_from", window)) | (
        (~put_off | Q(reschedule__isnull=True)) & _is_past("overdue_from", window)
    )


def _is_past(limit: str, window: Window) -> Q:
    ended = Q(resolved_at__lt=window.until)
    in_hand = Q(resolved_at__isnull=True) | Q(resolved_at__gte=window.until)
    return (ended & Q(**{f"{limit}__lte": F("resolved_at")})) | (
        in_hand & Q(**{f"{limit}__lt": window.until})
    )


def _request(number: int, moment: str) -> Subquery:
    requests = SupplementRequest.objects.filter(dossier=OuterRef("pk"), number=number)
    return Subquery(requests.values(moment))


def _too_late_from(promise: str, by_day: bool) -> Any:
    """5 and 6: end ≤ NgayHenTra, by the moment or by the date."""
    last = _midnight(promise) if by_day else F(promise)
    more = timedelta(days=1) if by_day else timedelta(microseconds=1)
    return ExpressionWrapper(last + more, output_field=_MOMENT)


def _midnight(moment: str) -> Func:
    """The local midnight before a moment; `TruncDay` would lose its zone within the database."""
    return Func(
        Value("day"),
        F(moment),
        Value(HERE.key),
        function="date_trunc",
        output_field=_MOMENT,
    )


def _turn(limit: str, asked: Q) -> Any:
    """When a limit is passed, the wait for a supplement that was asked in time left out."""
    in_time = asked & Q(first_asked_at__lt=F(limit))
    waited = F("first_received_at") - F("first_asked_at")
    return Case(
        When(in_time & Q(first_received_at__isnull=True), then=_NEVER),
        When(in_time, then=ExpressionWrapper(F(limit) + waited, output_field=_MOMENT)),
        default=F(limit),
        output_field=_MOMENT,
    )
