"""Components 5.2 and 5.3 counted from the petitions themselves: they are few."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from django.db.models import Count as RowCount
from django.db.models import Q, QuerySet

from feedback.models import Petition
from reporting.compiled import Compiled
from reporting.measures import petitions
from reporting.shares import Count, OfEach
from reporting.windows import Window

Counts = Mapping[str, Count]


def of(window: Window, agency_ids: Collection[int]) -> Counts:
    """The counts of these agencies together."""
    rows = petitions.sent(window).filter(agency__in=agency_ids)
    return _counts(_told(rows, window).aggregate(**_SUMS))


def of_each(window: Window) -> Mapping[int | None, Counts]:
    """The counts of each agency; those of all under None."""
    rows = _compiled().rows(window)
    whole = [sum(numbers) for numbers in zip(*[row[1:] for row in rows], strict=True)] or _NOTHING
    found = {agency_id: _counts_of(numbers) for agency_id, *numbers in rows}
    return OfEach({**found, None: _counts_of(whole)}, nothing=_counts_of(_NOTHING))


@cache
def _compiled() -> Compiled:
    return Compiled(
        lambda window, _: (
            _told(petitions.sent(window), window)
            .values("agency_id")
            .annotate(**_SUMS)
            .values_list("agency_id", *_SUMS)
        )
    )


def _counts_of(numbers: Sequence[int]) -> Counts:
    return _counts(dict(zip(_SUMS, numbers, strict=True)))


_NOTHING = (0, 0, 0)
_SUMS = {
    "sent": RowCount("pk"),
    "on_time": RowCount("pk", filter=Q(is_on_time=True)),
    "content": RowCount("pk", filter=Q(is_content=True)),
}


def _told(rows: QuerySet[Petition], window: Window) -> Any:
    return rows.annotate(
        is_on_time=petitions.is_on_time(window), is_content=petitions.is_content(window)
    )


def _counts(sums: Mapping[str, int]) -> Counts:
    return {
        "5.2": Count(numerator=sums["on_time"], denominator=sums["sent"]),
        "5.3": Count(numerator=sums["content"], denominator=sums["sent"]),
    }
