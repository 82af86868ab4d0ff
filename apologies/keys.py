"""Where the private keys of agencies are: files in SIGNING_DIR, or whatever SIGNING_KEYS names.

Only the processes that seal letters read a key; a web process never needs one.
"""

import stat
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Protocol

from asn1crypto import keys, pem, x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from django.conf import settings
from django.utils.module_loading import import_string
from pyhanko.sign.signers.pdf_cms import Signer, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from apologies import key_files
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
        """The signer with the key from its file; kept until the file is another."""
        path = key_files.path_of(certificate.key_name)
        texts = (certificate.certificate, certificate.issuers)
        return _ready(path, _stamp(path), settings.SIGNING_PASSPHRASE, *texts)


class _ReadySigner(SimpleSigner):
    """Keeps its key at hand: the library reads and proves it anew for every signature."""

    @cached_property
    def _key(self) -> PrivateKeyTypes:
        return serialization.load_der_private_key(self.signing_key.dump(), password=None)

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        if isinstance(self._key, RSAPrivateKey):
            digest = get_pyca_cryptography_hash(digest_algorithm)
            return self._key.sign(data, PKCS1v15(), digest)
        return super().sign_raw(data, digest_algorithm)


# As many as a province has agencies, so that one worker signs for all of them.
@lru_cache(maxsize=256)
def _ready(
    path: Path, _stamp: tuple[int, ...], passphrase: str, certificate: str, issuers: str
) -> Signer:
    """Reading and proving a key takes twenty times as long as signing with it."""
    return _ReadySigner(
        signing_cert=loaded(certificate)[0],
        signing_key=keys.PrivateKeyInfo.load(_key_in(path, passphrase)),
        cert_registry=registry(issuers),
    )


def _stamp(path: Path) -> tuple[int, ...]:
    """What tells one state of a key's file from another; others must not be able to read it."""
    try:
        found = path.stat()
    except OSError as error:
        raise _unreadable(path) from error
    if found.st_mode & _OTHERS:
        raise KeyMissing(
            f"Người khác trên máy đọc được tệp khóa {path.name}. Hãy chạy chmod 600 cho tệp."
        )
    return found.st_ino, found.st_size, found.st_mtime_ns


def _unreadable(path: Path) -> KeyMissing:
    return KeyMissing(
        f"Không đọc được tệp khóa {path.name} trong SIGNING_DIR. Hãy chép khóa của cơ quan vào đó."
    )


@cache
def holder() -> Keys:
    """The keys of this installation."""
    found: Keys = import_string(settings.SIGNING_KEYS)()
    return found


def registry(issuers: str) -> SimpleCertificateStore:
    """The certificates that go into the signature beside the agency's own."""
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(loaded(issuers))
    return store


def loaded(text: str) -> list[x509.Certificate]:
    """The certificates of a PEM text, in its order."""
    if not text.strip():
        return []
    blocks = pem.unarmor(text.encode(), multiple=True)
    return [x509.Certificate.load(der) for _, _, der in blocks]


def _key_in(path: Path, passphrase: str) -> bytes:
    """The key, in the form that the signer takes."""
    try:
        kept = path.read_bytes()
    except OSError as error:
        raise _unreadable(path) from error
    try:
        key = serialization.load_pem_private_key(kept, passphrase.encode() or None)
    except (ValueError, TypeError) as error:
        raise KeyMissing(
            f"Tệp {path.name} không phải khóa, hoặc SIGNING_PASSPHRASE không đúng."
        ) from error
    return key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
