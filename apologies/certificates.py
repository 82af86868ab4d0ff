"""The certificates with which agencies sign: registered, found, refused when they will not do."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID
from django.core.exceptions import ValidationError
from django.db import transaction

from apologies.models import AgencyCertificate
from dossiers import telling
from organizations.models import Agency


class CertificateRefused(ValidationError):
    """The agency has no certificate that could sign now."""


@dataclass(frozen=True, kw_only=True)
class CertificateFacts:
    """A certificate as its authority gave it: PEM texts, and the name of the key's file."""

    certificate: str
    issuers: str
    key_name: str


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
    """Sign for the agency with this certificate from now on; the former one stays for reading.

    Raises CertificateRefused for a text that is no certificate.
    """
    try:
        read = x509.load_pem_x509_certificate(facts.certificate.encode())
        if facts.issuers.strip():
            x509.load_pem_x509_certificates(facts.issuers.encode())
    except ValueError:
        raise CertificateRefused(
            "Tệp không phải chứng thư số dạng PEM. Hãy kiểm tra lại tệp.", code="not_a_certificate"
        ) from None
    AgencyCertificate.objects.filter(agency=agency, is_active=True).update(is_active=False)
    kept, _ = AgencyCertificate.objects.update_or_create(
        fingerprint=read.fingerprint(hashes.SHA256()).hex(),
        defaults={
            "agency": agency,
            "subject": _subject(read),
            "certificate": facts.certificate,
            "issuers": facts.issuers,
            "key_name": facts.key_name,
            "valid_from": read.not_valid_before_utc,
            "valid_until": read.not_valid_after_utc,
            "is_active": True,
            "added_at": at,
        },
    )
    return kept


def _subject(read: x509.Certificate) -> str:
    names = read.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else read.subject.rfc4514_string()
