"""Statistical forms and views through the API: the numbers of the pages, for whom they are."""

from datetime import timedelta

import pytest

from reporting import tallies
from reporting.models import SubmittedReport
from reporting.periods import ReportPeriod
from tests.dossiers.moving import walked

FORMS = "/api/v1/statistical-forms/"
NOVEMBER = ReportPeriod.parse("2026-11-tk")
AFTER = NOVEMBER.end + timedelta(days=1, hours=9)
ASKED = {"agency": "H41.15", "period": "2026-11-tk"}


@pytest.fixture
def worked(desk, time_machine):
    walked(desk, "return")
    tallies.advance()
    time_machine.move_to(AFTER, tick=False)


def test_a_form_is_read_by_agency_and_period(api, worked, head):
    told = api(head).get(f"{FORMS}ii06a/", ASKED).json()

    assert (told["form"], told["agency"], told["period"]) == ("ii06a", "H41.15", "2026-11-tk")
    assert told["total"]["3"] == told["total"]["7"] == told["total"]["8"] == 1
    assert [row["name"] for row in told["rows"]] == ["Lý lịch tư pháp"]
    assert told["submitted"] is None
    columns = {form["code"]: form["columns"] for form in api(head).get(FORMS).json()}
    assert columns["ii06a"][0]["sum_of"] == [4, 5, 6]


def test_a_program_submits_once_the_period_is_over(api, worked, head, officer, supervisor):
    assert api(officer).post(f"{FORMS}ii06a/submit/", ASKED, format="json").status_code == 403
    running = api(head).post(f"{FORMS}ii06a/submit/", {"agency": "H41.15"}, format="json")
    assert (running.status_code, running.json()["code"]) == (400, "report_refused")

    told = api(head).post(f"{FORMS}ii06a/submit/", ASKED, format="json").json()

    report = SubmittedReport.objects.get()
    assert (told["number"], told["hash"]) == (1, report.hash)
    standing = api(supervisor).get(f"{FORMS}ii06a/standing/").json()
    (of_justice,) = [row for row in standing if row["agency"] == "H41.15"]
    assert of_justice["periods"][0]["period"] == "2026-11-tk"
    assert of_justice["periods"][0]["submitted"]["number"] == 1


def test_other_agencies_and_unknown_forms_are_not_there(api, worked, foreign_head):
    client = api(foreign_head)

    assert client.get(f"{FORMS}ii06a/", ASKED).status_code == 404
    assert client.post(f"{FORMS}ii06a/submit/", ASKED, format="json").status_code == 404
    assert client.get(f"{FORMS}ii99/").json()["code"] == "unknown_form"
    assert client.get(f"{FORMS}ii06a/", {"period": "x"}).json()["code"] == "unknown_period"


def test_every_view_is_told_in_the_tables_of_excel_and_paper(api, worked, supervisor):
    client = api(supervisor)

    told = client.get("/api/v1/report-views/thoi-gian/", {"period": "2026-11"}).json()

    (agency,) = [sheet for sheet in told["sheets"] if sheet["title"] == "Theo cơ quan"]
    assert agency["heads"][:3] == ["Tên", "Số lượng", "Quá hạn"]
    assert agency["rows"] == [["Sở Tư pháp tỉnh Nghệ An", 1, 0, 14400, 14400, 14400]]
    duty = client.get(
        "/api/v1/report-views/cham-diem/", {"period": "2026-Q4", "agency": "H41.15"}
    ).json()
    assert [sheet["title"] for sheet in duty["sheets"]] == ["Cơ quan", "Công chức"]
    assert duty["sheets"][0]["rows"][0][:3] == ["Sở Tư pháp tỉnh Nghệ An", 1, "2.0"]


def test_a_view_hides_what_its_page_hides(api, worked, foreign_head, second_officer, officer):
    url = "/api/v1/report-views/"
    client = api(foreign_head)
    assert client.get(f"{url}ket-qua/", {"agency": "H41.15"}).status_code == 404
    assert client.get(f"{url}khong-co/").status_code == 404
    assert client.get(f"{url}nhom/", {"code": "G9"}).json()["code"] == "unknown_view"
    asked = {"agency": "H41.15", "code": str(officer.pk)}
    assert api(second_officer).get(f"{url}cong-viec/", asked).status_code == 404
    assert api(officer).get(f"{url}cong-viec/", asked).status_code == 200
