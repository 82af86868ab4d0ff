"""A closed period is frozen by whoever watches over it, and compared with a later count."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from dossiers.models import Dossier
from feedback.models import Rating
from reporting import snapshots, tallies
from reporting.models import PeriodSnapshot
from reporting.periods import ReportPeriod
from reporting.refusals import SnapshotRefused
from tests.conftest import NOW
from tests.dossiers.moving import walked

pytestmark = pytest.mark.django_db
NOVEMBER = ReportPeriod.parse("2026-11")
AFTER = NOVEMBER.end + timedelta(days=2)


@pytest.fixture
def november(desk, supervisor):
    """One dossier in time, one late, counted and frozen in December."""
    walked(desk, "return")
    desk.accept()
    tallies.advance()
    return snapshots.freeze(period=NOVEMBER, actor=supervisor, at=AFTER)


def test_a_snapshot_keeps_counts_points_who_and_when(november, supervisor):
    whole = november.content["units"][snapshots.WHOLE]

    assert whole["2.1 đếm"] == [1, 2]
    assert whole["2.1 điểm"] == "10.00"
    assert november.content["units"]["H41.15"]["2.1 đếm"] == [1, 2]
    assert (november.frozen_by, november.frozen_at) == (supervisor, AFTER)
    assert snapshots.is_whole(PeriodSnapshot.objects.get())


def test_a_period_that_runs_is_not_frozen(province, supervisor):
    with pytest.raises(SnapshotRefused, match="chưa kết thúc"):
        snapshots.freeze(period=NOVEMBER, actor=supervisor, at=NOW)


def test_only_the_provinces_office_freezes(province, head, administrator):
    for person in (head, administrator):
        with pytest.raises(PermissionDenied):
            snapshots.freeze(period=NOVEMBER, actor=person, at=AFTER)


def test_freezing_again_keeps_both(november, supervisor):
    again = snapshots.freeze(period=NOVEMBER, actor=supervisor, at=AFTER + timedelta(days=1))

    assert (november.number, again.number) == (1, 2)
    assert snapshots.latest(period=NOVEMBER, agency=november.agency) == again


def test_a_year_later_the_same_period_comes_to_the_same(november, desk):
    walked(desk, "return", at=AFTER)
    tallies.advance()

    later = AFTER + timedelta(days=365)
    assert snapshots.differences(november, at=later) == []
    assert snapshots.differences(november, at=later, as_then=True) == []


def test_what_became_known_since_is_told_apart_from_what_was_rewritten(november, desk):
    Rating.objects.create(
        dossier=Dossier.objects.get(status="returned"),
        agency=desk.agency,
        satisfaction=1,
        source="link",
        given_at=AFTER + timedelta(days=3),
    )
    tallies.advance()

    later = AFTER + timedelta(days=30)
    found = snapshots.differences(november, at=later)

    assert {(one.what, str(one.frozen), str(one.now)) for one in found if "đếm" in one.what} == {
        ("5.4 đếm", "[1, 2]", "[0, 2]")
    }
    assert snapshots.differences(november, at=later, as_then=True) == []


def test_a_figure_that_moved_is_named(november, justice):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reporting_tally SET turned = 0")

    found = snapshots.differences(november, at=AFTER)

    assert snapshots.Difference(unit="H41.15", what="2.1 đếm", frozen=[1, 2], now=[2, 2]) in found
    assert {one.unit for one in found} == {"H41.15", snapshots.WHOLE}


def test_content_that_was_changed_is_told(november):
    november.content["units"][snapshots.WHOLE]["tổng điểm"] = "99.99"

    assert not snapshots.is_whole(november)
