"""A naive count of the components that dossiers make, written from the law's notes alone.

It walks over histories one by one and knows neither tallies nor querysets.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.reporting.histories import History

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")
Pair = tuple[int, int]


def day(moment: datetime) -> object:
    return moment.astimezone(_HERE).date()


def counts(
    drawn: Sequence[History],
    *,
    start: datetime,
    end: datetime,
    known_at: datetime,
    by_day: bool = False,
) -> dict[str, Pair]:
    """Numerator and denominator of each component for a period [start, end)."""
    told = [known for one in drawn if (known := one.known(known_at))]
    until = min(end, known_at)
    received = [one for one in told if start <= one.accepted_at < until]
    # "Received or handled in the period": in hand at some moment of it.
    handled = [
        one
        for one in told
        if start < known_at
        and one.accepted_at < until
        and not (one.ended_at and one.ended_at < start)
    ]
    late = {one.number: is_late(one.known(until), until, by_day) for one in handled}
    bearing = [one for one in received if one.fee]
    return {
        "1.4": share(received, lambda one: one.synced_at is not None),
        "2.1": share(handled, lambda one: not late[one.number]),
        "2.1 hẹn lại": share(
            handled, lambda one: not is_late(one.known(until), until, by_day, extended=True)
        ),
        "3.3": share(received, lambda one: one.is_online),
        "3.6": share(bearing, lambda one: one.paid_online_at is not None),
        "4.1": share(received, lambda one: bool(one.ended_at) and one.has_result),
        "4.2": share(
            received, lambda one: bool(one.ended_at) and one.has_result and bool(one.scanned_at)
        ),
        "4.3": share(received, lambda one: one.paper in {"digitised", "reused"}),
        "4.4": share(received, lambda one: one.paper == "store"),
        "4.5b": share(received, lambda one: one.is_verified or one.paper == "store"),
        "5.4": share(
            handled, lambda one: not late[one.number] and not is_complained_of(one, until)
        ),
    }


def share(rows, holds) -> Pair:
    return sum(bool(holds(one)) for one in rows), len(rows)


def is_complained_of(one: History, until: datetime) -> bool:
    """Of a finished dossier at any time; of one in hand when the period had not ended."""
    if one.disliked_at is None:
        return False
    return bool(one.ended_at and one.ended_at < until) or one.disliked_at < until


def is_late(one: History, until: datetime, by_day: bool, *, extended: bool = False) -> bool:
    """law.md 1.4, rule by rule, of what was known before `until`."""
    if len(one.asked) > 1:
        return True  # 2: more than one supplement request → counted overdue
    promise, asked = one.first_due_at, list(one.asked)
    if extended and one.put_off:
        promise = one.put_off[1]
        asked = [request for request in asked if request[0] >= one.put_off[0]]
    if promise is None:
        return False  # 5: no promise, and no limit to compare with
    # 1: the ending; 4: none → the last day of the period, today for the current one.
    end = one.ended_at or until
    is_last_instant = one.ended_at is None
    for asked_at, received_at in asked:
        if received_at is None:
            end, is_last_instant = asked_at, False  # 2: not come back: end = the request
        else:
            end -= received_at - asked_at  # 3
    if by_day:  # 6
        if is_last_instant:
            end -= timedelta(microseconds=1)  # the day that ends at this midnight
        return day(end) > day(promise)
    return end > promise
