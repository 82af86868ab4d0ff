"""Figures with corrections: beside the recorded one, from the acceptance on, never in its place."""

from datetime import datetime, timedelta
from io import BytesIO, StringIO

import pytest
import time_machine
from django.core.management import call_command
from openpyxl import load_workbook

from dossiers import correcting
from dossiers.holding import Target
from dossiers.models import Correction, Dossier
from dossiers.statuses import MomentKind
from reporting import corrected, figures, proving, tallies
from reporting.corrected import Difference
from reporting.models import SubmittedReport, TalliedDossier
from reporting.periods import ReportPeriod
from reporting.printouts import papers
from reporting.statistical import counting, forms, submitting
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


@pytest.mark.slow
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


# -- The statistical forms -------------------------------------------------------------------------


def figures_of(agency, at, *, is_corrected):
    window = Window.of(ReportPeriod.parse("2026-12-tk"), at=at)
    table = counting.fill_in(
        form=forms.form_of("ii06a"), agency=agency, window=window, is_corrected=is_corrected
    )
    return table.total.figures


def behind(agency, user, number, at, *, is_corrected):
    form = forms.form_of("ii06a")
    return counting.behind(
        form=form,
        column=form.column(number),
        agency=agency,
        window=Window.of(ReportPeriod.parse("2026-12-tk"), at=at),
        user=user,
        is_corrected=is_corrected,
    )


@pytest.mark.slow
def test_the_form_is_printed_both_ways_and_each_figure_leads_to_its_dossiers(
    desk, correction, supervisor
):
    at = LATE + timedelta(days=1)

    recorded = figures_of(desk.agency, at, is_corrected=False)
    told = figures_of(desk.agency, at, is_corrected=True)

    # 8 early, 10 late, of the 7 that are resolved.
    assert [recorded[number] for number in (7, 8, 10)] == [1, 0, 1]
    assert [told[number] for number in (7, 8, 10)] == [1, 1, 0]
    assert not behind(desk.agency, supervisor, 8, at, is_corrected=False).exists()
    found = behind(desk.agency, supervisor, 8, at, is_corrected=True)
    assert list(found) == [correction.dossier]
    assert figures_of(desk.agency, correction.decided_at, is_corrected=True) == figures_of(
        desk.agency, correction.decided_at, is_corrected=False
    )


def test_a_true_end_before_the_period_takes_the_dossier_out_of_it(desk, supervisor):
    dossier = late(desk)
    accepted(proposed(dossier, desk.officer, true_at=dossier.transferred_at), supervisor)
    at = LATE + timedelta(days=1)

    assert figures_of(desk.agency, at, is_corrected=False)[3] == 1
    assert figures_of(desk.agency, at, is_corrected=True)[3] == 0


def test_page_excel_paper_and_program_say_which_figures_they_print(
    desk, correction, supervisor, client
):
    client.force_login(supervisor)
    query = {"co-quan": "H41.15", "ky": "2026-12-tk"}
    with time_machine.travel(LATE + timedelta(days=1), tick=False):
        plain = client.get("/bao-cao/", query)
        told = client.get("/bao-cao/", query | {"dinh-chinh": "co"})
        excel = client.get("/bao-cao/ii06a/excel/", query | {"dinh-chinh": "co"})
        _, paper = papers.page_of(
            view="bieu-ii06a",
            given=query | {"dinh-chinh": "co"},
            user=supervisor,
            at=LATE + timedelta(days=1),
        )
        program = client.get(
            "/api/v1/statistical-forms/ii06a/",
            {"agency": "H41.15", "period": "2026-12-tk", "corrected": "true"},
        ).json()

    sentence = "Có tính các lần đính chính đã được chấp nhận"
    assert sentence not in plain.content.decode()
    assert sentence in told.content.decode()
    assert "dinh-chinh=co" in told.content.decode()
    assert sentence in paper["head"].cut_off
    sheet = load_workbook(BytesIO(excel.content)).active
    words = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(sentence in word for word in words)
    assert "co-dinh-chinh" in excel["Content-Disposition"]
    assert (program["corrected"], program["total"]["8"]) == (True, 1)


def test_what_is_submitted_is_what_was_recorded(desk, correction, supervisor, client):
    client.force_login(supervisor)
    query = "?co-quan=H41.15&ky=2026-12-tk"
    with time_machine.travel("2026-12-16T09:00:00+07:00", tick=False):
        page = client.get(f"/bao-cao/{query}&dinh-chinh=co").content.decode()
        client.post(f"/bao-cao/ii06a/nop/{query}&dinh-chinh=co")

    assert "Nộp báo cáo</button>" not in page
    report = SubmittedReport.objects.get()
    window = Window.of(ReportPeriod.parse("2026-12-tk"), at=report.submitted_at)
    recorded = counting.fill_in(form=forms.form_of("ii06a"), agency=desk.agency, window=window)
    assert recorded.total.figures[10] == 1
    assert report.content == submitting.content_of(recorded)


def test_the_paper_of_component_2_1_tells_both(desk, correction, supervisor, client):
    tallies.advance()
    client.force_login(supervisor)
    with time_machine.travel(LATE + timedelta(days=1), tick=False):
        told = client.get(
            "/api/v1/report-views/chi-tieu/",
            {"code": "2.1", "period": "2026-11", "agency": "H41.15"},
        )

    assert any("Tính cả đính chính" in note and "(1/1)" in note for note in told.json()["notes"])
