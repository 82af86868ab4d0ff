"""How endpoints give away a printed book: its PDF, as long as it is kept."""

from django.http import FileResponse, Http404

from liaison.models import PrintedBook


def pdf_of(book: PrintedBook | None, name: str) -> FileResponse:
    """The PDF of a book; Http404 before it is drawn and after its time is over."""
    if book is None or not book.file:
        raise Http404
    try:
        content = book.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(content, as_attachment=True, filename=name, content_type="application/pdf")
