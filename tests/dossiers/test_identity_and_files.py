"""Numbers that can be real, and files of the kinds that the portal keeps; the rest is refused."""

import hashlib
from base64 import b64decode
from pathlib import Path
from unicodedata import normalize

import pytest
from django.conf import settings as project
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from dossiers import attaching, files, identity
from dossiers.files import FileRefused
from dossiers.identity import NumberRefused
from dossiers.models import Attachment
from dossiers.statuses import AttachmentKind
from tests.conftest import NOW

# -- Numbers -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entered", "kept"),
    [
        ("040190001234", "040190001234"),
        ("001190001234", "001190001234"),
        ("096190001234", "096190001234"),
        ("040 190 001 234", "040190001234"),
        (" 040.190.001.234\n", "040190001234"),
        ("182345678", "182345678"),
        ("B1234567", "B1234567"),
        ("c12345678", "C12345678"),
    ],
)
def test_personal_numbers_old_cards_and_passports_are_taken(entered, kept):
    assert identity.personal_number(entered) == kept


@pytest.mark.parametrize(
    "entered",
    ["", "0", "000190001234", "097190001234", "100190001234", "04019000123", "0401900012345",
     "04019000123a", "12345678", "1234567890", "BB1234567", "B123456", "B123456789", "Đ1234567",
     "０４０１９０００１２３４", "040190001234; --", "040190001234\x00"],
)  # fmt: skip
def test_impossible_personal_numbers_are_refused(entered):
    with pytest.raises(NumberRefused) as refused:
        identity.personal_number(entered)

    assert refused.value.code == "identity_number"
    assert refused.value.messages[0].endswith("Hãy kiểm tra lại trên giấy tờ.")


@pytest.mark.parametrize(
    ("entered", "kept"),
    [
        ("0100109106", "0100109106"),
        ("01 0010 9106", "0100109106"),
        ("0100109106-001", "0100109106-001"),
        ("0100109106001", "0100109106-001"),
    ],
)
def test_tax_codes_with_a_right_check_digit_are_taken(entered, kept):
    assert identity.tax_code(entered) == kept
    assert len(kept) <= 14


@pytest.mark.parametrize(
    "entered",
    ["", "0100109107", "010010910", "01001091061", "0100109106-000", "0000000000", "abcdefghij"],
)
def test_impossible_tax_codes_are_refused(entered):
    with pytest.raises(NumberRefused) as refused:
        identity.tax_code(entered)

    assert refused.value.code == "tax_code"
    assert refused.value.messages[0].endswith(".")


@pytest.mark.parametrize(
    ("entered", "kept"),
    [
        ("0912345678", "0912345678"),
        ("0912 345 678", "0912345678"),
        ("0912.345.678", "0912345678"),
        ("(0238) 384-1234", "02383841234"),
        ("+84 912 345 678", "0912345678"),
        ("+842383841234", "02383841234"),
    ],
)
def test_telephone_numbers_are_tidied(entered, kept):
    assert identity.phone_number(entered) == kept


@pytest.mark.parametrize(
    "entered",
    ["", "912345678", "091234567", "091234567890", "+84", "84912345678", "0912a45678",
     "+1 555 0100", "０９１２３４５６７８"],
)  # fmt: skip
def test_impossible_telephone_numbers_are_refused(entered):
    with pytest.raises(NumberRefused) as refused:
        identity.phone_number(entered)

    assert refused.value.code == "phone"


# -- Files -------------------------------------------------------------------------

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)
JPEG = b64decode(
    "/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAP//////////////////////////////////////////////////////////"
    "////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA="
)
KINDS = {
    "scan.pdf": (PDF, "application/pdf"),
    "scan.png": (PNG, "image/png"),
    "scan.jpg": (JPEG, "image/jpeg"),
}


def upload(name: str, content: bytes, content_type: str = "text/plain") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type)


def named(name: str) -> SimpleUploadedFile:
    """A good scan whose name arrives as the browser sent it, past Django's own tidying."""
    scan = upload("scan.pdf", PDF)
    scan._name = name
    return scan


@pytest.mark.parametrize("name", KINDS)
def test_scans_of_each_kind_are_known_by_their_bytes(name):
    content, kind = KINDS[name]

    good = files.checked(upload(name, content))

    assert (good.content_type, good.size) == (kind, len(content))
    assert good.sha256 == hashlib.sha256(content).hexdigest()
    assert good.upload.read() == content


