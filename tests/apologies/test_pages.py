"""The heads' and counters' pages: what they show, what they cost, what one click does."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from apologies import drafting, drawing, runs
from apologies.models import ApologyLetter, CentreNotice, LetterPrint, SigningRun
from dossiers.models import Dossier
from tests.apologies.writing import REASON, THURSDAY, drafted, endangered, sealed, signed
from tests.conftest import NOW, Desk


@pytest.fixture(autouse=True)
def _on_thursday() -> Iterator[None]:
    with time_machine.travel(THURSDAY, tick=False):
        yield


def url(name: str, *args) -> str:
    return reverse(f"apologies:{name}", args=args)


def text(response) -> str:
    return response.content.decode()


def test_the_list_shows_what_the_head_has_to_sign_and_what_is_lacking(sign_in, desk, late):
    drafting.draft_endangered(at=THURSDAY)

    page = text(sign_in(desk.head).get(url("drafts")))

    assert late.code in page
    assert "Chưa ghi lý do" in page
    assert "26/11/2026" in page


def test_an_empty_list_says_what_will_appear(sign_in, desk):
    assert "Không có phiếu nào chờ ký." in text(sign_in(desk.head).get(url("drafts")))


def test_the_list_costs_the_same_for_thirty_drafts_as_for_one(
    sign_in, desk, django_assert_max_num_queries
):
    for _ in range(32):
        desk.accept()
    drafting.draft_endangered(at=THURSDAY)
    client = sign_in(desk.head)
    client.get(url("drafts"))

    with django_assert_max_num_queries(8):
        page = text(client.get(url("drafts")))

    assert page.count('name="letter"') == 30
    assert "Trang sau" in page


def test_the_second_page_begins_behind_the_first(sign_in, desk):
    for _ in range(32):
        desk.accept()
    drafting.draft_endangered(at=THURSDAY)
    client = sign_in(desk.head)
    following = text(client.get(url("drafts"))).split('rel="next"')[0].rpartition('href="')[2]

    page = text(client.get(url("drafts") + following.split('"')[0].replace("&amp;", "&")))

    assert page.count('name="letter"') == 2


def test_an_address_changed_by_hand_begins_anew(sign_in, desk, draft):
    assert draft.dossier.code in text(sign_in(desk.head).get(url("drafts") + "?after=x"))


def test_the_page_of_a_draft_waits_for_its_picture_and_shows_it(sign_in, desk, draft):
    client = sign_in(desk.head)
    assert "Đang tạo bản xem trước" in text(client.get(url("letter", draft.pk)))
    waiting = client.get(url("letter", draft.pk), headers={"HX-Request": "true"})
    assert waiting.status_code == 204

    drawing.preview(letter_id=draft.pk, revision=0, at=THURSDAY)

    shown = client.get(url("letter", draft.pk), headers={"HX-Request": "true"})
    assert "<iframe" in text(shown)
    pdf = client.get(url("letter_pdf", draft.pk))
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    assert "object-src 'self'" in pdf["Content-Security-Policy"]


def test_one_click_signs_and_says_what_was_done(sign_in, desk, draft):
    answer = sign_in(desk.head).post(url("sign", draft.pk), {"revision": "0"}, follow=True)

    assert "Đã ký phiếu số 01/PXL" in text(answer)
    assert "đang tạo tệp PDF" in text(answer)
    assert ApologyLetter.objects.get(pk=draft.pk).status == "signed"


def test_a_letter_without_a_file_does_not_wait_for_one(sign_in, desk, draft):
    client = sign_in(desk.head)
    client.post(url("sign", draft.pk), {"revision": "0"})
    # As in the drawn past of the demonstration.
    LetterPrint.objects.filter(kind="sealed").delete()

    shown = text(client.get(url("letter", draft.pk)))

    assert "Hệ thống không giữ tệp PDF của phiếu này." in shown
    assert "đang tạo tệp PDF" not in shown


def test_a_second_click_signs_nothing_more(sign_in, desk, draft):
    client = sign_in(desk.head)
    client.post(url("sign", draft.pk), {"revision": "0"})

    again = client.post(url("sign", draft.pk), {"revision": "0"})

    assert again.status_code == 409
    assert "trạng thái “Đã ký”" in text(again)
    assert ApologyLetter.objects.filter(number__isnull=False).count() == 1


def test_a_stale_form_is_refused_with_the_new_text_before_the_eyes(sign_in, desk, draft):
    client = sign_in(desk.head)
    given = {"revision": "0", "reason": "Lý do mới", "fault": "agency", "new_day": "27/11/2026"}
    assert client.post(url("revise", draft.pk), given).status_code == 302

    answer = client.post(url("sign", draft.pk), {"revision": "0"})

    assert answer.status_code == 409
    assert "Phiếu vừa được sửa" in text(answer)
    assert "Lý do mới" in text(answer)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("28/11/2026", "là ngày nghỉ"),
        ("19/11/2026", "Ngày hẹn mới phải sau hôm nay"),
        ("31/02/2026", "ngày"),
    ],
)
def test_a_day_that_will_not_do_is_refused_beside_what_was_entered(
    sign_in, desk, draft, day, sentence
):
    given = {"revision": "0", "reason": "Đang chờ", "fault": "agency", "new_day": day}

    answer = sign_in(desk.head).post(url("revise", draft.pk), given)

    assert answer.status_code == 400
    assert sentence in text(answer)
    assert "Đang chờ" in text(answer)
    assert ApologyLetter.objects.get(pk=draft.pk).reason == REASON


def test_without_a_certificate_the_page_says_what_to_do(sign_in, desk, late):
    letter = drafted(late)

    answer = sign_in(desk.head).post(url("sign", letter.pk), {"revision": "0"})

    assert answer.status_code == 400
    assert "chưa có chứng thư số" in text(answer)


def test_an_officer_sees_the_letter_and_why_they_may_not_sign_it(sign_in, desk, draft):
    page = text(sign_in(desk.officer).get(url("letter", draft.pk)))

    assert "Chỉ lãnh đạo của Sở Tư pháp" in page
    assert url("sign", draft.pk) not in page


def test_a_signed_letter_is_withdrawn_with_a_reason(sign_in, desk, draft):
    letter = signed(draft, desk.head)
    sealed(letter)
    client = sign_in(desk.head)
    assert "Thu hồi phiếu" in text(client.get(url("letter", letter.pk)))

    answer = client.post(
        url("withdraw", letter.pk), {"revision": "0", "reason": "Ghi sai tên"}, follow=True
    )

    assert "Đã thu hồi phiếu số 01/PXL" in text(answer)
    assert "Ghi sai tên" in text(answer)
    assert ApologyLetter.objects.drafts().count() == 1


def test_marked_letters_are_signed_in_a_run_that_shows_each_outcome(sign_in, desk, certificate):
    good, bad = (drafted(endangered(desk), reason="") for _ in range(2))
    ApologyLetter.objects.filter(pk=bad.pk).update(new_day=None)
    client = sign_in(desk.head)
    marked = [f"{letter.pk}:0" for letter in (good, bad)]
    given = {"letter": marked, "reason": "Sự cố", "fault": "system", "key": str(uuid4())}

    answer = client.post(url("sign_many"), given)

    run = SigningRun.objects.get()
    assert answer.headers["Location"] == url("run", run.pk)
    assert "Đã ký 0 trên 2 phiếu" in text(client.get(url("run", run.pk)))
    runs.advance(run_id=run.pk, at=THURSDAY)
    sealed(good)
    page = text(client.get(url("run", run.pk)))
    assert "Đã ký 1 trên 2 phiếu" in page
    assert "Hãy chọn ngày hẹn mới rồi ký lại." in page
    assert "1 phiếu đã có tệp PDF ký số" in page
    assert "hx-get" not in page.split("Đã ký 1 trên 2")[0].rpartition("<main")[2]


@pytest.mark.parametrize("marked", [[], ["x"], ["1:"], ["9999999999999999999:0"]])
def test_nothing_marked_is_said_and_the_list_stays(sign_in, desk, draft, marked):
    given = {"letter": marked, "reason": "", "fault": "agency", "key": str(uuid4())}

    answer = sign_in(desk.head).post(url("sign_many"), given)

    assert answer.status_code == 400
    assert "đánh dấu ít nhất một phiếu" in text(answer)
    assert draft.dossier.code in text(answer)


def test_the_counter_reads_the_notice_once(sign_in, desk, draft):
    signed(draft, desk.head)
    client = sign_in(desk.clerk)
    page = text(client.get(url("drafts"), follow=True))
    assert draft.dossier.code in page
    assert REASON in page

    notice = CentreNotice.objects.get()
    client.post(url("notice_read", notice.pk))
    client.post(url("notice_read", notice.pk))

    notice.refresh_from_db()
    assert (notice.read_by, notice.read_at) == (desk.clerk, THURSDAY)
    assert "Không có thông báo nào chưa xem." in text(client.get(url("notices")))


def test_a_drawing_that_was_given_up_is_tried_again_by_a_head(sign_in, desk, draft):
    letter = signed(draft, desk.head)
    LetterPrint.objects.update(attempts=6, failure="KeyMissing")
    client = sign_in(desk.head)
    assert "Chưa tạo được tệp PDF" in text(client.get(url("letter", letter.pk)))

    client.post(url("draw_again", letter.pk))

    assert drawing.draw_waiting(at=THURSDAY + timedelta(seconds=1)) == 1


def test_the_dossier_page_and_the_navigation_lead_to_the_draft(sign_in, desk: Desk, draft):
    page = text(sign_in(desk.head).get(reverse("dossiers:detail", args=[draft.dossier.code])))

    assert "Xin lỗi và hẹn lại" in page
    assert url("letter", draft.pk) in page
    assert (
        '<span>Xin lỗi</span><span class="count" data-live="apologies" data-quiet>1</span>' in page
    )


def test_a_dossier_without_a_letter_shows_no_panel(sign_in, desk: Desk, dossier: Dossier):
    page = text(sign_in(desk.head).get(reverse("dossiers:detail", args=[dossier.code])))

    assert "Xin lỗi và hẹn lại" not in page
    assert dossier.accepted_at == NOW


def test_the_letter_signed_last_stands_first(sign_in, desk, certificate):
    first, second = (drafted(endangered(desk)) for _ in range(2))
    signed(second, desk.head)
    signed(first, desk.head, at=THURSDAY + timedelta(minutes=1))

    shown = sign_in(desk.head).get(url("signed"))

    assert [letter.full_number for letter in shown.context["letters"]] == ["02/PXL", "01/PXL"]


def test_signed_letters_are_listed_with_their_state(sign_in, desk, draft):
    letter = signed(draft, desk.head)
    client = sign_in(desk.head)
    assert "Đã ký, đang tạo PDF" in text(client.get(url("signed")))

    sealed(letter)

    assert "Đã gửi" in text(client.get(url("signed")))
