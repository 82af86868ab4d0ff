"""From a dossier left alone to the public page, in a real browser with a real worker.

The days before today are gone through one by one, and those after the signing; what people do
happens today. The mail server is a process of its own.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apologies import digest, drafting, ladder
from apologies.demo_authority import DemoAuthority
from apologies.models import ApologyLetter, ExtensionRequest, ExtensionViolation, LadderWarning
from dossiers import lifecycle
from dossiers.deadlines import HERE, local_date
from dossiers.holding import Target
from dossiers.models import Dossier, Reschedule
from notifications.models import Message
from notifications.statuses import ChannelPreference
from organizations.models import User
from tests.browser.conftest import PHONE, assert_accessible
from tests.conftest import APPLICANT, PASSWORD, Desk
from tests.notifications.servers import MailServer, until
from workdays.loading import calendar_for

A_DAY = timedelta(days=1)
HEAD_MAIL = "hoa@example.vn"
REASON = "Chờ ý kiến của cơ quan phối hợp: Công an tỉnh chưa trả lời"


@pytest.fixture
def mail_server(tmp_path) -> Iterator[MailServer]:
    server = MailServer(tmp_path / "mail")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def variables(mail_server: MailServer) -> dict[str, str]:
    """The portal sends by this mail server, at whatever hour the test runs."""
    return {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(mail_server.port),
        "SMTP_SECURITY": "none",
        "EMAIL_FROM": "Một cửa tỉnh Nghệ An <motcua@nghean.example>",
        "MESSAGE_HOURS": "00:00-23:59:59",
    }


@pytest.fixture
def left_alone(transactional_db, settings, tmp_path, desk: Desk) -> Dossier:
    """Taken up and forgotten; promised for the next working day of the clock on the wall."""
    settings.SIGNING_DIR = tmp_path / "signing"
    now = timezone.now()
    DemoAuthority(at=now - timedelta(days=30), life=timedelta(days=365)).certify(
        agency=desk.agency, at=now
    )
    User.objects.filter(pk=desk.head.pk).update(email=HEAD_MAIL)
    calendar = calendar_for(desk.agency.schedule_id)
    promised = calendar.add_working_days(local_date(now), 1)
    accepted = datetime.combine(calendar.add_working_days(promised, -5), time(9), HERE)
    by_mail = replace(APPLICANT, contact_preference=ChannelPreference.EMAIL)
    dossier = desk.accept(at=accepted, applicant=by_mail)
    lifecycle.transfer(target=Target(code=dossier.code), actor=desk.clerk, at=accepted)
    lifecycle.take(target=Target(code=dossier.code), actor=desk.officer, at=accepted)
    return Dossier.objects.get(pk=dossier.pk)


def test_from_a_dossier_left_alone_to_the_public_page(
    open_as, desk: Desk, supervisor, left_alone, mail_server
):
    today = local_date(timezone.now())
    go_through(local_date(left_alone.accepted_at), today)
    assert climbed(left_alone) == ["officer", "head", "centre"]
    drafted_before_the_last_day(left_alone)
    reminded_once_a_day(left_alone, mail_server)

    ask(open_as, desk, left_alone.code)
    decide(open_as, desk, left_alone.code)
    letter = sign(open_as, desk, left_alone)
    after = Dossier.objects.get(pk=left_alone.pk)
    assert after.first_due_at == left_alone.due_at < after.due_at
    assert Reschedule.objects.get(dossier=after).new_due_at == after.due_at
    told_by_mail(letter, mail_server)
    read_in_public(open_as, left_alone.code)
    verify(open_as, desk, letter)

    refused_by_the_page(open_as, desk, left_alone.code)
    refused_by_the_api(open_as, desk, left_alone.code)
    refused_by_the_database(after, desk)
    assert Dossier.objects.get(pk=left_alone.pk).due_at == after.due_at
    watch(open_as, supervisor)

    go_through(today + A_DAY, working_days_after(local_date(after.due_at), 2, desk))
    assert climbed(after) == ["officer", "head", "centre", "due_day", "late", "late"]
    assert mail_server.has("*.eml") == len({mail["Message-ID"] for mail in mail_server.mails})


def go_through(first: date, last: date) -> None:
    """Every beat comes twice on every day, as if a second one stood beside it.

    Today no later than now: the worker, whose clock is the wall's, sends nothing ahead of it.
    """
    day, now = first, timezone.now()
    while day <= last:
        for minutes in (5, 20):
            at = datetime.combine(day, time(7, minutes), HERE)
            at = min(at, now) if day == local_date(now) else at
            ladder.climb(at=at)
            drafting.draft_endangered(at=at)
            digest.send(at=at)
        day += A_DAY


def climbed(dossier: Dossier) -> list[str]:
    """The rungs that the dossier reached on the way to its promise of now."""
    steps = LadderWarning.objects.filter(dossier=dossier, promised_at=dossier.due_at)
    return list(steps.order_by("place").values_list("rung", flat=True))


def working_days_after(day: date, number: int, desk: Desk) -> date:
    return calendar_for(desk.agency.schedule_id).add_working_days(day, number)


def drafted_before_the_last_day(dossier: Dossier) -> None:
    """One draft, from two working days before the promise on."""
    draft = ApologyLetter.objects.get(dossier=dossier)
    calendar = calendar_for(dossier.agency.schedule_id)
    promised = local_date(dossier.due_at)
    assert (draft.status, draft.reason) == ("draft", "")
    assert calendar.working_days(local_date(draft.drafted_at), promised) == 2


def reminded_once_a_day(dossier: Dossier, mail_server: MailServer) -> None:
    """The head hears on the two days that are the head's, once a day, without a name."""
    until(lambda: mail_server.has("*.eml") == 2)
    for mail in mail_server.mails:
        text = mail.get_body(("plain",)).get_content()
        assert mail["To"] == HEAD_MAIL
        assert text.count(dossier.code) == 1
        assert dossier.applicant_name not in text


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
    page.get_by_text(REASON).first.wait_for()
    page.get_by_role("button", name="Ký phiếu", exact=True).click()
    page.get_by_text("Đã ký phiếu số").first.wait_for()
    letter = ApologyLetter.objects.signed().get(dossier=dossier)
    for _ in range(120):
        letter.refresh_from_db()
        if letter.posted_at:
            return letter
        page.wait_for_timeout(500)
    raise AssertionError("The worker did not seal the letter.")


