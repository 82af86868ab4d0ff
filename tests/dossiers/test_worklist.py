"""The worklist: tabs, rows, filters, paging, roles, and how many queries it takes."""

from datetime import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dossiers import intake
from dossiers.models import Dossier, DossierEvent
from tests.conftest import NOW, make_request, make_version
from tests.dossiers.moving import walked

LIST = "/ho-so/"
LATE = datetime.fromisoformat("2026-11-24T09:00:00+07:00")
NEAR = datetime.fromisoformat("2026-11-20T09:00:00+07:00")
MOST_QUERIES = 8


def shown(client, at=NOW, **query):
    with time_machine.travel(at, tick=False):
        return client.get(LIST, query)


def codes(response) -> list[str]:
    return [row.dossier.code for row in response.context["rows"]]


def text(response) -> str:
    return " ".join(response.content.decode().split())


def copies(dossier: Dossier, count: int) -> None:
    """As many dossiers like this one, numbered on, each with the event that its state needs."""
    latest = dossier.events.order_by("-sequence").first()
    rows = [Dossier.objects.get(pk=dossier.pk) for _ in range(count)]
    for number, row in enumerate(rows):
        row.pk, row.submission_key = None, None
        row.code = f"{dossier.code}{number:03d}"
        row.applicant_name = f"Nguyễn Thị Đào {number}"
    events = []
    for row in Dossier.objects.bulk_create(rows):
        event = DossierEvent.objects.get(pk=latest.pk)
        event.pk, event.dossier = None, row
        events.append(event)
    DossierEvent.objects.bulk_create(events)


def queries_of_the_page(captured) -> int:
    """Without the session's: another run of the tests may have emptied the cache it lies in."""
    return len([query for query in captured if "django_session" not in query["sql"]])


def test_the_first_list_holds_what_waits_for_the_person(desk, sign_in):
    waiting = desk.accept()
    walked(desk, "transfer")

    response = shown(sign_in(desk.clerk))

    assert codes(response) == [waiting.code]
    assert response.context["tab"].key == "can-xu-ly"
    assert 'Cần xử lý ngay <span class="count" data-live="can-xu-ly">1</span>' in text(response)


def test_a_row_says_where_whose_turn_and_how_long(desk, sign_in):
    walked(desk, "take")

    page = text(shown(sign_in(desk.officer), NEAR))

    assert "Bạn đang xử lý" in page
    assert "Nguyễn Thị Đào" in page
    assert "Sắp đến hạn: còn 6 giờ" in page
    assert "deadline--due_soon" in page
    assert "#due_soon" in page
    assert "Hẹn trả trước 17:00 ngày 20/11/2026" in page


def test_whose_turn_is_said_by_name_to_others(desk, sign_in):
    walked(desk, "take")

    assert "Lê Thị Oanh đang xử lý" in text(shown(sign_in(desk.head), tab="tat-ca"))


@pytest.mark.parametrize(
    ("tab", "at", "count"),
    [("sap-den-han", NEAR, 1), ("qua-han", LATE, 1), ("qua-han", NEAR, 0), ("cho-tra", NOW, 0)],
)
def test_each_tab_holds_its_own(desk, sign_in, dossier, tab, at, count):
    response = shown(sign_in(desk.clerk), at, tab=tab)

    assert len(codes(response)) == count


def test_an_empty_list_says_what_will_appear(desk, sign_in):
    page = text(shown(sign_in(desk.officer), tab="qua-han"))

    assert "Không có hồ sơ nào quá hạn. Hồ sơ quá ngày hẹn trả sẽ hiện ở đây." in page


def test_those_who_watch_begin_with_what_is_late_agency_by_agency(
    desk, sign_in, supervisor, construction
):
    desk.accept()
    version = make_version(construction, code="1.000009", name="Cấp giấy phép xây dựng")
    request = make_request(version, construction, desk.counter)
    intake.accept(request=request, actor=desk.clerk, at=NOW)
    intake.accept(request=request, actor=desk.clerk, at=NOW)

    response = shown(sign_in(supervisor), LATE)

    assert response.context["tab"].key == "qua-han"
    table = [(row.short_name, row.overdue, row.due_soon) for row in response.context["by_agency"]]
    assert table == [("Sở Xây dựng tỉnh Nghệ An", 2, 0), ("Sở Tư pháp tỉnh Nghệ An", 1, 0)]
    assert '<a href="?tab=qua-han&amp;agency=H41.16"' in text(response)


