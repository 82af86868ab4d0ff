"""Time limits as the portal prints them: a number with a unit, a bare number, or words."""

import re
from dataclasses import dataclass
from decimal import Decimal

from procedures.parsing.facts import Finding
from procedures.parsing.wording import NOTHING, one_line
from procedures.statuses import FindingKind, Part
from workdays.units import TimeUnit

UNITS = {
    "Ngày làm việc": TimeUnit.WORKING_DAY,
    "Giờ làm việc": TimeUnit.WORKING_HOUR,
    "Ngày": TimeUnit.CALENDAR_DAY,
    "Tháng": TimeUnit.MONTH,
    # Offices answer in their opening hours, and no other unit of hours exists; the finding
    # lets somebody look at it.
    "Giờ": TimeUnit.WORKING_HOUR,
}
# Printed now and then, with no counterpart among our units: kept as text.
OTHER_UNITS = ("Phút", "Tuần", "Quý", "Năm")
UNIT_PATTERN = "|".join([*UNITS, *OTHER_UNITS])
LIMIT_PATTERN = rf"[0-9]{{1,6}}(?:\.[0-9]{{1,3}})?(?:[^\S\n]?(?:{UNIT_PATTERN}))?"
_LIMIT = re.compile(
    rf"(?P<number>[0-9]{{1,6}}(?:[.,][0-9]{{1,3}})?)\s*(?P<unit>{UNIT_PATTERN})?", re.IGNORECASE
)
_UNITS_BY_KEY = {name.lower(): unit for name, unit in UNITS.items()}


@dataclass(frozen=True)
class Duration:
    """A time limit, and what there is to say about its reading."""

    text: str
    number: Decimal | None = None
    unit: TimeUnit | None = None
    finding: FindingKind | None = None

    def findings(self, excerpt: str) -> list[Finding]:
        """The finding as it goes into the report."""
        return [Finding(Part.CHANNEL, self.finding, excerpt)] if self.finding else []


def read_duration(text: str) -> Duration:
    """Reads one time limit; a unit that is not printed stays empty, it is never guessed.

    >>> read_duration("1.5 Ngày làm việc").number
    Decimal('1.5')
    """
    printed = one_line(text)
    if printed in {"", NOTHING}:
        return Duration(printed, finding=FindingKind.MISSING)
    match = _LIMIT.fullmatch(printed)
    number = Decimal(match["number"].replace(",", ".")) if match else Decimal(0)
    if match is None or number <= 0:
        return Duration(printed, finding=FindingKind.TIME_TEXT)
    if not match["unit"]:
        return Duration(printed, number, finding=FindingKind.UNIT_MISSING)
    unit = _UNITS_BY_KEY.get(match["unit"].lower())
    if unit is None:
        return Duration(printed, finding=FindingKind.UNIT_UNKNOWN)
    bare_hours = match["unit"].lower() == "giờ"
    return Duration(printed, number, unit, FindingKind.HOUR_UNIT if bare_hours else None)
