"""The pages: what a citizen reads, what the counter picks, what the administrator settles."""

import unicodedata
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organizations.models import Agency, User
from procedures import catalog
from procedures.models import Channel, Field, Procedure, ProcedureVersion
from procedures.parsing.pages import read_page
from procedures.presenting import limits_phrase
from procedures.statuses import SourceForm
from tests.conftest import DEFAULT_STEPS
from tests.procedures.pages import AT, make_page

pytestmark = pytest.mark.django_db
MOST_QUERIES = 8


def publish(code: str = "1.001193", **overrides: str) -> ProcedureVersion:
    page = make_page(code, **overrides)
    return catalog.publish(
        facts=read_page(page), actor=None, at=AT, source=page, source_form=SourceForm.PAGE
    )


def assign(version: ProcedureVersion, agency: Agency) -> None:
    catalog.assign(
        procedure=version.procedure, agency=agency, steps=DEFAULT_STEPS, actor=None, at=AT
    )


def text_of(response: Any) -> str:
    return unicodedata.normalize("NFC", response.content.decode())


def test_a_stranger_may_search_with_and_without_marks(client: Client) -> None:
    publish()
    publish("1.004222", ten_thu_tuc="Đăng ký thường trú")

    for typed in ("thường trú", "thuong tru", unicodedata.normalize("NFD", "thường trú")):
        page = text_of(client.get(reverse("procedures:list"), {"q": typed}))

        assert "Đăng ký thường trú" in page
        assert "khai sinh" not in page


def test_the_list_filters_by_field_agency_and_level(client: Client, justice: Agency) -> None:
    assign(publish(), justice)
    publish(
        "1.000999", ten_thu_tuc="Cấp sổ đỏ", linh_vuc="Đất đai", cap_thuc_hien="Cấp tỉnh"
    )  # fmt: skip

    for chosen in (
        {"field": Field.objects.get(name="Hộ tịch").pk},
        {"agency": justice.pk},
        {"level": "commune"},
    ):
        page = text_of(client.get(reverse("procedures:list"), chosen))

        assert "khai sinh" in page
        assert "Cấp sổ đỏ" not in page


@pytest.mark.parametrize("wrong", [{"field": "x"}, {"level": "moon"}, {"agency": "999999"}])
def test_a_filter_that_makes_no_sense_finds_nothing_and_says_so(
    client: Client, wrong: dict[str, str]
) -> None:
    publish()

    page = text_of(client.get(reverse("procedures:list"), wrong))

    assert "Bộ lọc không đúng" in page
    assert "đăng ký khai sinh" not in page


def test_pages_of_the_list_keep_the_filters(client: Client) -> None:
    for number in range(30):
        publish(f"1.{number:06}")

    first = text_of(client.get(reverse("procedures:list"), {"q": "khai sinh"}))
    last = client.get(reverse("procedures:list"), {"q": "khai sinh", "trang": "999"})

    assert "?q=khai+sinh&amp;trang=2" in first
    assert "Có 30 thủ tục." in first
    assert len(last.context["procedures"]) == 5


