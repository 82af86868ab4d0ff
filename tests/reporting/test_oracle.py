"""Tallies, measures and the naive count agree on thousands of random histories."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import hypothesis
import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from dossiers.models import Correction
from dossiers.statuses import CorrectionStatus, MomentKind
from reporting import corrected, figures, proving, tallies
from reporting.periods import ReportPeriod
from reporting.windows import Window
from tests.dossiers.moving import walked
from tests.reporting import histories, oracle

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PERIODS = ("2026-08", "2026-09", "2026-10", "2026-09-tk", "2026-Q4-tk", "2026")
AFTER_ALL = datetime.fromisoformat("2027-06-01T10:30:00+07:00")
quickly = hypothesis.settings(
    max_examples=20,
    deadline=None,
    # A failing list of histories says enough; to shrink it would take minutes.
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.reuse, hypothesis.Phase.generate],
    suppress_health_check=[
        hypothesis.HealthCheck.function_scoped_fixture,
        hypothesis.HealthCheck.too_slow,
        hypothesis.HealthCheck.data_too_large,
    ],
)
drawn_days = st.dates(date(2026, 8, 20), date(2027, 1, 20))
drawn_periods = st.sampled_from([ReportPeriod.parse(code) for code in PERIODS])


@pytest.fixture
def places(desk, construction):
    """Two dossiers in hand, of two agencies: what is not drawn is taken from them."""
    here = walked(desk, "transfer")
    there = walked(desk, "transfer")
    there.agency = construction
    return [here, there]


@pytest.fixture
def undone():
    """Rows of one example do not reach the next."""

    class Undone:
        def __enter__(self):
            self.block = transaction.atomic()
            self.block.__enter__()

        def __exit__(self, *problem):
            transaction.set_rollback(True)
            self.block.__exit__(*problem)

    tallies.advance()
    return Undone()


@pytest.fixture(params=["moment", "day"])
def by_day(request, settings):
    settings.INDICATOR_ON_TIME_BY = request.param
    return request.param == "day"


def only(counts, codes):
    """These codes, 1.4 by its numerator: nobody here knows the national count."""
    return {code: (counts[code][0], None if code == "1.4" else counts[code][1]) for code in codes}


@quickly
@given(drawn=histories.many(30), period=drawn_periods, day=drawn_days)
def test_tallies_and_measures_agree_with_the_naive_count(
    province, places, undone, by_day, drawn, period, day
):
    # The cast's own dossiers are of November; the clock of the question lies after everything.
    with undone:
        histories.write(drawn, places)
        tallies.rebuild()
        window = Window.of(period, at=AFTER_ALL, as_of=day)
        wanted = oracle.counts(
            drawn + _cast(places),
            start=window.start,
            end=window.end,
            known_at=window.known_at,
            by_day=by_day,
        )

        summed = proving.tallied(
            figures.of(agency=province, period=period, at=AFTER_ALL, as_of=day)
        )
        measured = proving.measured(window, province)

        assert only(summed, wanted) == only(wanted, wanted)
        assert measured == summed


@quickly
@given(drawn=histories.many(20), period=drawn_periods, minutes=st.integers(0, 150 * 24 * 60))
def test_now_may_be_any_moment(province, places, undone, by_day, drawn, period, minutes):
    now = histories.START + timedelta(minutes=minutes)
    with undone:
        # Nothing lies ahead but promises: what is recorded is recorded by now.
        known = [told for one in drawn if (told := one.known(now))]
        histories.write(known, places)
        tallies.rebuild()
        window = Window.of(period, at=now)

        summed = proving.tallied(figures.of(agency=province, period=period, at=now))

        wanted = oracle.counts(
            known + _cast(places), start=window.start, end=window.end, known_at=now, by_day=by_day
        )
        assert only(summed, wanted) == only(wanted, wanted)
        assert proving.measured(window, province) == summed


@quickly
@given(
    drawn=histories.many(12),
    stages=st.lists(st.integers(0, 200), min_size=1, max_size=4).map(sorted),
    asked=drawn_days,
    period=drawn_periods,
)
def test_steps_equal_a_rebuild_and_the_past_stands_still(
    province, places, undone, drawn, stages, asked, period
):
    def figures_as_of(day, now):
        return proving.tallied(figures.of(agency=province, period=period, at=now, as_of=day))

    seen = {}
    with undone:
        for days in [*stages, 300]:
            now = histories.START + timedelta(days=days)
            known = [told for one in drawn if (told := one.known(now))]
            histories.write(known, places)
            tallies.count(histories.ids(known))
            for day in (asked, (now - timedelta(days=1)).date()):
                if day < now.date():
                    seen.setdefault(day, figures_as_of(day, now))

        stepwise = {day: figures_as_of(day, AFTER_ALL) for day in seen}
        assert tallies.first_difference() is None
        tallies.rebuild()

        assert stepwise == seen
        assert {day: figures_as_of(day, AFTER_ALL) for day in seen} == seen


@quickly
@given(
    drawn=histories.many(18),
    shares=st.lists(st.tuples(st.integers(0, 100), st.integers(0, 40 * 24)), min_size=18),
    period=drawn_periods,
    day=drawn_days,
)
def test_the_corrected_figure_is_the_naive_count_of_corrected_histories(
    province, places, undone, by_day, supervisor, drawn, shares, period, day
):
    with undone:
        histories.write(drawn, places)
        tallies.count(histories.ids(drawn))
        window = Window.of(period, at=AFTER_ALL, as_of=day)
        told = [
            _corrected(one, share, supervisor, window)
            for one, share in zip(drawn, shares, strict=False)
        ]
        wanted = oracle.counts(
            told + _cast(places),
            start=window.start,
            end=window.end,
            known_at=window.known_at,
            by_day=by_day,
        )["2.1"]
        recorded = proving.measured(window, province)["2.1"]
        difference = corrected.of(window, None)

        assert (
            recorded[0] + difference.numerator,
            recorded[1] + difference.denominator,
        ) == wanted


def _corrected(one, share, supervisor, window):
    """The history as corrected, and its row; what was accepted later is not known yet."""
    if one.ended_at is None:
        return one
    moments = [one.accepted_at, *(moment for pair in one.asked for moment in pair if moment)]
    if one.put_off:
        moments.append(one.put_off[0])
    earliest = max(moment for moment in moments if moment <= one.ended_at)
    true_at = earliest + (one.ended_at - earliest) * share[0] / 100
    if true_at == one.ended_at:
        return one
    decided_at = one.ended_at + timedelta(hours=share[1] + 1)
    _write(one, true_at, decided_at, supervisor)
    return replace(one, ended_at=true_at) if decided_at < window.known_at else one


def _write(one, true_at, decided_at, supervisor):
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        Correction.objects.create(
            dossier_id=histories.ids([one])[0],
            event_id=1,
            agency=supervisor.postings[0].agency,
            moment=MomentKind.ENDED,
            status=CorrectionStatus.ACCEPTED,
            improves=False,
            former_at=one.ended_at,
            true_at=true_at,
            reason="A",
            reference="B",
            proposed_by_id=supervisor.pk + 1,
            proposed_at=decided_at,
            decided_by=supervisor,
            decided_for=supervisor.postings[0].agency,
            decided_at=decided_at,
        )
        cursor.execute("SET session_replication_role = origin")


def _cast(places):
    """The two dossiers that the others are copies of."""
    return [
        histories.History(
            number=-1 - number,
            place=0,
            accepted_at=place.accepted_at,
            first_due_at=place.first_due_at,
            fee=200_000,
        )
        for number, place in enumerate(places)
    ]