@pytest.mark.parametrize("claimed", ["a.exe", "a.html", "a.pdf.exe", "a", "ảnh.png"])
def test_neither_name_nor_claimed_type_decides(claimed):
    good = files.checked(upload(claimed, PDF, "text/html"))

    assert good.content_type == "application/pdf"


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + b"\x00" * 60 + PDF,
        b"PK\x03\x04" + b"\x00" * 26 + PDF,
        b"\x7fELF" + PDF,
        b"GIF89a" + JPEG,
        b"<html><script>alert(1)</script></html>" + PDF,
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        b"{\\rtf1 x}",
        b"#!/bin/sh\n",
        b"plain words",
        b"\x00",
        b"%PD",
        b"x" * 5000 + PDF,
        PDF[1:],
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    ],
)
@pytest.mark.parametrize("name", ["scan.pdf", "scan.jpg"])
def test_other_kinds_are_refused_whatever_they_are_called(name, content):
    with pytest.raises(FileRefused) as refused:
        files.checked(upload(name, content, "application/pdf"))

    assert refused.value.code == "file_type"
    assert refused.value.messages == [
        f"Tệp “{name}” không phải PDF, JPG hoặc PNG. Hãy quét giấy tờ thành một trong các dạng này."
    ]


def test_an_empty_file_is_refused():
    with pytest.raises(FileRefused, match=r"rỗng. Hãy quét lại") as refused:
        files.checked(upload("scan.pdf", b""))

    assert refused.value.code == "file_empty"


def test_the_largest_file_is_taken_and_one_byte_more_is_refused(settings):
    settings.MAX_UPLOAD_MIB = 1
    whole = PDF + b" " * (1024 * 1024 - len(PDF))

    assert files.checked(upload("scan.pdf", whole)).size == 1024 * 1024
    with pytest.raises(FileRefused, match="lớn hơn 1 MB") as refused:
        files.checked(upload("scan.pdf", whole + b" "))
    assert refused.value.code == "file_too_large"


def test_a_file_that_waits_on_the_disk_is_read_whole():
    scan = TemporaryUploadedFile("scan.pdf", "application/pdf", 0, None)
    scan.write(PDF + b" " * 200_000)
    scan.size = len(PDF) + 200_000
    scan.seek(0)

    good = files.checked(scan)

    assert good.sha256 == hashlib.sha256(PDF + b" " * 200_000).hexdigest()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("/etc/cron.d/x.pdf", "x.pdf"),
        ("..\\..\\Windows\\x.pdf", "x.pdf"),
        ("C:\\Users\\binh\\Đơn đề nghị.pdf", "Đơn đề nghị.pdf"),
        (normalize("NFD", "Đơn đề nghị.pdf"), "Đơn đề nghị.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("a\x00.pdf", "a.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("scan.pdf", "scan.pdf"),
        (".pdf", ".pdf"),
        ("..", ".."),
        ("", "tệp"),
        (".", "tệp"),
        ("/", "tệp"),
    ],
)
def test_names_lose_folders_and_signs_that_nobody_reads(sent, kept):
    assert files.checked(named(sent)).name == kept


@pytest.mark.parametrize("letters", [195, 196, 197, 500])
def test_a_long_name_is_cut_before_its_ending(letters):
    name = files.checked(named("ế" * letters + ".pdf")).name

    assert name.endswith(".pdf")
    assert len(name) == min(letters + 4, 200)


def test_a_name_that_is_all_ending_is_cut_too():
    assert len(files.checked(named("a." + "x" * 300)).name) <= 200


@pytest.mark.parametrize("name", KINDS)
def test_a_kept_file_lies_under_a_name_of_our_own(dossier, clerk, name):
    content, kind = KINDS[name]
    scan = upload("x", content)
    scan._name = "../../../scan.exe"

    kept = attaching.attach(
        dossier=dossier, kind=AttachmentKind.PAPER, upload=scan, actor=clerk, at=NOW
    )

    kept.refresh_from_db()
    stored = Path(kept.file.path)
    assert kept.content_type == kind
    assert stored.suffix == files.EXTENSIONS[kind]
    assert len(stored.stem) == 32
    assert stored.is_relative_to(project.MEDIA_ROOT)
    assert stored.read_bytes() == content
    assert (kept.sha256, kept.size) == (hashlib.sha256(content).hexdigest(), len(content))


def test_two_files_of_one_name_do_not_meet(dossier, clerk):
    first, second = (
        attaching.attach(
            dossier=dossier, kind=AttachmentKind.PAPER, upload=upload("scan.pdf", content),
            actor=clerk, at=NOW,
        )
        for content in (PDF, PDF + b"2")
    )  # fmt: skip

    assert first.file.name != second.file.name
    assert Path(first.file.path).read_bytes() == PDF


def test_a_refused_file_leaves_nothing(dossier, clerk):
    with pytest.raises(FileRefused):
        attaching.attach(
            dossier=dossier, kind=AttachmentKind.PAPER, upload=upload("a.pdf", b"x"), actor=clerk,
            at=NOW,
        )  # fmt: skip

    assert not Attachment.objects.exists()
    assert not any(Path(project.MEDIA_ROOT).rglob("*.*"))
