"""What the pages of figures keep is forgotten with the first number, name or day that changes."""

from datetime import timedelta

import pytest

from feedback.models import Petition
from organizations.models import Agency
from reporting import (
    asking,
    boards,
    figures,
    kept_sums,
    kept_timings,
    petition_counts,
    proving,
    results,
    standing,
    tallies,
    tally_sums,
)
from reporting.compiled import Compiled
from reporting.measures import petitions
from reporting.models import TallyChange
from reporting.periods import ReportPeriod
from reporting.sight import Sight
from reporting.windows import Window
from tests.conftest import NOW
from tests.dossiers.moving import walked

pytestmark = pytest.mark.django_db
NOVEMBER = ReportPeriod.parse("2026-11")
LATER = NOW + timedelta(days=14)
# The page of the province and those below it, with the queries that each may make.
PAGES = {
    "/chi-so/": 6,
    "/chi-so/man-hinh/": 5,
    "/chi-so/nhom/G2/": 5,
    "/chi-so/thanh-phan/2.1/": 6,
    "/chi-so/co-quan/H41.15/": 7,
    "/chi-so/thanh-phan/2.1/?co-quan=H41.15": 7,
    "/chi-so/thoi-gian/": 4,
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


def sums(at):
    """Kept and summed anew."""
    window = Window.of(NOVEMBER, at=at)
    kept = kept_sums.of_each(window, tallies=standing.read().tallies)
    assert kept == tally_sums.of_each(window)
    return kept


def test_sums_hold_until_a_row_begins_to_count(late, django_assert_num_queries):
    due, second = late.first_due_at, timedelta(seconds=1)
    moments = (due - second, due, due + second, due - second, NOW, NOVEMBER.start, LATER)
    late_ones = [sums(moment)[None].late for moment in moments]

    assert late_ones == [0, 0, 1, 0, 0, 0, 1]
    tallied = standing.read().tallies
    with django_assert_num_queries(0):
        kept_sums.of_each(Window.of(NOVEMBER, at=LATER + second), tallies=tallied)


def test_sums_of_a_period_that_begins_are_not_those_before_it(late):
    """Nothing is written when a month begins, and yet what is in hand belongs to it."""
    december = ReportPeriod.parse("2026-12")
    tallied = standing.read().tallies

    def in_hand(at):
        return kept_sums.of_each(Window.of(december, at=at), tallies=tallied)[None].in_hand

    start = december.start
    assert [in_hand(start), in_hand(start + timedelta(microseconds=1))] == [0, 1]


@pytest.mark.parametrize("write", [tallies.advance, tallies.rebuild])
def test_whoever_writes_tallies_leaves_one_row_of_it(late, desk, write):
    desk.accept()
    before = TallyChange.objects.get()

    write()

    assert TallyChange.objects.get().pk > before.pk


def test_where_time_is_lost_is_told_anew_after_a_step(late, desk, supervisor, client):
    client.force_login(supervisor)
    path = "/chi-so/thoi-gian/?ky=2026-11"
    seen = lost(supervisor)
    assert lost(supervisor) is seen

    walked(desk, "return")
    waiting = lost(supervisor)
    tallies.advance()

    assert finished(waiting) == finished(lost(supervisor)) == finished(seen) + 1
    assert f'<td class="cell-number">{finished(waiting)}</td>' in client.get(path).content.decode()


def lost(user):
    """The tables of the page."""
    asked = asking.Asked(period=NOVEMBER, as_of=None, at=LATER)
    return kept_timings.tables(asked, user, Sight.of(user), stood=standing.read())


def finished(tables):
    """The dossiers of the one agency."""
    return sum(row["number"] for row in tables[2].rows)


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
    compiled = Compiled(lambda window, _: petitions.sent(window).values_list("pk"))

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
