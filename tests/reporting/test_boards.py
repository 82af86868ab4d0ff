"""The pages of figures: the answer, the way down to one late dossier, who sees what."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting import asking, boards, charts, past_results, ranking, standing, tallies, wording
from reporting.periods import ReportPeriod
from tests.conftest import NOW
from tests.dossiers.moving import walked

pytestmark = pytest.mark.django_db
NOVEMBER = ReportPeriod.parse("2026-11")
LATER = NOW + timedelta(days=14)
BOARD = "/chi-so/"


@pytest.fixture
def late(desk, time_machine):
    """One dossier on time, one late; the clock stands two weeks later."""
    walked(desk, "return")
    dossier = desk.accept()
    tallies.advance()
    time_machine.move_to(LATER, tick=False)
    return dossier


def body(client, user, path):
    client.force_login(user)
    response = client.get(path)
    return response, response.content.decode()


def test_the_answer_comes_first_with_its_band_and_movement(late, supervisor, client):
    response, text = body(client, supervisor, BOARD)

    score = response.context["score"]
    assert response.context["result"].province.whole.counts["2.1"].denominator == 2
    assert score.components["2.1"] == 10
    assert text.index(str(score.total).replace(".", ",")) < text.index("Sáu nhóm chỉ tiêu")
    assert score.band.name in text
    assert "Chưa có kỳ trước để so sánh." in text
    assert "Tính đến 09:00:00" in text


def test_a_bad_score_is_followed_down_to_the_late_dossier(late, supervisor, client):
    _, board = body(client, supervisor, BOARD)
    group = reverse("reporting:group", args=["G2"])
    assert f'href="{group}?ky=2026-11"' in board

    _, group_page = body(client, supervisor, f"{group}?ky=2026-11")
    component = reverse("reporting:component", args=["2.1"])
    assert f'href="{component}?ky=2026-11"' in group_page

    _, component_page = body(client, supervisor, f"{component}?ky=2026-11")
    rest = f"{reverse('reporting:behind', args=['2.1', 'rest'])}?ky=2026-11&amp;co-quan=H41.15"
    assert rest in component_page

    response, listed = body(client, supervisor, rest.replace("&amp;", "&"))
    assert [row.dossier.code for row in response.context["rows"]] == [late.code]
    assert reverse("dossiers:detail", args=[late.code]) in listed


def test_the_list_behind_a_figure_has_as_many_rows_as_the_figure(late, supervisor, client):
    response, _ = body(client, supervisor, "/chi-so/thanh-phan/2.1/")
    count = response.context["line"].count

    for part, number in (
        ("numerator", count.numerator),
        ("denominator", count.denominator),
        ("rest", count.rest),
    ):
        response, _ = body(client, supervisor, f"/chi-so/thanh-phan/2.1/{part}/")
        assert len(response.context["rows"]) == number


def test_procedures_behind_a_figure_are_listed(late, supervisor, client):
    response, text = body(client, supervisor, "/chi-so/thanh-phan/3.1/denominator/")

    assert [row.code for row in response.context["rows"]] == ["1.001193"]
    assert "/thu-tuc/1.001193/" in text


def test_petitions_behind_a_figure_may_be_none(late, supervisor, client):
    response, text = body(client, supervisor, "/chi-so/thanh-phan/5.2/denominator/")

    assert response.status_code == 200
    assert "Không có phản ánh, kiến nghị nào" in text


def test_the_list_behind_a_figure_takes_few_queries(
    late, supervisor, client, django_assert_max_num_queries
):
    client.force_login(supervisor)
    client.get(BOARD)

    with django_assert_max_num_queries(8):
        client.get("/chi-so/thanh-phan/2.1/rest/")


def test_the_page_of_the_province_takes_a_fixed_number_of_queries(
    late, supervisor, client, django_assert_max_num_queries
):
    client.force_login(supervisor)
    client.get(BOARD)

    with django_assert_max_num_queries(8):
        client.get(BOARD)


def test_the_component_says_what_would_lift_it(late, supervisor, client):
    _, text = body(client, supervisor, "/chi-so/thanh-phan/3.3/")

    assert "Thêm 1 hồ sơ nộp trực tuyến để tăng" in text
    assert "Hồ sơ nộp trực tuyến trong kỳ." in text
    assert "ngưỡng 50 %" in text


def test_the_first_promise_and_the_new_day_are_told_apart(late, supervisor, client):
    _, text = body(client, supervisor, "/chi-so/thanh-phan/2.1/")

    assert "Theo ngày hẹn lại, tỷ lệ đúng hạn là 50 %." in text


def test_an_officer_is_led_to_their_own_agency(late, officer, client):
    client.force_login(officer)

    response = client.get(BOARD)

    assert response["Location"] == "/chi-so/co-quan/H41.15/"


def test_an_agency_is_hidden_from_those_of_another(late, foreign_officer, client):
    response, _ = body(client, foreign_officer, "/chi-so/co-quan/H41.15/")

    assert response.status_code == 404


def test_the_figures_of_another_agency_are_on_no_page(late, foreign_officer, client):
    for path in ("/chi-so/nhom/G2/", "/chi-so/thanh-phan/2.1/"):
        response, text = body(client, foreign_officer, path)
        assert response.status_code == 200
        assert "H41.15" not in text
    for path in (
        "/chi-so/nhom/G2/?co-quan=H41.15",
        "/chi-so/thanh-phan/2.1/?co-quan=H41.15",
        "/chi-so/thanh-phan/2.1/rest/?co-quan=H41.15",
    ):
        response, _ = body(client, foreign_officer, path)
        assert response.status_code == 404


@pytest.mark.parametrize(
    "query",
    ["ky=2026-13", "ky=nam-nay", "ky=2027-01", "ky=2021-01", "ngay=31-12", "ngay=2026-12-31"],
)
def test_a_question_that_names_nothing_is_answered_with_a_sentence(late, supervisor, client, query):
    response, text = body(client, supervisor, f"{BOARD}?{query}")

    assert response.status_code == 400
    assert 'role="alert"' in text
    assert "Trang đang hiện Tháng 11 năm 2026." in text


@pytest.mark.parametrize("code", ["2026-11", "2026-Q4", "2026", "2026-12-tk", "2026-tk"])
def test_each_kind_of_period_can_be_asked(late, supervisor, client, code):
    response, text = body(client, supervisor, f"{BOARD}?ky={code}")

    assert response.status_code == 200
    assert ReportPeriod.parse(code).label in text


def test_the_past_is_shown_as_a_day_knew_it(late, supervisor, client):
    response, text = body(client, supervisor, "/chi-so/thanh-phan/2.1/?ngay=2026-11-18")

    assert response.context["line"].count.rest == 0
    assert "Như đã biết hết ngày 18/11/2026" in text


@pytest.mark.parametrize(
    "path", ["/chi-so/nhom/G9/", "/chi-so/thanh-phan/9.9/", "/chi-so/thanh-phan/2.2/"]
)
def test_what_is_no_part_of_the_set_is_not_found(late, supervisor, client, path):
    assert body(client, supervisor, path)[0].status_code == 404


def test_the_chart_and_its_table_hold_the_same_numbers(late, supervisor, client):
    response, text = body(client, supervisor, BOARD)
    drawn, table = text.split("<table data-chart-table>")

    points = response.context["trend"].points
    assert len(points) == 12
    for point in points:
        assert f">{point.name}</text>" in drawn
        assert f'<th scope="row">{point.name}</th>' in table
        if point.value is not None:
            shown = str(point.value).replace(".", ",")
            assert f">{shown}</text>" in drawn
            assert f'<td class="cell-number">{shown}</td>' in table


def test_periods_that_are_over_come_from_the_cache_until_a_rebuild(
    late, supervisor, client, django_assert_num_queries
):
    asked = asking.now(LATER)
    first = past_results.before(asked, stood=standing.read())

    with django_assert_num_queries(1):
        assert past_results.before(asked, stood=standing.read()) == first
    tallies.rebuild()
    with CaptureQueriesContext(connection) as queries:
        past_results.before(asked, stood=standing.read())
    assert len(queries) > len(first)


def test_a_worker_has_the_past_ready_before_somebody_asks(
    late, supervisor, client, django_assert_num_queries
):
    past_results.prepare(at=LATER)
    stood = standing.read()

    with django_assert_num_queries(0):
        past_results.before(asking.now(LATER), stood=stood)


def test_equals_share_a_place_and_communes_have_their_own(justice, construction, commune):
    totals = {justice.pk: Decimal(50), construction.pk: Decimal(50), commune.pk: Decimal(40)}

    places = ranking.places([justice, construction, commune], totals)

    assert places == {justice.pk: 1, construction.pk: 1, commune.pk: 1}


def test_the_movement_is_said_in_words():
    def said(now, before):
        return wording.headline(Decimal(now), "Khá", Decimal(before), NOVEMBER)

    assert said("72.40", "70.60") == "72,4 điểm — Khá, tăng 1,8 so với tháng 10 năm 2026"
    assert said("72.40", "72.45") == "72,4 điểm — Khá, giảm 0,05 so với tháng 10 năm 2026"
    assert said("72.40", "72.40") == "72,4 điểm — Khá, không đổi so với tháng 10 năm 2026"


def test_places_move_up_and_down():
    assert wording.places_moved(1, 4) == "lên 3 bậc"
    assert wording.places_moved(4, 1) == "xuống 3 bậc"
    assert wording.places_moved(2, 2) == "giữ hạng"
    assert wording.places_moved(2, None) == ""


def test_a_line_is_interrupted_where_nothing_was_measured():
    values = [Decimal(60), Decimal(70), None, Decimal(80), Decimal(90)]

    drawn = charts.line([(str(place), value) for place, value in enumerate(values)], [])

    assert [len(piece.split()) for piece in drawn.pieces] == [2, 2]
    heights = [Decimal(point.y) for point in drawn.points if point.value is not None]
    assert heights == sorted(heights, reverse=True)


def test_the_shades_of_the_heat_table_are_the_bands():
    shades = [boards.shade(Decimal(points), Decimal(20)) for points in (20, 18, 16, 14, 10, 9, 0)]

    assert shades == [5, 5, 4, 3, 2, 1, 1]
