"""The main job in a real browser: a real procedure, from the counter to the citizen's hand."""

import json
import lzma
import re
from io import BytesIO, StringIO
from pathlib import Path

import pypdfium2
import pytest
from django.core.management import call_command
from django.utils import timezone

import procedures
from dossiers.deadlines import local_date
from dossiers.models import Dossier
from dossiers.statuses import DossierStatus
from procedures import catalog
from procedures.models import Procedure
from tests.browser.conftest import PHONE, assert_accessible
from tests.conftest import DEFAULT_STEPS, Desk

CATALOGUE = Path(procedures.__file__).parent / "data" / "procedures_raw_2026.jsonl.xz"
# Cấp lại Chứng chỉ hành nghề đấu giá: ten working days, 500.000 đồng.
CODE = "1.000802"


@pytest.fixture
def real_procedure(transactional_db, tmp_path, justice, at) -> Procedure:
    """One procedure of the national catalogue, read by the importer, handled by Justice."""
    extract = tmp_path / "one.jsonl"
    with lzma.open(CATALOGUE, "rt", encoding="utf-8") as lines:
        extract.write_text(next(line for line in lines if f'"{CODE}"' in line))
    call_command("import_catalogue", extract, stdout=StringIO(), stderr=StringIO())
    procedure = Procedure.objects.get(code=CODE)
    catalog.assign(procedure=procedure, agency=justice, steps=DEFAULT_STEPS, actor=None, at=at)
    return procedure


def test_the_main_job(open_as, real_procedure, desk: Desk, supervisor):
    code = receive(open_as, desk)
    read_receipt(open_as, desk, code)
    transfer(open_as, desk, code)
    resolve(open_as, desk, code)
    approve(open_as, desk, code)
    hand_over(open_as, desk, code)

    dossier = Dossier.objects.get(code=code)
    kinds = list(dossier.events.order_by("sequence").values_list("kind", flat=True))
    assert kinds == ["accepted", "transferred", "assigned", "proposed", "approved", "returned"]
    assert dossier.status == DossierStatus.RETURNED
    out = StringIO()
    call_command("verify_ledger", "--json", stdout=out)
    assert json.loads(out.getvalue())["intact"] is True
    look_up(open_as, code)


def receive(open_as, desk: Desk) -> str:
    """With the keyboard alone, from the first letter to the receipt."""
    page = open_as(desk.clerk)
    page.goto("/tiep-nhan/")
    assert_accessible(page)
    page.keyboard.type("chung chi dau gia")
    page.get_by_role("option", name=re.compile("Chứng chỉ hành nghề đấu giá")).first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_label("Họ tên hoặc tên tổ chức").wait_for()
    assert_accessible(page)
    promised = page.locator("#intake-bar strong").inner_text()
    page.fill("input[name=identity_number]", "040190001234")
    page.fill("input[name=name]", "Nguyễn Thị Đào")
    page.fill("input[name=phone]", "0912345678")
    page.fill("input[name=address]", "Xóm Sen 2, xã Kim Liên, tỉnh Nghệ An")
    for paper in page.get_by_role("checkbox", name=re.compile("Văn bản đề nghị|Một ảnh màu")).all():
        paper.press("Space")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile("/mau/receipt/"))
    dossier = Dossier.objects.get()
    assert f"{local_date(dossier.due_at):%d/%m/%Y}" in promised
    assert dossier.accepted_at <= timezone.now()
    return dossier.code


def read_receipt(open_as, desk: Desk, code: str) -> None:
    """The worker draws it while the clerk waits; its text says what was promised."""
    page = open_as(desk.clerk)
    page.goto(f"/ho-so/{code}/mau/receipt/")
    page.locator("iframe#form-pdf").wait_for(timeout=60_000)
    assert_accessible(page)
    answer = page.request.get(f"/ho-so/{code}/mau/receipt.pdf")
    assert answer.ok
    document = pypdfium2.PdfDocument(BytesIO(answer.body()))
    text = " ".join(document[0].get_textpage().get_text_bounded().split())
    dossier = Dossier.objects.get(code=code)
    assert len(document) == 2
    assert "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ" in text
    assert code in text
    assert "Nguyễn Thị Đào" in text
    assert f"ngày {local_date(dossier.due_at):%d/%m/%Y}" in text or (
        f"{local_date(dossier.due_at):%d tháng %m năm %Y}" in text
    )


def transfer(open_as, desk: Desk, code: str) -> None:
    page = open_as(desk.clerk)
    page.goto(f"/ho-so/{code}/")
    assert_accessible(page)
    page.get_by_role("button", name="Chuyển cơ quan giải quyết").click()
    page.get_by_text("Đang giải quyết").first.wait_for()


def resolve(open_as, desk: Desk, code: str) -> None:
    """The officer finds it at the top of the list, takes it, and puts it before the head."""
    page = open_as(desk.officer)
    page.goto("/ho-so/")
    assert_accessible(page)
    assert code in page.locator("table tbody tr").first.inner_text()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(code))
    page.get_by_role("button", name="Nhận xử lý").click()
    page.locator("#acts summary", has_text="Trình phê duyệt").click()
    page.get_by_label("Ý kiến").fill("Hồ sơ đầy đủ, hợp lệ; đề nghị cấp lại chứng chỉ.")
    page.get_by_role("button", name="Trình phê duyệt").click()
    page.get_by_text("Chờ phê duyệt").first.wait_for()
    assert_accessible(page)


def approve(open_as, desk: Desk, code: str) -> None:
    page = open_as(desk.head)
    page.goto("/ho-so/")
    page.get_by_role("link", name=re.compile(code)).first.click()
    page.locator("#acts summary", has_text="Phê duyệt kết quả").click()
    page.get_by_label(re.compile("Số, ký hiệu")).fill("125/CCHN")
    page.get_by_role("button", name="Phê duyệt kết quả").click()
    page.get_by_text("Đã có kết quả").first.wait_for()
    assert_accessible(page)


def hand_over(open_as, desk: Desk, code: str) -> None:
    page = open_as(desk.clerk)
    page.goto("/ho-so/?tab=cho-tra")
    page.get_by_role("link", name=re.compile(code)).first.click()
    page.locator("#acts summary", has_text="Trả kết quả").click()
    page.get_by_role("button", name="Trả kết quả").click()
    page.get_by_text("Đã trả kết quả").first.wait_for()


def look_up(open_as, code: str) -> None:
    """A citizen's phone: the code alone shows how far it is, and nobody's name."""
    page = open_as(viewport=PHONE)
    page.goto(f"/tra-cuu/{code}/")
    assert_accessible(page)
    shown = page.locator("main").inner_text()
    assert code in shown
    assert "Đào" not in shown
    assert "Oanh" not in shown
