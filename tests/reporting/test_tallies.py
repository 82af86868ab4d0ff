"""Tallies move on from recorded facts, exactly once, and equal what the facts make."""

from datetime import date, timedelta

import pytest
from django.db import connection

from reporting import figures, scores, tallies
from reporting.models import TalliedDossier, Tally, TallyRebuild, WaitingDossier
from reporting.periods import ReportPeriod
from reporting.statuses import Grain
from tests.conftest import NOW
from tests.dossiers.moving import walked

pytestmark = pytest.mark.django_db
NOVEMBER = ReportPeriod.parse("2026-11")


def test_an_event_leaves_its_dossier_waiting(desk):
    dossier = desk.accept()

    assert list(WaitingDossier.objects.values_list("dossier_id", flat=True)) == [dossier.pk]


def test_counting_empties_the_queue_and_knows_the_dossier(desk):
    dossier = desk.accept()

    taken = tallies.advance()

    assert taken == 1
    assert not WaitingDossier.objects.exists()
    assert TalliedDossier.objects.get().pk == dossier.pk


def test_a_dossier_shows_in_the_figures_of_its_agency(desk):
    walked(desk, "return")
    tallies.advance()

    counts = figures.of(agency=desk.agency, period=NOVEMBER, at=NOW + timedelta(days=1)).counts

    assert (counts["2.1"].numerator, counts["2.1"].denominator) == (1, 1)
    assert (counts["3.3"].numerator, counts["3.3"].denominator) == (0, 1)
    assert counts["1.4"].ratio is None
    assert counts["1.4"].note


def test_a_dossier_is_late_from_its_moment_on_without_anybody_counting(desk):
    dossier = desk.accept()
    tallies.advance()

    def in_time(at):
        return figures.of(agency=desk.agency, period=NOVEMBER, at=at).counts["2.1"].numerator

    assert in_time(dossier.due_at) == 1
    assert in_time(dossier.due_at + timedelta(seconds=1)) == 0


def test_the_past_is_asked_as_of_a_day(desk):
    walked(desk, "accept")
    tallies.advance()
    later = NOW + timedelta(days=60)

    def counted(day):
        own = figures.of(agency=desk.agency, period=NOVEMBER, at=later, as_of=day)
        return own.counts["2.1"].numerator, own.counts["2.1"].denominator

    assert counted(date(2026, 11, 12)) == (0, 0)
    assert counted(date(2026, 11, 13)) == (1, 1)
    assert counted(date(2026, 11, 19)) == (1, 1)
    assert counted(date(2026, 11, 20)) == (0, 1)


def test_the_whole_province_is_scored_in_few_queries(desk, django_assert_max_num_queries):
    walked(desk, "return")
    tallies.advance()

    with django_assert_max_num_queries(8):
        province = figures.of_province(period=NOVEMBER, at=NOW + timedelta(days=1))
        scored = scores.of_province(province)

    assert province.whole.counts["2.1"] == province.agencies[desk.agency].counts["2.1"]
    assert scored.whole.components["2.1"] == 20
    assert scored.agencies[desk.agency].components["2.1"] == 20


def test_a_rebuild_makes_the_same(desk):
    walked(desk, "return")
    desk.accept(at=NOW + timedelta(days=3))
    tallies.advance()
    before = _tables()

    counted = tallies.rebuild()

    assert counted == 2
    assert _tables() == before
    assert tallies.first_difference() is None


def test_a_rebuild_replaces_only_what_differs_and_says_how_much(desk):
    walked(desk, "return")
    tallies.advance()
    tallies.rebuild()
    Tally.objects.filter(grain=Grain.MOMENT).update(online=7)
    kept = set(Tally.objects.filter(grain=Grain.HALF_MONTH).values_list("pk", flat=True))
    wrong = Tally.objects.filter(grain=Grain.MOMENT).count()

    tallies.rebuild()

    assert list(TallyRebuild.objects.order_by("id").values_list("dossiers", "differences")) == [
        (1, 0),
        (1, wrong),
    ]
    assert set(Tally.objects.filter(grain=Grain.HALF_MONTH).values_list("pk", flat=True)) == kept
    assert tallies.first_difference() is None


def test_a_difference_is_named(desk):
    desk.accept()
    tallies.advance()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reporting_tally SET received = 2 WHERE grain = 'moment'")

    assert tallies.first_difference().startswith("Số cộng dồn: ")


def _tables():
    with connection.cursor() as cursor:
        found = []
        for table in ("tally", "procedureuse", "tallieddossier"):
            cursor.execute(f"SELECT to_jsonb(t) - 'id' FROM reporting_{table} t")
            found.append(sorted(str(row) for row in cursor.fetchall()))
    return found
