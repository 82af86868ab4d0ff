"""Printed forms: what they say, how they look, and that each is drawn once, whatever happens.

The approved pictures are what a person looked at and found right. After a change of layout:
`APPROVE=1 .venv/bin/pytest tests/dossiers/test_rendering.py -k picture`, look at them, commit.
"""

import os
import re
import subprocess
import sys
import threading
import zlib
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.files.storage import FileSystemStorage
from django.db import connection
from PIL import Image

from dossiers import documents, intake, printing, receipts, rendering
from dossiers.holding import Target
from dossiers.models import Dossier, DossierPaper, PrintedForm
from dossiers.requests import FeeFacts, Paper
from dossiers.statuses import ApplicantKind, FormKind, PaymentMethod, ReturnMethod
from procedures import catalog
from procedures.importing import import_rows
from procedures.models import ProcedureVersion
from procedures.reading import read_rows
from procedures.statuses import ChannelKind
from tests.conftest import APPLICANT, DEFAULT_STEPS, NOW, Desk, make_version
from tests.dossiers.drawn import DOTS_PER_MM, Drawn, difference, look_at
from tests.dossiers.ringing import rung
from tthc_portal.celery import app

APPROVED = Path(__file__).parent / "approved"
# Seen between versions of a rasteriser: below 10. One lost mark: above 20.
TOLERANCE = 14
CATALOGUE = configured.BASE_DIR / "procedures" / "data" / "procedures_raw_2026.jsonl.xz"
NAME = "Nguyễn Thị Ỷ Đặng Ưỡng"
# Every vowel with every mark, and đ.
ALPHABET = (
    "aáàảãạ ăắằẳẵặ âấầẩẫậ eéèẻẽẹ êếềểễệ iíìỉĩị oóòỏõọ ôốồổỗộ ơớờởỡợ uúùủũụ ưứừửữự yýỳỷỹỵ đ "
    "AÁÀẢÃẠ ĂẮẰẲẴẶ ÂẤẦẨẪẬ EÉÈẺẼẸ ÊẾỀỂỄỆ IÍÌỈĨỊ OÓÒỎÕỌ ÔỐỒỔỖỘ ƠỚỜỞỠỢ UÚÙỦŨỤ ƯỨỪỬỮỰ YÝỲỶỸỴ Đ"
)


@pytest.fixture(autouse=True)
def _public_address(settings) -> None:
    settings.PUBLIC_URL = "https://motcua.example.vn"


def printed(dossier: Dossier, kind: FormKind = FormKind.RECEIPT) -> PrintedForm:
    """The form after a worker came by."""
    form = dossier.forms.get(kind=kind)
    rendering.render(form_id=form.pk, at=NOW)
    form.refresh_from_db()
    assert not form.failure
    return form


def content_of(form: PrintedForm) -> bytes:
    with form.file.open("rb") as file:
        return file.read()


def unpacked(pdf: bytes) -> bytes:
    """The file with its compressed streams opened."""
    packed = re.findall(rb"/FlateDecode.*?stream\n(.*?)\nendstream", pdf, re.DOTALL)
    return pdf + b"\n".join(zlib.decompress(stream) for stream in packed)


def drawn(dossier: Dossier, kind: FormKind = FormKind.RECEIPT) -> Drawn:
    """The form as a person sees it."""
    return look_at(content_of(printed(dossier, kind)))


def refused(desk: Desk, reason: str = "Hồ sơ không thuộc thẩm quyền giải quyết.") -> Dossier:
    return intake.refuse(request=desk.request(), reason=reason, actor=desk.clerk, at=NOW)


def full_dossier(desk: Desk) -> Dossier:
    """Everything filled in, by a delegate."""
    applicant = replace(
        APPLICANT,
        name=NAME,
        delegate_name="Hoàng Văn Lễ",
        delegate_identity_number="040090001111",
        delegate_phone="0987654321",
    )
    fee = FeeFacts(amount=Decimal(200_000), name="Phí lý lịch", method=PaymentMethod.CASH)
    return desk.accept(applicant=applicant, fee=fee, sets=2)


# -- What the forms say -------------------------------------------------------------------


