"""Sums over the tallies for a period as it was known at a moment.

The past is read from the coarse rows, the half month of the moment from the fine ones: a few
thousand rows for a whole province, whatever its age.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, time
from typing import LiteralString, NamedTuple

from django.db import connection

from dossiers.deadlines import HERE, local_date
from reporting.shares import OfEach
from reporting.tally_parts import OF_RECEIVED
from reporting.windows import Window

_FIRST, _SECOND = 1, 15  # days on which the half months begin
# What is in hand in a period: all that was received before its end, less what had ended
# before its beginning; and so the part of it that is late.
_IN_HAND: dict[LiteralString, tuple[LiteralString, LiteralString]] = {
    "in_hand": ("received", "ended"),
    "late": ("turned", "ended_late"),
    "late_extended": ("turned_extended", "ended_late_extended"),
    "bad": ("turned_bad", "ended_bad"),
}


class Sums(NamedTuple):
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


def _column(name: LiteralString) -> LiteralString:
    """The sum of one field, of all rows that the question knows."""
    if name in OF_RECEIVED:
        return f"coalesce(sum({name}) FILTER (WHERE is_inside), 0)"
    before_its_end, before_its_start = _IN_HAND[name]
    in_hand: LiteralString = (
        f"coalesce(sum({before_its_end}), 0)"
        f" - coalesce(sum({before_its_start}) FILTER (WHERE NOT is_inside), 0)"
    )
    if name != "bad":
        return in_hand
    return f"{in_hand} + coalesce(sum(complained_after) FILTER (WHERE is_inside), 0)"


# The past from the coarse rows, the half month of the moment from the fine ones.
_KNOWN: LiteralString = """
    half_month < %(end_day)s AND (
        (grain = 'half_month' AND counts_from < %(middle)s)
        OR (grain = 'moment' AND counts_from >= %(middle)s AND counts_from < %(known_at)s)
    ) AND (%(agencies)s::bigint[] IS NULL OR agency_id = ANY(%(agencies)s))
"""
_COLUMNS: LiteralString = ", ".join([_column(name) for name in (*OF_RECEIVED, *_IN_HAND)])
_STATEMENT: LiteralString = f"""
SELECT agency_id, {_COLUMNS}
FROM reporting_tally CROSS JOIN LATERAL (SELECT half_month >= %(first_day)s) AS _ (is_inside)
WHERE {_KNOWN} GROUP BY agency_id
"""  # noqa: S608 (names of columns from this module)


def of(window: Window, agency_ids: Collection[int]) -> Sums:
    """The sums of these agencies together."""
    return _whole(_read(window, list(agency_ids)))


def of_each(window: Window) -> Mapping[int | None, Sums]:
    """The sums of each agency, zero where it has nothing; those of all under None."""
    found = _read(window, None)
    return OfEach({**found, None: _whole(found)}, nothing=Sums())


def _whole(sums: Mapping[int | None, Sums]) -> Sums:
    return Sums(*map(sum, zip(*sums.values(), strict=True))) if sums else Sums()


def _read(window: Window, agency_ids: list[int] | None) -> dict[int | None, Sums]:
    if not window.has_begun:
        return {}
    values = {
        "first_day": window.period.first_day,
        "end_day": window.period.end_day,
        "middle": half_month_start(window.known_at),
        "known_at": window.known_at,
        "agencies": agency_ids,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, values)
        return {agency_id: Sums(*sums) for agency_id, *sums in cursor.fetchall()}


def half_month_start(moment: datetime) -> datetime:
    """The midnight that begins the half month (1–14, 15–end) of a moment."""
    day = local_date(moment)
    first = day.replace(day=_SECOND if day.day >= _SECOND else _FIRST)
    return datetime.combine(first, time(), HERE)
