"""Certificates: what may be registered, by whom, how its key is proven, and how one ends."""

from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.x509 import load_pem_x509_certificate
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from apologies import (
    certificate_keeping,
    certificate_texts,
    certificates,
    drawing,
    key_files,
    proving,
    verifying,
)
from apologies.certificates import CertificateFacts, CertificateRefused
from apologies.demo_authority import DemoAuthority
from apologies.models import AgencyCertificate, LetterPrint
from dossiers.holding import ActRefused
from organizations.administration import AdministrationRefusal
from organizations.models import AdministrationEntry, Agency, User
from organizations.roles import Role
from tests.apologies.writing import THURSDAY, bytes_of, drafted, endangered, sealed, signed
from tests.conftest import NOW, Desk, make_user

KEY = "demo-H41.15"


def issued(agency: Agency, *, at=None, life=timedelta(days=365)) -> CertificateFacts:
    """A certificate as its authority gives it; its key lies in SIGNING_DIR, no row is kept."""
    authority = DemoAuthority(at=at or timezone.now() - timedelta(days=2), life=life)
    made = authority.certify(agency=agency, at=NOW)
    facts = CertificateFacts(
        certificate=made.certificate, issuers=made.issuers, key_name=made.key_name
    )
    made.delete()
    return facts


def enter(facts: CertificateFacts, agency: Agency, actor: User, *, at=None, checked=False):
    return certificate_keeping.register(
        agency=agency, facts=facts, name_is_checked=checked, actor=actor, at=at or timezone.now()
    )


def told_of(agency: Agency) -> list[str]:
    entries = AdministrationEntry.objects.filter(subject="agency", subject_id=agency.pk)
    return list(entries.order_by("pk").values_list("sentence", flat=True))


def test_a_certificate_signs_once_its_key_is_proven(desk: Desk, administrator):
    kept = enter(issued(desk.agency), desk.agency, administrator)
    assert not kept.is_active
    with pytest.raises(CertificateRefused, match="chưa có chứng thư số"):
        certificates.usable(agency=desk.agency, at=timezone.now())

    assert proving.prove(certificate_id=kept.pk, at=timezone.now()) == ""

    assert certificates.usable(agency=desk.agency, at=timezone.now()) == kept
    first, second = told_of(desk.agency)
    assert first.endswith(f"khóa “{KEY}”; chờ thử khóa.")
    assert second.startswith("Thử khóa đạt")
    assert AdministrationEntry.objects.earliest("pk").actor == administrator


def test_the_new_certificate_takes_the_place_of_the_former(desk: Desk, administrator):
    former = replace(issued(desk.agency), key_name="former")
    key_files.path_of(KEY).rename(key_files.path_of("former"))
    newer = issued(desk.agency)
    first = enter(former, desk.agency, administrator)
    proving.prove(certificate_id=first.pk, at=timezone.now())
    second = enter(newer, desk.agency, administrator)
    assert certificates.usable(agency=desk.agency, at=timezone.now()) == first

    proving.prove(certificate_id=second.pk, at=timezone.now())

    assert certificates.usable(agency=desk.agency, at=timezone.now()) == second


def test_the_key_of_another_certificate_proves_nothing(desk: Desk, administrator):
    facts = issued(desk.agency)
    issued(desk.agency)
    kept = enter(facts, desk.agency, administrator)

    failure = proving.prove(certificate_id=kept.pk, at=timezone.now())

    kept.refresh_from_db()
    assert "khóa của chứng thư khác" in failure
    assert kept.proof_failure == failure
    assert (kept.is_active, kept.proven_at) == (False, None)


def test_a_key_that_is_not_there_is_said_and_may_come_later(desk: Desk, administrator):
    facts = issued(desk.agency)
    away = key_files.path_of(KEY).rename(key_files.path_of(KEY).with_suffix(".away"))
    kept = enter(facts, desk.agency, administrator)
    assert "chép khóa" in proving.prove(certificate_id=kept.pk, at=timezone.now())

    away.rename(key_files.path_of(KEY))
    certificate_keeping.prove_again(
        agency=desk.agency, pk=kept.pk, actor=administrator, at=timezone.now()
    )

    assert proving.prove(certificate_id=kept.pk, at=timezone.now()) == ""


