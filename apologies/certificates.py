"""The certificates with which agencies sign: entered, proven, used, revoked.

A certificate signs once its key was proven by whoever holds the keys (`proving`): a web process
never needs one. The former certificate stays for the letters that it signed.
"""

from datetime import datetime

from django.db import transaction

from apologies import certificate_texts
from apologies.certificate_texts import CertificateFacts, CertificateRefused, CertificateText
from apologies.models import AgencyCertificate
from dossiers import telling
from organizations.models import Agency

__all__ = ["CertificateFacts", "CertificateRefused"]


def usable(*, agency: Agency, at: datetime) -> AgencyCertificate:
    """The certificate that signs for the agency at this moment; CertificateRefused without one."""
    found = AgencyCertificate.objects.filter(agency=agency, is_active=True).first()
    if found is None:
        raise CertificateRefused(
            f"{agency.name} chưa có chứng thư số. Hãy báo quản trị hệ thống cài chứng thư số "
            "của cơ quan rồi ký lại.",
            code="certificate_missing",
        )
    if not found.valid_from <= at < found.valid_until:
        raise CertificateRefused(
            f"Chứng thư số của {agency.name} chỉ có hiệu lực từ {telling.day(found.valid_from)} "
            f"đến {telling.day(found.valid_until)}. Hãy báo quản trị hệ thống cài chứng thư số "
            "mới rồi ký lại.",
            code="certificate_expired",
        )
    return found


@transaction.atomic
def register(*, agency: Agency, facts: CertificateFacts, at: datetime) -> AgencyCertificate:
    """Sign for the agency with this certificate from now on, for those who made its key.

    Raises CertificateRefused for a text that is no certificate.
    """
    kept = _kept(agency, facts, certificate_texts.read(facts), at)
    activate(certificate=kept, at=at)
    return kept


@transaction.atomic
def enter(
    *, agency: Agency, facts: CertificateFacts, name_is_checked: bool, at: datetime
) -> AgencyCertificate:
    """Keep a certificate that waits for the proof of its key.

    Raises CertificateRefused for one that must not sign for the agency: expired, another's,
    revoked, for another use, or in use already.
    """
    text = certificate_texts.read(facts)
    certificate_texts.check(text, agency=agency, name_is_checked=name_is_checked, at=at)
    # Two who enter at once come one after the other.
    Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    _check_known(text, agency)
    return _kept(agency, facts, text, at)


def activate(*, certificate: AgencyCertificate, at: datetime) -> None:
    """Sign with it from now on; the former one stays for reading. Needs a transaction."""
    own = AgencyCertificate.objects.filter(agency_id=certificate.agency_id, is_active=True)
    own.exclude(pk=certificate.pk).update(is_active=False)
    certificate.is_active, certificate.proven_at, certificate.proof_failure = True, at, ""
    certificate.save(update_fields=["is_active", "proven_at", "proof_failure"])


def _kept(
    agency: Agency, facts: CertificateFacts, text: CertificateText, at: datetime
) -> AgencyCertificate:
    kept, _ = AgencyCertificate.objects.update_or_create(
        fingerprint=text.fingerprint,
        defaults={
            "agency": agency,
            "subject": text.subject,
            "certificate": facts.certificate,
            "issuers": facts.issuers,
            "key_name": facts.key_name,
            "valid_from": text.own.not_valid_before_utc,
            "valid_until": text.own.not_valid_after_utc,
            "added_at": at,
            "proof_failure": "",
        },
    )
    return kept


def _check_known(text: CertificateText, agency: Agency) -> None:
    known = AgencyCertificate.objects.filter(fingerprint=text.fingerprint).first()
    if known is None:
        return
    if known.agency_id != agency.pk:
        raise CertificateRefused(
            f"Chứng thư số này đã đăng ký cho {known.agency.name}. Mỗi cơ quan dùng chứng thư "
            "riêng.",
            code="of_another_agency",
        )
    if known.revoked_at is not None:
        raise CertificateRefused(
            f"Chứng thư số này đã bị thu hồi ngày {telling.day(known.revoked_at)}. Hãy xin cấp "
            "chứng thư mới.",
            code="revoked",
        )
    if known.is_active:
        raise CertificateRefused(
            f"{agency.name} đang ký bằng chính chứng thư số này.", code="in_use"
        )
