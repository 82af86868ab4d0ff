"""What the pages of figures keep is forgotten with the first number, name or day that changes."""

from datetime import timedelta

import pytest

from feedback.models import Petition
from organizations.models import Agency
from reporting import asking, boards, figures, petition_counts, proving, results, tallies
from reporting.compiled import Compiled
from reporting.measures import petitions
from reporting.periods import ReportPeriod
from reporting.windows import Window
from tests.conftest import NOW
from tests.dossiers.moving import walked

pytestmark = pytest.mark.django_db
NOVEMBER = ReportPeriod.parse("2026-11")
LATER = NOW + timedelta(days=14)
# The page of the province and those below it, with the queries that each may make.
PAGES = {
    "/chi-so/": 7,
    "/chi-so/man-hinh/": 6,
    "/chi-so/nhom/G2/": 6,
    "/chi-so/thanh-phan/2.1/": 7,
    "/chi-so/co-quan/H41.15/": 8,
    "/chi-so/thanh-phan/2.1/?co-quan=H41.15": 8,
}


@pytest.fixture
def late(desk, time_machine):
    """One dossier on time, one late; the clock stands two weeks later."""
    walked(desk, "return")
    dossier = desk.accept()
    tallies.advance()
    time_machine.move_to(LATER, tick=False)
    return dossier


def outcome(at=LATER, *, as_of=None):
    """The outcome of a page, proven against the measures, which keep nothing."""
    result = results.load(asking.Asked(period=NOVEMBER, as_of=as_of, at=at))
    measured = proving.measured(result.province.window, result.province.root)
    assert proving.tallied(result.outcome.figures.whole) == measured
    return result.outcome


def test_the_same_outcome_holds_while_nothing_changes(late):
    first = outcome()

    assert outcome() is first
    assert boards.group_lines(outcome(), None) is boards.group_lines(first, None)
    # A minute later nothing else is known.
    assert outcome(LATER + timedelta(minutes=1)) is first


def test_a_score_is_not_told_after_the_tallies_moved(late, desk, supervisor, client):
    client.force_login(supervisor)
    first, page = outcome(), client.get("/chi-so/thanh-phan/2.1/").content.decode()
    desk.accept()
    tallies.advance()

    assert outcome() is not first
    assert outcome().scored.whole.components["2.1"] != first.scored.whole.components["2.1"]
    assert client.get("/chi-so/thanh-phan/2.1/").content.decode() != page
    group = client.get("/chi-so/nhom/G2/").content.decode()
    assert ">3</td>" in group


def test_an_agency_without_change_keeps_its_figures(late, desk, construction):
    first = outcome()
    desk.accept()
    tallies.advance()

    now = outcome()
    assert now.figures.agencies[construction] is first.figures.agencies[construction]
    assert now.figures.agencies[desk.agency] is not first.figures.agencies[desk.agency]


def test_a_promise_that_runs_out_is_told_from_its_moment(late):
    before = outcome(late.first_due_at)

    assert outcome(late.first_due_at + timedelta(seconds=1)) is not before


def test_a_day_of_the_past_knows_what_it_knew(late, desk):
    day = (LATER - timedelta(days=1)).date()
    asked = outcome(as_of=day)
    desk.accept(at=LATER)
    tallies.advance()

    assert outcome(as_of=day) is asked
    assert outcome(LATER + timedelta(hours=1)) is not asked


def test_an_agency_with_another_name_is_called_so_at_once(late, supervisor, client):
    client.force_login(supervisor)
    assert "Sở Mới" not in client.get("/chi-so/").content.decode()

    Agency.objects.filter(code="H41.15").update(short_name="Sở Mới")

    for path in ("/chi-so/", "/chi-so/nhom/G2/", "/chi-so/thanh-phan/2.1/", "/chi-so/man-hinh/"):
        assert "Sở Mới" in client.get(path).content.decode()


def test_two_people_share_what_is_drawn_and_never_what_they_may_see(
    late, supervisor, foreign_officer, client
):
    client.force_login(supervisor)
    assert "H41.15" in client.get("/chi-so/nhom/G2/").content.decode()

    client.force_login(foreign_officer)
    for path in ("/chi-so/nhom/G2/", "/chi-so/thanh-phan/2.1/"):
        assert "H41.15" not in client.get(path).content.decode()


def test_a_compiled_queryset_finds_what_the_queryset_finds(late, desk):
    compiled = Compiled(lambda window: petitions.sent(window).order_by("id").values_list("pk"))

    for period in ("2026-11", "2026-10"):
        window = Window.of(ReportPeriod.parse(period), at=LATER)
        assert compiled.rows(window) == list(petitions.sent(window).values_list("pk"))
    assert petition_counts.of_each(window)[None]["5.2"].denominator == Petition.objects.count()


def test_asking_for_an_agency_without_anything_changes_no_count(late, construction):
    province = figures.of_province(period=NOVEMBER, at=LATER)

    assert province.agencies[construction].counts["2.1"].denominator == 0
    assert figures.of_province(period=NOVEMBER, at=LATER).figures is province.figures


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_figures_makes_few_queries(
    late, supervisor, client, path, django_assert_max_num_queries
):
    client.force_login(supervisor)
    client.get(path)

    with django_assert_max_num_queries(PAGES[path]):
        assert client.get(path).status_code == 200