@pytest.mark.parametrize(
    ("days", "code", "said"),
    [(400, "expired", "hết hiệu lực"), (-30, "not_yet_valid", "mới có hiệu lực")],
)
def test_a_certificate_out_of_its_time_is_refused(desk: Desk, administrator, days, code, said):
    facts = issued(desk.agency)
    at = timezone.now() + timedelta(days=days)

    with pytest.raises(CertificateRefused, match=said) as refusal:
        enter(facts, desk.agency, administrator, at=at)

    assert refusal.value.code == code
    assert not AgencyCertificate.objects.exists()


def test_a_certificate_of_another_name_needs_a_persons_word(
    desk: Desk, construction, administrator
):
    facts = issued(construction)
    with pytest.raises(CertificateRefused, match="Sở Xây dựng") as refusal:
        enter(facts, desk.agency, administrator)
    assert refusal.value.code == "other_name"

    assert enter(facts, desk.agency, administrator, checked=True).agency == desk.agency


def test_one_certificate_never_signs_for_two_agencies(desk: Desk, construction, administrator):
    facts = issued(desk.agency)
    enter(facts, desk.agency, administrator)

    with pytest.raises(CertificateRefused, match="đã đăng ký cho Sở Tư pháp"):
        enter(facts, construction, administrator, checked=True)


def test_the_certificate_of_the_authority_itself_signs_no_letter(desk: Desk, administrator):
    facts = issued(desk.agency)
    its_own = CertificateFacts(certificate=facts.issuers, issuers="", key_name=KEY)

    with pytest.raises(CertificateRefused, match="không dùng để ký"):
        enter(its_own, desk.agency, administrator, checked=True)


def test_a_chain_that_did_not_issue_it_is_refused(desk: Desk, administrator):
    facts, other = issued(desk.agency), issued(desk.agency)
    mixed = CertificateFacts(
        certificate=facts.certificate, issuers=other.issuers, key_name=facts.key_name
    )

    with pytest.raises(CertificateRefused, match="chuỗi"):
        enter(mixed, desk.agency, administrator)


def test_a_file_is_read_in_either_form_and_nonsense_is_said(desk: Desk):
    text = issued(desk.agency).certificate
    der = load_pem_x509_certificate(text.encode()).public_bytes(serialization.Encoding.DER)

    assert certificate_texts.as_pem(text.encode()) == certificate_texts.as_pem(der) == text
    for nonsense in (b"", b"xin chao", b"\xff" * 50, text.encode()[:200]):
        with pytest.raises(CertificateRefused, match="PEM hoặc DER"):
            certificate_texts.as_pem(nonsense)


def test_who_does_not_administer_the_agency_registers_nothing(desk: Desk, construction):
    facts = issued(desk.agency)
    elsewhere = make_user("quan2", "Người Khác", construction, Role.ADMINISTRATOR)
    with pytest.raises(AdministrationRefusal):
        enter(facts, desk.agency, elsewhere)
    with pytest.raises(PermissionDenied):
        enter(facts, desk.agency, desk.head)


# -- The end of a certificate ----------------------------------------------------------------


def revoke(certificate, actor, reason="Mất thiết bị"):
    return certificate_keeping.revoke(
        agency=certificate.agency, pk=certificate.pk, reason=reason, actor=actor, at=THURSDAY
    )


def test_what_is_revoked_signs_nothing_more_and_its_letters_stay_valid(
    draft, desk: Desk, certificate, administrator
):
    order = sealed(signed(draft, desk.head))

    revoke(certificate, administrator)

    with pytest.raises(CertificateRefused):
        signed(drafted(endangered(desk)), desk.head)
    assert verifying.judge(bytes_of(order)).verdict == "valid"
    assert told_of(desk.agency)[-1] == (
        "Thu hồi chứng thư số “Sở Tư pháp tỉnh Nghệ An”: Mất thiết bị"
    )


