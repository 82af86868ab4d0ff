"""How far a campaign is, agency by agency, with component 2.1 as recorded and as corrected."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import Q

from organizations.models import User
from reporting import corrected, figures
from reporting.models import Campaign, Finding
from reporting.periods import PeriodLength, ReportPeriod
from reporting.printouts import workbooks
from reporting.printouts.shapes import Printout, Sheet
from reporting.shares import Count
from reporting.sight import Sight
from reporting.statuses import OPEN_FINDINGS, FindingStatus
from reporting.wording import percent

HEADS = (
    "Cơ quan",
    "Mã",
    "Số dấu hiệu",
    "Còn phải xem",
    "Đã giải trình",
    "Đã đính chính",
    "Không còn dấu hiệu",
    "Đúng hạn theo mốc đã ghi",
    "Đúng hạn tính cả đính chính",
)
_KEYS = ("total", "open", "explained", "fixed", "gone")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One agency, or all of them: numbers of findings, and the two figures."""

    code: str
    name: str
    total: int
    open: int
    explained: int
    fixed: int
    gone: int
    recorded: tuple[int, int]
    corrected: tuple[int, int]

    @property
    def done_share(self) -> str:
        """How much of it is worked off."""
        return _percent((self.total - self.open, self.total))

    @property
    def recorded_share(self) -> str:
        """On time by the recorded moments."""
        return _percent(self.recorded)

    @property
    def corrected_share(self) -> str:
        """On time by the moments that corrections tell."""
        return _percent(self.corrected)

    @property
    def is_sum(self) -> bool:
        """Is it all agencies together?"""
        return not self.code


def made(campaign: Campaign, *, at: datetime) -> dict[str, Any]:
    """The report as it is kept: every agency of the campaign, and the year that it covers."""
    period = ReportPeriod.containing(at, PeriodLength.YEAR)
    numbers = counted(campaign)
    province = figures.of_province(period=period, at=at)
    differences = corrected.of_each(province.window)
    lines = []
    for agency in campaign.agencies.in_order():
        recorded = next(
            own.counts["2.1"] for one, own in province.agencies.items() if one.pk == agency.pk
        )
        difference = differences.get(agency.pk, corrected.Difference())
        lines.append(
            {"code": agency.code, "name": agency.name}
            | numbers.get(agency.pk, dict.fromkeys(_KEYS, 0))
            | {"recorded": _pair(recorded), "corrected": _pair(difference.added_to(recorded))}
        )
    return {"period": period.code, "at": at.isoformat(), "lines": lines}


def lines(report: dict[str, Any], viewer: User, campaign: Campaign) -> list[Line]:
    """The agencies that the person may see, and the sum of them under no code."""
    sight = Sight.of(viewer)
    seen = {one.code for one in campaign.agencies.all() if sight.covers(one)}
    shown = [_line(row) for row in report["lines"] if row["code"] in seen]
    return [*shown, _sum(shown)] if len(shown) > 1 else shown


def workbook(campaign: Campaign, shown: list[Line]) -> bytes:
    """The report as an Excel file."""
    rows = tuple(
        (
            *(line.name, line.code, line.total, line.open, line.explained, line.fixed, line.gone),
            *(line.recorded_share, line.corrected_share),
        )
        for line in shown
    )
    sheet = Sheet(title="Tiến độ", heads=HEADS, rows=rows)
    printout = Printout(
        view="campaign", title=campaign.name, agency=None, period="", notes=(), sheets=(sheet,)
    )
    return workbooks.written(printout)


def counted(campaign: Campaign) -> dict[int, dict[str, int]]:
    """Numbers of findings of each agency that has any, worked on since the campaign began."""
    worked_on = Q(closed_at__isnull=True) | Q(closed_at__gte=campaign.started_at)
    found = Finding.objects.filter(
        worked_on, kind__in=campaign.kinds, agency__in=campaign.agencies.all()
    )
    rows: Any = (
        found.order_by()
        .values("agency")
        .annotate(
            total=CountOf("pk"),
            open=CountOf("pk", filter=Q(status__in=OPEN_FINDINGS)),
            explained=CountOf("pk", filter=Q(status=FindingStatus.EXPLAINED)),
            fixed=CountOf("pk", filter=Q(status=FindingStatus.FIXED)),
            gone=CountOf("pk", filter=Q(status=FindingStatus.GONE)),
        )
    )
    return {row.pop("agency"): row for row in rows}


def _pair(count: Count) -> list[int]:
    return [count.numerator or 0, count.denominator or 0]


def _line(row: dict[str, Any]) -> Line:
    pairs = {name: tuple(row[name]) for name in ("recorded", "corrected")}
    return Line(**{**row, **pairs})


def _sum(shown: list[Line]) -> Line:
    def pair(name: str) -> tuple[int, int]:
        pairs = [getattr(line, name) for line in shown]
        return sum(one[0] for one in pairs), sum(one[1] for one in pairs)

    numbers = {key: sum(getattr(line, key) for line in shown) for key in _KEYS}
    return Line(
        code="", name="Tổng số", recorded=pair("recorded"), corrected=pair("corrected"), **numbers
    )


def _percent(pair: tuple[int, int]) -> str:
    return percent(Count(numerator=pair[0], denominator=pair[1]).ratio)