def test_receipt_says_everything_that_mau_01_asks(desk: Desk):
    dossier = full_dossier(desk)

    seen = drawn(dossier)

    for copy, text in enumerate(seen.texts, start=1):
        for words in (
            "Mẫu số 01 – Thông tư số 03/2025/TT-VPCP",
            "ỦY BAN NHÂN DÂN TỈNH NGHỆ AN",
            "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG TỈNH NGHỆ AN",
            "Số: 0001/BPTNTKQ",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Nghệ An, ngày 13 tháng 11 năm 2026",
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            "Mã hồ sơ: H41.15-261113-0001",
            f"Liên {copy}:",
            "Bộ phận tiếp nhận và trả kết quả: Trung tâm Phục vụ hành chính công tỉnh Nghệ An",
            f"Tiếp nhận hồ sơ của: {NAME}",
            "Số định danh cá nhân: 040190001234",
            "Người được ủy quyền nộp: Hoàng Văn Lễ, số định danh 040090001111, "
            "điện thoại 0987654321",
            "Địa chỉ: Xóm Sen 2, xã Kim Liên, tỉnh Nghệ An",
            "Số điện thoại: 0912345678",
            "Email: dao@example.vn",
            "Nội dung yêu cầu giải quyết: Xin cấp Phiếu lý lịch tư pháp số 1 (thủ tục Cấp Phiếu "
            "lý lịch tư pháp cho công dân Việt Nam, mã 1.001193)",
            "Hình thức nộp: Trực tiếp",
            "Cơ quan giải quyết: Sở Tư pháp tỉnh Nghệ An",
            "Thành phần hồ sơ nộp gồm:",
            "Bản chính Bản sao",
            "1 Tờ khai yêu cầu cấp Phiếu lý lịch tư pháp 1 –",
            "2 Bản sao thẻ căn cước – 1",
            "Số lượng hồ sơ: 2 (bộ)",
            "Phí lý lịch: 200.000 đồng (đã nộp, tiền mặt)",
            "Thời gian giải quyết hồ sơ theo quy định là: 5 ngày làm việc",
            "Thời gian nhận hồ sơ: 09 giờ 00 phút, ngày 13 tháng 11 năm 2026",
            "Thời gian trả kết quả: 17 giờ 00 phút, thứ Sáu, ngày 20 tháng 11 năm 2026",
            "Đăng ký nhận kết quả tại: Trung tâm Phục vụ hành chính công tỉnh Nghệ An, "
            "Số 16 đường Trường Thi",
            "Vào Sổ theo dõi hồ sơ, Quyển số:",
            "Số thứ tự:",
            "NGƯỜI NỘP HỒ SƠ",
            "NGƯỜI TIẾP NHẬN HỒ SƠ",
            "(Ký và ghi rõ họ tên)",
            "Trần Thị Bình",
            "mở motcua.example.vn/tra-cuu/ và nhập mã hồ sơ",
        ):
            assert words in text
    assert seen.texts[0].count("Hoàng Văn Lễ") == 2, "named, and below the signature"


def test_receipt_is_two_a5_pages_one_for_each_copy(dossier: Dossier):
    seen = drawn(dossier)

    assert seen.sizes_mm == [(148, 210), (148, 210)]
    assert "Liên 1: Giao người nộp hồ sơ" in seen.texts[0]
    assert "Liên 2: Lưu tại bộ phận tiếp nhận" in seen.texts[1]
    assert "Trang" not in seen.text


def test_refusal_says_everything_that_mau_03_asks(desk: Desk):
    reason = "Hồ sơ không thuộc thẩm quyền giải quyết.\nĐề nghị nộp tại Công an tỉnh."

    seen = drawn(refused(desk, reason), FormKind.REFUSAL)

    assert seen.sizes_mm == [(148, 210)]
    for words in (
        "Mẫu số 03 – Thông tư số 03/2025/TT-VPCP",
        "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
        "Mã hồ sơ: H41.15-261113-0001",
        "Tiếp nhận hồ sơ của: Nguyễn Thị Đào",
        "Thời gian nộp hồ sơ: 09 giờ 00 phút, ngày 13 tháng 11 năm 2026",
        "Qua xem xét, Trung tâm Phục vụ hành chính công tỉnh Nghệ An thông báo không tiếp nhận, "
        "giải quyết hồ sơ này với lý do cụ thể như sau: "
        "Hồ sơ không thuộc thẩm quyền giải quyết. Đề nghị nộp tại Công an tỉnh.",
        "Xin thông báo cho Ông/Bà được biết và thực hiện.",
        "NGƯỜI NỘP HỒ SƠ",
        "Trần Thị Bình",
    ):
        assert words in seen.text


