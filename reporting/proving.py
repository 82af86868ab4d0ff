"""Proves that the tallies say what the facts say, and the figures what the measures say."""

from collections.abc import Iterator
from datetime import datetime

from organizations.models import Agency
from reporting import figures, tallies
from reporting.measures import dossiers, petitions, procedures
from reporting.periods import PeriodLength, ReportPeriod
from reporting.shares import Figures
from reporting.statuses import Part
from reporting.windows import Window

_PARTS = (Part.NUMERATOR, Part.DENOMINATOR)
Pair = tuple[int | None, int | None]


def first_difference(*, at: datetime) -> str | None:
    """Where tallies differ from facts or figures from measures; None when all are equal."""
    return tallies.first_difference() or next(_differences(at), None)


def measured(window: Window, agency: Agency) -> dict[str, Pair]:
    """What the measures count for an agency and all below it, from the facts themselves."""
    ids = list(Agency.objects.within(agency.path or "").values_list("pk", flat=True))
    counts: dict[str, Pair] = {}
    every = {**dossiers.MEASURES, "2.1 hẹn lại": dossiers.EXTENDED}
    for code, of_dossiers in every.items():
        sides = [of_dossiers.of(window, part).filter(agency__in=ids).count() for part in _PARTS]
        counts[code] = (sides[0], None if code == "1.4" else sides[1])
    for code, of_procedures in procedures.MEASURES.items():
        numerator, denominator = (of_procedures.of(window, ids, part).count() for part in _PARTS)
        counts[code] = (numerator, denominator)
    sent = petitions.sent(window).filter(agency__in=ids)
    for code, condition in petitions.MEASURES.items():
        kept = sent.annotate(counts=condition(window)).filter(counts=True)
        counts[code] = (kept.count(), sent.count())
    return counts


def tallied(own: Figures) -> dict[str, Pair]:
    """The same codes as the figures have them."""
    counts = {
        code: (count.numerator, count.denominator)
        for code, count in own.counts.items()
        if code in {*dossiers.MEASURES, *procedures.MEASURES, *petitions.MEASURES}
    }
    return counts | {"2.1 hẹn lại": (own.extended.numerator, own.extended.denominator)}


def _differences(at: datetime) -> Iterator[str]:
    """Of the whole province: this month and the last, this statistical month, this year."""
    root = Agency.objects.filter(parent__isnull=True).first()
    if root is None:
        return
    month = ReportPeriod.containing(at, PeriodLength.MONTH)
    statistical = ReportPeriod.containing(at, PeriodLength.MONTH, is_statistical=True)
    year = ReportPeriod.containing(at, PeriodLength.YEAR)
    for period in (month, month.previous(), statistical, year):
        counted = measured(Window.of(period, at=at), root)
        summed = tallied(figures.of(agency=root, period=period, at=at))
        for code, pair in counted.items():
            if pair != summed[code]:
                yield f"{period.label}, chỉ số {code}: đếm được {pair}, cộng dồn {summed[code]}"
