"""A certificate authority made on the spot, so that the demonstration and tests can sign.

Nobody outside trusts it. Its keys stay in SIGNING_DIR, readable by their owner alone, and the
authority's own key is never written at all.
"""

from datetime import datetime, timedelta
from functools import cached_property

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from apologies import certificates, key_files
from apologies.certificates import CertificateFacts
from apologies.models import AgencyCertificate
from organizations.models import Agency

NAME = "Chứng thực thử nghiệm, không có giá trị"
KEY_BITS = 2048
LIFE = timedelta(days=730)
LONGEST_NAME = 64
_A_DAY = timedelta(days=1)


class DemoAuthority:
    """One authority, made when it is first needed, for the certificates of one go."""

    def __init__(self, *, at: datetime, life: timedelta = LIFE) -> None:
        self._from, self._until = at - _A_DAY, at + life

    def certify(self, *, agency: Agency, at: datetime) -> AgencyCertificate:
        """A key and a certificate for the agency, registered as the one it signs with."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
        issued = self._issued(_name(agency.name), key.public_key(), is_authority=False)
        key_name = f"demo-{agency.code}"
        key_files.keep(key_name, key)
        facts = CertificateFacts(
            certificate=_pem(issued), issuers=_pem(self._own), key_name=key_name
        )
        return certificates.register(agency=agency, facts=facts, at=at)

    @cached_property
    def _key(self) -> rsa.RSAPrivateKey:
        return rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)

    @cached_property
    def _own(self) -> x509.Certificate:
        return self._issued(_name(NAME), self._key.public_key(), is_authority=True)

    def _issued(
        self, subject: x509.Name, key: rsa.RSAPublicKey, *, is_authority: bool
    ) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(_name(NAME))
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self._from)
            .not_valid_after(self._until)
            .add_extension(_constraints(is_authority=is_authority), critical=True)
            .add_extension(_usage(is_authority=is_authority), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()),
                critical=False,
            )
        )
        return builder.sign(self._key, hashes.SHA256())


def is_signable(agency: Agency, *, at: datetime) -> bool:
    """Has the agency a certificate in force, and its key at hand?"""
    found = AgencyCertificate.objects.filter(
        agency=agency, is_active=True, valid_from__lte=at, valid_until__gt=at
    ).first()
    return found is not None and key_files.path_of(found.key_name).exists()


def _name(common: str) -> x509.Name:
    # The library lets a common name have 64 bytes; a Vietnamese letter takes up to three.
    while len(common.encode()) > LONGEST_NAME:
        common = common.rpartition(" ")[0]
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _constraints(*, is_authority: bool) -> x509.BasicConstraints:
    return x509.BasicConstraints(ca=is_authority, path_length=0 if is_authority else None)


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()
