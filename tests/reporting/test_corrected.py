"""Figures with corrections: beside the recorded one, from the acceptance on, never in its place."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from dossiers import correcting
from dossiers.holding import Target
from dossiers.models import Correction, Dossier
from dossiers.statuses import MomentKind
from reporting import corrected, figures, proving, tallies
from reporting.corrected import Difference
from reporting.models import TalliedDossier
from reporting.periods import ReportPeriod
from reporting.windows import Window
from tests.dossiers import moving
from tests.dossiers.correcting_hands import LATE, accepted, late, proposed
from tests.dossiers.moving import walked

NOVEMBER = ReportPeriod.parse("2026-11")
DECEMBER = ReportPeriod.parse("2026-12")


def both(agency, at, *, period=NOVEMBER, as_of=None):
    """Component 2.1 as recorded, and with corrections."""
    tallies.advance()
    recorded = figures.of(agency=agency, period=period, at=at, as_of=as_of).counts["2.1"]
    window = Window.of(period, at=at, as_of=as_of)
    count = corrected.of(window, agency).added_to(recorded)
    return (recorded.numerator, recorded.denominator), (count.numerator, count.denominator)


@pytest.fixture
def correction(desk, supervisor) -> Correction:
    """A late end set right in the afternoon of the day on which it was recorded."""
    return accepted(proposed(late(desk), desk.officer), supervisor)


def test_the_recorded_figure_stays_and_the_corrected_one_stands_beside_it(desk, correction):
    assert both(desk.agency, LATE + timedelta(days=1)) == ((0, 1), (1, 1))


def test_a_correction_enters_only_from_its_acceptance(desk, correction):
    day_before = LATE.date() - timedelta(days=1)
    at = LATE + timedelta(days=3)

    assert both(desk.agency, correction.decided_at) == ((0, 1), (0, 1))
    assert both(desk.agency, at, as_of=day_before) == ((0, 1), (0, 1))
    assert both(desk.agency, at, as_of=LATE.date()) == ((0, 1), (1, 1))


def test_a_refused_or_waiting_proposal_moves_no_figure(desk, supervisor):
    waiting = proposed(late(desk), desk.officer)
    at = LATE + timedelta(days=1)
    before = both(desk.agency, at)
    facts = list(TalliedDossier.objects.values())
    correcting.refuse(pk=waiting.pk, note="Thiếu căn cứ.", actor=supervisor, at=at)

    assert before == both(desk.agency, at) == ((0, 1), (0, 1))
    assert list(TalliedDossier.objects.values()) == facts


def test_another_moment_than_the_end_moves_no_figure(desk, supervisor):
    dossier = late(desk, "return")
    moved = proposed(
        dossier, desk.clerk, moment=MomentKind.RETURNED, true_at=LATE + timedelta(minutes=3)
    )
    accepted(moved, supervisor)

    window = Window.of(NOVEMBER, at=LATE + timedelta(days=1))
    assert corrected.of(window, None) == Difference()


def test_what_truly_ended_before_a_period_leaves_it(desk, supervisor):
    dossier = walked(desk, "transfer")
    december = datetime.fromisoformat("2026-12-03T09:00:00+07:00")
    late_one = late_at(desk, dossier, december)
    accepted(proposed(late_one, desk.officer, at=december + timedelta(hours=1)), supervisor)
    at = december + timedelta(days=1)

    assert both(desk.agency, at, period=DECEMBER) == ((0, 1), (0, 0))
    assert both(desk.agency, at, period=NOVEMBER) == ((0, 1), (1, 1))


def test_the_tallies_hold_after_corrections(desk, correction):
    out = StringIO()
    tallies.rebuild()

    call_command("rebuild_tallies", "--check", stdout=out)

    assert proving.first_difference(at=LATE + timedelta(days=1)) is None


def test_the_page_prints_both(desk, correction, supervisor, sign_in):
    tallies.advance()
    with time_machine.travel(LATE + timedelta(days=1), tick=False):
        text = sign_in(supervisor).get("/chi-so/thanh-phan/2.1/?ky=2026-11").content.decode()

    assert "Tính cả đính chính đã được chấp nhận (1 hồ sơ), tỷ lệ đúng hạn là 100" in text
    assert "Điểm luôn tính theo mốc đã ghi." in text


def late_at(desk, dossier, at):
    """The acts after the handing over, all at one late moment."""
    for act in (moving._take, moving._propose, moving._approve):
        act(desk, Target(code=dossier.code), at)
    return Dossier.objects.get(pk=dossier.pk)
