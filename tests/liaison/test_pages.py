"""The pages and the API of consultations, as each side sees them."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dossiers import lifecycle
from dossiers.holding import Target
from liaison import turns
from liaison.models import Consultation
from tests.conftest import NOW
from tests.liaison.conftest import CONTENT, Round, taken

HOUR = timedelta(hours=1)
LIST = reverse("liaison:worklist")
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW + HOUR, tick=False):
        yield


def asked_form(dossier, agency, **overrides):
    known = {
        "version": dossier.event_count,
        "content": CONTENT,
        "order": "parallel",
        "unit": "working_day",
        "agency_1": agency.pk,
        "term_1": "2",
    }
    return known | overrides


def test_the_officer_asks_from_the_dossier_and_a_second_click_asks_nobody(
    round_, sign_in, construction
):
    client = sign_in(round_.desk.officer)
    address = reverse("liaison:ask", args=[round_.dossier.code])
    assert address in client.get(round_.dossier.get_absolute_url()).content.decode()
    round_.dossier.refresh_from_db()

    first = client.post(address, asked_form(round_.dossier, construction), follow=True)
    second = client.post(address, asked_form(round_.dossier, construction))

    assert "Đã gửi yêu cầu lấy ý kiến" in first.content.decode()
    assert second.status_code == 409
    assert "vừa được người khác cập nhật" in second.content.decode()
    assert Consultation.objects.count() == 1


def test_a_form_with_faults_keeps_what_was_entered(round_, sign_in, construction, commune):
    client = sign_in(round_.desk.officer)
    address = reverse("liaison:ask", args=[round_.dossier.code])
    round_.dossier.refresh_from_db()

    empty = client.post(address, {})
    long = client.post(address, asked_form(round_.dossier, construction, term_1="9"))
    half = client.post(address, asked_form(round_.dossier, construction, agency_2=commune.pk))

    assert [answer.status_code for answer in (empty, long, half)] == [400, 400, 400]
    assert "Hãy tải lại trang" in empty.content.decode()
    assert "sau ngày hẹn trả kết quả" in long.content.decode()
    assert CONTENT in long.content.decode()
    assert "Hãy ghi hạn trả lời của cơ quan này." in half.content.decode()
    assert not Consultation.objects.exists()


def test_a_dossier_that_is_not_in_work_says_so_instead_of_asking(desk, sign_in):
    code = desk.accept().code

    page = sign_in(desk.head).get(reverse("liaison:ask", args=[code])).content.decode()

    assert "Hồ sơ không ở bước đang giải quyết." in page
    assert "<textarea" not in page


def test_the_asked_agency_reads_what_was_shared_and_nothing_else(
    round_, sign_in, construction, foreign_officer
):
    target = Target(code=round_.dossier.code)
    for name in ("to-khai.pdf", "khac.pdf"):
        lifecycle.add_file(
            target=target,
            upload=SimpleUploadedFile(name, PDF),
            actor=round_.desk.officer,
            at=NOW,
        )
    shared, other = round_.dossier.attachments.order_by("pk")
    consultation = round_.one(construction, file_ids=[shared.pk])
    client = sign_in(foreign_officer)

    page = client.get(consultation.get_absolute_url()).content.decode()
    file = client.get(reverse("liaison:shared_file", args=[consultation.pk, shared.pk]))
    hidden = client.get(reverse("liaison:shared_file", args=[consultation.pk, other.pk]))

    assert CONTENT in page
    assert "to-khai.pdf" in page
    assert "khac.pdf" not in page
    assert "0912345678" not in page
    assert "040190001234" not in page
    assert round_.dossier.get_absolute_url() not in page
    assert b"".join(file.streaming_content) == PDF
    assert hidden.status_code == 404
    assert client.get(round_.dossier.get_absolute_url()).status_code == 404


def test_the_asked_agency_answers_once_with_a_file(round_, sign_in, construction, foreign_officer):
    consultation = round_.one(construction)
    client = sign_in(foreign_officer)
    address = reverse("liaison:answer", args=[consultation.pk])
    given = {"verdict": "comments", "answer": "Cần thêm bản vẽ."}

    first = client.post(address, {**given, "file": SimpleUploadedFile("cv.pdf", PDF)}, follow=True)
    second = client.post(address, given)
    file = client.get(reverse("liaison:answer_file", args=[consultation.pk]))

    assert "Đã gửi trả lời" in first.content.decode()
    assert "Cần thêm bản vẽ." in first.content.decode()
    assert second.status_code == 409
    assert b"".join(file.streaming_content) == PDF


def test_an_answer_with_faults_keeps_its_words(round_, sign_in, construction, foreign_officer):
    consultation = round_.one(construction)
    client = sign_in(foreign_officer)
    address = reverse("liaison:answer", args=[consultation.pk])
    page = SimpleUploadedFile("a.html", b"<html>")

    empty = client.post(address, {"verdict": "perhaps"})
    wrong = client.post(address, {"verdict": "agrees", "answer": "Đồng ý.", "file": page})

    assert (empty.status_code, wrong.status_code) == (400, 400)
    assert "Hãy ghi nội dung trả lời." in empty.content.decode()
    assert "không phải PDF" in wrong.content.decode()
    assert "Đồng ý." in wrong.content.decode()


def test_the_navigation_counts_what_waits_for_an_answer(
    round_, sign_in, construction, foreign_officer, officer
):
    round_.one(construction)

    theirs = sign_in(foreign_officer).get(LIST).content.decode()
    ours = sign_in(officer).get(f"{LIST}?tab=chung-toi-hoi").content.decode()

    assert 'aria-current="page">Cần trả lời <span class="count">1</span>' in theirs
    assert round_.dossier.code in theirs
    assert 'aria-current="page">Chờ cơ quan khác <span class="count">1</span>' in ours
    assert round_.dossier.code in ours


def test_the_counter_and_the_province_see_late_answers_and_the_counter_takes_note(
    round_, sign_in, construction, supervisor
):
    consultation = round_.one(construction)
    late = consultation.due_at + HOUR
    turns.tend(at=late)
    with time_machine.travel(late, tick=False):
        assert round_.dossier.code in sign_in(supervisor).get(LIST).content.decode()
        client = sign_in(round_.desk.clerk)
        before = client.get(LIST).content.decode()
        page = client.get(consultation.get_absolute_url()).content.decode()
        noted = client.post(reverse("liaison:read_notice", args=[consultation.pk]), follow=True)

    assert "Quá hạn trả lời" in before
    assert "Xác nhận đã biết" in page
    assert "Xác nhận đã biết" not in noted.content.decode()
    assert "Trần Thị Bình" in noted.content.decode()


def test_whoever_asked_takes_it_back_on_the_page(round_, sign_in, construction):
    consultation = round_.one(construction)
    client = sign_in(round_.desk.officer)
    address = reverse("liaison:withdraw", args=[consultation.pk])

    refused = client.post(address, {})
    done = client.post(address, {"reason": "Đã rõ."}, follow=True)

    assert refused.status_code == 400
    assert "Hãy ghi lý do rút yêu cầu" in refused.content.decode()
    assert "Đã rút yêu cầu" in done.content.decode()


def test_a_page_of_the_list_asks_few_questions_however_long_it_is(
    desk, sign_in, construction, foreign_officer
):
    client = sign_in(foreign_officer)
    counted = []
    for _ in range(2):
        for _ in range(2):
            Round(desk, taken(desk)).one(construction)
        client.get(LIST)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(LIST)
        counted.append(len(asked))

    assert counted[0] == counted[1] <= 8


def test_pages_of_the_list_follow_each_other_and_a_forged_address_is_refused(
    desk, sign_in, construction, foreign_officer, monkeypatch
):
    monkeypatch.setattr("dossiers.paging.ON_SCREEN", 1)
    for _ in range(2):
        Round(desk, taken(desk)).one(construction)
    client = sign_in(foreign_officer)

    first = client.get(LIST)
    second = client.get(f"{LIST}{first.context['next_url']}")
    forged = client.get(f"{LIST}?after=abc")

    assert first.context["rows"] != second.context["rows"]
    assert second.context["previous_url"]
    assert forged.status_code == 400


def test_programs_ask_list_and_answer(round_, sign_in, construction, foreign_officer):
    client = sign_in(round_.desk.officer)
    body = {
        "dossier": round_.dossier.code,
        "content": CONTENT,
        "agencies": [{"agency": "H41.16", "term": 8, "unit": "working_hour"}],
    }

    made = client.post("/api/v1/consultations/", body, content_type="application/json")
    again = client.post("/api/v1/consultations/", body, content_type="application/json")
    pk = made.json()[0]["id"]
    client = sign_in(foreign_officer)
    listed = client.get("/api/v1/consultations/", {"tab": "hoi-chung-toi"}).json()["results"]
    said = client.post(
        f"/api/v1/consultations/{pk}/answer/",
        {"verdict": "agrees", "answer": "Đồng ý."},
        content_type="application/json",
    )

    assert (made.status_code, again.json()["code"]) == (201, "asked_before")
    assert [row["id"] for row in listed] == [pk]
    assert (said.status_code, said.json()["status"]) == (200, "answered")
    assert client.get("/api/v1/consultations/", {"tab": "x"}).status_code == 400