def test_a_revocation_asks_for_a_reason_and_comes_once(desk, certificate, administrator):
    with pytest.raises(ActRefused, match="lý do thu hồi"):
        revoke(certificate, administrator, reason="  ")
    revoke(certificate, administrator)
    with pytest.raises(ActRefused, match="đã bị thu hồi"):
        revoke(certificate, administrator)


def test_a_letter_signed_before_the_revocation_is_sealed_with_the_next_certificate(
    draft, desk: Desk, certificate, administrator
):
    """Nothing is sealed with a key that may be lost; the letter waits and is sent after all."""
    letter = signed(draft, desk.head)
    revoke(certificate, administrator)
    order = sealed(letter)
    assert (order.drawn_at, order.failure[:18]) == (None, "CertificateRefused")

    newer = DemoAuthority(at=NOW).certify(agency=desk.agency, at=NOW)
    assert drawing.draw_waiting(at=THURSDAY + timedelta(minutes=2)) == 1

    letter.refresh_from_db()
    assert (letter.certificate, bool(letter.sent_at)) == (newer, True)
    pdf = bytes_of(LetterPrint.objects.get(pk=order.pk))
    assert verifying.judge(pdf).verdict == "valid"


# -- The command -----------------------------------------------------------------------------


def files(facts: CertificateFacts, folder: Path) -> list[str]:
    own, chain = folder / "own.crt", folder / "chain.pem"
    own.write_text(facts.certificate)
    chain.write_text(facts.issuers)
    return ["--certificate", str(own), "--issuers", str(chain)]


def test_the_command_registers_and_proves_at_once(desk: Desk, tmp_path):
    said = StringIO()
    given = files(issued(desk.agency), tmp_path)

    call_command("register_certificate", "H41.15", *given, "--key-name", KEY, stdout=said)

    assert "ký bằng chứng thư số “Sở Tư pháp tỉnh Nghệ An”" in said.getvalue()
    assert certificates.usable(agency=desk.agency, at=timezone.now()).proven_at
    assert "register_certificate" in told_of(desk.agency)[0]


def test_the_command_copies_a_key_for_its_owner_alone(desk: Desk, tmp_path, settings):
    given = files(issued(desk.agency), tmp_path)
    brought = key_files.path_of(KEY).rename(tmp_path / "brought.pem")
    settings.SIGNING_PASSPHRASE = "mật khẩu"

    call_command("register_certificate", "H41.15", *given, "--key-name", "stp-2026",
                 "--key", str(brought), stdout=StringIO())  # fmt: skip

    kept = key_files.path_of("stp-2026")
    assert kept.stat().st_mode & 0o777 == 0o600
    assert b"ENCRYPTED" in kept.read_bytes()


def test_the_command_leaves_nothing_when_the_key_is_another(desk: Desk, tmp_path):
    given = files(issued(desk.agency), tmp_path)
    key_files.path_of(KEY).unlink()
    issued(desk.agency)
    other = key_files.path_of(KEY).rename(tmp_path / "other.pem")

    with pytest.raises(CommandError, match="khóa của chứng thư khác"):
        call_command("register_certificate", "H41.15", *given, "--key-name", "stp",
                     "--key", str(other))  # fmt: skip

    assert not key_files.path_of("stp").exists()
    assert not AgencyCertificate.objects.exists()
    assert told_of(desk.agency) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["H99", "--certificate", "a", "--key-name", "a"], "Không có cơ quan nào mang mã H99"),
        (["H41.15", "--certificate", "/khong/co", "--key-name", "a"], "Không đọc được tệp"),
        (["H41.15", "--certificate", "manage.py", "--key-name", "a"], "PEM hoặc DER"),
        (["H41.15", "--certificate", "a", "--key-name", "../a", "--key", "a"], "Tên khóa"),
    ],
)
def test_the_command_says_what_is_wrong(desk: Desk, given, said):
    with pytest.raises(CommandError, match=said):
        call_command("register_certificate", *given)