def test_form_label_is_that_of_the_rules_in_force_at_acceptance(desk: Desk):
    before = datetime.fromisoformat("2025-06-30T09:00:00+07:00")

    seen = drawn(desk.accept(at=before))

    assert "Mẫu số 01 – Thông tư số 01/2018/TT-VPCP" in seen.text


def test_without_a_time_limit_no_day_is_promised(desk: Desk):
    desk.version = make_version(desk.agency, code="1.000001", time_limit=None, time_unit=None)

    text = drawn(desk.accept()).texts[0]

    assert "Thời gian giải quyết hồ sơ theo quy định là: 5 ngày làm việc" in text, "as printed"
    assert "Thời gian trả kết quả: chưa hẹn ngày, vì" in text
    assert "Ông/Bà được báo ngay khi có kết quả." in text
    assert "None" not in text


def test_receipt_keeps_the_first_promise_when_the_calendar_moved_it(dossier: Dossier):
    Dossier.objects.filter(pk=dossier.pk).update(due_at=dossier.due_at + timedelta(days=3))

    text = drawn(dossier).texts[0]

    assert "Thời gian trả kết quả: 17 giờ 00 phút, thứ Sáu, ngày 20 tháng 11 năm 2026" in text


def test_clerk_of_the_receipt_is_the_one_in_the_ledger(desk: Desk, dossier: Dossier):
    desk.clerk.full_name = "Tên Mới"
    desk.clerk.save(update_fields=["full_name"])

    text = drawn(dossier).texts[0]

    assert "Trần Thị Bình" in text
    assert "Tên Mới" not in text


def test_organisation_signs_for_itself_and_shows_its_tax_code(desk: Desk):
    company = replace(
        APPLICANT,
        kind=ApplicantKind.ORGANISATION,
        name="Công ty TNHH Sen Vàng",
        identity_number="",
        tax_code="2900326255",
    )

    text = drawn(desk.accept(applicant=company)).texts[0]

    assert "Mã số thuế, mã số doanh nghiệp: 2900326255" in text
    assert text.count("Công ty TNHH Sen Vàng") == 1, "a company cannot sign by its name"


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        (
            {"return_method": ReturnMethod.POST, "return_address": "Số 1 phố Huế, Hà Nội"},
            "Đăng ký nhận kết quả tại: Số 1 phố Huế, Hà Nội (qua dịch vụ bưu chính)",
        ),
        (
            {"return_method": ReturnMethod.ONLINE},
            "Đăng ký nhận kết quả tại: Trực tuyến, dao@example.vn",
        ),
        ({"fee": None}, "Phí, lệ phí: không thu khi tiếp nhận"),
        ({}, "Phí, lệ phí giải quyết hồ sơ: 200.000 đồng (chưa nộp)"),
        ({"papers": ()}, "Thành phần hồ sơ nộp gồm: không có giấy tờ kèm theo."),
        (
            {"papers": [Paper(name="Giấy khai sinh", is_reused=True)]},
            "Giấy khai sinh (dùng lại dữ liệu đã có) – –",
        ),
        (
            {"papers": [Paper(name="Giấy khai sinh", is_digitised=True)]},
            "Giấy khai sinh (bản điện tử) – –",
        ),
        ({"summary": ""}, "giải quyết: Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam (mã 1.0"),
    ],
)
def test_receipt_words_what_differs_from_dossier_to_dossier(desk: Desk, overrides, words):
    assert words in drawn(desk.accept(**overrides)).texts[0]


