"""The letter on paper: what it says, how it looks, that it is one page, drawn and sealed once."""

import os
import re
import threading
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import connection
from PIL import Image

from apologies import drawing, keys, letters, ordering, sealing, withdrawal
from apologies.holding import LONGEST_REASON, LetterTarget
from apologies.models import ApologyLetter, LetterPrint
from dossiers import documents
from dossiers.models import Dossier
from organizations.models import Agency
from tests.apologies.writing import (
    REASON,
    THURSDAY,
    bytes_of,
    drafted,
    endangered,
    sealed,
    signed,
)
from tests.conftest import Desk
from tests.dossiers.drawn import Drawn, difference, look_at
from tests.dossiers.test_rendering import unpacked

APPROVED = Path(__file__).parent / "approved"
# Seen between versions of a rasteriser: below 10. One lost mark: above 20.
TOLERANCE = 14
CODE = "ABCDEFGH23456789"


@pytest.fixture
def steady(monkeypatch) -> None:
    """The same code every time, so that pictures can be compared."""
    monkeypatch.setattr("apologies.issuing.choice", lambda letters: next(codes))
    codes = iter(CODE * 20)


def drawn(letter: ApologyLetter) -> Drawn:
    return look_at(bytes_of(sealed(letter)))


# -- What it says ---------------------------------------------------------------------------


@pytest.mark.usefixtures("steady")
def test_the_letter_says_what_the_form_asks_for(draft, desk: Desk):
    text = drawn(signed(draft, desk.head)).text

    for words in (
        "Mẫu số 04 – Thông tư số 03/2025/TT-VPCP",
        "ỦY BAN NHÂN DÂN TỈNH NGHỆ AN SỞ TƯ PHÁP TỈNH NGHỆ AN Số: 01/PXL",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "Nghệ An, ngày 19 tháng 11 năm 2026",
        "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
        "Kính gửi: Ông/Bà Nguyễn Thị Đào",
        "Địa chỉ: Xóm Sen 2, xã Kim Liên, tỉnh Nghệ An",
        "Ngày 13 tháng 11 năm 2026, Trung tâm Phục vụ hành chính công tỉnh Nghệ An tiếp nhận",
        draft.dossier.code,
        "Ngày hẹn trả kết quả: ngày 20 tháng 11 năm 2026.",
        f"Lý do: {REASON}.",
        "Sở Tư pháp tỉnh Nghệ An xin lỗi Ông/Bà vì sự chậm trễ này",
        "trước 17 giờ 00 phút, thứ Năm, ngày 26 tháng 11 năm 2026",
        "GIÁM ĐỐC SỞ",
        "Đã ký số bởi: Sở Tư pháp tỉnh Nghệ An Thời gian ký: 09:00:00 19/11/2026",
        "Nguyễn Thị Hòa",
        "motcua.example.vn/xac-minh/ và nhập mã ABCD EFGH 2345 6789",
    ):
        assert words in text


def test_an_old_dossier_keeps_the_form_of_its_rule_set(draft, desk: Desk):
    ApologyLetter.objects.filter(pk=draft.pk).update(rule_set="nd61-2018")

    assert "Mẫu số 04 – Thông tư số 01/2018/TT-VPCP" in drawn(signed(draft, desk.head)).text


def test_a_deputy_stands_below_the_title_of_the_one_in_whose_place_they_sign(draft, deputy_head):
    assert "KT. GIÁM ĐỐC SỞ PHÓ GIÁM ĐỐC SỞ" in drawn(signed(draft, deputy_head)).text


def test_a_letter_in_place_of_another_says_so(draft, desk: Desk):
    first = signed(draft, desk.head)
    withdrawal.withdraw(
        target=LetterTarget(pk=first.pk), reason="Sai", actor=desk.head, at=THURSDAY
    )

    text = drawn(signed(ApologyLetter.objects.drafts().get(), desk.head)).text

    assert "(Thay phiếu số 01/PXL ngày 19 tháng 11 năm 2026 đã thu hồi)" in text


