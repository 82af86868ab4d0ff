"""The other pages of figures: time lost, workload, the hall, the public's, Excel and the API."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from dossiers import lifecycle
from dossiers.holding import Target
from reporting import tallies, timings
from reporting.periods import ReportPeriod
from reporting.windows import Window
from tests.conftest import NOW
from tests.dossiers.moving import asked_to_supplement, walked

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=14)
NOVEMBER = ReportPeriod.parse("2026-11")
WINDOW = Window.of(NOVEMBER, at=LATER)


@pytest.fixture
def worked(desk, time_machine):
    """Three dossiers resolved after four hours, one late, one that waits for a supplement."""
    for _ in range(3):
        walked(desk, "return")
    late = desk.accept()
    asked_to_supplement(desk)
    tallies.advance()
    time_machine.move_to(LATER, tick=False)
    return late


def page(client, user, path):
    client.force_login(user)
    response = client.get(path)
    assert response.status_code == 200
    return response, response.content.decode()


def test_mean_median_and_slow_end_stand_beside_each_other(worked, supervisor):
    (row,) = timings.by_agency(WINDOW, supervisor)

    assert (row["number"], row["late"]) == (3, 0)
    assert row["mean"] == row["median"] == row["slow"] == timedelta(hours=4)


def test_the_median_is_not_moved_by_one_slow_dossier(desk, supervisor):
    for hours in (0, 0, 0, 60):
        dossier = walked(desk, "propose")
        _approve_after(desk, dossier, hours)

    (row,) = timings.by_agency(WINDOW, supervisor)

    assert row["median"] == timedelta(hours=4)
    assert row["mean"] == timedelta(hours=19)
    assert row["slow"] == timedelta(hours=46)


def _approve_after(desk, dossier, hours):
    """Four hours after the acceptance, and so many later."""
    result = lifecycle.ResultFacts(
        number="15/PLLTTP",
        issued_date=NOW.date(),
        signer_name="Nguyễn Thị Hòa",
        signer_title="Giám đốc Sở",
    )
    moment = NOW + timedelta(hours=4 + hours)
    lifecycle.approve(target=Target(code=dossier.code), result=result, actor=desk.head, at=moment)


def test_time_is_told_by_step_procedure_and_agency(worked, supervisor, client):
    _, text = page(client, supervisor, "/chi-so/thoi-gian/")

    assert "Theo bước xử lý" in text
    assert "1.001193" in text
    assert "4 giờ" in text


def test_work_is_told_by_hour_and_counter(worked, supervisor, client):
    response, text = page(client, supervisor, "/chi-so/khoi-luong/")

    assert [(row["hour"], row["number"]) for row in response.context["hours"]] == [(9, 5)]
    (counter,) = response.context["counters"]
    assert (counter["number"], counter["online"]) == (5, 0)
    assert [row["supplements"] for row in response.context["troubles"]] == [1]
    assert "9 giờ" in text


@pytest.mark.parametrize("path", ["/chi-so/thoi-gian/", "/chi-so/khoi-luong/"])
def test_another_agency_sees_nothing_of_it(worked, foreign_head, client, path):
    _, text = page(client, foreign_head, path)

    assert "Sở Tư pháp" not in text.split('id="main"')[1]
    assert "1.001193" not in text


@pytest.mark.parametrize("path", ["/chi-so/thoi-gian/", "/chi-so/khoi-luong/"])
def test_the_pages_of_time_take_few_queries(
    worked, supervisor, client, path, django_assert_max_num_queries
):
    client.force_login(supervisor)
    client.get(path)

    with django_assert_max_num_queries(8):
        client.get(path)


def test_the_hall_shows_the_figure_and_comes_back_by_itself(worked, supervisor, client):
    response, text = page(client, supervisor, "/chi-so/man-hinh/")

    assert '<meta http-equiv="refresh" content="30">' in text
    assert str(response.context["score"].total).replace(".", ",") in text
    assert "<nav" not in text


def test_the_public_reads_places_without_an_account(worked, client):
    response = client.get("/ket-qua/")
    text = response.content.decode()

    assert response.status_code == 200
    assert "Sở Tư pháp tỉnh Nghệ An" in text
    assert "/chi-so/" not in text
    assert worked.code not in text
    assert worked.applicant_name not in text


def test_the_public_page_is_computed_once_a_minute(worked, client):
    client.get("/ket-qua/")

    with CaptureQueriesContext(connection) as queries:
        client.get("/ket-qua/")

    assert [query["sql"] for query in queries if "reporting_" in query["sql"]] == []
    cache.clear()


def test_the_public_cannot_ask_for_what_is_not_offered(worked, client):
    response = client.get("/ket-qua/?ky=2023-01")

    assert response.context["asked"].period == NOVEMBER


def test_a_flood_of_questions_is_turned_away(worked, client):
    answers = {client.get("/ket-qua/").status_code for _ in range(62)}

    assert answers == {200, 429}


def test_excel_holds_the_numbers_of_the_pages_as_numbers(worked, supervisor, client):
    response, _ = page(client, supervisor, "/chi-so/")
    score = response.context["score"]
    client.force_login(supervisor)

    book = load_workbook(BytesIO(client.get("/chi-so/excel/").content))

    whole = [cell.value for cell in book["Điểm"][2]]
    assert whole[0] == "Toàn tỉnh"
    assert whole[3] == float(score.total)
    assert whole[4:] == [float(points) for points in score.groups.values()]
    rows = [[cell.value for cell in row] for row in book["Số liệu"].iter_rows(min_row=2)]
    assert ["Toàn tỉnh", "2.1"] in [row[:2] for row in rows]
    (on_time,) = [row for row in rows if row[:2] == ["Toàn tỉnh", "2.1"]]
    assert on_time[3:5] == [4, 5]


def test_excel_of_an_agency_holds_no_other(worked, foreign_head, client):
    client.force_login(foreign_head)

    book = load_workbook(BytesIO(client.get("/chi-so/excel/").content))

    assert {row[0].value for row in book["Điểm"].iter_rows(min_row=2)} == {
        "Sở Xây dựng tỉnh Nghệ An"
    }


def test_the_api_tells_the_same_numbers(worked, supervisor, client):
    response, _ = page(client, supervisor, "/chi-so/")
    score = response.context["score"]

    told = client.get("/api/v1/figures/?period=2026-11").json()

    whole = told["units"][0]
    assert whole["agency"] is None
    assert whole["total"] == str(score.total)
    assert whole["groups"] == {code: str(points) for code, points in score.groups.items()}
    (on_time,) = [one for one in whole["components"] if one["code"] == "2.1"]
    assert (on_time["numerator"], on_time["denominator"]) == (4, 5)


def test_the_api_hides_other_agencies(worked, foreign_officer, client):
    client.force_login(foreign_officer)

    told = client.get("/api/v1/figures/").json()

    assert [unit["agency"] for unit in told["units"]] == ["H41.16"]


@pytest.mark.parametrize(
    ("query", "code"), [("period=x", "unknown_period"), ("as_of=2027-01-01", "unknown_day")]
)
def test_the_api_refuses_with_a_code(worked, supervisor, client, query, code):
    client.force_login(supervisor)

    response = client.get(f"/api/v1/figures/?{query}")

    assert response.status_code == 400
    assert response.json()["code"] == code


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (None, "–"),
        (timedelta(minutes=20), "dưới 1 giờ"),
        (timedelta(hours=4), "4 giờ"),
        (timedelta(days=2), "2 ngày"),
        (timedelta(days=2, hours=5), "2 ngày 5 giờ"),
    ],
)
def test_spans_are_said_in_days_and_hours(span, words):
    assert timings.said(span) == words