def test_papers_that_were_not_brought_are_not_receipted():
    brought = DossierPaper(name="Tờ khai", originals=1)
    missing = DossierPaper(name="Giấy ủy quyền")

    assert [line.name for line in receipts.paper_lines([brought, missing])] == ["Tờ khai"]


def test_online_dossier_is_dated_from_its_acceptance(desk: Desk):
    submitted = intake.submit(request=desk.request(channel=ChannelKind.ONLINE), at=NOW)
    accepted_at = NOW + timedelta(days=3)
    dossier = intake.accept_submitted(
        target=Target(code=submitted.code), actor=desk.clerk, at=accepted_at
    )

    text = drawn(dossier).texts[0]

    assert "Thời gian nhận hồ sơ: 09 giờ 00 phút, ngày 16 tháng 11 năm 2026" in text
    assert "Hình thức nộp: Trực tuyến" in text


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 10), "ngày 10 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_days_take_zeros_as_the_decree_on_official_papers_says(day: date, words: str):
    assert receipts.official_day(day) == words


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Sở Tư pháp", ["Sở Tư pháp"]),
        ("Ủy ban nhân dân tỉnh Nghệ An", ["Ủy ban nhân dân", "tỉnh Nghệ An"]),
        (
            "Trung tâm Phục vụ hành chính công phường Trường Vinh",
            ["Trung tâm Phục vụ hành chính", "công phường Trường Vinh"],
        ),
    ],
)
def test_names_in_the_head_break_into_like_lines(name: str, lines: list[str]):
    assert receipts.balanced(name, width=28 if "Trung" in name else 27) == lines


# -- How they look ------------------------------------------------------------------------


def compare(picture: Image.Image, name: str) -> float:
    """The distance from the approved picture; with APPROVE=1 this one becomes the approved."""
    path = APPROVED / f"{name}.png"
    if os.environ.get("APPROVE"):
        picture.quantize(16).save(path, optimize=True)
    with Image.open(path) as approved:
        return difference(picture, approved.convert("L"))


def page(words: str) -> str:
    """A page of a form with nothing but these words."""
    return f'<html lang="vi"><title>Chữ</title><article class="copy copy--one">{words}</article>'


def test_receipt_looks_like_the_approved_picture(desk: Desk):
    seen = drawn(full_dossier(desk))

    assert compare(seen.pictures[0], "receipt") < TOLERANCE


def test_refusal_looks_like_the_approved_picture(desk: Desk):
    seen = drawn(refused(desk), FormKind.REFUSAL)

    assert compare(seen.pictures[0], "refusal") < TOLERANCE


def test_every_vietnamese_letter_looks_like_the_approved_picture():
    faces = f"<p>{ALPHABET}</p><p><b>{ALPHABET}</b></p><p><i>{ALPHABET}</i></p>"

    seen = look_at(documents.to_pdf(page(faces)))

    assert seen.text.split() == (f"{ALPHABET} " * 3).split()
    assert compare(seen.pictures[0], "alphabet") < TOLERANCE


def test_a_single_lost_mark_is_seen_in_the_picture():
    right, wrong = (
        look_at(documents.to_pdf(page(name))).pictures[0] for name in (NAME, NAME.replace("Ỷ", "Y"))
    )

    assert difference(wrong, right) > TOLERANCE


def test_all_text_is_set_in_embedded_tinos(desk: Desk):
    seen = drawn(full_dossier(desk))

    assert {name.partition("+")[2] for name in seen.fonts} == {
        "Tinos",
        "Tinos-Bold",
        "Tinos-Italic",
    }


def test_qr_code_is_twenty_millimetres_sharp_and_opens_the_look_up(dossier: Dossier):
    picture = drawn(dossier).pictures[0]
    url = "https://motcua.example.vn/tra-cuu/H41.15-261113-0001/"
    matrix = [list(row) for row in receipts.qr_matrix(url).matrix]
    module = 20 * DOTS_PER_MM / len(matrix)
    left, top = 13 * DOTS_PER_MM, _top_of_symbol(picture, module)

    def dark(column: int, row: int) -> bool:
        where = (round(left + (column + 0.5) * module), round(top + (row + 0.5) * module))
        return picture.getpixel(where) < 128

    size, quiet = len(matrix), 4
    for row in range(-quiet, size + quiet):
        for column in range(-quiet, size + quiet):
            inside = 0 <= row < size and 0 <= column < size
            assert dark(column, row) == (inside and bool(matrix[row][column]))


