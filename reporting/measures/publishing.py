"""Components 1.1–1.3: how procedures are published, of the province as a whole.

They are read from the decisions and the catalogue; units take the province's points.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from procedures.models import DecisionItem, Procedure
from reporting.windows import Window


@dataclass(frozen=True)
class Measure:
    """Tử số and mẫu số as sets of rows."""

    numerator: Callable[[Window], QuerySet[Any]]
    denominator: Callable[[Window], QuerySet[Any]]


def decided(window: Window) -> QuerySet[Procedure]:
    """1.1: TTHC, each once, in QĐCB (mới, sửa đổi, bãi bỏ) dated in the period."""
    return Procedure.objects.filter(pk__in=_dated(window).values("procedure"))


def published_on_time(window: Window) -> QuerySet[Procedure]:
    """1.1: those whose QĐ công bố is dated on time; late in any QĐCB of the period is late."""
    late = _dated(window).published_late()
    return decided(window).exclude(pk__in=late.values("procedure"))


def to_be_public(window: Window) -> QuerySet[DecisionItem]:
    """1.2: TTHC made public in the period and those that had to be."""
    made = Q(made_public_at__gte=window.start, made_public_at__lt=window.until)
    had_to = Q(public_by__gte=window.period.first_day, public_by__lt=window.until)
    had_to &= Q(public_by__lt=window.period.end_day)
    rows: QuerySet[DecisionItem] = _known(window).filter(made | had_to)
    return rows


def public_on_time(window: Window) -> QuerySet[DecisionItem]:
    """1.2: “Công khai” clicked ≤ 10 (bộ), ≤ 5 (tỉnh) ngày làm việc after the QĐCB date."""
    kept = to_be_public(window).made_public_on_time()  # type: ignore[attr-defined]
    rows: QuerySet[DecisionItem] = kept.filter(made_public_at__lt=window.known_at)
    return rows


def public_now(window: Window) -> QuerySet[Procedure]:
    """1.3: TTHC public now; not tied to a period."""
    return Procedure.objects.published()


def complete_now(window: Window) -> QuerySet[Procedure]:
    """1.3: those that say all of NĐ 63/2010 Đ8(2) a–g."""
    return Procedure.objects.complete()


def _known(window: Window) -> Any:
    return DecisionItem.objects.filter(recorded_at__lt=window.known_at)


def _dated(window: Window) -> Any:
    return _known(window).dated_within(window.period.first_day, window.period.end_day)


MEASURES = {
    "1.1": Measure(published_on_time, decided),
    "1.2": Measure(public_on_time, to_be_public),
    "1.3": Measure(complete_now, public_now),
}
