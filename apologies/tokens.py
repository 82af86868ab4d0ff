"""Keys on a token or in an HSM, through its maker's PKCS#11 library.

`SIGNING_KEYS=apologies.tokens.TokenKeys` names this class; the key's name of a certificate is
its label on the token. A process logs in once, when it first signs: a worker's child never
shares the session of its parent.
"""

import asyncio
from contextlib import suppress
from functools import cache

from django.conf import settings
from pkcs11 import Session
from pkcs11.exceptions import PinIncorrect, PinInvalid, PinLenRange, PinLocked
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers.pdf_cms import Signer

from apologies.keys import KeyMissing, loaded
from apologies.models import AgencyCertificate


class TokenKeys:
    """Keys that never leave the token PKCS11_TOKEN of the library PKCS11_MODULE."""

    def signer(self, certificate: AgencyCertificate) -> Signer:
        """The signer whose key stays on the token; a session that was lost is opened anew."""
        was_open = _session.cache_info().currsize > 0
        try:
            return _signer(certificate)
        except KeyMissing:
            if not was_open or isinstance(_session(), KeyMissing):
                raise
        forget_session()
        return _signer(certificate)


def forget_session() -> None:
    """Log out, if the token still hears it; the next signing logs in anew."""
    if _session.cache_info().currsize:
        session = _session()
        if isinstance(session, Session):
            with suppress(Exception):
                session.close()
    _session.cache_clear()


def _signer(certificate: AgencyCertificate) -> Signer:
    session = _session()
    if isinstance(session, KeyMissing):
        raise session
    signer = PKCS11Signer(
        session,
        signing_cert=loaded(certificate.certificate)[0],
        ca_chain=loaded(certificate.issuers),
        key_label=certificate.key_name,
    )
    try:
        asyncio.run(signer.ensure_objects_loaded())  # type: ignore[no-untyped-call]
    except Exception as error:
        raise KeyMissing(
            f"Không tìm thấy khóa “{certificate.key_name}” trên thiết bị "
            f"“{settings.PKCS11_TOKEN}”. Hãy kiểm tra nhãn khóa và thiết bị đã cắm."
        ) from error
    return signer


@cache
def _session() -> Session | KeyMissing:
    """The session of this process. A PIN that was refused is not tried again: tokens lock."""
    if not (settings.PKCS11_MODULE and settings.PKCS11_TOKEN):
        raise KeyMissing(
            "Chưa khai báo thiết bị ký số. Hãy đặt PKCS11_MODULE và PKCS11_TOKEN, rồi khởi động "
            "lại tiến trình ký."
        )
    try:
        return open_pkcs11_session(
            settings.PKCS11_MODULE,
            token_criteria=TokenCriteria(label=settings.PKCS11_TOKEN),
            user_pin=settings.PKCS11_PIN or None,
        )
    except (PinIncorrect, PinInvalid, PinLenRange, PinLocked):
        return KeyMissing(
            "Thiết bị ký số không nhận mã PIN. Hãy sửa PKCS11_PIN rồi khởi động lại tiến trình "
            "ký; mã sai không được thử lại để thiết bị khỏi bị khóa."
        )
    except Exception as error:
        # Drivers raise errors of their own, the loader those of the system.
        raise KeyMissing(
            f"Không mở được thiết bị ký số “{settings.PKCS11_TOKEN}”. Hãy kiểm tra thiết bị đã "
            "cắm, nhãn của nó và thư viện PKCS11_MODULE."
        ) from error
