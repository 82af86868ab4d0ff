"""Scans of an unfinished intake: kept with the draft, the clerk's own, gone when it goes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from desk import draft_scans, drafts
from desk.models import DraftScan, IntakeDraft
from tests.conftest import NOW, Desk

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
FIELD = "paper-1-scans"


def draft_of(desk: Desk) -> IntakeDraft:
    content = {"procedure": "1.001193", "name": "Nguyễn Thị Đào"}
    return drafts.save(key=uuid4(), content=content, version=0, actor=desk.clerk, at=NOW)


def scan(name: str = "to-khai.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def kept(draft: IntakeDraft, desk: Desk, *scans, field: str = FIELD) -> list[DraftScan]:
    return draft_scans.keep(key=draft.key, field=field, uploads=scans, actor=desk.clerk, at=NOW)


def test_a_scan_is_kept_and_offered_again_with_the_draft(desk: Desk, sign_in):
    draft, client = draft_of(desk), sign_in(desk.clerk)
    sent = {"submission_key": str(draft.key), "field": FIELD, "files": [scan("Tờ khai.pdf")]}

    answer = client.post("/tiep-nhan/luu-tam/tep/", sent)

    assert answer.json() == {"kept": 1}
    page = client.get(draft.get_absolute_url()).content.decode()
    assert f'data-draft-scan="{FIELD}"' in page
    assert "Tờ khai.pdf" in page
    found = client.get(f"{draft.get_absolute_url()}tep/{DraftScan.objects.get().pk}/")
    assert b"".join(found.streaming_content) == PDF


def test_what_is_chosen_anew_takes_the_place_of_what_was_there(
    desk: Desk, django_capture_on_commit_callbacks
):
    draft = draft_of(desk)
    (first,) = kept(draft, desk, scan())
    kept(draft, desk, scan("can-cuoc.pdf"), field="paper-2-scans")

    with django_capture_on_commit_callbacks(execute=True):
        kept(draft, desk, scan("moi.pdf"), scan("moi-2.pdf"))

    assert sorted(draft.scans.values_list("name", flat=True)) == [
        "can-cuoc.pdf",
        "moi-2.pdf",
        "moi.pdf",
    ]
    assert not first.file.storage.exists(first.file.name)


def test_choosing_none_clears_the_line(desk: Desk):
    draft = draft_of(desk)
    kept(draft, desk, scan())

    kept(draft, desk)

    assert not draft.scans.exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"files": [scan("a.exe", b"MZ\x90")]}, "không phải PDF"),
        ({"files": [scan("a.pdf", b"")]}, "rỗng"),
        ({"field": "name", "files": [scan()]}, "tải lại trang"),
        ({"submission_key": str(uuid4()), "files": [scan()]}, "Chưa lưu tạm"),
    ],
)
def test_what_cannot_be_kept_is_told(desk: Desk, sign_in, sent, sentence):
    known = {"submission_key": str(draft_of(desk).key), "field": FIELD}

    answer = sign_in(desk.clerk).post("/tiep-nhan/luu-tam/tep/", known | sent)

    assert answer.status_code == 422
    assert sentence in answer.json()["message"]
    assert not DraftScan.objects.exists()


def test_a_draft_holds_no_endless_pile(desk: Desk, monkeypatch):
    monkeypatch.setattr(draft_scans, "MOST_FILES", 2)
    draft = draft_of(desk)
    kept(draft, desk, scan(), scan())

    with pytest.raises(draft_scans.ScansRefused):
        kept(draft, desk, scan(), field="paper-2-scans")


def test_nobody_else_reads_it(desk: Desk, sign_in, commune_clerk):
    draft = draft_of(desk)
    (row,) = kept(draft, desk, scan())

    answer = sign_in(commune_clerk).get(f"/tiep-nhan/nhap-do/{draft.key}/tep/{row.pk}/")

    assert answer.status_code == 404


@pytest.mark.parametrize("way", ["discarded", "received", "old"])
def test_the_files_go_with_the_draft(desk: Desk, django_capture_on_commit_callbacks, way):
    draft = draft_of(desk)
    (row,) = kept(draft, desk, scan())
    if way == "received":
        desk.accept(submission_key=draft.key)

    with django_capture_on_commit_callbacks(execute=True):
        if way == "discarded":
            drafts.discard(key=draft.key, actor=desk.clerk)
        else:
            later = drafts.KEPT + timedelta(days=1) if way == "old" else timedelta()
            assert drafts.forget_old(at=NOW + later) == 1

    assert not DraftScan.objects.exists()
    assert not row.file.storage.exists(row.file.name)
