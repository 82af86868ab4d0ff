"""Reads the signatures of a PDF, whoever made the file: nothing in it is trusted."""

import logging
from datetime import datetime
from hashlib import sha256
from io import BytesIO

from asn1crypto.cms import ContentInfo
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from apologies.keys import loaded
from apologies.models import AgencyCertificate

# A refusal is our answer, not an event for the log.
for _noisy in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_noisy).setLevel(logging.CRITICAL)


def holds(content: bytes, *, certificate: AgencyCertificate, at: datetime) -> bool:
    """Does the one signature cover the whole file, made with this certificate while in force?

    The moment is the one at which the portal itself kept the signed file: a certificate that
    has run out since does not make an old letter false.
    """
    own, roots = loaded(certificate.certificate), loaded(certificate.issuers)
    known = {each.dump() for each in (*own, *roots)}
    context = ValidationContext(
        trust_roots=roots or own, other_certs=own, allow_fetching=False, moment=at
    )
    try:
        (signature,) = _signatures(content)
        status = validate_pdf_signature(signature, context)
    except Exception:  # noqa: BLE001 (a file from anywhere may break its reader in any way)
        return False
    return bool(
        status.bottom_line
        and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        and _fingerprint(signature) == certificate.fingerprint
        and _fills_its_room(signature)
        and _brings_only(known, signature)
    )


def claimed_by(content: bytes) -> str:
    """The fingerprint of the certificate in the first signature, whether it holds or not."""
    try:
        return _fingerprint(_signatures(content)[0])
    except Exception:  # noqa: BLE001 (as above)
        return ""


def _fills_its_room(signature: EmbeddedPdfSignature) -> bool:
    """Is the room kept for the signature, which nothing signs, empty behind it?"""
    room: bytes = signature.pkcs7_content
    return not room[len(ContentInfo.load(room).dump()) :].strip(b"\0")


def _brings_only(known: set[bytes], signature: EmbeddedPdfSignature) -> bool:
    """Are the certificates in it, which nothing signs either, the agency's and its issuers'?"""
    brought = [signature.signer_cert, *signature.other_embedded_certs]
    return all(each.dump() in known for each in brought)


def _signatures(content: bytes) -> list[EmbeddedPdfSignature]:
    return list(PdfFileReader(BytesIO(content)).embedded_signatures)


def _fingerprint(signature: EmbeddedPdfSignature) -> str:
    return sha256(signature.signer_cert.dump()).hexdigest()