def test_an_organisation_is_not_called_sir_or_madam(desk: Desk, certificate):
    dossier = endangered(desk)
    Dossier.objects.filter(pk=dossier.pk).update(
        applicant_kind="organisation", applicant_name="Công ty TNHH Sen Vàng"
    )

    text = drawn(signed(drafted(dossier), desk.head)).text

    assert "Kính gửi: Công ty TNHH Sen Vàng" in text
    assert "xin lỗi Quý đơn vị" in text
    assert "Ông/Bà" not in text


def test_a_draft_is_marked_as_one_and_bears_no_number(draft):
    drawing.preview(letter_id=draft.pk, revision=0, at=THURSDAY)

    text = look_at(bytes_of(LetterPrint.objects.get())).text
    # Set widely, so that its letters stand apart.
    assert "DỰTHẢO" in text.replace(" ", "")
    assert "Số: ……/PXL" in text
    assert "Đã ký số" not in text


def test_a_changed_draft_is_drawn_anew_and_its_old_picture_goes(draft, settings):
    drawing.preview(letter_id=draft.pk, revision=0, at=THURSDAY)
    ApologyLetter.objects.filter(pk=draft.pk).update(revision=1, reason="Lý do khác")

    drawing.preview(letter_id=draft.pk, revision=0, at=THURSDAY)
    drawing.preview(letter_id=draft.pk, revision=1, at=THURSDAY)

    assert "Lý do khác" in look_at(bytes_of(LetterPrint.objects.get())).text
    assert len(list(Path(settings.MEDIA_ROOT).rglob("*.pdf"))) == 1


def test_a_draft_asks_the_database_little(draft, django_assert_max_num_queries):
    """Planning and answering came to a quarter of what drawing the page takes."""
    with django_assert_max_num_queries(12) as asked:
        drawing.preview(letter_id=draft.pk, revision=0, at=THURSDAY)

    assert LetterPrint.objects.get().attempts == 1
    widest = max(statement["sql"].count(" JOIN ") for statement in asked.captured_queries)
    assert widest < 8  # PostgreSQL's join_collapse_limit: from there on plans cost milliseconds


# -- How it looks ---------------------------------------------------------------------------


@pytest.mark.usefixtures("steady")
def test_the_letter_looks_like_the_approved_picture(draft, desk: Desk):
    picture = drawn(signed(draft, desk.head)).pictures[0]

    path = APPROVED / "letter.png"
    if os.environ.get("APPROVE"):
        picture.quantize(16).save(path, optimize=True)
    with Image.open(path) as approved:
        assert difference(picture, approved.convert("L")) < TOLERANCE


def test_the_letter_is_one_page_of_a5_in_embedded_tinos(draft, desk: Desk):
    seen = drawn(signed(draft, desk.head))

    assert seen.sizes_mm == [(148, 210)]
    assert {name.partition("+")[2] for name in seen.fonts} == {
        "Tinos",
        "Tinos-Bold",
        "Tinos-Italic",
    }


def test_the_longest_names_and_reasons_still_fit_on_one_page(desk: Desk, certificate):
    agency = "Ban Quản lý Khu kinh tế Đông Nam và các khu công nghiệp, cụm công nghiệp tỉnh Nghệ An"
    Agency.objects.filter(pk=desk.agency.pk).update(name=agency)
    dossier = endangered(desk)
    words = "Đề nghị thẩm định hồ sơ điều chỉnh quy hoạch chi tiết xây dựng khu đô thị "
    Dossier.objects.filter(pk=dossier.pk).update(
        applicant_name=("Nguyễn Phước Bảo Quỳnh " * 9)[:200],
        address=("Xóm Sen 2, xã Kim Liên, tỉnh Nghệ An, " * 8)[:300],
        summary=(words * 7)[:500],
    )
    reason = ("phải xác minh thêm tại nơi cư trú cũ của người yêu cầu " * 10)[:LONGEST_REASON]

    seen = drawn(signed(drafted(dossier, reason=reason.strip()), desk.head))

    assert len(seen.texts) == 1
    assert "Nguyễn Thị Hòa" in seen.text
    assert reason.strip() in seen.text


