"""The pages of statistical forms: on screen, behind a figure, as Excel, and for whom."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.conftest import NOW
from tests.dossiers.moving import walked

pytestmark = pytest.mark.django_db
PAGE = "/bao-cao/"
LATER = NOW + timedelta(days=14)


@pytest.fixture
def late(desk, time_machine):
    """One dossier resolved early in November's statistical month, one late in December's."""
    walked(desk, "return")
    dossier = desk.accept()
    time_machine.move_to(LATER, tick=False)
    return dossier


def asked(client, user, path):
    client.force_login(user)
    response = client.get(path)
    is_page = response["Content-Type"].startswith("text/html")
    return response, response.content.decode() if is_page else ""


def test_the_form_opens_for_the_running_statistical_month(late, supervisor, client):
    response, text = asked(client, supervisor, PAGE)

    assert response.status_code == 200
    assert "Tháng 12 năm 2026 (kỳ thống kê từ 15/11/2026 đến 14/12/2026)" in text
    assert response.context["table"].total.figures[13] == 1
    assert "Kỳ chưa kết thúc: số liệu tính đến 09:00 ngày 27/11/2026." in text
    assert "(3) = 4+5+6" in text


def test_a_figure_leads_to_its_dossiers(late, supervisor, client):
    _, text = asked(client, supervisor, f"{PAGE}?bieu=07a&ky=2026-12-tk&co-quan=H41.15")
    field = late.version.field_id
    link = f"/bao-cao/07a/cot/18/?co-quan=H41.15&amp;ky=2026-12-tk&amp;dong={field}"
    assert f'href="{link}"' in text

    _, rows = asked(client, supervisor, link.replace("&amp;", "&"))
    assert late.code in rows
    _, empty = asked(client, supervisor, link.replace("/18/", "/17/").replace("&amp;", "&"))
    assert "Không có hồ sơ nào mà bạn được xem ở số liệu này." in empty


def test_officers_and_heads_get_the_forms_of_their_own_agency(
    late, officer, head, foreign_head, client
):
    for person in (officer, head):
        response, text = asked(client, person, PAGE)
        assert response.context["table"].agency.code == "H41.15"
        assert "Sở Tư pháp tỉnh Nghệ An" in text
        assert "Sở Xây dựng" not in text

    for path in (PAGE, "/bao-cao/ii06a/excel/", "/bao-cao/ii06a/cot/3/"):
        assert asked(client, foreign_head, f"{path}?co-quan=H41.15")[0].status_code == 404


def test_clerks_and_administrators_have_no_forms(province, clerk, administrator, client):
    for person in (clerk, administrator):
        assert asked(client, person, PAGE)[0].status_code == 403


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("bieu=ii99", "Không có biểu mẫu này: hãy chọn một biểu trong danh sách."),
        ("ky=2026-13", "Kỳ"),
        ("ky=2027-03-tk", "chưa bắt đầu"),
        ("bieu=ii06c&co-quan=H41.15", "chỉ lập cho toàn tỉnh"),
    ],
)
def test_what_names_nothing_is_refused_in_words(late, supervisor, client, query, sentence):
    response, text = asked(client, supervisor, f"{PAGE}?{query}")

    assert response.status_code == 400
    assert sentence in text


@pytest.mark.parametrize(
    "path",
    [
        "/bao-cao/ii99/excel/",
        "/bao-cao/ii06c/excel/?co-quan=H41.15",
        "/bao-cao/ii06a/cot/99/",
        "/bao-cao/ii06a/cot/2/",
        "/bao-cao/ii06a/cot/3/?ky=dau",
    ],
)
def test_files_and_lists_of_nothing_are_not_found(late, supervisor, client, path):
    assert asked(client, supervisor, path)[0].status_code == 404


def test_a_broken_row_key_shows_all_rows(late, supervisor, client):
    for key in ("x", "٣", "9" * 40, "-1"):
        path = f"/bao-cao/ii06a/cot/13/?ky=2026-12-tk&dong={key}"
        assert late.code in asked(client, supervisor, path)[1]


def test_an_unverified_layout_says_so(late, supervisor, client):
    assert "chưa được đối chiếu" in asked(client, supervisor, f"{PAGE}?bieu=07a")[1]
    assert "chưa được đối chiếu" not in asked(client, supervisor, PAGE)[1]


def test_excel_holds_the_same_figures_ready_to_sign(late, supervisor, client):
    response, _ = asked(client, supervisor, "/bao-cao/ii06a/excel/?co-quan=H41.15&ky=2026-12-tk")

    book = load_workbook(BytesIO(response.content))
    sheet = book.active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    total = next(row for row in rows if row[1] == "Tổng số")
    assert total[2:] == [1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1]
    words = {value for row in rows for value in row if isinstance(value, str)}
    assert {"SỞ TƯ PHÁP TỈNH NGHỆ AN", "NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ"} <= words
    assert "(3) = 4+5+6" in words
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_area
    assert "C9:F9" in {str(merged) for merged in sheet.merged_cells.ranges}
    assert "H41.15" in response["Content-Disposition"]


def test_a_page_of_a_form_asks_little(late, supervisor, client):
    client.force_login(supervisor)
    client.get(PAGE)
    for path in (f"{PAGE}?bieu=07a", "/bao-cao/ii06a/cot/13/"):
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        assert len(queries) <= 11, [query["sql"][:120] for query in queries]
