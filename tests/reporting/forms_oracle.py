"""A naive filling-in of II.06a and 07a/BTP from the law's notes: a loop over histories."""

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def ii06a(drawn, *, start: datetime, end: datetime) -> dict[int, int]:
    """Columns 3 to 13 for [start, end), with what was known just before `end`."""
    cells: Counter[int] = Counter(dict.fromkeys(range(3, 14), 0))
    for one in (known for history in drawn if (known := history.known(end))):
        if one.ended_at is not None and one.ended_at < start:
            continue  # resolved in an earlier period: no longer anybody's work
        cells[6 if one.accepted_at < start else 4 if one.is_online else 5] += 1
        cells[standing(one, end)] += 1
    cells[3] = cells[4] + cells[5] + cells[6]
    cells[7] = cells[8] + cells[9] + cells[10]
    cells[11] = cells[12] + cells[13]
    return dict(cells)


def standing(one, end: datetime) -> int:
    """8 before the day, 9 on it, 10 late; in hand 12 in time, 13 late."""
    promise = one.first_due_at
    if one.put_off and any(
        one.put_off[0] <= asked <= promise and (received or one.ended_at)
        for asked, received in one.asked
    ):
        promise = one.put_off[1]  # the wait came after the new day and moved it
    if one.ended_at is not None:
        if promise is None:
            return 9
        if one.ended_at > promise:
            return 10
        return 8 if day(one.ended_at) < day(promise) else 9
    waits = one.asked and one.asked[-1][1] is None and one.asked[-1][0]
    if promise is None or promise >= end or (waits and waits <= promise):
        return 12
    return 13


def day(moment: datetime) -> object:
    return moment.astimezone(_HERE).date()