def test_who_works_for_one_agency_sees_no_table_of_agencies(desk, sign_in, dossier):
    response = shown(sign_in(desk.head), LATE, tab="qua-han")

    assert len(codes(response)) == 1
    assert response.context["by_agency"] == ()
    assert "Theo cơ quan" not in text(response)


def test_nobody_sees_a_foreign_agencys_dossiers(
    desk, sign_in, dossier, foreign_head, foreign_officer, commune_clerk
):
    for user in (foreign_head, foreign_officer, commune_clerk):
        response = shown(sign_in(user), LATE, tab="tat-ca")

        assert codes(response) == []
        assert dossier.code not in text(response)


def test_administrators_have_no_worklist(administrator, sign_in):
    assert shown(sign_in(administrator)).status_code == 403


def test_strangers_sign_in_first(client, db):
    assert client.get(LIST).status_code == 302


def test_a_posted_list_is_refused(desk, sign_in):
    assert sign_in(desk.clerk).post(LIST).status_code == 405


# -- Filters ---------------------------------------------------------------------------------


def test_filters_live_in_the_address_and_show_as_chips(desk, sign_in, supervisor):
    kept = walked(desk, "take")
    desk.accept()

    response = shown(
        sign_in(supervisor),
        tab="tat-ca",
        status="processing",
        agency="H41.15",
        accepted_after="01/11/2026",
    )

    assert codes(response) == [kept.code]
    chips = {chip.text: chip.url for chip in response.context["chips"]}
    assert set(chips) == {
        "Trạng thái: Đang giải quyết",
        "Sở Tư pháp tỉnh Nghệ An",
        "Tiếp nhận từ 01/11/2026",
    }
    assert "agency" not in chips["Sở Tư pháp tỉnh Nghệ An"]
    assert "status=processing" in chips["Sở Tư pháp tỉnh Nghệ An"]


def test_tabs_keep_the_filters(desk, sign_in, dossier):
    response = shown(sign_in(desk.clerk), tab="tat-ca", status="accepted")

    urls = [tab["url"] for tab in response.context["tabs"]]
    assert all("status=accepted" in url for url in urls)


def test_empty_fields_of_the_filter_form_leave_the_address(desk, sign_in):
    response = shown(
        sign_in(desk.clerk), tab="tat-ca", channel="", status="accepted", due_after=" "
    )

    assert response.status_code == 302
    assert response["Location"] == "/ho-so/?tab=tat-ca&status=accepted"


def test_names_of_people_never_stay_in_the_address(desk, sign_in):
    response = shown(sign_in(desk.clerk), tab="tat-ca", q="Nguyễn Thị Đào")

    assert response["Location"] == "/ho-so/?tab=tat-ca"


def test_a_filter_without_match_offers_the_way_back(desk, sign_in, dossier):
    page = text(shown(sign_in(desk.clerk), tab="tat-ca", status="returned"))

    assert "Không có hồ sơ nào khớp với bộ lọc." in page
    assert 'href="?tab=tat-ca"' in page


@pytest.mark.parametrize(
    "query",
    [
        {"status": "stolen"},
        {"agency": "H99'; DROP TABLE"},
        {"accepted_after": "31/02/2026"},
        {"channel": "\x00"},
        {"procedure": "\x00"},
        {"tab": "' OR 1=1"},
    ],
)
def test_hostile_filters_break_nothing(desk, sign_in, dossier, query):
    response = shown(sign_in(desk.clerk), **({"tab": "tat-ca"} | query))

    assert response.status_code == 200
    assert Dossier.objects.count() == 1