def test_a_list_page_asks_the_database_few_questions(
    client: Client, officer: User, justice: Agency, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        assign(publish(f"1.{number:06}"), justice)
    client.force_login(officer)
    client.get(reverse("procedures:list"))

    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(reverse("procedures:list"), {"q": "khai", "agency": justice.pk})


def test_a_citizen_reads_what_to_bring_how_long_how_much_and_where(
    client: Client, justice: Agency, commune: Agency
) -> None:
    version = publish(co_quan_thuc_hien="Ủy ban nhân dân cấp xã")
    assign(version, justice)
    assign(version, commune)

    page = text_of(client.get("/thu-tuc/1.001193/"))

    for said in (
        "Tờ khai",
        "1 bản chính",
        "1 (nguồn không ghi đơn vị)",
        "3 ngày làm việc",
        "20,000 VNĐ",
        "Ủy ban nhân dân cấp xã",
        "Sở Tư pháp",
        "1 xã, phường",
        "Bước 1: Nộp hồ sơ.",
        "60/2014/QH13",
        "KQ.G15.000031",
        "print/procedure.css",
    ):
        assert said in page


def test_a_procedure_page_asks_the_database_few_questions(
    client: Client, officer: User, justice: Agency, django_assert_max_num_queries: Any
) -> None:
    assign(publish(), justice)
    client.force_login(officer)
    client.get("/thu-tuc/1.001193/")

    # One more than a list: the frame counts what waits for the officer.
    with django_assert_max_num_queries(MOST_QUERIES + 1):
        assert client.get("/thu-tuc/1.001193/").status_code == 200


def test_what_the_source_says_cannot_become_markup_or_a_script_link(client: Client) -> None:
    publish(
        ten_thu_tuc="<script>alert(1)</script>",
        trinh_tu_thuc_hien="<img src=x>",
        detail_url="javascript:alert(1)",
    )

    page = text_of(client.get("/thu-tuc/1.001193/"))

    assert "<script>alert" not in page
    assert "<img src=x>" not in page
    assert "javascript:" not in page


def test_a_joined_limit_and_fee_are_not_shown_as_a_fee(client: Client) -> None:
    head = "Hình thức nộpThời gianPhí, lệ phíMô tả"
    publish(cach_thuc_thuc_hien=f"{head}Trực tuyến120,000 VNĐ")

    page = text_of(client.get("/thu-tuc/1.001193/"))

    assert "Nguồn in dính thời hạn và mức phí: “120,000 VNĐ”" in page


def test_a_retired_procedure_says_so_and_leaves_the_list(
    client: Client, administrator: User
) -> None:
    catalog.retire(
        procedure=publish().procedure, actor=administrator, at=AT, reason="Hết hiệu lực."
    )

    assert "đã bãi bỏ từ 13/11/2026" in text_of(client.get("/thu-tuc/1.001193/"))
    assert "Không tìm thấy thủ tục nào" in text_of(client.get("/thu-tuc/", {"q": "khai sinh"}))


@pytest.mark.parametrize("path", ["/thu-tuc/9.999999/", "/thu-tuc/abc/", "/thu-tuc/1.0011930/"])
def test_an_unknown_code_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/thu-tuc/", "/thu-tuc/1.001193/"])
def test_reading_pages_take_no_post(client: Client, path: str) -> None:
    publish()

    assert client.post(path).status_code == 405


def test_the_picker_offers_only_what_this_counter_receives(
    client: Client, commune_clerk: User, commune: Agency, justice: Agency
) -> None:
    assign(publish(), commune)
    assign(publish("2.000528", ten_thu_tuc="Đăng ký khai sinh có yếu tố nước ngoài"), justice)
    client.force_login(commune_clerk)

    page = text_of(client.get(reverse("procedures:pick"), {"q": "khai sinh"}))

    assert 'data-value="1.001193"' in page
    assert "Hộ tịch" in page
    assert "3 ngày làm việc" in page
    assert "2.000528" not in page


def test_the_picker_of_the_centre_reaches_the_agencies_below(
    client: Client, clerk: User, justice: Agency
) -> None:
    assign(publish(), justice)
    client.force_login(clerk)

    assert "1.001193" in text_of(client.get(reverse("procedures:pick"), {"q": "1.0011"}))


def test_the_picker_says_when_nothing_matches_and_is_closed_to_strangers(
    client: Client, clerk: User
) -> None:
    stranger = client.get(reverse("procedures:pick"), {"q": "khai"})
    client.force_login(clerk)
    page = text_of(client.get(reverse("procedures:pick"), {"q": "khai"}))

    assert stranger.status_code == 302
    assert "Không có thủ tục nào khớp" in page


def test_a_person_without_a_counter_is_offered_nothing(
    client: Client, officer: User, justice: Agency
) -> None:
    assign(publish(), justice)
    client.force_login(officer)

    assert "1.001193" not in text_of(client.get(reverse("procedures:pick"), {"q": "khai"}))


@pytest.mark.parametrize("role", ["clerk", "officer", "head", "supervisor"])
def test_only_an_administrator_settles_the_catalogue(
    client: Client, role: str, request: pytest.FixtureRequest
) -> None:
    channel = publish().channels.get(kind="online")
    client.force_login(request.getfixturevalue(role))

    assert client.get(reverse("procedures:findings")).status_code == 403
    assert client.post(reverse("procedures:confirm", args=[channel.pk]), {}).status_code == 403


def test_the_administrator_sees_what_waits_and_each_kind_of_finding(
    client: Client, administrator: User, django_assert_max_num_queries: Any
) -> None:
    publish()
    client.force_login(administrator)
    client.get(reverse("procedures:findings"))

    with django_assert_max_num_queries(MOST_QUERIES):
        waiting = text_of(client.get(reverse("procedures:findings")))
    of_kind = text_of(client.get(reverse("procedures:findings"), {"loai": "unit_missing"}))

    assert "Xác nhận thời hạn" in waiting
    assert "Trực tuyến1Miễn phí" in of_kind


def test_the_administrator_confirms_a_unit_with_a_reason(
    client: Client, administrator: User
) -> None:
    channel = publish().channels.get(kind="online")
    client.force_login(administrator)

    response = client.post(
        reverse("procedures:confirm", args=[channel.pk]),
        {"unit": "working_day", "reason": "Luật Hộ tịch, Điều 16.", "every_channel": "on"},
        follow=True,
    )

    current = Procedure.objects.get().current_version
    assert current is not None
    assert current.channels.get(kind="online").time_unit == "working_day"
    assert current.created_by == administrator
    assert "Đã ghi phiên bản 2 của 1.001193." in text_of(response)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"unit": "working_day", "reason": ""}, "error-summary"),
        ({"unit": "week", "reason": "x"}, "error-summary"),
    ],
)
def test_a_form_that_lacks_something_changes_nothing(
    client: Client, administrator: User, given: dict[str, str], sentence: str
) -> None:
    channel = publish().channels.get(kind="online")
    client.force_login(administrator)

    response = client.post(reverse("procedures:confirm", args=[channel.pk]), given)

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert ProcedureVersion.objects.count() == 1


