"""A sheet and the sheets of a year as pages, Excel and paper show them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from organizations.models import Agency, User
from reporting.indicator_sets.shapes import Band
from reporting.models import ReformEvent, ReformEvidence, ReformScore, ReformSheet
from reporting.reform import acts, criteria
from reporting.reform.criteria import Area, CriteriaSet, Criterion
from reporting.statuses import SheetAct, SheetStatus


@dataclass(frozen=True, kw_only=True)
class Line:
    """One criterion of a sheet."""

    criterion: Criterion
    score: ReformScore
    evidence: Sequence[ReformEvidence]


@dataclass(frozen=True, kw_only=True)
class AreaLines:
    """One area with its lines."""

    area: Area
    lines: Sequence[Line]
    own: Decimal
    council: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Everything of one sheet that this person may see."""

    sheet: ReformSheet
    rules: CriteriaSet
    areas: Sequence[AreaLines]
    own: Decimal
    council: Decimal | None
    band: Band | None
    trail: Sequence[ReformEvent]


@dataclass(frozen=True, kw_only=True)
class YearRow:
    """An agency in the list of a year; `sheet` is None when none was opened."""

    agency: Agency
    sheet: ReformSheet | None
    own: Decimal | None
    council: Decimal | None
    band: Band | None


def shown(sheet: ReformSheet, *, reader: User) -> Shown:
    """The sheet; the council's points are its own until it has finished."""
    rules = criteria.load(sheet.criteria_set)
    scores = {score.criterion: score for score in sheet.scores.all()}
    files: dict[str, list[ReformEvidence]] = defaultdict(list)
    for file in sheet.evidence.filter(removed_at__isnull=True).order_by("pk"):
        files[file.criterion].append(file)
    sees_marks = sees_council(sheet, reader)
    areas = [_area(area, scores, files, sees_marks) for area in rules.areas]
    own = sum((area.own for area in areas), Decimal(0))
    council = (
        sum((area.council or Decimal(0) for area in areas), Decimal(0)) if sees_marks else None
    )
    return Shown(
        sheet=sheet,
        rules=rules,
        areas=areas,
        own=own,
        council=council,
        band=_band(rules, sheet, council),
        trail=list(sheet.events.order_by("-sequence")),
    )


def sees_council(sheet: ReformSheet, reader: User) -> bool:
    """What the council has not finished is not for the agency yet."""
    if sheet.status in {SheetStatus.GRADED, SheetStatus.CLOSED}:
        return True
    return sheet.status == SheetStatus.SUBMITTED and acts.may(reader, sheet.agency, SheetAct.MARKED)


def of_year(year: int, agencies: Collection[Agency], *, reader: User) -> list[YearRow]:
    """Every agency with its sheet of the year, in two statements."""
    pks = [agency.pk for agency in agencies]
    sheets = ReformSheet.objects.filter(year=year, agency__in=pks).annotate(
        own=Sum("scores__own_points"), council=Sum("scores__council_points")
    )
    by_agency = {sheet.agency_id: sheet for sheet in sheets}
    return [_row(agency, by_agency.get(agency.pk), reader) for agency in agencies]


def _row(agency: Agency, sheet: ReformSheet | None, reader: User) -> YearRow:
    if sheet is None:
        return YearRow(agency=agency, sheet=None, own=None, council=None, band=None)
    sheet.agency = agency
    council = sheet.council if sees_council(sheet, reader) else None  # type: ignore[attr-defined]
    return YearRow(
        agency=agency,
        sheet=sheet,
        own=sheet.own,  # type: ignore[attr-defined]
        council=council,
        band=_band(criteria.load(sheet.criteria_set), sheet, council),
    )


def _area(
    area: Area,
    scores: dict[str, ReformScore],
    files: dict[str, list[ReformEvidence]],
    sees_marks: bool,
) -> AreaLines:
    found = [scores[one.code] for one in area.criteria]
    council = [score.council_points or Decimal(0) for score in found]
    return AreaLines(
        area=area,
        lines=[
            Line(criterion=one, score=scores[one.code], evidence=files[one.code])
            for one in area.criteria
        ],
        own=sum((score.own_points or Decimal(0) for score in found), Decimal(0)),
        council=sum(council, Decimal(0)) if sees_marks else None,
    )


def _band(rules: CriteriaSet, sheet: ReformSheet, council: Decimal | None) -> Band | None:
    if council is None or sheet.status not in {SheetStatus.GRADED, SheetStatus.CLOSED}:
        return None
    return rules.band_of(council)
