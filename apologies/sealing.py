"""Puts the agency's signature on a drawn letter: PAdES, invisible, over the whole file.

The box that people see is drawn by the letter itself: pyHanko's own stamp embeds no font.
"""

from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from apologies import keys
from apologies.models import AgencyCertificate

FIELD = "ChuKySoCoQuan"
# Of a signature beside its certificates: the signed attributes, and a key of up to 8192 bits.
_OWN_BYTES = 1792


def seal(pdf: bytes, *, certificate: AgencyCertificate, location: str) -> bytes:
    """The same letter, signed; keys.KeyMissing when the agency's key cannot be used."""
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=certificate.subject,
        location=location,
    )
    signer = PdfSigner(metadata, keys.holder().signer(certificate))
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    signed = signer.sign_pdf(writer, output=BytesIO(), bytes_reserved=_room(certificate))
    content: bytes = signed.getvalue()
    return content


def _room(certificate: AgencyCertificate) -> int:
    """Hexadecimal digits enough for the signature: without it, the library signs once to try."""
    chain = keys.loaded(f"{certificate.certificate}\n{certificate.issuers}")
    return 2 * (_OWN_BYTES + sum(len(one.dump()) for one in chain))