def test_confirming_twice_is_refused_with_a_sentence(client: Client, administrator: User) -> None:
    channel = publish().channels.get(kind="online")
    client.force_login(administrator)
    given = {"unit": "working_day", "reason": "Luật Hộ tịch."}
    client.post(reverse("procedures:confirm", args=[channel.pk]), given)

    response = client.post(reverse("procedures:confirm", args=[channel.pk]), given)

    assert response.status_code == 422
    assert "Thủ tục vừa có phiên bản mới" in text_of(response)
    assert Channel.objects.current().without_limit().count() == 0


@pytest.mark.parametrize(
    ("limits", "phrase"),
    [
        ([("7", "working_day"), ("7.000", "working_day")], "7 ngày làm việc"),
        ([("4", "working_day"), ("1.5", "working_day")], "1,5 đến 4 ngày làm việc"),
        ([("18", "working_day"), ("25", "calendar_day")], "18 ngày làm việc hoặc 25 ngày"),
        ([("1", "")], "1 (chưa rõ đơn vị)"),
        ([(None, "")], "Chưa có thời hạn"),
        ([], "Chưa có thời hạn"),
    ],
)
def test_limits_of_several_channels_are_said_in_one_phrase(
    limits: list[tuple[str | None, str]], phrase: str
) -> None:
    assert limits_phrase([{"number": number, "unit": unit} for number, unit in limits]) == phrase
