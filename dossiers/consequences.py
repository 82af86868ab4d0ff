"""What an edit of the calendar would do to the promises that run, in figures and words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dossiers import telling
from dossiers.deadlines import HERE
from dossiers.recalculation import Shift
from organizations.models import Agency
from workdays.calendar import Calendar
from workdays.loading import calendar_for

MOST_SHOWN = 100
# A day in words is the usual one; the exact moments stand beside it.
_DAY = timedelta(hours=8)


@dataclass(frozen=True, kw_only=True)
class Move:
    """One promise that would move; both moments are known where there is a limit."""

    code: str
    agency: str
    before: datetime
    after: datetime
    difference: str


@dataclass(frozen=True, kw_only=True)
class Consequences:
    """How many promises move, in which direction, where, and the nearest of them."""

    running: int
    later: int
    earlier: int
    into_overdue: int
    out_of_overdue: int
    earliest: datetime | None
    latest: datetime | None
    by_agency: Sequence[tuple[str, int]]
    shown: Sequence[Move]

    @property
    def count(self) -> int:
        """All that move."""
        return self.later + self.earlier


class _Promise:
    """A shift whose two promised moments are there."""

    def __init__(self, shift: Shift, before: datetime, after: datetime) -> None:
        self.facts, self.before, self.after = shift.facts, before, after


def weigh(changed: Sequence[Shift], *, running: int, at: datetime) -> Consequences:
    """Sum up; asks for the calendars, so it belongs before the edit is rolled back."""
    promises = sorted(_promises(changed), key=lambda each: (each.before, each.facts.code))
    names = dict(Agency.objects.values_list("id", "name")) if promises else {}
    agencies = Counter(names[each.facts.agency_id] for each in promises)
    moments = [each.after for each in promises]
    return Consequences(
        running=running,
        later=sum(each.after > each.before for each in promises),
        earlier=sum(each.after < each.before for each in promises),
        into_overdue=sum(each.after < at <= each.before for each in promises),
        out_of_overdue=sum(each.before < at <= each.after for each in promises),
        earliest=min(moments, default=None),
        latest=max(moments, default=None),
        by_agency=sorted(agencies.items(), key=lambda pair: (-pair[1], pair[0])),
        shown=[_move(each, names) for each in promises[:MOST_SHOWN]],
    )


def _promises(changed: Sequence[Shift]) -> list[_Promise]:
    return [
        _Promise(shift, shift.stored.due_at, shift.computed.due_at)
        for shift in changed
        if shift.moves and shift.stored.due_at and shift.computed.due_at
    ]


def _move(promise: _Promise, names: dict[int, str]) -> Move:
    calendar = calendar_for(promise.facts.schedule_id)
    return Move(
        code=promise.facts.code,
        agency=names[promise.facts.agency_id],
        before=promise.before,
        after=promise.after,
        difference=difference(promise.before, promise.after, calendar),
    )


def difference(before: datetime, after: datetime, calendar: Calendar) -> str:
    """`muộn hơn 1 ngày làm việc`, or hours where the hour of the day changes too."""
    direction = "muộn hơn" if after > before else "sớm hơn"
    old, new = before.astimezone(HERE), after.astimezone(HERE)
    if old.time() != new.time():
        span = calendar.working_time(before, after)
        return f"{direction} {telling.length(span, _DAY)} làm việc"
    days = abs(calendar.working_days(old.date(), new.date()))
    if days:
        return f"{direction} {days} ngày làm việc"
    # Only days off lie between the two: there is no working day to count.
    return f"{direction} {abs((new.date() - old.date()).days)} ngày"
