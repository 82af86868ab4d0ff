"""Imports of old systems over the API: upload, trial by the kept mapping, in earnest, rows."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dossiers.models import Dossier
from legacy.models import ImportRow, ImportRun, OldSystem
from tests.conftest import Desk
from tests.legacy.conftest import IN_HAND, RETURNED
from tests.legacy.test_pages import worked

V1 = "/api/v1/imports"


def upload(client, path, **facts):
    file = SimpleUploadedFile("xuat.xlsx", path.read_bytes())
    sent = {"submission_key": str(uuid4()), "system": "Một cửa cũ", "file": file} | facts
    return client.post(f"{V1}/", sent)


def test_a_file_is_uploaded_tried_by_the_suggested_mapping_and_taken_over(
    export, desk: Desk, administrator, sign_in
) -> None:
    program = sign_in(administrator)
    path = export(RETURNED, {**IN_HAND, "Mã hồ sơ": "HS-2", "Ngày tiếp nhận": "hôm qua"})

    kept = upload(program, path)

    assert kept.status_code == 201
    run = kept.json()
    assert run["columns"]["code"] == "Mã hồ sơ"
    assert "Mã TTHC" in run["headers"]
    page = f"{V1}/{run['id']}"
    early = program.post(f"{page}/take-over/")
    assert (early.status_code, early.json()["code"]) == (400, "no_trial")
    assert program.post(f"{page}/begin/", {}, content_type="application/json").json()["started_at"]
    worked(ImportRun.objects.get())
    tried = program.get(f"{page}/").json()
    assert (tried["is_dry"], tried["taken"], tried["refused"]) == (True, 1, 1)
    (row,) = program.get(f"{page}/rows/").json()["results"]
    assert (row["legacy_code"], row["outcome"], row["dossier"]) == ("HS-2", "refused", None)
    assert row["problems"][0]["column"] == "Ngày tiếp nhận"
    assert not Dossier.objects.exists()
    earnest = program.post(f"{page}/take-over/").json()
    assert program.post(f"{page}/take-over/").json()["id"] == earnest["id"]
    worked(ImportRun.objects.get(is_dry=False))
    assert Dossier.objects.count() == 1
    report = program.get(f"{V1}/{earnest['id']}/report/")
    assert b"".join(report.streaming_content).startswith(b"PK")
    assert [each["is_dry"] for each in program.get(f"{V1}/").json()] == [False, True]


def test_what_is_sent_with_the_trial_is_kept_for_the_next_file(
    export, desk: Desk, administrator, sign_in
) -> None:
    program = sign_in(administrator)
    run = upload(program, export({**RETURNED, "Trạng thái": "Đã giao"})).json()

    begun = program.post(
        f"{V1}/{run['id']}/begin/", {"words": "Đã giao = 10"}, content_type="application/json"
    )

    assert begun.status_code == 200
    assert OldSystem.objects.get().states == {"dagiao": 10}
    following = upload(program, export({**RETURNED, "Mã hồ sơ": "HS-9"})).json()
    assert following["states"] == {"dagiao": 10}


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ({"columns": {"code": ""}}, "missing_columns"),
        ({"columns": {"code": "Không có"}}, "invalid"),
        ({"columns": {"mau": "Mã hồ sơ"}}, "invalid"),
        ({"words": "Đã giao = 99"}, "states"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(
    export,
    desk: Desk,
    administrator,
    sign_in,
    mapping,
    code,
) -> None:
    program = sign_in(administrator)
    run = upload(program, export(RETURNED)).json()

    answer = program.post(f"{V1}/{run['id']}/begin/", mapping, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert ImportRun.objects.get().started_at is None


def test_a_file_that_is_no_workbook_is_not_kept(
    desk: Desk, administrator, sign_in, tmp_path
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK")

    answer = upload(sign_in(administrator), path)

    assert (answer.status_code, answer.json()["code"]) == (400, "not_a_workbook")
    assert not ImportRun.objects.exists()


def test_a_long_report_is_read_page_by_page(export, desk: Desk, administrator, sign_in) -> None:
    program = sign_in(administrator)
    run = upload(program, export(RETURNED)).json()
    ImportRow.objects.bulk_create(
        ImportRow(run_id=run["id"], number=number, outcome="refused", problems=[["Cột", "Sửa."]])
        for number in range(2, 132)
    )

    first = program.get(f"{V1}/{run['id']}/rows/").json()
    last = program.get(first["next"]).json()

    assert [len(page["results"]) for page in (first, last)] == [100, 30]
    assert last["next"] is None


def test_nobody_else_takes_over(desk: Desk, sign_in, head) -> None:
    assert sign_in(head).get(f"{V1}/").status_code == 403
