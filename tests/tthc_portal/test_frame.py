"""The frame of every page: who sees which sections, what it costs, and the pages of trouble."""

import re

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from redis.exceptions import ConnectionError as RedisConnectionError

from organizations.models import User
from tthc_portal import frame, views

PAGE = "/mat-khau/"


def labels(browser) -> list[str]:
    """The words of the side navigation."""
    side = browser.get(PAGE).content.decode().split('<div class="side">')[1].split("</nav>")[0]
    return re.findall(r"<span>([^<]+)</span>", side)


@pytest.mark.parametrize(
    ("role", "sections"),
    [
        (
            "clerk",
            [
                "Tiếp nhận",
                "Hồ sơ",
                "Tin mới",
                "Liên thông",
                "Bàn giao",
                "Xin lỗi",
                "Phản ánh",
                "Dữ liệu",
                "Danh mục",
            ],
        ),
        (
            "officer",
            [
                "Hồ sơ",
                "Tin mới",
                "Liên thông",
                "Bàn giao",
                "Xin lỗi",
                "Phản ánh",
                "Chỉ số",
                "Dữ liệu",
                "Danh mục",
            ],
        ),
        (
            "head",
            [
                "Hồ sơ",
                "Tin mới",
                "Liên thông",
                "Bàn giao",
                "Xin lỗi",
                "Phản ánh",
                "Chỉ số",
                "Dữ liệu",
                "Danh mục",
            ],
        ),
        (
            "supervisor",
            [
                "Hồ sơ",
                "Tin mới",
                "Liên thông",
                "Bàn giao",
                "Xin lỗi",
                "Phản ánh",
                "Chỉ số",
                "Dữ liệu",
                "Danh mục",
            ],
        ),
        ("administrator", ["Danh mục", "Quản trị"]),
    ],
)
def test_each_role_sees_its_own_sections(client, request, role, sections):
    client.force_login(request.getfixturevalue(role))

    assert labels(client) == sections


def test_an_administrator_has_no_field_to_search_dossiers(client, administrator, clerk):
    client.force_login(administrator)
    assert "data-search" not in client.get(PAGE).content.decode()

    client.force_login(clerk)
    assert "data-search" in client.get(PAGE).content.decode()


def test_the_section_one_stands_in_is_marked(clerk):
    request = RequestFactory().get(reverse("dossiers:intake"))
    request.user = clerk

    marked = [entry.label for entry in frame.Frame(request).navigation if entry.is_current]

    assert marked == ["Tiếp nhận"]


def test_the_count_beside_dossiers_is_what_waits_for_the_person(clerk, desk):
    desk.accept()
    request = RequestFactory().get(PAGE)
    request.user = clerk

    counts = {entry.label: entry.count for entry in frame.Frame(request).navigation}

    assert counts == {
        "Tiếp nhận": None,
        "Hồ sơ": 1,
        "Tin mới": 0,
        "Liên thông": 0,
        "Bàn giao": 0,
        "Xin lỗi": 0,
        "Phản ánh": 0,
        "Dữ liệu": 0,
        "Danh mục": None,
    }


def test_the_frame_asks_the_database_twice_at_most(clerk, django_assert_max_num_queries):
    request = RequestFactory().get(PAGE)
    request.user = User.objects.get(pk=clerk.pk)
    surround = frame.Frame(request)

    # The person's postings, and everything that waits.
    with django_assert_max_num_queries(2):
        assert surround.navigation
        assert surround.search_url
        assert surround.unit == "Trung tâm Phục vụ hành chính công tỉnh Nghệ An"
        assert surround.role == "Cán bộ một cửa"


def test_a_page_without_the_frame_costs_nothing(clerk, django_assert_num_queries):
    request = RequestFactory().get(PAGE)
    request.user = User.objects.get(pk=clerk.pk)

    with django_assert_num_queries(0):
        frame.frame(request)


def test_a_newcomer_sees_only_the_password_page(client, clerk):
    clerk.must_change_password = True
    clerk.save(update_fields=["must_change_password"])
    client.force_login(clerk)

    assert '<div class="side">' not in client.get(PAGE).content.decode()
    assert client.get("/").url == PAGE


