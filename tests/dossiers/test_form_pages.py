"""The pages of a printed form: waiting, shown, given up; who may open and who may frame them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from dossiers import documents, intake, rendering
from dossiers.models import Dossier, PrintedForm
from dossiers.statuses import FormKind
from organizations.models import User
from tests.conftest import NOW, Desk

SignIn = Callable[[User], Client]
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _plain_drawing(monkeypatch) -> None:
    """What the PDF looks like is tested elsewhere."""
    monkeypatch.setattr(documents, "to_pdf", lambda html: b"%PDF-1.7 test")


@pytest.fixture
def ready(dossier: Dossier) -> PrintedForm:
    form = dossier.forms.get()
    rendering.render(form_id=form.pk, at=NOW)
    form.refresh_from_db()
    return form


def address(dossier: Dossier, name: str = "form", kind: FormKind = FormKind.RECEIPT) -> str:
    return reverse(f"dossiers:{name}", args=[dossier.code, kind])


def test_page_waits_and_asks_again_each_second(desk: Desk, dossier: Dossier, sign_in: SignIn):
    page = sign_in(desk.clerk).get(address(dossier))

    assert page.status_code == 200
    text = page.content.decode()
    assert "Đang tạo tệp PDF" in text
    assert 'hx-trigger="every 1s"' in text
    assert f'<a href="{address(dossier)}">Tải lại</a>' in text
    assert "<iframe" not in text


def test_asking_again_too_early_changes_nothing_on_the_page(
    desk: Desk, dossier: Dossier, sign_in: SignIn
):
    answer = sign_in(desk.clerk).get(address(dossier), **HTMX)

    assert (answer.status_code, answer.content) == (204, b"")


def test_asking_again_brings_the_pdf_when_it_is_there(
    desk: Desk, ready: PrintedForm, sign_in: SignIn
):
    part = sign_in(desk.clerk).get(address(ready.dossier), **HTMX).content.decode()

    assert f'src="{address(ready.dossier, "form_pdf")}#navpanes=0"' in part
    assert "data-print-frame" in part
    assert "<html" not in part
    assert "hx-trigger" not in part


def test_page_shows_the_pdf_and_leads_to_the_next_citizen(
    desk: Desk, ready: PrintedForm, sign_in: SignIn
):
    text = sign_in(desk.clerk).get(address(ready.dossier)).content.decode()

    assert f'src="{address(ready.dossier, "form_pdf")}#navpanes=0"' in text
    assert "Tiếp nhận hồ sơ tiếp theo" in text
    assert reverse("dossiers:intake") in text


def test_officer_sees_the_form_without_the_counters_next_step(
    desk: Desk, ready: PrintedForm, sign_in: SignIn
):
    text = sign_in(desk.officer).get(address(ready.dossier)).content.decode()

    assert "<iframe" in text
    assert "Tiếp nhận hồ sơ tiếp theo" not in text


def test_pdf_is_shown_inline_under_a_telling_name(desk: Desk, ready: PrintedForm, sign_in: SignIn):
    answer = sign_in(desk.clerk).get(address(ready.dossier, "form_pdf"))

    assert b"".join(answer.streaming_content) == b"%PDF-1.7 test"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        'inline; filename="giay-tiep-nhan-H41.15-261113-0001.pdf"'
    )
    assert "no-store" in answer["Cache-Control"]
    answer.close()


def test_pdf_may_be_framed_by_the_portal_alone(desk: Desk, ready: PrintedForm, sign_in: SignIn):
    browser = sign_in(desk.clerk)

    pdf = browser.get(address(ready.dossier, "form_pdf"))
    page = browser.get(address(ready.dossier))

    pdf.close()
    assert pdf["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in pdf["Content-Security-Policy"]
    assert "default-src 'none'" in pdf["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_pdf_that_is_not_drawn_leads_to_the_page_that_waits(
    desk: Desk, dossier: Dossier, sign_in: SignIn
):
    answer = sign_in(desk.clerk).get(address(dossier, "form_pdf"))

    assert (answer.status_code, answer["Location"]) == (302, address(dossier))


def test_lost_file_is_told_in_a_sentence(desk: Desk, ready: PrintedForm, sign_in: SignIn, settings):
    (Path(settings.MEDIA_ROOT) / ready.file.name).unlink()

    answer = sign_in(desk.clerk).get(address(ready.dossier, "form_pdf"))

    assert answer.status_code == 404
    assert "không còn trong kho lưu trữ" in answer.content.decode()


def test_form_that_was_given_up_can_be_asked_for_again(
    desk: Desk, dossier: Dossier, sign_in: SignIn
):
    form = dossier.forms.get()
    PrintedForm.objects.update(attempts=5, failure="ValueError: a.py:1", asked_at=NOW)
    browser = sign_in(desk.clerk)

    page = browser.get(address(dossier)).content.decode()
    answer = browser.post(address(dossier, "form_again"))

    assert "Chưa tạo được tệp PDF sau 5 lần thử" in page
    assert "ValueError" not in page
    assert (answer.status_code, answer["Location"]) == (302, address(dossier))
    form.refresh_from_db()
    assert (form.attempts, form.failure) == (0, "")
    assert form.asked_at > NOW - timedelta(seconds=1)


@pytest.mark.parametrize("name", ["form", "form_pdf", "form_again"])
def test_forms_of_a_foreign_dossier_do_not_exist(
    ready: PrintedForm, foreign_officer: User, commune_clerk: User, sign_in: SignIn, name: str
):
    for stranger in (foreign_officer, commune_clerk):
        browser = sign_in(stranger)
        ask = browser.post if name == "form_again" else browser.get
        assert ask(address(ready.dossier, name)).status_code == 404


@pytest.mark.parametrize("name", ["form", "form_pdf", "form_again"])
def test_forms_are_closed_to_those_without_a_desk(
    ready: PrintedForm, administrator: User, sign_in: SignIn, name: str
):
    browser = sign_in(administrator)
    ask = browser.post if name == "form_again" else browser.get

    assert ask(address(ready.dossier, name)).status_code == 403


def test_stranger_is_sent_to_sign_in(ready: PrintedForm, client: Client):
    answer = client.get(address(ready.dossier, "form_pdf"))

    assert answer.status_code == 302
    assert reverse("organizations:sign_in") in answer["Location"]


def test_form_that_was_never_ordered_does_not_exist(desk: Desk, dossier: Dossier, sign_in: SignIn):
    answer = sign_in(desk.clerk).get(address(dossier, kind=FormKind.REFUSAL))

    assert answer.status_code == 404


def test_refusal_has_its_own_page_and_file_name(desk: Desk, sign_in: SignIn):
    dossier = intake.refuse(
        request=desk.request(), reason="Không thuộc thẩm quyền.", actor=desk.clerk, at=NOW
    )
    rendering.render(form_id=dossier.forms.get().pk, at=NOW)
    browser = sign_in(desk.clerk)

    page = browser.get(address(dossier, kind=FormKind.REFUSAL)).content.decode()
    pdf = browser.get(address(dossier, "form_pdf", FormKind.REFUSAL))

    pdf.close()
    assert "Phiếu từ chối tiếp nhận giải quyết hồ sơ" in page
    assert f"phieu-tu-choi-{dossier.code}.pdf" in pdf["Content-Disposition"]


@pytest.mark.parametrize(
    ("name", "method"), [("form", "post"), ("form_pdf", "post"), ("form_again", "get")]
)
def test_pages_refuse_the_other_method(
    desk: Desk, ready: PrintedForm, sign_in: SignIn, name: str, method: str
):
    ask = getattr(sign_in(desk.clerk), method)

    assert ask(address(ready.dossier, name)).status_code == 405


def test_waiting_costs_few_queries(
    desk: Desk, dossier: Dossier, sign_in: SignIn, django_assert_max_num_queries
):
    browser = sign_in(desk.clerk)
    browser.get(address(dossier))  # Notes when the session was last used.

    with django_assert_max_num_queries(5):
        browser.get(address(dossier), **HTMX)
