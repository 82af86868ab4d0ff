"""Turns the HTML of a form into an archival PDF; the only module that imports WeasyPrint.

Workers alone may import it: it takes a second and 50 MB that a web process has no use for.
"""

from functools import cache
from pathlib import Path
from warnings import catch_warnings, filterwarnings

from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

# Archival and accessible: every font embedded, the text tagged and searchable.
PDF_VARIANT = "pdf/a-2a"
SHEET = "print/a5.css"

# The page is our own, but the words in it are not: nothing may be fetched over a network.
_fetcher = URLFetcher(allowed_protocols=("file", "data"))


def to_pdf(html: str) -> bytes:
    """The page as PDF/A-2a."""
    sheet, fonts = _sheet()
    document = HTML(string=html, url_fetcher=_fetcher)
    with catch_warnings():
        # WeasyPrint 70 leaves it to the interpreter to close its colour profile.
        filterwarnings("ignore", message="unclosed file .*sRGB2014", category=ResourceWarning)
        pdf = document.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant=PDF_VARIANT)
    assert isinstance(pdf, bytes)  # noqa: S101 (tells mypy: no target was given)
    return pdf


@cache
def _sheet() -> tuple[CSS, FontConfiguration]:
    """The style sheet and its fonts, read once for each process."""
    fonts = FontConfiguration()
    return CSS(filename=_static_file(SHEET), font_config=fonts, url_fetcher=_fetcher), fonts


def _static_file(name: str) -> Path:
    found = finders.find(name)
    if found is None:
        raise FileNotFoundError(f"Static file {name} is missing.")
    return Path(found)
