"""Where the private keys of agencies are: files in SIGNING_DIR, or whatever SIGNING_KEYS names.

Only the processes that seal letters read a key; a web process never needs one.
"""

import stat
from functools import cache
from pathlib import Path
from typing import Protocol

from asn1crypto import keys, pem, x509
from cryptography.hazmat.primitives import serialization
from django.conf import settings
from django.utils.module_loading import import_string
from pyhanko.sign.signers.pdf_cms import Signer, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from apologies.models import AgencyCertificate

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyMissing(Exception):
    """The key of a certificate cannot be used; the message says which one and why."""


class Keys(Protocol):
    """Gives the signer of a certificate: its key may lie in a file, on a token, in a service."""

    def signer(self, certificate: AgencyCertificate) -> Signer:
        """What signs in the agency's name; KeyMissing when the key cannot be used."""


class FileKeys:
    """Keys as PKCS#8 in `SIGNING_DIR/<key_name>.key`, readable by their owner alone."""

    def signer(self, certificate: AgencyCertificate) -> Signer:
        """The signer with the key from its file."""
        path = settings.SIGNING_DIR / f"{Path(certificate.key_name).name}.key"
        return SimpleSigner(
            signing_cert=loaded(certificate.certificate)[0],
            signing_key=keys.PrivateKeyInfo.load(_key_in(path)),
            cert_registry=registry(certificate),
        )


@cache
def holder() -> Keys:
    """The keys of this installation."""
    found: Keys = import_string(settings.SIGNING_KEYS)()
    return found


def registry(certificate: AgencyCertificate) -> SimpleCertificateStore:
    """The certificates that go into the signature beside the agency's own."""
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(loaded(certificate.issuers))
    return store


def loaded(text: str) -> list[x509.Certificate]:
    """The certificates of a PEM text, in its order."""
    if not text.strip():
        return []
    blocks = pem.unarmor(text.encode(), multiple=True)
    return [x509.Certificate.load(der) for _, _, der in blocks]


def _key_in(path: Path) -> bytes:
    """The key, in the form that the signer takes."""
    try:
        if path.stat().st_mode & _OTHERS:
            raise KeyMissing(f"{path.name}: chmod 600 first, others can read it.")
        kept = path.read_bytes()
    except OSError as error:
        raise KeyMissing(f"{path.name}: {error.strerror}.") from error
    passphrase = settings.SIGNING_PASSPHRASE.encode() or None
    try:
        key = serialization.load_pem_private_key(kept, passphrase)
    except (ValueError, TypeError) as error:
        raise KeyMissing(f"{path.name}: not a key, or another passphrase.") from error
    return key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
