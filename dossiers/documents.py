"""Turns the HTML of a form into an archival PDF; the only module that imports WeasyPrint.

Workers alone may import it: it takes a second and 50 MB that a web process has no use for.
"""

from functools import cache
from pathlib import Path
from warnings import catch_warnings, filterwarnings

from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

# Archival and accessible: every font embedded, the text tagged and searchable.
PDF_VARIANT = "pdf/a-2a"
SHEET = "print/a5.css"
# Tightens a form that runs over by a little: one sheet is easier to keep than two.
COMPACT_SHEET = "print/a5-compact.css"
# Minutes and registers: as many pages as they need.
A4_SHEET = "print/a4.css"
# Tables of figures, across an A4 page.
TABLE_SHEET = "print/a4-table.css"

# The page is our own, but the words in it are not: nothing may be fetched over a network.
_fetcher = URLFetcher(allowed_protocols=("file", "data"))


def to_pdf(html: str) -> bytes:
    """The page as PDF/A-2a; set more tightly where that saves a sheet."""
    return _written(_laid_out(HTML(string=html, url_fetcher=_fetcher)))


def table_to_pdf(html: str) -> bytes:
    """Tables of figures as PDF/A-2a on A4, landscape."""
    return _written(_on_a4(html, TABLE_SHEET))


def to_a4_pdf(html: str) -> bytes:
    """Minutes or a book of the register as PDF/A-2a on A4."""
    return _written(_on_a4(html, A4_SHEET))


def _on_a4(html: str, name: str) -> Document:
    sheet, fonts = _only_sheet(name)
    page = HTML(string=html, url_fetcher=_fetcher)
    document: Document = page.render(stylesheets=[sheet], font_config=fonts)
    return document


def _written(document: Document) -> bytes:
    with catch_warnings():
        # WeasyPrint 70 leaves it to the interpreter to close its colour profile.
        filterwarnings("ignore", message="unclosed file .*sRGB2014", category=ResourceWarning)
        pdf = document.write_pdf(pdf_variant=PDF_VARIANT)
    assert isinstance(pdf, bytes)  # noqa: S101 (tells mypy: no target was given)
    return pdf


def _laid_out(html_page: HTML) -> Document:
    sheet, compact, fonts = _sheets()
    ample: Document = html_page.render(stylesheets=[sheet], font_config=fonts)
    copies = sum(1 for _ in html_page.etree_element.iter("article"))
    if len(ample.pages) <= copies:
        return ample
    tight: Document = html_page.render(stylesheets=[sheet, compact], font_config=fonts)
    return tight if len(tight.pages) < len(ample.pages) else ample


@cache
def _sheets() -> tuple[CSS, CSS, FontConfiguration]:
    """The two style sheets and their fonts, read once for each process."""
    fonts = FontConfiguration()
    return _sheet(SHEET, fonts), _sheet(COMPACT_SHEET, fonts), fonts


@cache
def _only_sheet(name: str) -> tuple[CSS, FontConfiguration]:
    fonts = FontConfiguration()
    return _sheet(name, fonts), fonts


def _sheet(name: str, fonts: FontConfiguration) -> CSS:
    return CSS(filename=_static_file(name), font_config=fonts, url_fetcher=_fetcher)


def _static_file(name: str) -> Path:
    found = finders.find(name)
    if found is None:
        raise FileNotFoundError(f"Static file {name} is missing.")
    return Path(found)