def test_the_letter_is_archival_and_titled(draft, desk: Desk):
    pdf = bytes_of(sealed(signed(draft, desk.head)))

    inside = unpacked(pdf)
    assert re.search(rb"pdfaid:part.{1,2}2", inside)
    assert re.search(rb"pdfaid:conformance.{1,2}A", inside)
    for part in (b"/Lang (vi)", b"/StructTreeRoot", b"/OutputIntents"):
        assert part in inside
    assert look_at(pdf).title == (
        f"Phiếu xin lỗi và hẹn lại ngày trả kết quả 01/PXL {draft.dossier.code}"
    )
    assert pdf.startswith(b"%PDF-1.7")
    assert b"/SubFilter /ETSI.CAdES.detached" in pdf


def test_the_qr_code_names_the_page_of_this_letter(draft, desk: Desk):
    letter = signed(draft, desk.head)

    assert letters.verification_url(letter.verification_code) == (
        f"https://motcua.example.vn/xac-minh/{letter.verification_code}/"
    )
    assert len(letter.verification_code) == 16


# -- That it is drawn and sealed once, whatever happens --------------------------------------


def test_a_sealed_letter_is_sent_and_posted_with_its_hash(draft, desk: Desk):
    order = sealed(signed(draft, desk.head), at=THURSDAY + timedelta(seconds=3))

    letter = ApologyLetter.objects.get(pk=draft.pk)
    assert letter.sent_at == letter.posted_at == THURSDAY + timedelta(seconds=3)
    assert order.sha256 == sha256(bytes_of(order)).hexdigest()
    assert draft.dossier.code not in order.file.name


def test_drawing_twice_changes_nothing(draft, desk: Desk, settings):
    order = sealed(signed(draft, desk.head))

    drawing.draw(print_id=order.pk, at=THURSDAY + timedelta(hours=1))

    again = LetterPrint.objects.get(pk=order.pk)
    assert (again.file.name, again.sha256, again.attempts) == (order.file.name, order.sha256, 1)


class Killed(BaseException):
    """Stands for the worker's sudden end: nothing catches it."""