def test_a_wrong_date_is_told_in_the_open_form(desk, sign_in, dossier):
    page = text(shown(sign_in(desk.clerk), tab="tat-ca", accepted_after="31/02/2026"))

    assert "Chưa ghi được" not in page
    assert "Hãy sửa điều kiện lọc ở dưới" in page
    assert 'value="31/02/2026"' in page


# -- Pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize("tab", ["can-xu-ly", "tat-ca"])
def test_pages_follow_each_other_and_lose_no_dossier(desk, sign_in, dossier, tab):
    copies(dossier, 70)
    client = sign_in(desk.clerk)
    seen, url = [], f"?tab={tab}"
    pages = []

    while url:
        with time_machine.travel(NOW, tick=False):
            response = client.get(LIST + url)
        pages.append(response)
        seen += codes(response)
        url = response.context["next_url"]

    assert len(pages) == 3
    assert len(seen) == len(set(seen)) == 71
    with time_machine.travel(NOW, tick=False):
        back = client.get(LIST + pages[2].context["previous_url"])
    assert codes(back) == codes(pages[1])


@pytest.mark.parametrize(
    "cursor",
    ["x", "~", "~x", "2026~1", "~99999999999999999999", "~²", "0001-01-01T00:00:00+07:00~1"],
)
@pytest.mark.parametrize("way", ["after", "before"])
def test_a_page_address_changed_by_hand_breaks_nothing(desk, sign_in, dossier, cursor, way):
    response = shown(sign_in(desk.clerk), **{"tab": "can-xu-ly", way: cursor})

    assert response.status_code in {200, 400}
    if response.status_code == 400:
        assert "Địa chỉ trang không đúng." in text(response)
        assert codes(response) == [dossier.code]


def test_a_part_is_enough_for_htmx(desk, sign_in, dossier):
    with time_machine.travel(NOW, tick=False):
        response = sign_in(desk.clerk).get(LIST, headers={"HX-Request": "true"})

    page = text(response)
    assert page.startswith("<title>Cần xử lý ngay – Hồ sơ – Một cửa</title>")
    assert '<div id="worklist"' in page
    assert "<body" not in page
    assert "HX-Request" in response["Vary"]


# -- Queries ---------------------------------------------------------------------------------


@pytest.mark.parametrize("tab", ["can-xu-ly", "sap-den-han", "qua-han", "cho-tra", "tat-ca"])
@pytest.mark.parametrize("who", ["clerk", "officer", "head", "supervisor"])
def test_any_list_takes_at_most_eight_queries(
    request, desk, sign_in, django_assert_max_num_queries, tab, who
):
    copies(walked(desk, "take"), 150)
    copies(desk.accept(), 150)
    client = sign_in(request.getfixturevalue(who))
    shown(client, LATE, tab=tab)

    with django_assert_max_num_queries(MOST_QUERIES):
        response = shown(client, LATE, tab=tab)

    assert response.status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        {"agency": "H41.15", "status": "accepted"},
        {"loc": "1"},
        {"agency": "H41.15", "loc": "1"},
        {"after": "2026-11-20T17:00:00+07:00~1"},
    ],
)
def test_filters_and_later_pages_take_at_most_eight_queries(
    desk, sign_in, supervisor, django_assert_max_num_queries, query
):
    copies(desk.accept(), 200)
    client = sign_in(supervisor)
    shown(client, LATE, tab="qua-han", **query)

    with django_assert_max_num_queries(MOST_QUERIES):
        response = shown(client, LATE, tab="qua-han", **query)

    assert codes(response)


def test_more_rows_cost_no_more_queries(desk, sign_in, head):
    first = desk.accept()
    client = sign_in(head)
    shown(client, tab="tat-ca")
    with CaptureQueriesContext(connection) as few:
        assert len(codes(shown(client, tab="tat-ca"))) == 1

    copies(first, 20)
    with CaptureQueriesContext(connection) as many:
        assert len(codes(shown(client, tab="tat-ca"))) == 21

    assert queries_of_the_page(many) == queries_of_the_page(few)
