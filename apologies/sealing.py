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
    signed = signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=BytesIO())
    content: bytes = signed.getvalue()
    return content
