"""Looks at a drawn PDF the way a person does: pages, text, fonts, and the picture."""

from collections.abc import Iterator
from ctypes import create_string_buffer
from dataclasses import dataclass
from io import BytesIO
from unicodedata import normalize

from PIL import Image, ImageChops, ImageFilter
from pypdfium2 import PdfDocument, PdfPage, raw

POINTS_PER_MM = 72 / 25.4
# Fine enough for a module of a QR code to cover eight pixels.
DOTS_PER_MM = 12
# Pictures are compared in squares of this side: a missing mark darkens or lightens one of them.
TILE_MM = 1.5


@dataclass
class Drawn:
    """A PDF, page by page."""

    texts: list[str]
    sizes_mm: list[tuple[int, int]]
    pictures: list[Image.Image]
    fonts: set[str]
    title: str

    @property
    def text(self) -> str:
        """All pages in one line, as a person reads over the line ends."""
        return " ".join(self.texts)


def look_at(pdf: bytes) -> Drawn:
    """Open, read and rasterise every page."""
    with PdfDocument(BytesIO(pdf)) as document:
        pages = [document[number] for number in range(len(document))]
        return Drawn(
            texts=[_text(page) for page in pages],
            sizes_mm=[_size(page) for page in pages],
            pictures=[_picture(page) for page in pages],
            fonts={name for page in pages for name in _fonts(page)},
            title=document.get_metadata_dict()["Title"],
        )


def difference(picture: Image.Image, approved: Image.Image) -> float:
    """How far the worst square is from the approved one, 0 to 255.

    Both are blurred first: another version of the rasteriser smooths edges in another way.
    """
    if picture.size != approved.size:
        return 255
    soft = [image.filter(ImageFilter.GaussianBlur(1.5)) for image in (picture, approved)]
    side = round(TILE_MM * DOTS_PER_MM)
    tiles = ImageChops.difference(*soft).reduce(side)
    return tiles.getextrema()[1]


def _text(page: PdfPage) -> str:
    words = page.get_textpage().get_text_bounded()
    return " ".join(normalize("NFC", words).split())


def _size(page: PdfPage) -> tuple[int, int]:
    width, height = page.get_size()
    return round(width / POINTS_PER_MM), round(height / POINTS_PER_MM)


def _picture(page: PdfPage) -> Image.Image:
    return page.render(scale=DOTS_PER_MM / POINTS_PER_MM, grayscale=True).to_pil()


def _fonts(page: PdfPage) -> Iterator[str]:
    """Names of the fonts of all text; one that is not embedded says so."""
    for piece in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=5):
        font = raw.FPDFTextObj_GetFont(piece.raw)
        name = create_string_buffer(200)
        raw.FPDFFont_GetBaseFontName(font, name, len(name))
        embedded = "" if raw.FPDFFont_GetIsEmbedded(font) else " (not embedded)"
        yield name.value.decode() + embedded
