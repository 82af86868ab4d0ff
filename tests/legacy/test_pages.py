"""The pages of an import: upload, mapping, trial, the real thing, report; and the dossier after."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dossiers.models import Dossier
from legacy import work
from legacy.models import ImportRun
from tests.conftest import NOW, Desk
from tests.legacy.conftest import IN_HAND, RETURNED

PAGE = "/quan-tri/nhap-ho-so/"


def sent(path, **facts) -> dict:
    upload = SimpleUploadedFile("xuat.xlsx", path.read_bytes())
    return {"submission_key": str(uuid4()), "source": "Một cửa cũ", "file": upload} | facts


def worked(run: ImportRun) -> None:
    work.work(run_id=run.pk, clock=lambda: NOW)


def test_an_administrator_takes_a_file_over_page_by_page(
    export, desk: Desk, administrator, sign_in
):
    client = sign_in(administrator)
    path = export(RETURNED, {**IN_HAND, "Mã hồ sơ": "HS-2", "Ngày tiếp nhận": "hôm qua"})

    mapping_page = client.post(PAGE, sent(path))["Location"]
    asked = client.get(mapping_page)
    assert '<option value="Mã hồ sơ" selected' in asked.content.decode()
    columns = ImportRun.objects.get().columns
    run_page = client.post(f"{mapping_page}chay-thu/", columns)["Location"]
    assert "Đang làm" in client.get(run_page).content.decode()
    worked(ImportRun.objects.get())
    tried = client.get(run_page).content.decode()
    assert "Nhập 1 hồ sơ" in tried
    assert "Ngày không đọc được" in tried
    assert not Dossier.objects.exists()
    first = client.post(f"{run_page}nhap/")["Location"]
    assert client.post(f"{run_page}nhap/")["Location"] == first
    worked(ImportRun.objects.get(is_dry=False))

    assert "đã nhập 1" in client.get(first).content.decode()
    assert Dossier.objects.count() == 1
    answer = client.get(f"{first}bao-cao.xlsx")
    assert b"".join(answer.streaming_content).startswith(b"PK")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"source": " "}, "Tên hệ thống cũ"),
        ({"file": SimpleUploadedFile("a.xlsx", b"PK")}, "không phải Excel"),
        ({"submission_key": "x"}, "Biểu mẫu không đúng"),
    ],
)
def test_a_bad_upload_is_told_and_changes_nothing(export, administrator, sign_in, facts, sentence):
    answer = sign_in(administrator).post(PAGE, sent(export(RETURNED), **facts))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_a_double_click_uploads_once(export, administrator, sign_in):
    client, key, path = sign_in(administrator), str(uuid4()), export(RETURNED)

    pages = {client.post(PAGE, sent(path, submission_key=key))["Location"] for _ in range(2)}

    assert len(pages) == ImportRun.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"accepted_at": ""}, "Hãy chọn cột cho: Ngày tiếp nhận."),
        ({"accepted_at": "Cột lạ"}, "Tệp không có cột này"),
        ({"words": "Đang thẩm định = 11"}, "Dòng 1 của bảng trạng thái"),
    ],
)
def test_a_mapping_that_cannot_be_is_told(export, administrator, sign_in, facts, sentence):
    client = sign_in(administrator)
    page = client.post(PAGE, sent(export(RETURNED)))["Location"]

    answer = client.post(f"{page}chay-thu/", ImportRun.objects.get().columns | facts)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert ImportRun.objects.get().started_at is None


def test_nothing_is_taken_over_before_a_trial(export, administrator, sign_in):
    client = sign_in(administrator)
    page = client.post(PAGE, sent(export(RETURNED)))["Location"]
    client.post(f"{page}chay-thu/", ImportRun.objects.get().columns)

    answer = client.post(f"{page}nhap/")

    assert answer.status_code == 422
    assert "chạy thử xong" in answer.content.decode()


def test_the_dossier_says_where_it_comes_from_and_is_found_by_its_old_code(
    export, take, desk: Desk, sign_in
):
    take(export(IN_HAND))
    dossier = Dossier.objects.get()
    client = sign_in(desk.clerk)

    found = client.post("/tim-kiem/", {"q": "000.15.H41-230105-0007"})

    assert found["Location"] == dossier.get_absolute_url()
    page = client.get(found["Location"]).content.decode()
    assert "Nhập từ Một cửa điện tử cũ" in page
    assert "Các việc trước đó không được ghi tại đây." in page
