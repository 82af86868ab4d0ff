"""Sums over the tallies for a period as it was known at a moment.

The past is read from the coarse rows, the half month of the moment from the fine ones: a few
thousand rows for a whole province, whatever its age.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, time
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from dossiers.deadlines import HERE, local_date
from reporting.models import Tally
from reporting.statuses import Grain
from reporting.tally_parts import OF_RECEIVED
from reporting.windows import Window

_FIRST, _SECOND = 1, 15  # days on which the half months begin
# What is in hand in a period: all that was received before its end, less what had ended
# before its beginning; and so the part of it that is late.
_IN_HAND = {
    "in_hand": ("received", "ended"),
    "late": ("turned", "ended_late"),
    "late_extended": ("turned_extended", "ended_late_extended"),
    "bad": ("turned_bad", "ended_bad"),
}


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Numbers of dossiers: the first ten of those received in the period, the rest in hand in it.

    `late` by the first promise, `late_extended` by the new day; `bad` late or complained of.
    """

    received: int = 0
    online: int = 0
    fee_bearing: int = 0
    reused: int = 0
    from_store: int = 0
    population: int = 0
    paid_online: int = 0
    result_files: int = 0
    digitised: int = 0
    synced: int = 0
    in_hand: int = 0
    late: int = 0
    late_extended: int = 0
    bad: int = 0


_NAMES = tuple(field.name for field in fields(Sums))


def of(window: Window, agency_ids: Collection[int]) -> Sums:
    """The sums of these agencies together."""
    rows = _known(window).filter(agency__in=agency_ids)
    return _read(rows.aggregate(**_sums(window)))


def of_each(window: Window) -> Mapping[int | None, Sums]:
    """The sums of each agency, zero where it has nothing; those of all under None."""
    rows: Any = _known(window).values("agency_id").annotate(**_sums(window))
    found: defaultdict[int | None, Sums] = defaultdict(Sums)
    found.update({row["agency_id"]: _read(row) for row in rows})
    found[None] = Sums(
        **{name: sum(getattr(sums, name) for sums in found.values()) for name in _NAMES}
    )
    return found


def _read(row: Mapping[str, int]) -> Sums:
    return Sums(**{name: row[f"{name}_sum"] for name in _NAMES})


def half_month_start(moment: datetime) -> datetime:
    """The midnight that begins the half month (1–14, 15–end) of a moment."""
    day = local_date(moment)
    first = day.replace(day=_SECOND if day.day >= _SECOND else _FIRST)
    return datetime.combine(first, time(), HERE)


def _known(window: Window) -> QuerySet[Tally]:
    if not window.has_begun:
        return Tally.objects.none()
    middle = half_month_start(window.known_at)
    past = Q(grain=Grain.HALF_MONTH, counts_from__lt=middle)
    recent = Q(grain=Grain.MOMENT, counts_from__gte=middle, counts_from__lt=window.known_at)
    return Tally.objects.filter(past | recent, half_month__lt=window.period.end_day)


def _sums(window: Window) -> dict[str, Any]:
    inside = Q(half_month__gte=window.period.first_day)
    sums: dict[str, Any] = {name: _sum(F(name), inside) for name in OF_RECEIVED}
    for name, (before_its_end, before_its_start) in _IN_HAND.items():
        sums[name] = _sum(F(before_its_end), Q()) - _sum(F(before_its_start), ~inside)
    sums["bad"] += _sum(F("complained_after"), inside)
    # Columns bear these names already.
    return {f"{name}_sum": summed for name, summed in sums.items()}


def _sum(column: Any, rows: Q) -> Any:
    return Coalesce(Sum(column, filter=rows) if rows else Sum(column), 0)