def test_home_leads_to_the_first_section_of_the_role(client, clerk, officer):
    client.force_login(clerk)
    assert client.get("/").url == reverse("dossiers:intake")

    client.force_login(officer)
    assert client.get("/").url == reverse("dossiers:worklist")


def test_home_shows_citizens_the_public_pages(client, db):
    page = client.get("/").content.decode()

    assert reverse("dossiers:look_up") in page
    assert reverse("procedures:list") in page
    assert client.post("/").status_code == 405


def test_a_person_without_a_role_is_told_whom_to_ask(client, clerk):
    clerk.memberships.all().delete()
    client.force_login(clerk)

    assert "Tài khoản chưa có vai trò nào." in client.get("/").content.decode()


def test_a_page_obeys_the_strict_content_policy(client, clerk):
    client.force_login(clerk)

    answer = client.get(PAGE)
    page = answer.content.decode()

    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=", page)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)


def test_a_missing_page_is_told_in_vietnamese(client, clerk):
    client.force_login(clerk)

    answer = client.get("/khong-co-trang-nay/")

    assert answer.status_code == 404
    assert "Không tìm thấy" in answer.content.decode()


@pytest.mark.parametrize(
    ("template", "words"),
    [("400.html", "Yêu cầu chưa đúng"), ("500.html", "Máy chủ gặp lỗi")],
)
def test_pages_of_trouble_need_nothing_but_themselves(template, words):
    assert words in render_to_string(template)


def test_a_form_from_another_session_is_refused_with_a_way_out(clerk):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(clerk)

    answer = browser.post("/dang-xuat/")

    assert answer.status_code == 403
    assert "Biểu mẫu đã hết hạn" in answer.content.decode()


def test_health_is_open_and_tells_no_personal_data(client, db):
    answer = client.get("/suc-khoe/")

    assert answer.status_code == 200
    assert answer.json() == {"healthy": True, "database": "ok", "cache": "ok"}
    assert "no-store" in answer.headers["Cache-Control"]


def test_health_names_the_cache_that_does_not_answer(client, db, monkeypatch):
    def refuse(*args):
        raise RedisConnectionError

    monkeypatch.setattr(cache, "get", refuse)

    answer = client.get("/suc-khoe/")

    assert answer.status_code == 503
    assert answer.json() == {"healthy": False, "database": "ok", "cache": "unreachable"}


def test_health_names_the_database_that_does_not_answer(rf, monkeypatch):
    def refuse():
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", refuse)

    answer = views.health(rf.get("/suc-khoe/"))

    assert answer.status_code == 503
    assert b'"database": "unreachable"' in answer.content


@pytest.mark.parametrize(("label", "route"), frame.ADMINISTRATION)
def test_administrators_find_their_pages_side_by_side(administrator, label, route):
    request = RequestFactory().get(reverse(route))
    request.user = administrator
    shown = frame.Frame(request)

    assert [place.label for place in shown.administration if place.is_current] == [label]
    assert [entry.label for entry in shown.navigation if entry.is_current] == ["Quản trị"]


def test_others_see_no_bar_of_administration(officer, administrator):
    for user, path in [(officer, reverse("procedures:findings")), (administrator, "/thu-tuc/")]:
        request = RequestFactory().get(path)
        request.user = user

        assert frame.Frame(request).administration == []


def test_one_persons_navigation_is_not_anothers(desk, sign_in):
    """It is kept for what it shows: equal counts of another person, other sections of one."""
    before = labels(sign_in(desk.officer)), labels(sign_in(desk.clerk))

    assert before[0] != before[1]
    assert (labels(sign_in(desk.officer)), labels(sign_in(desk.clerk))) == before


def test_a_page_asks_for_the_person_and_their_roles_at_once(desk, sign_in):
    browser = sign_in(desk.officer)
    browser.get(PAGE)

    with CaptureQueriesContext(connection) as queries:
        browser.get(PAGE)

    asked = [query["sql"] for query in queries if "django_session" not in query["sql"]]
    assert [sql.partition(" (")[0] for sql in asked if "signed_in" in sql] == ["EXECUTE signed_in"]
    assert len(asked) == 2  # and what waits in the navigation
