"""What is kept of the catalogue's components is what counting at the moment comes to."""

from datetime import timedelta

import pytest

from procedures.models import Procedure, ProcedureAssignment
from procedures.statuses import ChannelKind, OnlineLevel
from reporting import catalogue_counts, figures, kept_catalogue, proving, standing, tallies
from reporting.periods import ReportPeriod
from reporting.windows import Window
from tests.conftest import NOW
from tests.dossiers.moving import walked

pytestmark = pytest.mark.django_db
NOVEMBER = ReportPeriod.parse("2026-11")
LATER = NOW + timedelta(days=2)


def kept(at, *, as_of=None):
    window = Window.of(NOVEMBER, at=at, as_of=as_of)
    found = kept_catalogue.of(window, services=standing.read().services)
    assert found.each[None] == catalogue_counts.of_each(window)[None]
    assert found.publication == catalogue_counts.publication(window)
    return found.each[None]


def test_it_is_counted_once_while_nothing_changes(desk, django_assert_num_queries):
    kept(LATER)
    window = Window.of(NOVEMBER, at=LATER + timedelta(hours=1))
    services = standing.read().services

    with django_assert_num_queries(0):
        kept_catalogue.of(window, services=services)


def test_a_change_of_what_is_offered_is_seen_at_once(desk):
    far = LATER + timedelta(days=300)
    assert kept(far)["3.1"].numerator == 0

    ProcedureAssignment.objects.filter(agency=desk.agency).update(online_level=OnlineLevel.FULL)

    assert kept(far)["3.1"].numerator == 1
    Procedure.objects.update(retired_at=LATER)
    assert kept(far)["3.1"].denominator == 0


def test_a_moment_before_and_after_a_fact_are_told_apart(desk):
    retired_at = LATER + timedelta(days=3)
    Procedure.objects.update(retired_at=retired_at)

    for minutes, offered in ((-1, True), (0, True), (1, False), (-2, True)):
        counts = kept(retired_at + timedelta(minutes=minutes))
        assert bool(counts["3.1"].denominator) == offered, minutes


def test_a_dossier_that_uses_a_procedure_is_seen_at_once(desk, province):
    ProcedureAssignment.objects.filter(agency=desk.agency).update(online_level=OnlineLevel.FULL)
    tallies.advance()
    at = LATER + timedelta(days=300)
    assert (kept(at)["3.2"].numerator, kept(at)["3.2"].denominator) == (0, 1)
    dossier = walked(desk, "transfer")
    type(dossier).objects.filter(pk=dossier.pk).update(channel=ChannelKind.ONLINE)
    tallies.advance()

    assert kept(at)["3.2"].numerator == 1
    whole = figures.of_province(period=NOVEMBER, at=at).whole
    own = figures.of(agency=province, period=NOVEMBER, at=at)
    assert proving.tallied(whole) == proving.tallied(own)
    assert kept(dossier.accepted_at)["3.2"].numerator == 0
