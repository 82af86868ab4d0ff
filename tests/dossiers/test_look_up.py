"""The public look-up: a code and how far it is for anybody; more with four digits; no more."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dossiers import intake, limiting
from tests.conftest import APPLICANT, NOW
from tests.dossiers.moving import walked

LOOK_UP = "/tra-cuu/"
UNKNOWN = "H41.15-200101-0001"
PERSONAL = ("Nguyễn Thị Đào", "0912345678", "040190001234", "dao@example.vn", "Xóm Sen")
STAFF = ("Trần Thị Bình", "Lê Thị Oanh", "Nguyễn Thị Hòa")


@pytest.fixture(autouse=True)
def _limits_begin_anew():
    """What one test used up must not be missing in the next."""
    limiting._limiter.cache_clear()
    limiting._limiter().storage.reset()
    yield
    limiting._limiter.cache_clear()


def text(response) -> str:
    return " ".join(response.content.decode().split())


def page_of(client, dossier, digits=None):
    with time_machine.travel(NOW + timedelta(hours=6), tick=False):
        if digits is None:
            return client.get(f"{LOOK_UP}{dossier.code}/")
        return client.post(f"{LOOK_UP}{dossier.code}/", {"digits": digits})


def test_the_form_needs_no_sign_in(client, db):
    response = client.get(LOOK_UP)

    assert response.status_code == 200
    assert "Mã hồ sơ" in text(response)


@pytest.mark.parametrize("typed", ["{}", " {} ", "http://localhost:8000/tra-cuu/{}/"])
def test_a_code_alone_leads_to_its_page(client, dossier, typed):
    response = client.post(LOOK_UP, {"code": typed.format(dossier.code.lower())})

    assert response["Location"] == f"{LOOK_UP}{dossier.code}/"


def test_without_proof_only_the_code_and_its_progress_are_shown(client, desk):
    dossier = walked(desk, "take")

    shown = text(page_of(client, dossier))

    assert dossier.code in shown
    assert "Đang giải quyết." in shown
    assert "Đã hoàn thành 2 trên 5 bước." in shown
    for word in (*PERSONAL, *STAFF, "Sở Tư pháp", "lý lịch tư pháp", "20/11/2026"):
        assert word not in shown


def test_with_the_digits_the_steps_and_the_promise_are_shown(client, desk):
    dossier = walked(desk, "take")

    shown = text(page_of(client, dossier, "5678"))

    assert "Cơ quan giải quyết đang xử lý hồ sơ." in shown
    assert "Thẩm định hồ sơ" in shown
    assert "thứ Sáu 20/11/2026" in shown
    assert "Bộ phận một cửa tiếp nhận hồ sơ." in shown
    assert "Hồ sơ được chuyển đến cơ quan giải quyết." in shown


@pytest.mark.parametrize("last", ["accept", "transfer", "take", "propose", "approve", "return"])
def test_no_name_and_no_number_of_anybody_is_ever_shown(client, desk, last):
    shown = text(page_of(client, walked(desk, last), "5678"))

    assert "Quá trình giải quyết" in shown
    for word in (*PERSONAL, *STAFF, "15/PLLTTP", "Đủ điều kiện"):
        assert word not in shown


def test_the_delegates_digits_are_proof_too(client, desk):
    applicant = replace(APPLICANT, delegate_name="Nguyễn Văn Nam", delegate_phone="0987654321")
    dossier = desk.accept(applicant=applicant)

    assert page_of(client, dossier, "4321").status_code == 200


def test_code_and_digits_answer_in_one_go_without_an_address(client, dossier):
    with time_machine.travel(NOW, tick=False):
        response = client.post(LOOK_UP, {"code": dossier.code, "digits": "5678"})

    assert response.status_code == 200
    assert "thứ Sáu 20/11/2026" in text(response)


def test_an_unknown_code_and_wrong_digits_get_the_same_answer(client, dossier):
    with time_machine.travel(NOW, tick=False):
        wrong = client.post(LOOK_UP, {"code": dossier.code, "digits": "0000"})
        unknown = client.post(LOOK_UP, {"code": UNKNOWN, "digits": "5678"})

    assert wrong.status_code == unknown.status_code == 404
    assert _alike(wrong, dossier.code) == _alike(unknown, UNKNOWN)


def _alike(response, code) -> str:
    token = response.context["csrf_token"]
    return text(response).replace(str(token), "").replace(code, "")


def test_an_unknown_code_and_wrong_digits_do_the_same_work(client, dossier):
    client.post(LOOK_UP, {"code": UNKNOWN, "digits": "0000"})

    with CaptureQueriesContext(connection) as wrong:
        client.post(LOOK_UP, {"code": dossier.code, "digits": "0000"})
    with CaptureQueriesContext(connection) as unknown:
        client.post(LOOK_UP, {"code": UNKNOWN, "digits": "0000"})

    assert len(wrong) == len(unknown) == 1


def test_a_dossier_without_a_phone_gives_nothing_away(client, desk):
    dossier = desk.accept(applicant=replace(APPLICANT, phone=""))

    for digits in ("0000", "", "____", "%%%%"):
        assert "20/11/2026" not in text(page_of(client, dossier, digits))


@pytest.mark.parametrize("digits", ["123", "12345", "abcd", "٤٤٤٤", "12 4", "1234\n5"])
def test_digits_of_a_wrong_shape_are_asked_for_again(client, dossier, digits):
    response = page_of(client, dossier, digits)

    assert response.status_code == 400
    assert "Hãy nhập đúng bốn chữ số." in text(response)


@pytest.mark.parametrize("code", ["", "xin chào", "H41", "' OR 1=1", "x" * 61, "a\x00"])
def test_a_code_of_a_wrong_shape_is_asked_for_again(client, db, code):
    response = client.post(LOOK_UP, {"code": code})

    assert response.status_code == 400
    assert "error-summary" in text(response)


def test_a_refused_dossier_says_so_and_keeps_the_reason_to_itself(client, desk):
    dossier = intake.refuse(
        request=desk.request(), reason="Giấy tờ có dấu hiệu tẩy xóa.", actor=desk.clerk, at=NOW
    )

    shown = text(page_of(client, dossier, "5678"))

    assert "lý do ghi trên phiếu từ chối" in shown
    assert "tẩy xóa" not in shown


def test_answers_are_kept_by_nobody_on_the_way(client, dossier):
    assert "no-store" in page_of(client, dossier, "5678")["Cache-Control"]


def test_guessing_the_digits_of_one_code_ends_soon_from_any_address(client, dossier):
    for number in range(10):
        address = f"10.0.0.{number}"
        client.post(LOOK_UP, {"code": dossier.code, "digits": "0000"}, REMOTE_ADDR=address)

    response = client.post(
        LOOK_UP, {"code": dossier.code, "digits": "5678"}, REMOTE_ADDR="10.0.1.1"
    )

    assert response.status_code == 429
    assert int(response["Retry-After"]) > 60
    assert "Hãy thử lại sau" in text(response)


def test_an_address_that_asks_too_often_is_told_to_wait(client, db, monkeypatch):
    monkeypatch.setattr(limiting, "ASKED_FROM_ADDRESS", limiting.RateLimitItemPerMinute(3))
    answers = [client.get(LOOK_UP, REMOTE_ADDR="10.1.1.1").status_code for _ in range(4)]

    assert answers == [200, 200, 200, 429]
    assert client.get(LOOK_UP, REMOTE_ADDR="10.1.1.2").status_code == 200


def test_the_limit_for_guesses_is_the_same_for_codes_that_do_not_exist(client, db):
    for _ in range(10):
        client.post(LOOK_UP, {"code": UNKNOWN, "digits": "0000"})

    assert client.post(LOOK_UP, {"code": UNKNOWN, "digits": "0000"}).status_code == 429
