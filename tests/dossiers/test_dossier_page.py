"""The page of one dossier: what it shows, to whom, in how many queries; and its files."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dossiers import lifecycle
from dossiers.holding import Target
from dossiers.models import Attachment, Dossier
from dossiers.requests import Paper
from tests.conftest import NOW
from tests.dossiers.moving import PDF, walked


def page(client, dossier, at=NOW):
    with time_machine.travel(at, tick=False):
        return client.get(dossier.get_absolute_url())


def text(response) -> str:
    """The words of a page, however its source is broken into lines."""
    return " ".join(response.content.decode().split())


def test_the_page_tells_state_turn_and_promise(desk, sign_in, dossier):
    shown = text(page(sign_in(desk.clerk), dossier))

    assert "Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam" in shown
    assert "Đã tiếp nhận" in shown
    assert "Chờ chuyển cơ quan giải quyết trước 17:00 ngày 13/11/2026" in shown
    assert "thứ Sáu 20/11/2026" in shown
    assert "Còn 5 ngày 6 giờ" in shown


def test_each_paper_says_what_was_received_and_done_with_it(desk, sign_in):
    papers = [
        Paper(name="Tờ khai", originals=1, copies=2, is_digitised=True),
        Paper(name="Hộ chiếu", is_digitised=True, is_reused=True),
    ]
    dossier = desk.accept(papers=papers)

    shown = text(page(sign_in(desk.clerk), dossier))

    assert 'Tờ khai <span class="cell-sub">1 bản chính · 2 bản sao · đã số hóa</span>' in shown
    assert 'Hộ chiếu <span class="cell-sub">đã số hóa · tái sử dụng</span>' in shown


def test_the_promised_day_is_explained_day_by_day(desk, sign_in, dossier):
    response = page(sign_in(desk.clerk), dossier)

    steps = response.context["why"].explanation.steps
    assert [step.date.day for step in steps if step.counts] == [16, 17, 18, 19, 20]
    assert "Vì sao ngày này?" in text(response)


def test_the_first_promise_is_shown_when_it_differs(desk, sign_in, dossier):
    later = dossier.due_at + timedelta(days=3)
    Dossier.objects.filter(pk=dossier.pk).update(due_at=later)

    shown = text(page(sign_in(desk.clerk), dossier))

    assert "thứ Hai 23/11/2026" in shown
    assert "Hẹn lần đầu: thứ Sáu 20/11/2026, trước 17:00." in shown
    assert "Lịch làm việc đã đổi sau khi hẹn" in shown


def test_a_late_dossier_says_so_in_words(desk, sign_in, dossier):
    at = datetime.fromisoformat("2026-11-23T10:00:00+07:00")

    assert "Quá hạn 3 giờ" in text(page(sign_in(desk.clerk), dossier, at))


def test_the_acts_of_the_person_come_first_and_others_say_why_not(desk, sign_in, dossier):
    response = page(sign_in(desk.clerk), walked(desk, "transfer"))

    panels = {panel.act.value: panel for panel in response.context["panels"]}
    assert panels["add_file"].form is not None
    assert "Chỉ công chức của cơ quan giải quyết" in panels["take"].objection
    assert panels["take"].form is None
    assert "Chỉ công chức của cơ quan giải quyết" in text(response)


@pytest.mark.parametrize(
    ("after", "who", "first"),
    [
        ("accept", "clerk", "transfer"),
        ("transfer", "officer", "take"),
        ("take", "officer", "propose"),
        ("propose", "head", "approve"),
        ("approve", "clerk", "return"),
    ],
)
def test_the_likeliest_act_is_offered_first(desk, sign_in, after, who, first):
    dossier = walked(desk, after)

    response = page(sign_in(getattr(desk, who)), dossier, NOW + timedelta(hours=6))

    assert response.context["panels"][0].act.value == first
    assert response.context["panels"][0].form is not None


def test_the_timeline_tells_the_whole_life_the_latest_first(desk, sign_in):
    dossier = walked(desk, "return")

    response = page(sign_in(desk.clerk), dossier, NOW + timedelta(hours=6))

    assert [told.sentence for told in response.context["timeline"]] == [
        "Trần Thị Bình trả kết quả cho Nguyễn Thị Đào tại bộ phận một cửa.",
        "Báo người nộp “Có kết quả” bằng tin nhắn SMS đến 0912***678: chờ gửi.",
        "Nguyễn Thị Hòa phê duyệt kết quả số 15/PLLTTP ngày 13/11/2026, người ký: Nguyễn Thị Hòa.",
        "Lê Thị Oanh thẩm định xong và trình lãnh đạo phê duyệt.",
        "Lê Thị Oanh nhận xử lý hồ sơ.",
        "Trần Thị Bình chuyển hồ sơ đến cơ quan giải quyết.",
        "Trần Thị Bình tiếp nhận hồ sơ, hẹn trả trước 17:00 ngày 20/11/2026.",
    ]
    assert "Ý kiến:</span> Đủ điều kiện giải quyết." in text(response)
    assert "Trạng thái quốc gia: 10 – Đã trả kết quả" in text(response)


def test_inner_steps_show_each_desks_moment(desk, sign_in):
    dossier = walked(desk, "propose")

    response = page(sign_in(desk.officer), dossier, NOW + timedelta(hours=6))

    badges = [badge.text if badge else "" for _, badge, _ in response.context["steps"]]
    shares = [share for *_, share in response.context["steps"]]
    assert shares == [5, 70, 20, 5]
    assert badges[:2] == ["Đúng hạn", "Đúng hạn"]
    assert badges[2].startswith("Còn ")
    assert badges[3] == ""


def test_a_result_that_waits_for_its_owner_is_nobodys_lateness(desk, sign_in):
    dossier = walked(desk, "approve")
    at = datetime.fromisoformat("2026-12-10T09:00:00+07:00")

    response = page(sign_in(desk.clerk), dossier, at)

    assert response.context["steps"][3][1] is None
    assert "Chờ người nộp đến nhận" in text(response)
    assert response.context["deadline"].text == "Trước hạn"


def test_what_an_applicant_wrote_is_shown_as_text(desk, sign_in):
    dossier = desk.accept(summary="<script>alert(1)</script>")

    shown = text(page(sign_in(desk.clerk), dossier))

    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown


@pytest.mark.parametrize("who", ["foreign_officer", "foreign_head", "commune_clerk"])
def test_a_foreign_agencys_dossier_is_not_found(request, dossier, sign_in, who):
    assert page(sign_in(request.getfixturevalue(who)), dossier).status_code == 404


def test_administrators_do_not_open_dossiers(administrator, dossier, sign_in):
    assert page(sign_in(administrator), dossier).status_code == 403


def test_strangers_are_sent_to_the_sign_in_page(client, dossier):
    response = client.get(dossier.get_absolute_url())

    assert response.status_code == 302
    assert reverse("organizations:sign_in") in response["Location"]


@pytest.mark.parametrize(
    "code",
    ["H41.15-261113-9999", "H41.15-000000-0000", "X-261113-0001", "H" * 300 + "-261113-0001"],
)
def test_a_code_that_nobody_has_is_not_found(desk, sign_in, code):
    assert sign_in(desk.clerk).get(f"/ho-so/{code}/").status_code == 404


def test_a_posted_page_is_refused(desk, sign_in, dossier):
    assert sign_in(desk.clerk).post(dossier.get_absolute_url()).status_code == 405


def queries_of_the_page(captured) -> int:
    """Without the session's: another run of the tests may have emptied the cache it lies in."""
    return len([query for query in captured if "django_session" not in query["sql"]])


