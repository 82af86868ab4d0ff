"""A supervisor follows a bad score down to one late dossier and back; charts and tables agree."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reporting import tallies
from tests.browser.conftest import DESK, PHONE, assert_accessible
from tests.conftest import Desk
from tests.dossiers.moving import walked

PAGES = (
    "/chi-so/",
    "/chi-so/co-quan/H41.15/",
    "/chi-so/nhom/G4/",
    "/chi-so/thanh-phan/2.1/",
    "/chi-so/thanh-phan/3.1/denominator/",
    "/chi-so/thoi-gian/",
    "/chi-so/khoi-luong/",
    "/chi-so/man-hinh/",
    "/ket-qua/",
)


@pytest.fixture
def late(transactional_db, desk: Desk):
    """A dossier long overdue, and one returned in time beside it."""
    now = timezone.now()
    late = desk.accept(at=now - timedelta(days=40))
    walked(desk, "return", at=now - timedelta(hours=8))
    tallies.advance()
    return late


def test_a_bad_score_leads_to_one_late_dossier_and_back(open_as, late, supervisor):
    page = open_as(supervisor)

    page.goto("/chi-so/")
    page.click("text=Tiến độ, kết quả giải quyết")
    page.click("main table a:has-text('Hồ sơ xử lý đúng hạn')")
    page.click("a[aria-label='Sở Tư pháp tỉnh Nghệ An: 1 chưa đạt']")
    page.click(f"text={late.code}")
    assert page.url.endswith(f"/ho-so/{late.code}/")

    page.go_back()
    page.click(".breadcrumbs >> text=Toàn tỉnh")
    page.wait_for_url("**/chi-so/?ky=*")


def test_every_chart_says_the_same_as_its_table(open_as, late, supervisor):
    page = open_as(supervisor)
    page.goto("/chi-so/")

    page.click("text=Bảng số liệu")

    drawn = page.locator(".chart__value").all_text_contents()
    told = page.locator("[data-chart-table] td").all_text_contents()
    assert drawn
    assert drawn == [value for value in told if value != "không phát sinh"]
    # A bar is as long as its points stand to the maximum.
    for group in page.locator(".group").all():
        points, maximum = (
            float(number.replace(",", "."))
            for number in group.locator(".group__head p").inner_text().split("+")[0].split(" / ")
        )
        length = float(group.locator(".bar__value").get_attribute("width"))
        assert abs(length - points * 100 / maximum) < 0.1


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_on_the_pages_of_figures(open_as, late, supervisor, viewport):
    page = open_as(supervisor, viewport=viewport)

    for path in PAGES:
        page.goto(path)
        assert_accessible(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= viewport["width"], f"{path} is {width} px wide"