def _top_of_symbol(picture: Image.Image, module: float) -> int:
    """The first row with the seven dark modules of the finder at the left margin."""
    left = 13 * DOTS_PER_MM
    columns = [round(left + (step + 0.5) * module / 2) for step in range(14)]
    return next(
        row
        for row in range(picture.height)
        if all(picture.getpixel((column, row)) < 128 for column in columns)
    )


def test_pdf_is_archival_tagged_and_titled(dossier: Dossier):
    pdf = content_of(printed(dossier))

    inside = unpacked(pdf)
    assert re.search(rb"pdfaid:part.{1,2}2", inside)
    assert re.search(rb"pdfaid:conformance.{1,2}A", inside)
    assert b"/Lang (vi)" in inside
    assert b"/StructTreeRoot" in inside
    assert b"/OutputIntents" in inside
    assert look_at(pdf).title == "Giấy tiếp nhận hồ sơ và hẹn trả kết quả H41.15-261113-0001"


@pytest.mark.slow
def test_thirty_long_papers_of_a_real_procedure_flow_over_pages(desk: Desk):
    desk.version = version = real_procedure("1.013225", desk)
    names = [paper.name for paper in version.papers.order_by("position")][:30]
    papers = [Paper(name=name, originals=1) for name in names]
    case = version.channels.order_by("position").first()
    dossier = desk.accept(papers=papers, case=case, channel=ChannelKind(case.kind))

    seen = drawn(dossier)

    pages = len(seen.texts) // 2
    assert pages > 3
    assert set(seen.sizes_mm) == {(148, 210)}
    for copy in (1, 2):
        texts = seen.texts[(copy - 1) * pages : copy * pages]
        assert "Trang" not in texts[0]
        for number, text in enumerate(texts[1:], start=2):
            head = f"Giấy tiếp nhận hồ sơ và hẹn trả kết quả – {dossier.code} – Liên {copy}"
            assert f"{head} Trang {number}/{pages}" in text
        assert "Thời gian trả kết quả:" in texts[-1]
        assert "NGƯỜI TIẾP NHẬN HỒ SƠ" in texts[-1]
        together = _letters(" ".join(texts))
        kept = [_letters(paper.name) for paper in dossier.papers.order_by("position")]
        assert len(kept) == 30
        # A page's head and a table's head may stand inside a text that goes over two pages.
        assert all(name[:60] in together and name[-60:] in together for name in kept)


def _letters(text: str) -> str:
    return "".join(text.split())


def real_procedure(code: str, desk: Desk) -> ProcedureVersion:
    """A procedure as the national portal printed it."""
    rows = (row for row in read_rows(CATALOGUE) if row.values["ma_thu_tuc"] == code)
    assert [outcome.status for outcome in import_rows(rows, at=NOW, note="")] == ["imported"]
    version = ProcedureVersion.objects.get(procedure__code=code)
    catalog.assign(
        procedure=version.procedure, agency=desk.agency, steps=DEFAULT_STEPS, actor=None, at=NOW
    )
    return version


# -- That each is drawn once --------------------------------------------------------------


def test_drawn_form_has_file_moment_and_checksum(dossier: Dossier):
    form = printed(dossier)

    assert form.rendered_at == NOW
    assert form.attempts == 1
    assert form.sha256 == sha256(content_of(form)).hexdigest()
    assert dossier.code not in form.file.name
    assert Path(form.file.name).suffix == ".pdf"


def test_drawing_twice_changes_nothing(dossier: Dossier):
    form = printed(dossier)
    before = vars(form).copy()

    rendering.render(form_id=form.pk, at=NOW + timedelta(hours=1))

    form.refresh_from_db()
    assert (form.rendered_at, form.file.name, form.attempts) == (NOW, before["file"], 1)