def test_more_papers_and_events_cost_no_more_queries(desk, sign_in):
    small = desk.accept()
    scans = [SimpleUploadedFile(f"{number}.pdf", PDF) for number in range(6)]
    large = walked(desk, "transfer", papers=[Paper(name="Tờ khai", scans=[scan]) for scan in scans])
    for number in range(5):
        lifecycle.add_file(
            target=Target(code=large.code),
            upload=SimpleUploadedFile(f"them-{number}.pdf", PDF),
            actor=desk.clerk,
            at=NOW + timedelta(hours=2),
        )
    client = sign_in(desk.clerk)
    at = NOW + timedelta(hours=3)
    page(client, small, at)

    with CaptureQueriesContext(connection) as few:
        page(client, small, at)
    with CaptureQueriesContext(connection) as many:
        page(client, large, at)

    assert queries_of_the_page(many) == queries_of_the_page(few) <= 24


# -- Files -----------------------------------------------------------------------------------


@pytest.fixture
def scanned(desk) -> Dossier:
    scan = SimpleUploadedFile("Tờ khai “gốc”.pdf", PDF)
    return desk.accept(papers=[Paper(name="Tờ khai", originals=1, scans=[scan])])


def address(dossier, attachment_id=None) -> str:
    pk = attachment_id or dossier.attachments.get().pk
    return reverse("dossiers:attachment", args=[dossier.code, pk])


def closed(response):
    """The answer read to its end, which closes the file; kept as `content_read`."""
    response.content_read = b"".join(response.streaming_content)
    return response


def test_a_scan_is_shown_without_the_power_to_do_anything(desk, sign_in, scanned):
    response = closed(sign_in(desk.officer).get(address(scanned)))

    assert response.content_read == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("inline")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]


def test_a_scan_can_be_saved_under_its_own_name(desk, sign_in, scanned):
    response = closed(sign_in(desk.officer).get(address(scanned), {"tai": "1"}))

    assert response["Content-Disposition"].startswith("attachment")
    assert "filename*=utf-8''T%E1%BB%9D%20khai" in response["Content-Disposition"]


def test_an_image_is_sandboxed_and_an_unknown_kind_is_only_saved(desk, sign_in, scanned):
    client = sign_in(desk.officer)
    Attachment.objects.update(content_type="image/png")
    image = closed(client.get(address(scanned)))
    Attachment.objects.update(content_type="text/html")
    unknown = closed(client.get(address(scanned)))

    assert "sandbox" in image["Content-Security-Policy"]
    assert unknown["Content-Type"] == "application/octet-stream"
    assert unknown["Content-Disposition"].startswith("attachment")


def test_a_foreign_agency_never_gets_the_file(foreign_officer, sign_in, scanned):
    assert sign_in(foreign_officer).get(address(scanned)).status_code == 404


def test_a_file_of_another_dossier_is_not_served_under_this_code(desk, sign_in, scanned):
    other = desk.accept()

    response = sign_in(desk.clerk).get(address(other, scanned.attachments.get().pk))

    assert response.status_code == 404


@pytest.mark.parametrize("pk", ["0", "99999999999999999999999", "..%2f..%2fetc%2fpasswd", "-1"])
def test_hostile_file_ids_are_not_found(desk, sign_in, scanned, pk):
    assert sign_in(desk.clerk).get(f"/ho-so/{scanned.code}/tep/{pk}/").status_code == 404


def test_a_file_missing_on_disk_is_told_in_a_sentence(desk, sign_in, scanned):
    kept = scanned.attachments.get()
    kept.file.storage.delete(kept.file.name)

    response = sign_in(desk.clerk).get(address(scanned))

    assert response.status_code == 404
    assert "không còn trên kho lưu trữ" in text(response)
