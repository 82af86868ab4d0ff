"""What goes wrong on the way of a letter: a clear sentence on the page, and nothing half done."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from apologies.demo_authority import DemoAuthority
from apologies.models import ApologyLetter, CentreNotice
from dossiers.holding import Target
from dossiers.models import Dossier, Reschedule
from dossiers.statuses import EventKind
from notifications import delivery
from notifications.models import Message
from tests.apologies.writing import THURSDAY, drafted, sealed, signed
from tests.conftest import NOW, Desk
from tests.dossiers.moving import _approve, _propose, _return
from tests.notifications.conftest import gateway, mail_server  # noqa: F401 (fixtures)


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


def untouched(letter: ApologyLetter) -> bool:
    """Nothing of a signing is there: no number, no new day, no event, no notice, no message."""
    dossier = Dossier.objects.get(pk=letter.dossier_id)
    return (
        ApologyLetter.objects.get(pk=letter.pk).number is None
        and not Reschedule.objects.exists()
        and not CentreNotice.objects.exists()
        and not Message.objects.filter(template="apology").exists()
        and not dossier.events.filter(kind=EventKind.APOLOGY_SIGNED).exists()
        and dossier.due_at == dossier.first_due_at
    )


def said_when_signing(browser, letter: ApologyLetter) -> str:
    """The page that answers the head's click; never a broken one."""
    answer = browser.post(reverse("apologies:sign", args=[letter.pk]), {"revision": "0"})
    assert answer.status_code in {400, 403, 409}
    return " ".join(answer.content.decode().split())


def test_a_letter_for_a_returned_dossier(sign_in, desk: Desk, draft):
    target = Target(code=draft.dossier.code)
    for act in (_propose, _approve, _return):
        act(desk, target, THURSDAY)

    said = said_when_signing(sign_in(desk.head), draft)

    assert "Đã trả kết quả" in said
    assert untouched(draft)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 11, 18), "Hãy chọn"),
        (date(2026, 11, 20), "Hãy chọn"),
        (date(2026, 11, 28), "Ngày 28/11/2026 là ngày nghỉ. Hãy chọn một ngày làm việc."),
        (date(2026, 11, 24), "Ngày 24/11/2026 là ngày nghỉ. Hãy chọn một ngày làm việc."),
        (date(2039, 11, 28), "lịch"),
        (None, "Hãy chọn ngày hẹn mới rồi ký lại."),
    ],
    ids=["passed", "not-later", "saturday", "holiday", "beyond-the-calendar", "none"],
)
def test_a_new_day_that_will_not_do(sign_in, desk: Desk, draft, day, sentence):
    ApologyLetter.objects.filter(pk=draft.pk).update(new_day=day)

    said = said_when_signing(sign_in(desk.head), draft)

    assert sentence in said
    assert untouched(draft)


@pytest.mark.parametrize("text", ["18/11/2026", "28/11/2026", "31/02/2027", "mai", ""])
def test_such_a_day_is_not_even_written_into_the_draft(sign_in, desk: Desk, draft, text):
    given = {"revision": "0", "reason": "Chờ xác minh", "fault": "agency", "new_day": text}

    answer = sign_in(desk.head).post(reverse("apologies:revise", args=[draft.pk]), given)

    assert answer.status_code == 400
    assert "Chưa ghi được. Hãy sửa các mục sau" in answer.content.decode()
    assert ApologyLetter.objects.get(pk=draft.pk).revision == 0


def test_no_certificate(sign_in, desk: Desk, late):
    letter = drafted(late)

    said = said_when_signing(sign_in(desk.head), letter)

    assert "chưa có chứng thư số. Hãy báo quản trị hệ thống cài chứng thư số" in said
    assert untouched(letter)


def test_an_expired_certificate(sign_in, desk: Desk, late):
    letter = drafted(late)
    DemoAuthority(at=NOW - timedelta(days=30), life=timedelta(days=30)).certify(
        agency=desk.agency, at=NOW
    )

    said = said_when_signing(sign_in(desk.head), letter)

    assert "đến 13/11/2026. Hãy báo quản trị hệ thống cài chứng thư số mới" in said
    assert untouched(letter)


def test_a_certificate_that_ends_between_signing_and_sealing(desk: Desk, late):
    """A letter with a signature that does not hold is worse than one that comes later."""
    DemoAuthority(at=NOW - timedelta(days=30), life=timedelta(days=36, hours=1)).certify(
        agency=desk.agency, at=NOW
    )
    letter = signed(drafted(late), desk.head)

    order = sealed(letter, at=THURSDAY + timedelta(hours=2))

    assert (order.drawn_at, bool(order.file)) == (None, False)
    assert ApologyLetter.objects.get(pk=letter.pk).sent_at is None


def told_to(desk: Desk, letter: ApologyLetter, preference: str) -> Message:
    """The message of a letter that was signed for somebody who chose this way."""
    Dossier.objects.filter(pk=letter.dossier_id).update(contact_preference=preference)
    signed(letter, desk.head)
    message = Message.objects.get(template="apology")
    delivery.deliver(message_id=message.pk, at=THURSDAY)
    message.refresh_from_db()
    return message


def stands(letter: ApologyLetter) -> bool:
    """The letter is signed, numbered and rescheduled, whatever became of its message."""
    kept = ApologyLetter.objects.get(pk=letter.pk)
    return (kept.status, kept.number, Reschedule.objects.count()) == ("signed", 1, 1)


def test_a_mail_server_that_refuses(sign_in, administrator, desk, draft, mail_server):  # noqa: F811
    mail_server.behave("refuse-recipient")

    message = told_to(desk, draft, "email")

    assert message.state == "failed"
    assert stands(draft)
    shown = sign_in(administrator).get(reverse("notifications:detail", args=[message.pk]))
    assert "Không gửi được" in shown.content.decode()
    assert mail_server.has("*.eml") == 0


@pytest.mark.parametrize("how", ["nonsense", "broken", "no-number"])
def test_a_gateway_that_answers_nonsense(desk: Desk, draft, gateway, how):  # noqa: F811
    gateway.behave(how)

    message = told_to(desk, draft, "sms")

    assert message.state == "waiting"
    assert message.failure.startswith("Cổng tin nhắn ")
    assert message.failure.endswith(".")
    assert stands(draft)
