"""Reads the files of certificates, and says what keeps one from signing for an agency."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.core.exceptions import ValidationError

from dossiers import telling
from organizations.folding import vn_key
from organizations.models import Agency

NOT_A_CERTIFICATE = (
    "Tệp không phải chứng thư số dạng PEM hoặc DER (.pem, .crt, .cer). Hãy kiểm tra lại tệp."
)


class CertificateRefused(ValidationError):
    """The certificate cannot sign for the agency, or the agency has none that could."""


@dataclass(frozen=True, kw_only=True)
class CertificateFacts:
    """A certificate as its authority gave it: PEM texts, and the name of the key."""

    certificate: str
    issuers: str
    key_name: str


@dataclass(frozen=True, kw_only=True)
class CertificateText:
    """What stands in a certificate."""

    own: x509.Certificate
    issuers: list[x509.Certificate]

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the whole certificate, in hexadecimal digits."""
        return self.own.fingerprint(hashes.SHA256()).hex()

    @property
    def subject(self) -> str:
        """The name of whoever it was given to."""
        names = self.own.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(names[0].value) if names else self.own.subject.rfc4514_string()


def as_pem(content: bytes) -> str:
    """The certificates of a file as PEM; CertificateRefused for anything else."""
    try:
        read = x509.load_pem_x509_certificates(content)
    except ValueError:
        try:
            read = [x509.load_der_x509_certificate(content)]
        except ValueError:
            raise CertificateRefused(NOT_A_CERTIFICATE, code="not_a_certificate") from None
    return "".join(each.public_bytes(Encoding.PEM).decode() for each in read)


def read(facts: CertificateFacts) -> CertificateText:
    """The certificate and its chain; CertificateRefused for texts that are none."""
    try:
        own = x509.load_pem_x509_certificate(facts.certificate.encode())
        chain = facts.issuers.encode()
        issuers = x509.load_pem_x509_certificates(chain) if chain.strip() else []
    except ValueError:
        raise CertificateRefused(NOT_A_CERTIFICATE, code="not_a_certificate") from None
    return CertificateText(own=own, issuers=issuers)


def check(text: CertificateText, *, agency: Agency, name_is_checked: bool, at: datetime) -> None:
    """Raise CertificateRefused, with what to do, for what must not sign for the agency.

    The name must be the agency's, whatever its marks and capitals, unless a person says that
    they compared the two.
    """
    _check_validity(text.own, at)
    _check_use(text.own)
    if text.issuers and not any(_issued(text.own, issuer) for issuer in text.issuers):
        raise CertificateRefused(
            "Chứng thư số không do đơn vị nào trong tệp chuỗi phát hành cấp. Hãy chọn đúng tệp "
            "chuỗi của nơi cấp.",
            code="other_issuer",
        )
    if not name_is_checked and vn_key(text.subject) != vn_key(agency.name):
        raise CertificateRefused(
            f"Chứng thư số cấp cho “{text.subject}”, không phải “{agency.name}”. Nếu đúng là "
            "chứng thư của cơ quan này, hãy xác nhận đã đối chiếu tên rồi đăng ký lại.",
            code="other_name",
        )


def _check_validity(own: x509.Certificate, at: datetime) -> None:
    if own.not_valid_after_utc <= at:
        raise CertificateRefused(
            f"Chứng thư số đã hết hiệu lực ngày {telling.day(own.not_valid_after_utc)}. Hãy xin "
            "cấp chứng thư mới.",
            code="expired",
        )
    if at < own.not_valid_before_utc:
        raise CertificateRefused(
            f"Chứng thư số đến ngày {telling.day(own.not_valid_before_utc)} mới có hiệu lực. Hãy "
            "đăng ký từ ngày đó.",
            code="not_yet_valid",
        )


def _check_use(own: x509.Certificate) -> None:
    try:
        usage = own.extensions.get_extension_for_class(x509.KeyUsage).value
        signs = usage.digital_signature or usage.content_commitment
    except x509.ExtensionNotFound:
        signs = True
    if not signs:
        raise CertificateRefused(
            "Chứng thư này không dùng để ký văn bản (có thể là chứng thư của nơi cấp). Hãy chọn "
            "chứng thư số của cơ quan.",
            code="not_for_signing",
        )


def _issued(own: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        own.verify_directly_issued_by(issuer)
    except Exception:  # noqa: BLE001 (another name, another key, an unknown algorithm: not it)
        return False
    return True