# -- The pages -------------------------------------------------------------------------------


def upload(facts: CertificateFacts, **overrides) -> dict:
    return {
        "certificate": SimpleUploadedFile("own.crt", facts.certificate.encode()),
        "issuers": SimpleUploadedFile("chain.pem", facts.issuers.encode()),
        "key_name": facts.key_name,
        **overrides,
    }


def page(name: str, agency: Agency, **more) -> str:
    return reverse(f"apologies:{name}", kwargs={"agency_id": agency.pk, **more})


def test_an_administrator_registers_revokes_and_sees_it_all(sign_in, administrator, desk: Desk):
    browser, given = sign_in(administrator), upload(issued(desk.agency))
    listed = browser.get(reverse("apologies:signing")).content.decode()
    assert "Chưa có chứng thư số đang dùng." in listed

    answer = browser.post(page("register", desk.agency), given, follow=True)
    assert "Đang chờ thử khóa" in answer.content.decode()
    kept = AgencyCertificate.objects.get()
    proving.prove(certificate_id=kept.pk, at=timezone.now())
    shown = browser.get(page("signing_of", desk.agency)).content.decode()
    assert "Đang dùng" in shown
    assert "Thử khóa đạt" in shown

    refused = browser.post(page("revoke", desk.agency, pk=kept.pk), {"reason": " "})
    assert refused.status_code == 422
    done = browser.post(page("revoke", desk.agency, pk=kept.pk), {"reason": "Lộ khóa"}, follow=True)
    assert "Đã thu hồi lúc" in done.content.decode()


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        ({"certificate": SimpleUploadedFile("a.crt", b"xin chao")}, "PEM hoặc DER"),
        ({"certificate": SimpleUploadedFile("a.crt", b"a" * 200_000)}, "lớn hơn 100 KB"),
        ({"certificate": ""}, "Trường này là bắt buộc"),
        ({"key_name": "../../etc"}, "Tên khóa chỉ gồm"),
    ],
)
def test_a_form_that_will_not_do_says_so(sign_in, administrator, desk: Desk, overrides, said):
    given = upload(issued(desk.agency), **overrides)

    answer = sign_in(administrator).post(page("register", desk.agency), given)

    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not AgencyCertificate.objects.exists()


def test_the_list_warns_in_time_and_asks_few_questions(
    sign_in, administrator, desk: Desk, construction, django_assert_max_num_queries
):
    browser = sign_in(administrator)
    DemoAuthority(at=timezone.now(), life=timedelta(days=30)).certify(agency=desk.agency, at=NOW)
    DemoAuthority(at=timezone.now(), life=timedelta(days=300)).certify(agency=construction, at=NOW)

    with django_assert_max_num_queries(8):
        listed = browser.get(f"{reverse('apologies:signing')}?loc=can-xu-ly").content.decode()

    assert "Sắp hết hiệu lực." in listed
    assert "Sở Xây dựng" not in listed


def test_another_agencys_page_is_not_there(sign_in, desk: Desk, construction):
    elsewhere = make_user("quan2", "Người Khác", construction, Role.ADMINISTRATOR)

    assert sign_in(elsewhere).get(page("signing_of", desk.agency)).status_code == 404


# -- Who signs in whose stead ----------------------------------------------------------------


