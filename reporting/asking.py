"""What a page of figures was asked: which period, and as it was known at the end of which day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from urllib.parse import urlencode

from django.core.exceptions import ValidationError

from dossiers.deadlines import local_date
from reporting import indicator_sets
from reporting.periods import PeriodLength, ReportPeriod
from reporting.refusals import UnknownPeriod

_SHOWN = {PeriodLength.MONTH: 13, PeriodLength.QUARTER: 9, PeriodLength.YEAR: 4}
_CHOICES_KEPT = 64


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A period, perhaps as of a day, at a moment: the whole address of a figure."""

    period: ReportPeriod
    as_of: date | None
    at: datetime

    @property
    def query(self) -> str:
        """The part of every address that keeps the period and the day."""
        return urlencode(self.parameters)

    @property
    def parameters(self) -> dict[str, str]:
        """The same as names and values."""
        day = {"ngay": self.as_of.isoformat()} if self.as_of else {}
        return {"ky": self.period.code, **day}


def now(at: datetime, length: PeriodLength = PeriodLength.MONTH) -> Asked:
    """The running month, or another period that runs, as known now."""
    period = ReportPeriod.containing(at, length)
    return Asked(period=period, as_of=None, at=at)


def read(
    given: Mapping[str, str], *, at: datetime, usual: PeriodLength = PeriodLength.MONTH
) -> Asked:
    """The question in an address; a code or a day that names nothing is refused."""
    code, day = given.get("ky", ""), given.get("ngay", "")
    period = ReportPeriod.parse(code) if code else now(at, usual).period
    # Refuses a period before the indicators began.
    indicator_sets.in_force_on(period.last_day).require_begun(period.last_day)
    if period.start > at:
        raise UnknownPeriod(f"{period.label} chưa bắt đầu: hãy chọn kỳ đang chạy hoặc đã qua.")
    return Asked(period=period, as_of=_day(day, at) if day else None, at=at)


_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")


def _day(text: str, at: datetime) -> date:
    try:
        day = _read(text.strip())
    except ValueError:
        raise ValidationError(
            "Ngày “tính đến” không đúng: hãy ghi ngày/tháng/năm, ví dụ 21/07/2026.",
            code="unknown_day",
        ) from None
    if day > local_date(at):
        raise ValidationError(
            "Ngày “tính đến” chưa tới: hãy chọn hôm nay hoặc một ngày đã qua.", code="unknown_day"
        )
    return day


def _read(text: str) -> date:
    """21/07/2026 as people write it here, 2026-07-21 as addresses and programs have it."""
    told = _DAY.fullmatch(text)
    if told is None:
        return date.fromisoformat(text)
    day, month, year = map(int, told.groups())
    return date(year, month, day)


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Periods to choose from under one heading, the newest first."""

    label: str
    periods: list[ReportPeriod]


def choices(asked: Asked) -> list[Choices]:
    """What the chooser offers: calendar periods, then the statistical ones."""
    return _choices(asked.period, local_date(asked.at))


@lru_cache(maxsize=_CHOICES_KEPT)
def _choices(seen: ReportPeriod, today: date) -> list[Choices]:
    kinds = [(length, False) for length in _SHOWN]
    kinds += [(PeriodLength.MONTH, True), (PeriodLength.YEAR, True)]
    offered = [_offered(length, is_statistical, today) for length, is_statistical in kinds]
    known = {period for group in offered for period in group.periods}
    if seen not in known:
        offered.insert(0, Choices(label="Kỳ đang xem", periods=[seen]))
    return offered


def _offered(length: PeriodLength, is_statistical: bool, today: date) -> Choices:
    newest = ReportPeriod.containing(today, length, is_statistical=is_statistical)
    periods = [one for one in newest.trail(_SHOWN[length]) if has_rules(one)]
    label = f"{length.label} (từ ngày 15 đến ngày 14)" if is_statistical else str(length.label)
    return Choices(label=label, periods=periods[::-1])


def has_rules(period: ReportPeriod) -> bool:
    """Was an indicator set in force on its last day?"""
    sets = (indicator_sets.load(code) for code in indicator_sets.codes())
    return any(one.is_in_force_on(period.last_day) for one in sets)
