"""The desk in a real browser: many at once, a draft that survives, a scanner, keys."""

import re
import time

import pytest
from django.utils import timezone

from dossiers.models import Dossier
from dossiers.statuses import DossierStatus
from tests.browser.conftest import PHONE, assert_accessible
from tests.conftest import Desk


@pytest.fixture
def four(transactional_db, desk: Desk) -> list[Dossier]:
    return [desk.accept(at=timezone.now()) for _ in range(4)]


def test_three_marked_dossiers_are_transferred_in_one_go(open_as, four, desk: Desk):
    page = open_as(desk.clerk)
    page.goto("/ho-so/")
    for _ in range(3):
        # At the pace of a person: faster is a scanner.
        page.keyboard.press("j")
        page.wait_for_timeout(60)
        page.keyboard.press("x")
        page.wait_for_timeout(60)
    assert page.locator("[data-marked-count]").inner_text() == "3"
    assert_accessible(page)
    page.get_by_role("button", name="Chuyển cơ quan giải quyết…").click()
    page.get_by_label("Lý do").fill("Chuyến chiều.")
    assert_accessible(page)
    page.get_by_role("button", name="Chuyển cơ quan giải quyết 3 hồ sơ").dblclick()
    page.wait_for_url(re.compile(r"/hang-loat/\d+/"))
    page.get_by_text("Xong lúc").wait_for()
    assert_accessible(page)
    assert "3/3" in page.locator("#bulk-state").inner_text()
    assert page.locator("#bulk-state td", has_text="Đã làm").count() == 3
    assert Dossier.objects.filter(status=DossierStatus.PROCESSING).count() == 3
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_half_filled_form_survives_a_reload_and_a_power_cut(
    open_as, desk: Desk, transactional_db
):
    page = open_as(desk.clerk)
    page.goto("/tiep-nhan/?thu_tuc=1.001193")
    page.fill("input[name=identity_number]", "040190001234")
    # The number alone may be saved first, and the page may say so.
    with page.expect_response(lambda told: "Nguyễn Thị Đào" in (told.request.post_data or "")):
        page.fill("input[name=name]", "Nguyễn Thị Đào")
        page.press("input[name=name]", "Tab")
    page.get_by_text("Đã lưu tạm lúc").wait_for()

    page.reload()
    page.get_by_text("Khôi phục hồ sơ đang nhập dở").wait_for()
    assert page.input_value("input[name=name]") == "Nguyễn Thị Đào"
    assert_accessible(page)

    page.goto("/tiep-nhan/")
    assert_accessible(page)
    page.get_by_role("link", name=re.compile("Nguyễn Thị Đào")).click()
    page.fill("input[name=phone]", "0912345678")
    page.fill("input[name=address]", "Xóm Sen 2, xã Kim Liên")
    for box in page.locator("#receive [data-received]").all():
        box.check()
    page.get_by_text("Đã lưu tạm lúc").wait_for()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile("/mau/receipt/"))
    page.goto("/tiep-nhan/")
    assert page.get_by_text("đang nhập dở").count() == 0
    assert Dossier.objects.get().applicant_name == "Nguyễn Thị Đào"


def scan(page, text: str) -> None:
    """Keys as a scanner sends them, 5 ms apart by their own clock, however slow the machine."""
    keys = page.context.new_cdp_session(page)
    begun = time.time()
    for number, letter in enumerate([*text, "\r"]):
        key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
        keys.send(
            "Input.dispatchKeyEvent",
            {
                **(key if letter == "\r" else {"key": letter}),
                "type": "keyDown",
                "text": letter,
                "timestamp": begun + number * 0.005,
            },
        )


@pytest.mark.parametrize("where", ["/ho-so/", "/tiep-nhan/?thu_tuc=1.001193"])
def test_a_scanned_code_opens_the_dossier_from_anywhere(open_as, four, desk: Desk, where):
    page = open_as(desk.clerk)
    page.goto(where)
    if "thu_tuc" in where:
        page.fill("input[name=name]", "Nguyễn")
    code = four[2].code

    scan(page, f"https://motcua.nghean.gov.vn/tra-cuu/{code}/")

    page.wait_for_url(f"**/ho-so/{code}/")


def test_slow_typing_is_no_scanner(open_as, four, desk: Desk):
    page = open_as(desk.clerk)
    page.goto("/tiep-nhan/?thu_tuc=1.001193")
    page.locator("input[name=name]").click()

    page.keyboard.type(four[0].code, delay=60)
    page.keyboard.press("Enter")

    assert page.input_value("input[name=name]") == four[0].code
    assert "/tiep-nhan/" in page.url


def test_the_help_sheet_names_the_keys_of_the_list(open_as, four, desk: Desk):
    page = open_as(desk.clerk)
    page.goto("/ho-so/")

    page.keyboard.press("?")

    sheet = page.locator("#key-sheet").inner_text()
    assert all(words in sheet for words in ("Đánh dấu", "Máy quét", "Xuống, lên"))
    assert_accessible(page)