def told_by_mail(letter: ApologyLetter, mail_server: MailServer) -> None:
    """One mail reached the citizen's server, with both days and the reason."""
    key = f"dossier:{letter.dossier_id}:apology:{letter.pk}"
    until(lambda: Message.objects.get(key__startswith=f"{key}:email").state == "sent")
    (mail,) = [mail for mail in mail_server.mails if mail["To"] == "dao@example.vn"]
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    promised = local_date(letter.promised_at)
    told = (letter.dossier.code, f"{promised:%d/%m/%Y}", f"{letter.new_day:%d/%m/%Y}", REASON)
    assert [part for part in told if part not in text] == []


def read_in_public(open_as, code: str) -> None:
    page = open_as(viewport=PHONE)
    page.goto("/xin-loi/cong-khai/")
    page.get_by_text(code).wait_for()
    assert "N*** T*** Đào" in page.content()
    assert "Nguyễn Thị Đào" not in page.content()
    assert_accessible(page)


def verify(open_as, desk: Desk, letter: ApologyLetter) -> None:
    """The PDF as it was sent is valid; with one byte changed, wherever, it is not."""
    head = open_as(desk.head)
    pdf = head.request.get(f"/xin-loi/phieu/{letter.pk}.pdf").body()
    page = open_as()
    assert judged(page, letter, pdf) == "Tệp hợp lệ."
    for place in (len(pdf) // 10, len(pdf) // 2, len(pdf) - 5):
        changed = bytearray(pdf)
        changed[place] ^= 1
        assert judged(page, letter, bytes(changed)) == "Tệp không hợp lệ."


def judged(page, letter: ApologyLetter, content: bytes) -> str:
    page.goto(f"/xac-minh/{letter.verification_code}/")
    file = {"name": "phieu.pdf", "mimeType": "application/pdf", "buffer": content}
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Kiểm tra tệp").click()
    said = page.get_by_text("hợp lệ.").first
    said.wait_for()
    return said.inner_text().strip()


def refused_by_the_page(open_as, desk: Desk, code: str) -> None:
    """The page offers no second extension; a form sent all the same is refused and kept."""
    page = open_as(desk.officer)
    page.goto(f"/ho-so/{code}/gia-han/")
    page.get_by_text("pháp luật không cho gia hạn lần nữa").first.wait_for()
    assert page.get_by_role("button", name="Gửi lãnh đạo").count() == 0
    token = page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value")
    dossier = Dossier.objects.get(code=code)
    form = {"version": str(dossier.event_count), "reason_kind": "workload", "fault": "agency",
            "new_day": f"{a_later_day():%d/%m/%Y}", "csrfmiddlewaretoken": token}  # fmt: skip
    answer = page.request.post(
        f"/ho-so/{code}/gia-han/de-nghi/", form=form, headers={"Referer": page.url}
    )
    assert answer.status == 409
    assert ExtensionViolation.objects.filter(dossier=dossier).count() == 1


def refused_by_the_api(open_as, desk: Desk, code: str) -> None:
    """A program of the officer's hears the same sentence."""
    program = open_as().request
    given = {"username": desk.officer.username, "password": PASSWORD}
    token = program.post("/api/v1/token/", data=given).json()["token"]
    need = {"reason_kind": "workload", "fault": "agency", "new_day": f"{a_later_day()}"}
    answer = program.post(
        f"/api/v1/extensions/{code}/ask/", data=need, headers={"Authorization": f"Token {token}"}
    )
    assert (answer.status, answer.json()["code"]) == (400, "extended_before")
    assert "không cho gia hạn lần nữa" in answer.text()
    assert ExtensionViolation.objects.filter(dossier__code=code).count() == 1


def refused_by_the_database(dossier: Dossier, desk: Desk) -> None:
    """Not even past the acts: neither a second new day nor a second accepted request."""
    kept = Reschedule.objects.get(dossier=dossier)
    asked = ExtensionRequest.objects.get(dossier=dossier)
    for row in (kept, asked):
        row.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


def watch(open_as, supervisor: User) -> None:
    page = open_as(supervisor)
    page.goto("/xin-loi/tuan-thu/")
    page.get_by_text("Nhu cầu gia hạn lần hai").wait_for()
    assert_accessible(page)


def a_later_day() -> date:
    return local_date(timezone.now()) + timedelta(days=60)
