"""Reporting periods: calendar ones, and the statistical ones from the 15th to the 14th.

A period is half open, from the local midnight of its first day to the local midnight of the day
after its last. Periods of one length and one calendar tile time without gap or overlap.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NoReturn, Self

from django.db import models

from dossiers.deadlines import HERE, local_date
from reporting.refusals import UnknownPeriod

EARLIEST_YEAR, LATEST_YEAR = 2000, 2199
STATISTICAL_SUFFIX = "-tk"
# A statistical period begins on this day of the month before (NĐ 09/2019 Đ12).
STATISTICAL_DAY = 15
_MONTHS_OF_YEAR = 12
_ROMAN = ("I", "II", "III", "IV")
_CODE = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<letter>[QH]?)(?P<number>[0-9]{1,2}))?(?P<suffix>-tk)?"
)


class PeriodLength(models.TextChoices):
    """Độ dài kỳ báo cáo."""

    MONTH = "month", "Tháng"
    QUARTER = "quarter", "Quý"
    HALF_YEAR = "half_year", "6 tháng"
    YEAR = "year", "Năm"


_MONTHS = {
    PeriodLength.MONTH: 1,
    PeriodLength.QUARTER: 3,
    PeriodLength.HALF_YEAR: 6,
    PeriodLength.YEAR: 12,
}


@dataclass(frozen=True, kw_only=True)
class ReportPeriod:
    """Kỳ báo cáo: the n-th of its length in a year.

    A statistical period bears the name of the month in which it ends: month 11 runs from 15/10
    to 14/11, the year 2026 from 15/12/2025 to 14/12/2026. NĐ 09/2019 knows only the first half
    of the year; the second, from 15/6, completes it.
    """

    length: PeriodLength
    year: int
    number: int = 1
    is_statistical: bool = False

    def __post_init__(self) -> None:
        in_a_year = _MONTHS_OF_YEAR // _MONTHS[self.length]
        if not (EARLIEST_YEAR <= self.year <= LATEST_YEAR and 1 <= self.number <= in_a_year):
            _refuse(self.code)

    @classmethod
    def parse(cls, code: str) -> Self:
        """The period of a code: 2026-11, 2026-Q4, 2026-H2, 2026, each also with -tk."""
        match = _CODE.fullmatch(code)
        if match is None:
            _refuse(code)
        length = _LENGTHS[match["letter"]]
        period = cls(
            length=length,
            year=int(match["year"]),
            number=int(match["number"] or 1),
            is_statistical=match["suffix"] is not None,
        )
        # One period, one address: 2026-1 and 2026-Q04 name nothing.
        return period if period.code == code else _refuse(code)

    @classmethod
    def containing(
        cls, moment: date, length: PeriodLength, *, is_statistical: bool = False
    ) -> Self:
        """The period in which a day, or an aware moment by its local day, lies."""
        day = _day(moment)
        month = day.year * _MONTHS_OF_YEAR + day.month - 1
        month += is_statistical and day.day >= STATISTICAL_DAY
        return cls._numbered(month // _MONTHS[length], length, is_statistical)

    @classmethod
    def _numbered(cls, ordinal: int, length: PeriodLength, is_statistical: bool) -> Self:
        year, number = divmod(ordinal, _MONTHS_OF_YEAR // _MONTHS[length])
        return cls(length=length, year=year, number=number + 1, is_statistical=is_statistical)

    @property
    def code(self) -> str:
        """Its name in addresses and files; `parse` reads it back."""
        part = {
            PeriodLength.MONTH: f"-{self.number:02d}",
            PeriodLength.QUARTER: f"-Q{self.number}",
            PeriodLength.HALF_YEAR: f"-H{self.number}",
            PeriodLength.YEAR: "",
        }[self.length]
        return f"{self.year:04d}{part}{STATISTICAL_SUFFIX if self.is_statistical else ''}"

    @property
    def label(self) -> str:
        """Tháng 11 năm 2026; a statistical period also says its days, for they surprise."""
        name = f"{self._name} năm {self.year}" if self._name else f"Năm {self.year}"
        return f"{name} (kỳ thống kê {self.days})" if self.is_statistical else name

    @property
    def _name(self) -> str:
        match self.length:
            case PeriodLength.MONTH:
                return f"Tháng {self.number}"
            case PeriodLength.QUARTER:
                return f"Quý {_ROMAN[self.number - 1]}"
            case PeriodLength.HALF_YEAR:
                return "6 tháng cuối" if self.number > 1 else "6 tháng đầu"
        return ""

    @property
    def days(self) -> str:
        """Its first and last day: từ 15/10/2026 đến 14/11/2026."""
        return f"từ {self.first_day:%d/%m/%Y} đến {self.last_day:%d/%m/%Y}"

    @property
    def first_day(self) -> date:
        """The day on whose midnight it begins."""
        return self._boundary(self._ordinal * _MONTHS[self.length])

    @property
    def last_day(self) -> date:
        """The last day that belongs to it."""
        return self.end_day - timedelta(days=1)

    @property
    def end_day(self) -> date:
        """The first day that no longer belongs to it."""
        return self._boundary((self._ordinal + 1) * _MONTHS[self.length])

    @property
    def start(self) -> datetime:
        """The first moment of it, local time."""
        return datetime.combine(self.first_day, time(), HERE)

    @property
    def end(self) -> datetime:
        """The first moment after it, local time."""
        return datetime.combine(self.end_day, time(), HERE)

    def contains(self, moment: date) -> bool:
        """Whether a day, or an aware moment by its local day, lies in it."""
        return self.first_day <= _day(moment) < self.end_day

    def is_over(self, *, at: datetime) -> bool:
        """Whether nothing that happens from this moment on can belong to it."""
        return self.end <= at

    def measured_to(self, *, at: datetime) -> datetime:
        """The moment up to which it can be measured: its end, or now while it still runs."""
        return min(self.end, at)

    def previous(self) -> Self:
        """The period just before; before the first known year there is none."""
        return self._numbered(self._ordinal - 1, self.length, self.is_statistical)

    def next(self) -> Self:
        """The period just after; after the last known year there is none."""
        return self._numbered(self._ordinal + 1, self.length, self.is_statistical)

    def trail(self, count: int) -> list[Self]:
        """So many periods up to and including this one, the oldest first; fewer at the edge."""
        in_a_year = _MONTHS_OF_YEAR // _MONTHS[self.length]
        oldest = max(self._ordinal - count + 1, EARLIEST_YEAR * in_a_year)
        return [
            self._numbered(ordinal, self.length, self.is_statistical)
            for ordinal in range(oldest, self._ordinal + 1)
        ]

    def parts(self, length: PeriodLength) -> Iterator[Self]:
        """The shorter periods of the same calendar that make it up."""
        months = _MONTHS[self.length]
        first = self._ordinal * months // _MONTHS[length]
        for ordinal in range(first, first + months // _MONTHS[length]):
            yield self._numbered(ordinal, length, self.is_statistical)

    @property
    def _ordinal(self) -> int:
        return self.year * (_MONTHS_OF_YEAR // _MONTHS[self.length]) + self.number - 1

    def _boundary(self, month: int) -> date:
        """The first day of the period that begins with this month, counted from year 0."""
        month -= self.is_statistical
        year, index = divmod(month, _MONTHS_OF_YEAR)
        return date(year, index + 1, STATISTICAL_DAY if self.is_statistical else 1)


_LENGTHS = {
    None: PeriodLength.YEAR,
    "": PeriodLength.MONTH,
    "Q": PeriodLength.QUARTER,
    "H": PeriodLength.HALF_YEAR,
}


def _day(moment: date) -> date:
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise UnknownPeriod("Thời điểm chưa có múi giờ: hãy ghi rõ múi giờ rồi chọn lại kỳ.")
    return local_date(moment)


def _refuse(code: str) -> NoReturn:
    raise UnknownPeriod(
        f"Không có kỳ báo cáo “{code}”: hãy chọn kỳ như 2026-11 (tháng), 2026-Q4 (quý), "
        "2026-H2 (6 tháng), 2026 (năm), thêm -tk cho kỳ thống kê từ ngày 15 đến ngày 14."
    )