def test_a_delegation_is_written_changed_and_taken_back(sign_in, administrator, desk: Desk):
    browser = sign_in(administrator)
    given = {"user": desk.head.pk, "authority": "delegated", "signer_title": "Chánh Văn phòng",
             "holder_title": "Giám đốc Sở", "document": "12/UQ-STP",
             "valid_from": "01/11/2026", "valid_until": "31/12/2026"}  # fmt: skip

    browser.post(page("grant", desk.agency), given)
    browser.post(page("grant", desk.agency), given | {"valid_until": "30/11/2026"})

    kept = desk.agency.signing_authorities.get()
    assert (kept.authority, f"{kept.valid_until:%d/%m/%Y}") == ("delegated", "30/11/2026")
    assert told_of(desk.agency)[-1] == (
        "Thẩm quyền ký của Nguyễn Thị Hòa: TUQ. Giám đốc Sở, Chánh Văn phòng, 12/UQ-STP, "
        "từ 01/11/2026, đến hết 30/11/2026."
    )
    browser.post(page("take_back", desk.agency, pk=kept.pk))
    assert not desk.agency.signing_authorities.exists()
    assert told_of(desk.agency)[-1].startswith("Bỏ thẩm quyền ký của Nguyễn Thị Hòa")


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        ({"document": ""}, "Thừa ủy quyền phải có văn bản"),
        ({"valid_until": ""}, "Thừa ủy quyền phải có văn bản"),
        ({"holder_title": ""}, "Hãy ghi chức vụ"),
        ({"valid_from": "01/01/2027"}, "kết thúc sau ngày bắt đầu"),
        ({"valid_until": "31/02/2027"}, "ngày"),
    ],
)
def test_a_delegation_that_will_not_do_is_not_written(
    sign_in, administrator, desk: Desk, overrides, said
):
    given = {"user": desk.head.pk, "authority": "delegated", "signer_title": "Chánh Văn phòng",
             "holder_title": "Giám đốc Sở", "document": "12/UQ-STP",
             "valid_until": "31/12/2026"}  # fmt: skip

    answer = sign_in(administrator).post(page("grant", desk.agency), given | overrides)

    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not desk.agency.signing_authorities.exists()


def test_before_its_first_day_a_delegation_is_not_used(desk: Desk, certificate):
    desk.agency.signing_authorities.create(
        user=desk.head, authority="by_order", signer_title="Chánh Văn phòng",
        holder_title="Giám đốc", valid_from=THURSDAY.date() + timedelta(days=1),
    )  # fmt: skip

    letter = signed(drafted(endangered(desk)), desk.head)

    assert (letter.authority, letter.signer_title) == ("head", "Giám đốc Sở")


def test_only_heads_of_the_agency_are_offered(sign_in, administrator, desk, foreign_head):
    given = {"user": foreign_head.pk, "authority": "head", "signer_title": "A"}

    assert sign_in(administrator).post(page("grant", desk.agency), given).status_code == 422


# -- The days of the ladder ------------------------------------------------------------------


@pytest.mark.parametrize("who", ["administrator", "supervisor"])
def test_the_days_of_an_agency_are_set_and_kept_in_the_journal(sign_in, request, desk, who):
    browser = sign_in(request.getfixturevalue(who))

    answer = browser.post(
        page("ladder_days_of", desk.agency), {"officer": 5, "head": 3, "centre": 1}, follow=True
    )

    assert "Đã đặt bậc nhắc việc" in answer.content.decode()
    assert told_of(desk.agency)[-1].endswith("công chức 5, lãnh đạo 3, bộ phận một cửa 1.")


@pytest.mark.parametrize("days", [(3, 3, 1), (1, 2, 3), (0, 0, 0), (31, 2, 1), ("a", 2, 1)])
def test_days_that_do_not_descend_are_refused(sign_in, administrator, desk: Desk, days):
    given = dict(zip(("officer", "head", "centre"), days, strict=True))

    answer = sign_in(administrator).post(page("ladder_days_of", desk.agency), given)

    assert answer.status_code == 422
    assert not desk.agency.ladder_steps.exists()


def test_a_revoked_certificate_never_comes_back(desk: Desk, administrator):
    facts = issued(desk.agency)
    kept = enter(facts, desk.agency, administrator)
    revoke(kept, administrator)

    with pytest.raises(ValidationError, match="đã bị thu hồi"):
        enter(facts, desk.agency, administrator)
    assert proving.prove(certificate_id=kept.pk, at=timezone.now()) == ""
    assert not AgencyCertificate.objects.filter(is_active=True).exists()
