"""Puts the pages of several PDF files into one; in workers only."""

from collections.abc import Iterable
from io import BytesIO

from pypdfium2 import PdfDocument


def merged(paths: Iterable[str]) -> bytes:
    """All pages of these files in order; one file is open at a time."""
    whole = PdfDocument.new()
    for path in paths:
        part = PdfDocument(path)
        whole.import_pages(part)
        part.close()
    content = BytesIO()
    whole.save(content)
    whole.close()
    return content.getvalue()
