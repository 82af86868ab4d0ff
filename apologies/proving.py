"""Proves that a key is the one of its certificate, where the keys are: in workers and commands.

A page is signed as a letter would be and judged as anybody's file would be, so the key, the
certificate, its chain and its validity are proven together.
"""

import logging
from datetime import datetime
from io import BytesIO
from typing import Any

from django.db import transaction
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils import writer as pdf_writer

from apologies import certificates, sealing, signatures
from apologies.keys import KeyMissing
from apologies.models import AgencyCertificate
from organizations import administration

logger = logging.getLogger(__name__)


@transaction.atomic
def prove(*, certificate_id: int, at: datetime) -> str:
    """Sign with the certificate from now on, or keep why not and answer it.

    A certificate that was revoked meanwhile, or is proven already, stays as it is.
    """
    certificate = (
        AgencyCertificate.objects.select_related("agency")
        .select_for_update(of=("self",))
        .get(pk=certificate_id)
    )
    if certificate.is_active or certificate.revoked_at is not None:
        return ""
    failure = objection(certificate, at=at)
    if failure:
        certificate.proof_failure = failure
        certificate.save(update_fields=["proof_failure"])
        return failure
    certificates.activate(certificate=certificate, at=at)
    sentence = f"Thử khóa đạt; cơ quan ký bằng chứng thư số “{certificate.subject}” từ lúc này."
    administration.note(certificate.agency, sentence, None, at)
    return ""


def objection(certificate: AgencyCertificate, *, at: datetime) -> str:
    """Why nothing can be signed with the certificate; empty when it can."""
    place = certificate.agency.place
    try:
        signed = sealing.seal(_page(), certificate=certificate, location=place)
    except KeyMissing as missing:
        return str(missing)
    except Exception as error:  # noqa: BLE001 (tokens and their drivers fail in any way)
        logger.warning("Certificate %s: %s", certificate.pk, type(error).__name__)
        return (
            f"Khóa “{certificate.key_name}” không ký được cùng chứng thư số này. Hãy kiểm tra "
            "tên khóa, loại khóa và chứng thư."
        )
    if signatures.holds(signed, certificate=certificate, at=at):
        return ""
    return (
        f"Chữ ký thử bằng khóa “{certificate.key_name}” không đúng với chứng thư số: khóa của "
        "chứng thư khác, hoặc thiếu chuỗi chứng thư của nơi cấp. Hãy kiểm tra rồi đăng ký lại."
    )


def _page() -> bytes:
    """An empty page; the library's makers of pages know no types."""
    tools: Any = pdf_writer
    writer = tools.PdfFileWriter()
    empty = writer.add_object(generic.StreamObject(stream_data=b""))
    nothing = tools.generic.DictionaryObject()
    writer.insert_page(
        tools.PageObject(contents=empty, media_box=(0, 0, 10, 10), resources=nothing)
    )
    content = BytesIO()
    writer.write(content)
    return content.getvalue()
