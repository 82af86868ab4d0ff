"""Guidance at the counter: what the slip says, that no dossier comes of it, and the way back."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied

from desk import guidance_drawing, guiding
from desk.guiding import GuidanceRefused, Lacking
from desk.models import Guidance
from desk.models.guidance import MAX_ATTEMPTS
from dossiers import documents
from dossiers.models import Dossier
from tests.conftest import NOW, Desk
from tests.desk.guided import guided


def printed(guidance: Guidance) -> str:
    """The words of the PDF."""
    assert guidance_drawing.draw_waiting(at=NOW) == 1
    guidance.refresh_from_db()
    with guidance.file.open("rb") as file:
        pdf = pypdfium2.PdfDocument(BytesIO(file.read()))
    return " ".join(page.get_textpage().get_text_range() for page in pdf).replace("\r\n", " ")


def test_the_slip_is_mau_02_and_names_all_that_is_missing(desk: Desk):
    items = [Lacking(name="Giấy khai sinh", originals=1), Lacking(name="Ảnh 4x6", copies=2)]

    words = printed(guided(desk, items=items, reason="Tờ khai chưa ký."))

    assert "PHIẾU YÊU CẦU BỔ SUNG" in words.upper()
    assert "0001/HDHS" in words
    assert "Mẫu số 02" in words
    assert "Nguyễn Thị Đào" in words
    assert "Giấy khai sinh" in words
    assert "Ảnh 4x6" in words
    assert "Tờ khai chưa ký." in words
    assert "NGƯỜI HƯỚNG DẪN" in words.upper()
    assert "chưa được tiếp nhận" in words


def test_no_dossier_comes_of_it(desk: Desk):
    guided(desk)

    assert not Dossier.objects.exists()


def test_slips_are_numbered_at_each_counter_without_gaps(desk: Desk):
    numbers = [guided(desk, submission_key=uuid4()).number for _ in range(3)]

    assert numbers == [1, 2, 3]


def test_a_double_click_gives_one_slip(desk: Desk):
    assert guided(desk) == guided(desk)
    assert Guidance.objects.count() == 1


def test_nothing_missing_is_no_slip(desk: Desk):
    with pytest.raises(GuidanceRefused, match="ít nhất một giấy tờ"):
        guided(desk, items=[Lacking(name=" ")])


def test_only_the_counters_own_staff_guide_there(desk: Desk, commune_clerk):
    desk.clerk = commune_clerk

    with pytest.raises(PermissionDenied):
        guided(desk)


def test_old_slips_are_forgotten_with_what_was_typed(desk: Desk):
    printed(guided(desk))

    assert guiding.forget_old(at=NOW + timedelta(days=179)) == 0
    assert guiding.forget_old(at=NOW + timedelta(days=181)) == 1
    assert not Guidance.objects.exists()


# -- Pages -------------------------------------------------------------------------------------


def typed(desk: Desk, **facts) -> dict[str, str]:
    """The intake form with its first paper ticked."""
    known = {
        "procedure": desk.version.procedure.code,
        "version": str(desk.version.pk),
        "counter": str(desk.counter.pk),
        "submission_key": str(uuid4()),
        "name": "Nguyễn Thị Đào",
        "identity_number": "040190001234",
        "phone": "0912345678",
    }
    return known | facts


def test_a_clerk_guides_and_goes_on_when_the_applicant_returns(desk: Desk, sign_in):
    client, sent = sign_in(desk.clerk), typed(desk)
    question = client.post("/tiep-nhan/huong-dan/hoi/", sent)
    page = question.content.decode()
    assert question.status_code == 200
    assert "Tờ khai yêu cầu cấp Phiếu lý lịch tư pháp" in page
    carried = {f"typed.{name}": text for name, text in sent.items()}

    answer = client.post(
        "/tiep-nhan/huong-dan/lap/",
        carried | {"name": sent["name"], "phone": sent["phone"], "paper_2": "on"},
    )

    slip = Guidance.objects.get()
    assert answer["Location"] == slip.get_absolute_url()
    assert [item.name for item in slip.items.all()] == ["Bản sao thẻ căn cước"]
    assert "Đang tạo phiếu" in client.get(slip.get_absolute_url()).content.decode()
    guidance_drawing.draw_waiting(at=NOW)
    pdf = client.get(f"{slip.get_absolute_url()}phieu.pdf")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    resumed = client.get(f"{slip.get_absolute_url()}tiep/").content.decode()
    assert 'value="040190001234"' in resumed
    assert sent["submission_key"] in resumed


def test_a_slip_that_cannot_be_drawn_is_given_up_until_somebody_asks(
    desk: Desk, sign_in, monkeypatch, caplog
):
    slip, client = guided(desk), sign_in(desk.clerk)

    def broken(html: str) -> bytes:
        raise ValueError(slip.applicant_name)

    with monkeypatch.context() as patch:
        patch.setattr(documents, "to_pdf", broken)
        tries = [guidance_drawing.draw_waiting(at=NOW) for _ in range(MAX_ATTEMPTS + 1)]
    assert tries == [0] * len(tries)
    assert len(caplog.records) == MAX_ATTEMPTS
    shown = client.get(slip.get_absolute_url()).content.decode()
    assert "Chưa tạo được tệp PDF sau 5 lần thử." in shown
    assert guidance_drawing.draw_waiting(at=NOW) == 0

    client.post(f"{slip.get_absolute_url()}tao-lai/")

    assert "Đang tạo phiếu" in client.get(slip.get_absolute_url()).content.decode()
    assert guidance_drawing.draw_waiting(at=NOW) == 1
    client.post(f"{slip.get_absolute_url()}tao-lai/")
    assert guidance_drawing.draw_waiting(at=NOW) == 0


@pytest.mark.parametrize("term", ["dao nguyen", "040190001234", "0912 345 678", "Đào"])
def test_who_returns_is_found_again(desk: Desk, sign_in, term):
    guided(desk)

    page = sign_in(desk.clerk).post("/tiep-nhan/huong-dan/", {"q": term}).content.decode()

    assert "Nguyễn Thị Đào" in page


def test_who_has_come_back_is_no_longer_waited_for(desk: Desk, sign_in):
    slip = guided(desk)
    desk.accept(submission_key=slip.submission_key)

    page = sign_in(desk.clerk).get("/tiep-nhan/huong-dan/").content.decode()

    assert "Nguyễn Thị Đào" not in page


def test_what_is_wrong_is_told_and_what_was_typed_stays(desk: Desk, sign_in):
    carried = {f"typed.{name}": text for name, text in typed(desk).items()}

    answer = sign_in(desk.clerk).post(
        "/tiep-nhan/huong-dan/lap/", carried | {"name": "Đào", "reason": "Thiếu"}
    )

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "ít nhất một giấy tờ" in page
    assert 'value="040190001234"' in page
    assert not Guidance.objects.exists()


def test_the_intake_form_leads_there(desk: Desk, sign_in):
    page = sign_in(desk.clerk).get("/tiep-nhan/?thu_tuc=1.001193").content.decode()

    assert 'formaction="/tiep-nhan/huong-dan/hoi/"' in page
