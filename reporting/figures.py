"""The counts behind every dashboard, summed from the tallies: one agency, or all at once.

    figures.of(agency=…, period=…, at=now)                 one agency with all below it
    figures.of_province(period=…, at=now, as_of=day)       every agency, and the whole

`scores.of_province` turns the latter into points. `measures` says what is counted, in the
law's words, from the facts themselves; the tests and `rebuild_tallies --check` hold both equal.
"""

from collections.abc import Mapping
from datetime import date, datetime

from organizations.models import Agency
from reporting import (
    catalogue_counts,
    kept_agencies,
    kept_catalogue,
    kept_figures,
    kept_sums,
    petition_counts,
    standing,
    tally_sums,
)
from reporting.kept_figures import Counted
from reporting.periods import ReportPeriod
from reporting.shares import (
    NATIONAL_COUNT,
    NOT_RECORDED,
    OF_THE_PROVINCE,
    Count,
    Figures,
    ProvinceFigures,
    unmeasured,
)
from reporting.tally_sums import Sums
from reporting.windows import Window

Counts = Mapping[str, Count]
_NOT_RECORDED = {"3.5b": unmeasured(NOT_RECORDED), "ECC": unmeasured(NOT_RECORDED)}
_OF_THE_PROVINCE = {code: unmeasured(OF_THE_PROVINCE) for code in ("1.1", "1.2", "1.3")}


def of(*, agency: Agency, period: ReportPeriod, at: datetime, as_of: date | None = None) -> Figures:
    """The figures of an agency with everything below it."""
    window = Window.of(period, at=at, as_of=as_of)
    ids = frozenset(Agency.objects.within(agency.path or "").values_list("pk", flat=True))
    publication: Counts = _OF_THE_PROVINCE
    if agency.parent_id is None:
        publication = catalogue_counts.publication(window)
    return _figures(
        tally_sums.of(window, ids),
        publication,
        catalogue_counts.of(window, ids),
        petition_counts.of(window, ids),
    )


def of_province(
    *, period: ReportPeriod, at: datetime, as_of: date | None = None
) -> ProvinceFigures:
    """Each agency's own figures and those of the whole, in a few queries."""
    window = Window.of(period, at=at, as_of=as_of)
    stood = standing.read()
    sums = kept_sums.of_each(window, tallies=stood.tallies)
    catalogue = kept_catalogue.of(window, services=stood.services)
    counted = Counted(
        agencies=kept_agencies.of(stood.agencies),
        sums=sums,
        publication=catalogue.publication,
        catalogue=catalogue.each,
        petitions=petition_counts.of_each(window),
    )
    return ProvinceFigures(
        window=window,
        fresh_at=stood.fresh_at(at=window.known_at),
        stood=stood,
        figures=kept_figures.of(counted, period, _made),
    )


def _made(counted: Counted, agency_id: int | None) -> Figures:
    return _figures(
        counted.sums[agency_id],
        counted.publication if agency_id is None else _OF_THE_PROVINCE,
        counted.catalogue[agency_id],
        counted.petitions[agency_id],
    )


def _figures(sums: Sums, publication: Counts, catalogue: Counts, petitions: Counts) -> Figures:
    counts = {
        **publication,
        **_NOT_RECORDED,
        **_of_dossiers(sums),
        **catalogue,
        **petitions,
    }
    extended = Count(numerator=sums.in_hand - sums.late_extended, denominator=sums.in_hand)
    return Figures(counts=dict(sorted(counts.items())), extended=extended)


def _of_dossiers(sums: Sums) -> Counts:
    received = sums.received
    counts = {
        "2.1": (sums.in_hand - sums.late, sums.in_hand),
        "3.3": (sums.online, received),
        "3.6": (sums.paid_online, sums.fee_bearing),
        "4.1": (sums.result_files, received),
        "4.2": (sums.digitised, received),
        "4.3": (sums.reused, received),
        "4.4": (sums.from_store, received),
        "4.5b": (sums.population, received),
        "5.4": (sums.in_hand - sums.bad, sums.in_hand),
    }
    return {
        code: Count(numerator=numerator, denominator=denominator)
        for code, (numerator, denominator) in counts.items()
    } | {"1.4": Count(numerator=sums.synced, denominator=None, note=NATIONAL_COUNT)}
