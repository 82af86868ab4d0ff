"""From a dossier left alone to the public page, in a real browser with a real worker."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from apologies import drafting, ladder
from apologies.demo_authority import DemoAuthority
from apologies.models import ApologyLetter, ExtensionViolation, LadderWarning
from dossiers import lifecycle
from dossiers.deadlines import HERE, local_date
from dossiers.holding import Target
from dossiers.models import Dossier, Reschedule
from notifications.models import Message
from tests.browser.conftest import PHONE, assert_accessible
from tests.conftest import Desk
from workdays.loading import calendar_for


@pytest.fixture
def left_alone(transactional_db, settings, tmp_path, desk: Desk) -> Dossier:
    """Taken up and forgotten; promised for the next working day of the clock on the wall."""
    settings.SIGNING_DIR = tmp_path / "signing"
    now = timezone.now()
    DemoAuthority(at=now - timedelta(days=30), life=timedelta(days=365)).certify(
        agency=desk.agency, at=now
    )
    calendar = calendar_for(desk.agency.schedule_id)
    promised = calendar.add_working_days(local_date(now), 1)
    accepted = datetime.combine(calendar.add_working_days(promised, -5), time(9), HERE)
    dossier = desk.accept(at=accepted)
    lifecycle.transfer(target=Target(code=dossier.code), actor=desk.clerk, at=accepted)
    lifecycle.take(target=Target(code=dossier.code), actor=desk.officer, at=accepted)
    return Dossier.objects.get(pk=dossier.pk)


def test_from_a_dossier_left_alone_to_the_public_page(open_as, desk: Desk, supervisor, left_alone):
    climb_day_by_day(left_alone)
    drafting.draft_endangered(at=timezone.now())
    ask(open_as, desk, left_alone.code)
    decide(open_as, desk, left_alone.code)
    letter = sign(open_as, desk, left_alone)

    after = Dossier.objects.get(pk=left_alone.pk)
    assert after.first_due_at == left_alone.due_at < after.due_at
    assert Reschedule.objects.get(dossier=after).new_due_at == after.due_at
    assert Message.objects.filter(key__startswith=f"dossier:{after.pk}:apology:").exists()
    read_in_public(open_as, left_alone.code)
    verify(open_as, desk, letter)
    ask_in_vain(open_as, desk, left_alone.code)
    page = open_as(supervisor)
    page.goto("/xin-loi/tuan-thu/")
    page.get_by_text("Nhu cầu gia hạn lần hai").wait_for()
    assert_accessible(page)


def climb_day_by_day(dossier: Dossier) -> None:
    """Two beats on every day until today: each rung once."""
    day = local_date(dossier.accepted_at)
    while day <= local_date(timezone.now()):
        for minutes in (5, 20):
            ladder.climb(at=datetime.combine(day, time(0, minutes), HERE))
        day += timedelta(days=1)
    climbed = LadderWarning.objects.order_by("place").values_list("rung", flat=True)
    assert list(climbed) == ["officer", "head", "centre"]


def ask(open_as, desk: Desk, code: str) -> None:
    page = open_as(desk.officer)
    page.goto(f"/ho-so/{code}/")
    assert_accessible(page)
    page.get_by_role("link", name="Đề nghị gia hạn").click()
    page.get_by_label("Chờ ý kiến của cơ quan phối hợp").check()
    page.get_by_label("Nói rõ lý do").fill("Công an tỉnh chưa trả lời")
    assert_accessible(page)
    page.get_by_role("button", name="Gửi lãnh đạo").click()
    page.get_by_text("đã chuyển lãnh đạo").wait_for()


def decide(open_as, desk: Desk, code: str) -> None:
    page = open_as(desk.head)
    page.goto("/xin-loi/bac-thang/")
    assert_accessible(page)
    page.get_by_role("link", name="Chờ quyết định gia hạn").click()
    assert_accessible(page)
    page.get_by_role("button", name="Đồng ý gia hạn").click()
    page.get_by_text("ngày hẹn đổi khi ký").wait_for()


def sign(open_as, desk: Desk, dossier: Dossier) -> ApologyLetter:
    """From the ladder to the draft; the worker draws and seals it."""
    page = open_as(desk.head)
    page.goto("/xin-loi/bac-thang/")
    page.get_by_role("link", name="Dự thảo").click()
    page.get_by_text("Chờ ý kiến của cơ quan phối hợp: Công an tỉnh chưa trả lời").first.wait_for()
    page.get_by_role("button", name="Ký phiếu", exact=True).click()
    page.wait_for_load_state()
    letter = ApologyLetter.objects.signed().get(dossier=dossier)
    for _ in range(120):
        letter.refresh_from_db()
        if letter.posted_at:
            return letter
        page.wait_for_timeout(500)
    raise AssertionError("The worker did not seal the letter.")


def read_in_public(open_as, code: str) -> None:
    page = open_as(viewport=PHONE)
    page.goto("/xin-loi/cong-khai/")
    page.get_by_text(code).wait_for()
    assert "N*** T*** Đào" in page.content()
    assert "Nguyễn Thị Đào" not in page.content()
    assert_accessible(page)


def verify(open_as, desk: Desk, letter: ApologyLetter) -> None:
    """The PDF as it was sent is valid; with one byte changed it is not."""
    head = open_as(desk.head)
    pdf = head.request.get(f"/xin-loi/phieu/{letter.pk}.pdf").body()
    changed = bytearray(pdf)
    changed[len(pdf) // 2] ^= 1
    page = open_as()
    for content, said in ((pdf, "Tệp hợp lệ."), (bytes(changed), "Tệp không hợp lệ.")):
        page.goto(f"/xac-minh/{letter.verification_code}/")
        file = {"name": "phieu.pdf", "mimeType": "application/pdf", "buffer": content}
        page.set_input_files("input[type=file]", file)
        page.get_by_role("button", name="Kiểm tra tệp").click()
        page.get_by_text(said).wait_for()


def ask_in_vain(open_as, desk: Desk, code: str) -> None:
    """The page offers no second extension; a form sent all the same is refused and kept."""
    page = open_as(desk.officer)
    page.goto(f"/ho-so/{code}/gia-han/")
    page.get_by_text("pháp luật không cho gia hạn lần nữa").first.wait_for()
    assert page.get_by_role("button", name="Gửi lãnh đạo").count() == 0
    token = page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value")
    dossier = Dossier.objects.get(code=code)
    form = {"version": str(dossier.event_count), "reason_kind": "workload", "fault": "agency",
            "new_day": "31/12/2026", "csrfmiddlewaretoken": token}  # fmt: skip
    answer = page.request.post(
        f"/ho-so/{code}/gia-han/de-nghi/", form=form, headers={"Referer": page.url}
    )
    assert answer.status == 409
    assert ExtensionViolation.objects.filter(dossier=dossier).count() == 1
