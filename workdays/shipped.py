"""The calendar that ships with the portal: days off since 2018 and the standard hours."""

import csv
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import NamedTuple

from workdays.calendar import Calendar, DayOff, MakeUp
from workdays.hours import Session
from workdays.kinds import DayOffKind
from workdays.refusals import BrokenSchedule

SHIPPED_DAYS = Path(__file__).parent / "data" / "vn_holidays_2018_2027.csv"
STANDARD_FROM = date(2018, 1, 1)
# Eight hours from Monday to Friday.
STANDARD_HOURS = tuple(
    Session(weekday, opens, closes, valid_from=STANDARD_FROM)
    for weekday in range(1, 6)
    for opens, closes in ((time(7), time(11, 30)), (time(13, 30), time(17)))
)
_MAKE_UP = "make_up_working_day"


class DayRow(NamedTuple):
    """One line of the file: a day off, or a make-up day when `kind` is None."""

    day: date
    kind: DayOffKind | None
    name: str
    swapped_with: date | None
    decision: str
    is_provisional: bool


def read_days(path: Path) -> Iterator[DayRow]:
    """The lines of a calendar file; a line that cannot be read is refused with its number."""
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            try:
                yield _day_row(row)
            except (KeyError, ValueError) as error:
                raise BrokenSchedule(
                    f"Dòng {number} của tệp {path.name} không đọc được ({error}): hãy sửa dòng đó."
                ) from error


def standard_calendar() -> Calendar:
    """The shipped days and the standard hours, without a database."""
    rows = list(read_days(SHIPPED_DAYS))
    return Calendar(
        days_off={row.day: DayOff(row.kind, row.name) for row in rows if row.kind},
        make_up_days={row.day: MakeUp(row.name, row.swapped_with) for row in rows if not row.kind},
        sessions=STANDARD_HOURS,
        first_year=rows[0].day.year,
        last_year=rows[-1].day.year,
    )


def _day_row(row: dict[str, str]) -> DayRow:
    return DayRow(
        day=date.fromisoformat(row["date"]),
        kind=None if row["kind"] == _MAKE_UP else DayOffKind(row["kind"]),
        name=row["name"],
        swapped_with=date.fromisoformat(row["swapped_with"]) if row["swapped_with"] else None,
        decision=row["decision"],
        is_provisional=row["provisional"] == "yes",
    )
