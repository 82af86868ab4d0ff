"""The pages of corrections: proposed beside the dossier, decided with before and after in view."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dossiers.models import Correction
from tests.dossiers.correcting_hands import LATE, TRULY, accepted, late, proposed
from tests.dossiers.moving import PDF

TODAY = LATE + timedelta(hours=3)


def filled(dossier, **facts) -> dict:
    known = {
        "version": dossier.event_count,
        "moment": "ended",
        "true_day": "19/11/2026",
        "true_time": "15:30",
        "reason": "Mất mạng nên cập nhật chậm.",
        "reference": "Sổ theo dõi số 02, trang 14",
    }
    return known | facts


def post(browser, dossier, **facts):
    address = reverse("dossiers:propose_correction", args=[dossier.code])
    with time_machine.travel(TODAY, tick=False):
        return browser.post(address, filled(dossier, **facts))


def test_an_officer_proposes_and_the_province_accepts(desk, supervisor, sign_in):
    dossier = late(desk)
    browser = sign_in(desk.officer)

    sent = post(browser, dossier, evidence=SimpleUploadedFile("so.pdf", PDF))
    correction = Correction.objects.get()
    asked = sign_in(supervisor).get(correction.get_absolute_url()).content.decode()
    with time_machine.travel(TODAY, tick=False):
        done = browser.post(reverse("dossiers:accept_correction", args=[correction.pk]), {})
    correction.refresh_from_db()
    page = browser.get(dossier.get_absolute_url()).content.decode()

    assert sent.status_code == done.status_code == 302
    assert correction.true_at == TRULY
    assert "09:00 25/11/2026 · trễ hạn" in asked
    assert "<strong>15:30 19/11/2026</strong> · trước hạn" in asked
    assert "so.pdf" in asked
    assert correction.status == "accepted"
    # What was recorded stays on the page, and the correction stands beside it.
    assert "Trễ hạn" in page
    assert "Bùi Thanh Vân chấp nhận đính chính mốc kết thúc giải quyết" in page
    assert "mốc đã ghi vẫn giữ nguyên" in page
    assert "thực tế 15:30 19/11/2026 (trước hạn)" in page


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"true_day": "31/02/2026"}, "Hãy ghi ngày thực tế theo dạng ngày/tháng/năm"),
        ({"true_time": "25:00"}, "Hãy ghi giờ thực tế theo dạng giờ:phút"),
        ({"true_day": "30/11/2026"}, "Mốc thực tế không thể ở tương lai."),
        ({"moment": "accepted"}, "accepted"),
        ({"reference": ""}, "Hãy ghi số, ngày văn bản chứng minh"),
        ({"reason": ""}, "Hãy ghi rõ lý do đính chính."),
        ({"reason": "a\x00b"}, "Lý do đính chính: "),
        ({"version": "x"}, "Biểu mẫu không đúng."),
        ({"evidence": SimpleUploadedFile("a.pdf", b"MZ")}, "không phải PDF, JPG hoặc PNG"),
    ],
)
def test_bad_input_is_told_and_changes_nothing(desk, sign_in, facts, sentence):
    dossier = late(desk)

    answer = post(sign_in(desk.officer), dossier, **facts)

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not Correction.objects.exists()


def test_a_second_click_finds_the_first(desk, sign_in):
    dossier = late(desk)
    browser = sign_in(desk.officer)

    first, second = post(browser, dossier), post(browser, dossier)

    assert (first.status_code, second.status_code) == (302, 409)
    assert Correction.objects.count() == 1


def test_decomposed_letters_are_composed(desk, sign_in):
    dossier = late(desk)

    post(
        sign_in(desk.officer),
        dossier,
        reason="Ma\u0302\u0301t ma\u0323ng",
        reference="So\u0302\u0309",
    )

    kept = Correction.objects.get()
    assert (kept.reason, kept.reference) == ("Mất mạng", "Sổ")


def test_a_refusal_without_a_reason_keeps_the_page(desk, supervisor, sign_in):
    correction = proposed(late(desk), desk.officer)
    address = reverse("dossiers:refuse_correction", args=[correction.pk])

    with time_machine.travel(TODAY, tick=False):
        answer = sign_in(supervisor).post(address, {"note": " "})

    assert answer.status_code == 400
    assert "Hãy ghi rõ vì sao không chấp nhận" in answer.content.decode()


def test_a_decided_one_says_so_to_the_second_who_comes(desk, supervisor, sign_in):
    correction = accepted(proposed(late(desk), desk.officer), supervisor)
    address = reverse("dossiers:refuse_correction", args=[correction.pk])

    with time_machine.travel(TODAY, tick=False):
        answer = sign_in(supervisor).post(address, {"note": "Không."})

    assert answer.status_code == 409
    assert "Đề nghị này đã được quyết định" in answer.content.decode()


def test_the_list_keeps_to_eight_queries(desk, supervisor, sign_in):
    for _ in range(3):
        proposed(late(desk, submission_key=None), desk.officer)
    browser = sign_in(supervisor)

    with CaptureQueriesContext(
        connection,
    ) as captured:
        text = browser.get(reverse("dossiers:corrections")).content.decode()

    asked = [one for one in captured.captured_queries if "SAVEPOINT" not in one["sql"]]
    assert len(asked) <= 8
    assert text.count("Văn phòng UBND tỉnh quyết định") == 3


def test_each_finds_the_proposals_that_wait_for_them(desk, supervisor, deputy_head, sign_in):
    proposed(late(desk), desk.officer)
    mine = reverse("dossiers:corrections")
    empty = "Không có đề nghị đính chính nào chờ bạn quyết định."

    assert empty not in sign_in(supervisor).get(mine).content.decode()
    assert empty in sign_in(deputy_head).get(mine).content.decode()


def test_a_bad_cursor_is_told(desk, supervisor, sign_in):
    answer = sign_in(supervisor).get(reverse("dossiers:corrections"), {"after": "x~y"})

    assert answer.status_code == 400


def test_a_dossier_without_acts_offers_nothing_to_correct(desk, sign_in):
    dossier = desk.accept()
    browser = sign_in(desk.clerk)

    page = browser.get(dossier.get_absolute_url()).content.decode()
    form = browser.get(reverse("dossiers:propose_correction", args=[dossier.code]))

    assert "Đề nghị đính chính mốc thời gian" not in page
    assert "Hồ sơ chưa có mốc nào để đính chính." in form.content.decode()
