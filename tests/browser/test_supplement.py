"""A supplement in a real browser: asked for, received in two visits, and a new day promised."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from dossiers import lifecycle
from dossiers.holding import Target
from dossiers.models import Dossier
from dossiers.statuses import DossierStatus
from tests.browser.conftest import assert_accessible
from tests.conftest import Desk


@pytest.fixture
def taken(transactional_db, desk: Desk) -> Dossier:
    """Accepted a moment ago and taken up, by the clock on the wall: the browser has no other."""
    at = timezone.now() - timedelta(minutes=2)
    dossier = desk.accept(at=at)
    lifecycle.transfer(target=Target(code=dossier.code), actor=desk.clerk, at=at)
    lifecycle.take(target=Target(code=dossier.code), actor=desk.officer, at=at)
    return Dossier.objects.get(pk=dossier.pk)


def test_a_supplement_is_asked_for_received_and_moves_the_day(open_as, desk: Desk, taken):
    ask(open_as, desk, taken.code)
    bring(open_as, desk, taken.code, "Giấy khai sinh")
    assert Dossier.objects.get(pk=taken.pk).status == DossierStatus.AWAITING_SUPPLEMENT
    bring(open_as, desk, taken.code, "Văn bản ủy quyền")

    after = Dossier.objects.get(pk=taken.pk)
    assert after.status == DossierStatus.PROCESSING
    assert after.first_due_at == taken.first_due_at
    page = open_as(desk.officer)
    page.goto(f"/ho-so/{taken.code}/")
    page.get_by_text("Vì sao ngày này?").click()
    page.get_by_text("yêu cầu bổ sung lần 1").first.wait_for()
    page.get_by_text("Đồng hồ đứng từ").first.wait_for()
    assert_accessible(page)


def ask(open_as, desk: Desk, code: str) -> None:
    page = open_as(desk.officer)
    page.goto(f"/ho-so/{code}/")
    page.locator("summary", has_text="Yêu cầu bổ sung hồ sơ").click()
    assert_accessible(page)
    form = page.locator(f'form[action="/ho-so/{code}/yeu-cau-bo-sung/"]')
    form.locator("textarea[name=reason]").fill("Hồ sơ chưa đủ giấy tờ.")
    form.locator("input[name=name_1]").fill("Giấy khai sinh")
    form.locator("input[name=copies_1]").fill("1")
    form.locator("input[name=name_2]").fill("Văn bản ủy quyền")
    form.get_by_role("button", name="Yêu cầu bổ sung hồ sơ").click()
    page.get_by_text("thời hạn tạm dừng").first.wait_for()


def bring(open_as, desk: Desk, code: str, name: str) -> None:
    """Found in the counter's own list, ticked, and kept."""
    page = open_as(desk.clerk)
    page.goto("/ho-so/?tab=cho-bo-sung")
    assert_accessible(page)
    page.get_by_role("link", name=code).click()
    page.wait_for_url(re.compile(code))
    page.locator("summary", has_text="Nhận hồ sơ bổ sung").click()
    page.get_by_label(re.compile(rf"^\d+\. {name}")).check()
    page.get_by_role("button", name="Nhận hồ sơ bổ sung").click()
    page.get_by_text(re.compile("nhận một phần|nhận đủ")).first.wait_for()
