"""The acts that stop the clock, by their pages: what is asked, told, printed and refused."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dossiers import worklists
from dossiers.models import Dossier, SupplementRequest
from dossiers.statuses import DossierStatus
from tests.conftest import NOW
from tests.dossiers.moving import PDF, asked_to_supplement, supplemented, walked

LATER = NOW + timedelta(hours=6)


def do(client, act, dossier, data, at=LATER):
    entered = {"version": dossier.event_count} | data
    with time_machine.travel(at, tick=False):
        return client.post(reverse(f"dossiers:{act}", args=[dossier.code]), entered)


def page(client, dossier, at=LATER) -> str:
    with time_machine.travel(at, tick=False):
        return " ".join(client.get(dossier.get_absolute_url()).content.decode().split())


def test_an_officer_asks_for_everything_at_once(desk, sign_in):
    dossier, browser = walked(desk, "take"), sign_in(desk.officer)
    lines = {"name_1": "Giấy khai sinh", "certified_copies_1": "1", "name_5": "Ảnh 4 x 6"}

    answer = do(browser, "request_supplement", dossier, lines | {"reason": "Thiếu giấy tờ."})

    assert answer.status_code == 302
    request = SupplementRequest.objects.get(dossier=dossier)
    items = request.items.order_by("position").values_list("name", "certified_copies")
    assert list(items) == [("Giấy khai sinh", 1), ("Ảnh 4 x 6", 0)]
    text = page(browser, dossier)
    assert "chờ bổ sung, thời hạn tạm dừng." in text
    assert "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ" in text
    assert "deadline--paused" in text


@pytest.mark.parametrize(
    ("entered", "sentence"),
    [
        ({"reason": "Thiếu."}, "Hãy ghi ít nhất một giấy tờ hoặc nội dung còn thiếu."),
        ({"name_1": "A"}, "Hãy ghi rõ lý do yêu cầu bổ sung."),
        ({"reason": "Thiếu.", "originals_2": "1"}, "Hãy ghi tên giấy tờ ở dòng 2."),
    ],
)
def test_what_is_not_said_is_asked_for_and_the_rest_kept(desk, sign_in, entered, sentence):
    dossier = walked(desk, "take")

    answer = do(sign_in(desk.officer), "request_supplement", dossier, entered)

    text = answer.content.decode()
    assert (answer.status_code, sentence in text) == (400, True)
    assert Dossier.objects.get(pk=dossier.pk).event_count == dossier.event_count
    assert all(value in text for value in entered.values())


def test_an_act_that_is_too_late_is_greyed_with_its_reason(desk, sign_in):
    dossier = supplemented(desk, asked_to_supplement(desk), at=LATER)

    text = page(sign_in(desk.officer), dossier)

    assert "đã được yêu cầu bổ sung 1 lần, là số lần tối đa" in text
    assert 'name="name_1"' not in text


def test_the_counter_ticks_what_came_and_prints_the_receipt_anew(desk, sign_in):
    waiting, browser = asked_to_supplement(desk), sign_in(desk.clerk)
    scan = SimpleUploadedFile("khai-sinh.pdf", PDF)

    first = do(browser, "receive_supplement", waiting, {"item_1": "on", "scans_1": scan})
    partly = Dossier.objects.get(pk=waiting.pk)
    assert first.status_code == 302
    assert "còn chờ giấy tờ khác" in page(browser, partly)
    later = NOW + timedelta(days=4)
    do(browser, "receive_supplement", partly, {"item_2": "on"}, at=later)

    full = Dossier.objects.get(pk=waiting.pk)
    assert full.status == DossierStatus.PROCESSING
    text = page(browser, full, at=later)
    assert "nhận đủ hồ sơ bổ sung" in text
    assert "hoàn thiện hồ sơ" in text
    assert "(in lần 2)" in text
    form = reverse("dossiers:form", args=[full.code, "receipt"])
    answers = [browser.get(f"{form}?lan={number}").status_code for number in ("2", "3", "x")]
    assert answers == [200, 404, 404]


def test_a_scan_without_its_tick_is_asked_about(desk, sign_in):
    waiting = asked_to_supplement(desk)
    scan = SimpleUploadedFile("khai-sinh.pdf", PDF)

    answer = do(sign_in(desk.clerk), "receive_supplement", waiting, {"scans_1": scan})

    assert answer.status_code == 400
    assert "Có tệp quét nhưng chưa đánh dấu đã nhận." in answer.content.decode()


def test_why_this_day_tells_every_pause_and_change(desk, sign_in):
    dossier = supplemented(desk, asked_to_supplement(desk), at=NOW + timedelta(days=4))

    text = page(sign_in(desk.officer), dossier, at=NOW + timedelta(days=4))

    assert "Trần Thị Bình tiếp nhận hồ sơ, hẹn trả lần đầu trước 17:00 ngày 20/11/2026." in text
    assert "Tạm dừng: Lê Thị Oanh yêu cầu bổ sung lần 1 (Giấy khai sinh;" in text
    assert (
        "Trần Thị Bình nhận đủ hồ sơ bổ sung. Đồng hồ đứng từ 14:00 ngày 13/11/2026, "
        "1 ngày 5 giờ làm việc; thời hạn tính lại từ đầu: ngày hẹn từ 17:00 ngày 20/11/2026 "
        "thành 17:00 ngày 25/11/2026."
    ) in text


@pytest.mark.parametrize(
    ("act", "last", "who", "entered", "status", "said"),
    [
        ("pause", "take", "officer", {"reason": "Thông báo 12"}, "awaiting_payment", "tạm dừng"),
        ("decline", "propose", "head", {"reason": "Không đủ."}, "declined", "đã bị từ chối giải quyết"),
        ("stop", "take", "head", {"reason": "Tranh chấp."}, "stopped", "đã dừng giải quyết"),
        ("withdraw", "take", "clerk", {"reference": "Đơn"}, "withdrawn", "trả lại giấy tờ đã nộp"),
    ],
)  # fmt: skip
def test_the_other_acts_are_done_and_told(desk, sign_in, act, last, who, entered, status, said):
    dossier, browser = walked(desk, last), sign_in(getattr(desk, who))

    answer = do(browser, act, dossier, entered)

    assert answer.status_code == 302, answer.content.decode()
    assert Dossier.objects.get(pk=dossier.pk).status == status
    assert said in page(browser, dossier)


def test_a_paused_dossier_stands_in_its_own_list_and_in_no_other(desk):
    waiting = asked_to_supplement(desk)
    at = waiting.due_at + timedelta(days=30)

    counts = worklists.counts(desk.clerk, at=at)

    assert counts["cho-bo-sung"] == 1
    assert {key for key, count in counts.items() if count} == {"cho-bo-sung"}