@pytest.mark.django_db(transaction=True)
def test_two_workers_draw_one_file(dossier: Dossier, settings, monkeypatch):
    form = dossier.forms.get()
    both_began = threading.Barrier(2, timeout=5)
    drawings = []
    draw = documents.to_pdf

    def slow(html: str) -> bytes:
        drawings.append(threading.current_thread().name)
        both_began.wait()
        return draw(html)

    def work() -> None:
        rendering.render(form_id=form.pk, at=NOW)
        if not drawings or drawings[0] != threading.current_thread().name:
            both_began.wait()
        connection.close()

    monkeypatch.setattr(documents, "to_pdf", slow)
    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    form.refresh_from_db()
    assert form.rendered_at == NOW
    assert len(drawings) == 1
    assert len(list(Path(settings.MEDIA_ROOT).rglob("*.pdf"))) == 1


def test_failed_drawing_is_kept_without_personal_data(dossier: Dossier, monkeypatch, caplog):
    form = dossier.forms.get()

    def broken(html: str) -> bytes:
        raise ValueError(f"cannot draw {dossier.applicant_name}")

    monkeypatch.setattr(documents, "to_pdf", broken)
    rendering.render(form_id=form.pk, at=NOW)

    form.refresh_from_db()
    assert form.rendered_at is None
    assert not form.file
    assert form.attempts == 1
    assert form.failure.startswith("ValueError: test_rendering.py:")
    assert dossier.applicant_name not in form.failure + caplog.text
    assert "attempt 1 of 5" in caplog.text


def test_full_disk_leaves_no_half_form(dossier: Dossier, monkeypatch):
    form = dossier.forms.get()

    def full(self, name, content):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(FileSystemStorage, "_save", full)
        rendering.render(form_id=form.pk, at=NOW)
    form.refresh_from_db()
    assert (form.rendered_at, bool(form.file)) == (None, False)
    assert form.failure.startswith("OSError")

    rendering.render(form_id=form.pk, at=NOW)
    form.refresh_from_db()
    assert form.rendered_at == NOW
    assert form.failure == ""


class Killed(BaseException):
    """Stands for the worker's sudden end: nothing catches it."""


def test_killed_worker_leaves_a_form_that_the_sweep_draws(dossier: Dossier, monkeypatch):
    form = dossier.forms.get()

    def killed(html: str) -> bytes:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(documents, "to_pdf", killed)
        with pytest.raises(Killed):
            rendering.render(form_id=form.pk, at=NOW)
    form.refresh_from_db()
    assert (form.rendered_at, form.attempts) == (None, 1)

    assert rendering.render_waiting(at=NOW + timedelta(minutes=1)) == 1


def test_sweep_draws_what_was_not_heard_of(desk: Desk):
    dossiers = [desk.accept() for _ in range(2)]

    assert rendering.render_waiting(at=NOW) == 2
    assert rendering.render_waiting(at=NOW) == 0
    assert all(dossier.forms.get().rendered_at for dossier in dossiers)


def test_sweep_passes_over_a_form_that_fails(desk: Desk, monkeypatch):
    bad, good = desk.accept(), desk.accept()
    draw = documents.to_pdf

    def picky(html: str) -> bytes:
        if bad.code in html:
            raise ValueError
        return draw(html)

    monkeypatch.setattr(documents, "to_pdf", picky)

    assert rendering.render_waiting(at=NOW) == 1
    assert good.forms.get().rendered_at == NOW
    assert bad.forms.get().failure


def test_pauses_between_attempts_grow_until_the_form_is_given_up(dossier: Dossier, monkeypatch):
    form = dossier.forms.get()
    tried_after = []

    def broken(html: str) -> bytes:
        raise ValueError

    monkeypatch.setattr(documents, "to_pdf", broken)
    for minutes in range(0, 600):
        rendering.render_waiting(at=NOW + timedelta(minutes=minutes))
        form.refresh_from_db()
        if form.attempts > len(tried_after):
            tried_after.append(minutes)

    assert tried_after == [0, 1, 5, 30, 120]
    assert printing.is_given_up(form)


