"""Is a letter ours, unchanged, and does it still stand? Asked of files and of codes."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apologies import drawing, signatures, verifying, withdrawal
from apologies.demo_authority import DemoAuthority
from apologies.forms.letters import LARGEST_UPLOAD
from apologies.holding import LetterTarget
from apologies.keys import loaded
from apologies.models import ApologyLetter, LetterPrint
from apologies.verifying import Verdict
from tests.apologies.writing import THURSDAY, bytes_of, drafted, endangered, sealed, signed
from tests.conftest import NOW, Desk
from tests.dossiers.moving import PDF


@pytest.fixture
def letter(draft, desk: Desk) -> ApologyLetter:
    return signed(draft, desk.head)


@pytest.fixture
def pdf(letter) -> bytes:
    return bytes_of(sealed(letter))


def changed(pdf: bytes, place: int) -> bytes:
    """The same file with one bit of one byte turned over."""
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def test_the_sealed_file_is_valid(letter, pdf):
    answer = verifying.judge(pdf)

    assert (answer.verdict, answer.letter) == (Verdict.VALID, letter)


@pytest.mark.parametrize("part", [0.02, 0.2, 0.5, 0.85, 0.9, 0.95, 0.999])
def test_one_byte_changed_anywhere_makes_it_invalid(letter, pdf, part):
    forged = changed(pdf, int(len(pdf) * part))

    assert verifying.judge(forged, expected=letter).verdict == Verdict.CHANGED
    assert verifying.judge(forged).verdict in {Verdict.CHANGED, Verdict.UNKNOWN}


@pytest.mark.parametrize("part", [0.0, 0.2, 0.5, 0.8, 1.0])
def test_the_signature_alone_knows_of_any_byte_that_it_signs(pdf, certificate, part):
    """Without our memory of the hash: all but the room of the signature itself."""
    room = pdf.rindex(b"/Contents")
    behind = pdf.index(b">", room) + 1
    signed_bytes = [*range(room), *range(behind, len(pdf))]
    place = signed_bytes[int((len(signed_bytes) - 1) * part)]

    assert not signatures.holds(changed(pdf, place), certificate=certificate, at=THURSDAY)


def test_a_signature_brings_no_certificates_but_the_known_ones(pdf, certificate):
    (issuer,) = loaded(certificate.issuers)
    # The signature under the issuer's certificate; a bit that leaves the digit a digit.
    written = issuer.dump().hex().upper().encode()
    end = pdf.index(written) + len(written)
    place = next(index for index in range(end - 60, end) if pdf[index : index + 1].isdigit())

    assert not signatures.holds(changed(pdf, place), certificate=certificate, at=THURSDAY)


def test_a_change_in_the_text_is_known_as_one_of_a_letter_of_ours(pdf):
    assert verifying.judge(changed(pdf, 3000)).verdict == Verdict.CHANGED


def test_something_written_behind_the_signature_is_invalid(pdf, certificate):
    longer = pdf + b"\n% more"

    assert not signatures.holds(longer, certificate=certificate, at=THURSDAY)
    assert verifying.judge(longer).verdict == Verdict.CHANGED


def test_files_from_anywhere_are_unknown(letter):
    for content in (PDF, b"", b"%PDF-1.7", b"\x00" * 5000, b"xin chao"):
        assert verifying.judge(content).verdict == Verdict.UNKNOWN


def test_another_letter_is_not_this_letter(desk: Desk, letter, pdf):
    other = signed(drafted(endangered(desk)), desk.head)

    assert verifying.judge(pdf, expected=other).verdict == Verdict.CHANGED


def test_a_preview_is_no_letter(desk: Desk, certificate):
    draft = drafted(endangered(desk))
    drawing.preview(letter_id=draft.pk, revision=0, at=THURSDAY)

    assert verifying.judge(bytes_of(LetterPrint.objects.get())).verdict == Verdict.UNKNOWN


def test_a_certificate_that_ran_out_since_does_not_make_an_old_letter_false(
    desk: Desk, letter, pdf, certificate
):
    assert signatures.holds(pdf, certificate=certificate, at=THURSDAY)
    assert not signatures.holds(pdf, certificate=certificate, at=NOW + timedelta(days=2000))


def test_a_signature_of_another_authority_does_not_hold(desk: Desk, pdf, construction):
    foreign = DemoAuthority(at=NOW).certify(agency=construction, at=NOW)

    assert not signatures.holds(pdf, certificate=foreign, at=THURSDAY)


def test_openssl_finds_the_signature_good(letter, pdf, certificate, tmp_path: Path):
    """A judge that shares no code with the one that signed."""
    begin = pdf.index(b"/ByteRange")
    numbers = pdf[pdf.index(b"[", begin) + 1 : pdf.index(b"]", begin)].split()
    first, length, second, rest = (int(number) for number in numbers)
    assert second + rest == len(pdf)
    signature = bytes.fromhex(pdf[first + length + 1 : second - 1].decode())
    (tmp_path / "signed").write_bytes(pdf[:length] + pdf[second:])
    (tmp_path / "signature").write_bytes(signature)
    (tmp_path / "roots.pem").write_text(certificate.issuers)
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "signature",
               "-content", "signed", "-CAfile", "roots.pem", "-purpose", "any", "-attime",
               str(int(THURSDAY.timestamp())), "-out", "out"]  # fmt: skip

    good = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert good.returncode == 0, good.stderr

    (tmp_path / "signed").write_bytes(changed(pdf[:length] + pdf[second:], 3000))
    bad = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert bad.returncode != 0


# -- The public page ------------------------------------------------------------------------


def page(client, code: str) -> str:
    return client.get(reverse("apologies:verify_code", args=[code])).content.decode()


def send(client, path: str, content: bytes):
    return client.post(path, {"file": SimpleUploadedFile("phieu.pdf", content)})


def test_the_page_of_the_qr_tells_number_agency_day_and_hash_and_no_names(client, letter, pdf):
    told = page(client, letter.verification_code)

    for words in ("01/PXL", "Sở Tư pháp tỉnh Nghệ An", "19/11/2026", "Có hiệu lực"):
        assert words in told
    assert letter.prints.get().sha256 in told
    for private in (letter.dossier.applicant_name, letter.dossier.phone, letter.reason):
        assert private not in told
    assert letter.dossier.code not in told


def test_the_page_says_when_the_pdf_does_not_stand_yet(client, letter):
    assert "đang tạo tệp PDF" in page(client, letter.verification_code)


def test_the_page_says_when_no_pdf_is_kept(client, letter):
    letter.prints.all().delete()
    letter.sent_at = letter.posted_at = letter.signed_at
    letter.save(update_fields=["sent_at", "posted_at"])

    assert "Có hiệu lực; hệ thống không giữ tệp PDF." in page(client, letter.verification_code)


def test_a_withdrawn_letter_says_so_and_names_the_one_in_its_place(client, desk, letter, pdf):
    withdrawal.withdraw(
        target=LetterTarget(pk=letter.pk), reason="Ghi sai tên", actor=desk.head, at=THURSDAY
    )
    signed(ApologyLetter.objects.drafts().get(), desk.head)

    told = page(client, letter.verification_code)

    assert "Phiếu đã bị thu hồi" in told
    assert "02/PXL" in told
    assert "Ghi sai tên" not in told


def test_the_page_judges_a_file(client, letter, pdf):
    path = reverse("apologies:verify_code", args=[letter.verification_code])

    assert "Tệp hợp lệ." in send(client, path, pdf).content.decode()
    assert "Tệp không hợp lệ." in send(client, path, changed(pdf, 3000)).content.decode()
    everywhere = reverse("apologies:verify")
    assert "Tệp hợp lệ." in send(client, everywhere, pdf).content.decode()
    assert "Tệp không hợp lệ." in send(client, everywhere, changed(pdf, 3000)).content.decode()
    assert "Không nhận ra tệp." in send(client, everywhere, PDF).content.decode()


def test_no_file_or_too_large_a_one_gets_a_sentence(client, letter):
    path = reverse("apologies:verify_code", args=[letter.verification_code])

    assert client.post(path).status_code == 400
    large = send(client, path, b"0" * (LARGEST_UPLOAD + 1))
    assert large.status_code == 400
    assert "lớn hơn 2 MB" in large.content.decode()


@pytest.mark.parametrize("style", ["{}", " {} ", "https://motcua.example.vn/xac-minh/{}/"])
def test_a_code_is_taken_as_people_type_or_scan_it(client, letter, style):
    typed = style.format(letter.verification_code)
    typed = typed.lower() if "http" not in typed else typed

    answer = client.post(reverse("apologies:verify"), {"code": typed})

    assert answer.headers["Location"] == f"/xac-minh/{letter.verification_code}/"


def test_a_code_in_groups_of_four_is_taken(client, letter):
    code = letter.verification_code
    typed = f"{code[:4]} {code[4:8]}-{code[8:12]} {code[12:]}"

    answer = client.post(reverse("apologies:verify"), {"code": typed})

    assert answer.status_code == 302


def test_unknown_and_mistyped_codes_get_a_sentence(client, draft):
    assert client.get("/xac-minh/ABCDEFGH23456789/").status_code == 404
    mistyped = client.post(reverse("apologies:verify"), {"code": "12"})
    assert mistyped.status_code == 400
    assert "16 chữ và số" in mistyped.content.decode()


def test_the_page_is_limited(client, letter):
    path = reverse("apologies:verify_code", args=[letter.verification_code])

    codes = [client.get(path).status_code for _ in range(61)]

    assert codes == [200] * 60 + [429]