def test_a_worker_killed_while_drawing_leaves_a_letter_that_the_sweep_sends(
    draft, desk: Desk, monkeypatch
):
    letter = signed(draft, desk.head)

    def killed(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(sealing, "seal", killed)
        with pytest.raises(Killed):
            drawing.draw(print_id=letter.prints.get().pk, at=THURSDAY)
    assert ApologyLetter.objects.get(pk=letter.pk).sent_at is None

    # Its turn comes again when the claim has run out, not before.
    assert drawing.draw_waiting(at=THURSDAY + timedelta(minutes=1)) == 0
    assert drawing.draw_waiting(at=THURSDAY + timedelta(minutes=2)) == 1
    assert ApologyLetter.objects.get(pk=letter.pk).sent_at is not None


@pytest.mark.django_db(transaction=True)
def test_two_workers_draw_one_file_and_hold_no_lock_meanwhile(
    draft, desk: Desk, settings, monkeypatch
):
    letter = signed(draft, desk.head)
    order, drawings, looked = letter.prints.get(), [], []
    draw = documents.to_pdf

    def slow(html: str) -> bytes:
        drawings.append(1)
        # Another connection can lock the letter and its dossier while this one draws.
        other = threading.Thread(target=look)
        other.start()
        other.join()
        return draw(html)

    def look() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'")
            cursor.execute("SELECT id FROM apologies_apologyletter FOR UPDATE NOWAIT")
            cursor.execute("SELECT id FROM dossiers_dossier FOR UPDATE NOWAIT")
            looked.append(cursor.fetchall())
        connection.close()

    monkeypatch.setattr(documents, "to_pdf", slow)

    def work() -> None:
        drawing.draw(print_id=order.pk, at=THURSDAY)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert (len(drawings), len(looked)) == (1, 1)
    assert len(list(Path(settings.MEDIA_ROOT).rglob("*.pdf"))) == 1


def test_a_letter_withdrawn_before_its_pdf_stood_is_never_sent(draft, desk: Desk):
    letter = signed(draft, desk.head)
    withdrawal.withdraw(
        target=LetterTarget(pk=letter.pk), reason="Sai", actor=desk.head, at=THURSDAY
    )

    sealed(letter)

    assert ApologyLetter.objects.get(pk=letter.pk).sent_at is None


def test_a_missing_key_is_said_retried_and_given_up_without_personal_data(
    draft, desk: Desk, settings, caplog
):
    letter = signed(draft, desk.head)
    (key,) = settings.SIGNING_DIR.glob("*.key")
    hidden = key.rename(key.with_suffix(".away"))

    tried = []
    for minutes in range(0, 1000):
        if drawing.draw_waiting(at=THURSDAY + timedelta(minutes=minutes)) or (
            letter.prints.get().attempts > len(tried)
        ):
            tried.append(minutes)
    order = letter.prints.get()
    assert tried == [0, 2, 4, 9, 39, 159]
    assert ordering.is_given_up(order)
    assert order.failure.startswith("KeyMissing: keys.py:")
    assert draft.dossier.applicant_name not in order.failure + caplog.text

    hidden.rename(key)
    ordering.ask_again(letter=letter, at=THURSDAY + timedelta(days=2))
    assert drawing.draw_waiting(at=THURSDAY + timedelta(days=2)) == 1


def test_a_key_that_others_can_read_does_not_sign(draft, desk: Desk, settings):
    letter = signed(draft, desk.head)
    (key,) = settings.SIGNING_DIR.glob("*.key")
    assert key.stat().st_mode & 0o777 == 0o600
    key.chmod(0o644)

    order = sealed(letter)

    assert order.drawn_at is None
    assert order.failure.startswith("KeyMissing")


def test_a_key_behind_a_passphrase_signs_with_it_alone(desk: Desk, settings, request):
    settings.SIGNING_PASSPHRASE = "mật khẩu khóa"
    request.getfixturevalue("certificate")
    letter = signed(drafted(endangered(desk)), desk.head)
    (key,) = settings.SIGNING_DIR.glob("*.key")
    assert "ENCRYPTED" in key.read_text()

    settings.SIGNING_PASSPHRASE = ""
    assert sealed(letter).drawn_at is None
    settings.SIGNING_PASSPHRASE = "mật khẩu khóa"
    assert sealed(letter, at=THURSDAY + timedelta(minutes=2)).drawn_at


def test_a_full_disk_leaves_no_half_letter(draft, desk: Desk, monkeypatch):
    letter = signed(draft, desk.head)

    def full(self, name, content):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(FileSystemStorage, "_save", full)
        order = sealed(letter)
    assert (order.drawn_at, bool(order.file)) == (None, False)
    assert order.failure.startswith("OSError")

    assert drawing.draw_waiting(at=THURSDAY + timedelta(minutes=2)) == 1


def test_another_holder_of_keys_can_be_named(settings, monkeypatch):
    """A token or a service: the setting names the class, and nothing else changes."""
    monkeypatch.setattr(keys, "import_string", lambda path: lambda: SimpleNamespace(path=path))
    settings.SIGNING_KEYS = "tokens.OurToken"
    keys.holder.cache_clear()

    assert keys.holder().path == "tokens.OurToken"
    keys.holder.cache_clear()