def test_form_that_was_given_up_is_drawn_when_a_person_asks_again(desk: Desk, dossier: Dossier):
    form = dossier.forms.get()
    PrintedForm.objects.filter(pk=form.pk).update(attempts=5, failure="ValueError")
    later = NOW + timedelta(days=1)

    assert rendering.render_waiting(at=later) == 0
    printing.ask_again(form=form, actor=desk.clerk, at=later)

    assert rendering.render_waiting(at=later) == 1


def test_asking_again_leaves_a_drawn_form_alone(desk: Desk, dossier: Dossier):
    form = printed(dossier)

    printing.ask_again(form=form, actor=desk.clerk, at=NOW + timedelta(days=1))

    form.refresh_from_db()
    assert (form.asked_at, form.attempts) == (NOW, 1)


# -- How workers hear of it ---------------------------------------------------------------


@pytest.fixture
def sent(monkeypatch) -> list[str]:
    """The names of the tasks that were sent."""
    names: list[str] = []
    rung()
    monkeypatch.setattr(app, "send_task", names.append)
    printing.hear()
    return names


def test_task_is_sent_by_the_name_it_has(desk: Desk, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        desk.accept()
    rung()

    app.loader.import_default_modules()
    assert sent == [printing.RENDER_WAITING]
    assert printing.RENDER_WAITING in app.tasks


def test_bell_rings_once_until_a_worker_hears_it(
    desk: Desk, sent, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        dossiers = [desk.accept() for _ in range(3)]
    rung()
    assert len(sent) == 1

    assert rendering.render_waiting(at=NOW) == 3
    assert all(dossier.forms.get().rendered_at for dossier in dossiers)
    with django_capture_on_commit_callbacks(execute=True):
        desk.accept()
    rung()

    assert len(sent) == 2


def test_one_bell_rings_for_all_that_a_process_ordered_meanwhile(
    desk: Desk, sent, monkeypatch, django_capture_on_commit_callbacks
):
    asked: list[str] = []
    ring = printing.wake
    monkeypatch.setattr(printing, "GATHERED_SECONDS", 1.0)
    monkeypatch.setattr(printing, "wake", lambda: (asked.append("bell"), ring()))
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(3):
            desk.accept()
    assert asked == []
    rung()

    assert (asked, len(sent)) == (["bell"], 1)
    with django_capture_on_commit_callbacks(execute=True):
        desk.accept()
    rung()

    assert asked == ["bell", "bell"]


def test_a_broker_that_is_away_is_told_in_the_log_and_the_next_bell_rings(
    desk: Desk, sent, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def away() -> None:
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(printing, "wake", away)
        with django_capture_on_commit_callbacks(execute=True):
            desk.accept()
        rung()
    with django_capture_on_commit_callbacks(execute=True):
        desk.accept()
    rung()

    assert "No worker was told of forms to print." in caplog.messages
    assert len(sent) == 1


def test_order_kept_while_a_worker_draws_rings_again(desk: Desk, sent, monkeypatch):
    desk.accept()
    draw = documents.to_pdf

    def disturbed(html: str) -> bytes:
        printing.wake()
        return draw(html)

    monkeypatch.setattr(documents, "to_pdf", disturbed)

    rendering.render_waiting(at=NOW)

    assert sent == [printing.RENDER_WAITING]


def test_more_orders_than_a_batch_wake_another_worker(desk: Desk, sent, monkeypatch):
    monkeypatch.setattr(rendering, "BATCH", 2)
    for _ in range(3):
        desk.accept()

    assert rendering.render_waiting(at=NOW) == 2
    assert sent == [printing.RENDER_WAITING]
    assert rendering.render_waiting(at=NOW) == 1
    assert len(sent) == 1


def test_first_attempt_does_not_wait_for_the_clock_of_who_asked(desk: Desk):
    desk.accept()

    assert rendering.render_waiting(at=NOW - timedelta(seconds=3)) == 1


def test_web_process_does_not_load_the_pdf_engine():
    program = (
        "import sys, tthc_portal.wsgi; from django.urls import get_resolver; "
        "get_resolver().url_patterns; import dossiers.intake; "
        "print([name for name in sys.modules if name.startswith(('weasyprint', 'dossiers.tasks'))])"
    )

    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd="."
    )

    assert answer.stdout.strip() == "[]"
