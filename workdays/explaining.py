"""Why a due moment is what it is: one sentence for each day and each pause on the way."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from workdays import adding, wording
from workdays.adding import Outcome, PausedTime
from workdays.intervals import Interval
from workdays.tables import ZONE, Tables, local_moment
from workdays.units import TimeUnit


class Step(NamedTuple):
    """One line: the day, whether it counts towards the limit, and the reason."""

    date: dt.date
    counts: bool
    why: str


class Explanation(NamedTuple):
    """The due moment and the steps that lead to it."""

    due_at: dt.datetime
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Count:
    """What the sentences are written from."""

    tables: Tables
    note: Callable[[dt.date], str | None]
    start: dt.datetime
    limit: Decimal
    unit: str
    outcome: Outcome

    @property
    def day_zero(self) -> int:
        return adding.day_zero(self.tables, self.start)

    @property
    def due_day(self) -> int:
        return self.tables.day_of(self.outcome.due_at)

    def note_on(self, day: int) -> str | None:
        """The name of a holiday, weekend or make-up day; None on a plain working day."""
        return self.note(self.tables.date_of(day))

    def paused_on(self, day: int) -> int:
        return sum(_overlap(self, item, day) for item in self.outcome.pauses if item.added)


def explain(
    tables: Tables,
    note: Callable[[dt.date], str | None],
    start: dt.datetime,
    limit: Decimal,
    unit: str,
    pauses: Sequence[Interval],
) -> Explanation:
    """The end of the limit with its reasons, in order of time."""
    outcome = adding.with_pauses(tables, start, limit, unit, pauses)
    count = _Count(tables, note, local_moment(start), limit, unit, outcome)
    steps = [*_acceptance(count), *_pauses(count), *_COUNTING[unit](count)]
    steps.sort(key=lambda step: step.date)
    return Explanation(outcome.due_at, _ending(steps, outcome.due_at))


def _acceptance(count: _Count) -> Iterator[Step]:
    received = count.start.date()
    opening = count.tables.date_of(count.day_zero)
    if opening != received:
        yield Step(
            received,
            False,
            f"Nhận lúc {wording.hour(count.start)}, ngoài giờ tiếp nhận: coi như tiếp nhận khi mở "
            f"cửa {wording.day(opening)}.",
        )
        for day in range(count.tables.day_of(received) + 1, count.day_zero):
            yield _rest(count, day)
    if count.unit == TimeUnit.WORKING_HOUR:
        why = "Thời hạn tính bằng giờ chạy ngay trong ngày tiếp nhận (khoản 1 Điều 147"
    else:
        why = "Ngày tiếp nhận là ngày 0, không tính vào thời hạn (khoản 2 Điều 147"
    yield Step(opening, False, f"{why} Bộ luật Dân sự 2015).")


def _pauses(count: _Count) -> Iterator[Step]:
    for item in count.outcome.pauses:
        pause = item.pause
        start, end = pause.start.astimezone(ZONE), pause.end.astimezone(ZONE)
        span = f"Tạm dừng từ {wording.moment(start)} đến {wording.moment(end)}"
        yield Step(start.date(), False, f"{span}: {_effect(item)}")


def _effect(item: PausedTime) -> str:
    if item.too_late:
        return "thời hạn đã hết trước khi tạm dừng nên không được cộng thêm."
    if not item.added:
        return "không trùng giờ làm việc nên không được cộng thêm."
    return f"cộng lại {wording.length(item.added)} làm việc vào thời hạn."


def _working_days(count: _Count) -> Iterator[Step]:
    counted = 0
    for day in range(count.day_zero + 1, count.due_day + 1):
        if not count.tables.works(day):
            yield _rest(count, day)
        elif count.paused_on(day) == count.tables.elapsed[day + 1] - count.tables.elapsed[day]:
            yield Step(count.tables.date_of(day), False, "Tạm dừng cả ngày, không tính.")
        else:
            counted += 1
            note = count.note_on(day)
            why = (
                f"{_numbered(count, counted)} ({note})."
                if note
                else f"{_numbered(count, counted)}."
            )
            yield Step(count.tables.date_of(day), True, why)


def _numbered(count: _Count, counted: int) -> str:
    whole = int(count.limit)
    if counted <= whole:
        return f"Ngày làm việc thứ {counted}"
    if counted == whole + 1 and count.limit != whole:
        part = wording.number(count.limit - whole)
        return f"Ngày làm việc thứ {counted}: tính {part} thời gian làm việc của ngày"
    return "Ngày làm việc bù cho thời gian tạm dừng"


def _calendar_days(count: _Count) -> Iterator[Step]:
    last = adding.last_day(count.tables, count.day_zero, count.limit, count.unit)
    for number, day in enumerate(range(count.day_zero + 1, last + 1), start=1):
        note = count.note_on(day)
        why = f"Ngày thứ {number} ({note})." if note else f"Ngày thứ {number}."
        yield Step(count.tables.date_of(day), True, why)
    yield from _beyond(count, last)


def _months(count: _Count) -> Iterator[Step]:
    last = adding.last_day(count.tables, count.day_zero, count.limit, count.unit)
    accepted, reached = count.tables.date_of(count.day_zero), count.tables.date_of(last)
    why = (
        f"{wording.number(count.limit)} tháng kể từ ngày {accepted:%d/%m/%Y} kết thúc vào "
        f"{wording.day(reached)} (khoản 3 Điều 148 Bộ luật Dân sự 2015)."
    )
    yield Step(reached, True, why)
    yield from _beyond(count, last)


def _beyond(count: _Count, last: int) -> Iterator[Step]:
    """From the day on which the limit runs out to the due day: rest days, then pauses."""
    extended = any(item.added for item in count.outcome.pauses)
    for day in range(last + 1, count.due_day + 1):
        if not count.tables.works(day):
            yield _rest(count, day)
        elif extended:
            why = "Ngày làm việc bù cho thời gian tạm dừng."
            yield Step(count.tables.date_of(day), True, why)
        else:
            why = (
                "Ngày cuối của thời hạn là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo "
                "(khoản 5 Điều 148 Bộ luật Dân sự 2015)."
            )
            yield Step(count.tables.date_of(day), False, why)


def _working_hours(count: _Count) -> Iterator[Step]:
    start, end = count.tables.position(count.start), count.tables.position(count.outcome.due_at)
    for day in range(count.day_zero, count.due_day + 1):
        opening, closing = count.tables.elapsed[day], count.tables.elapsed[day + 1]
        worked = min(end, closing) - max(start, opening) - count.paused_on(day)
        if worked > 0:
            why = f"Tính {wording.length(worked)} làm việc."
            yield Step(count.tables.date_of(day), True, why)
        elif not count.tables.works(day):
            yield _rest(count, day)
        elif day > count.day_zero:
            yield Step(count.tables.date_of(day), False, "Tạm dừng cả ngày, không tính.")


def _rest(count: _Count, day: int) -> Step:
    off = count.note_on(day) or "Ngoài giờ tiếp nhận"
    return Step(count.tables.date_of(day), False, f"{off[0].upper()}{off[1:]}: không tính.")


def _overlap(count: _Count, item: PausedTime, day: int) -> int:
    tables = count.tables
    start, end = tables.position(item.pause.start), tables.position(item.pause.end)
    return max(0, min(end, tables.elapsed[day + 1]) - max(start, tables.elapsed[day]))


def _ending(steps: list[Step], due_at: dt.datetime) -> tuple[Step, ...]:
    # A pause that began after the end stays behind the step that ends the limit.
    last = max(index for index, step in enumerate(steps) if step.date <= due_at.date())
    why = f"{steps[last].why} Hết thời hạn lúc {wording.hour(due_at)} {wording.day(due_at)}."
    return (*steps[:last], steps[last]._replace(why=why), *steps[last + 1 :])


_COUNTING: dict[str, Callable[[_Count], Iterator[Step]]] = {
    TimeUnit.WORKING_DAY: _working_days,
    TimeUnit.CALENDAR_DAY: _calendar_days,
    TimeUnit.MONTH: _months,
    TimeUnit.WORKING_HOUR: _working_hours,
}
