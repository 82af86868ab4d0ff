"""The page of one dossier, and its files."""

from typing import Protocol

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dossiers import files, presenting
from dossiers.views.asking import dossier_or_404, signed_in

# A scan is shown by the browser alone: nothing in it may run or call home. Chromium's own
# reader refuses a sandboxed PDF, so that one is merely forbidden to load anything.
_POLICY = {
    "application/pdf": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "
    "frame-ancestors 'none'",
}
_SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"


@never_cache
@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """Hồ sơ: where it stands, what may be done, and everything that happened."""
    user = signed_in(request)
    dossier = dossier_or_404(user, code)
    context = presenting.page(dossier, viewer=user, at=timezone.now())
    return render(request, "dossiers/dossier.html", context)


@never_cache
@require_safe
def attachment(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Tệp của hồ sơ: shown in the browser, or saved with `?tai=1`."""
    dossier = dossier_or_404(signed_in(request), code)
    kept = get_object_or_404(dossier.attachments, pk=pk)
    try:
        return file_response(kept, saves="tai" in request.GET)
    except FileNotFoundError:
        context = {"dossier": dossier, "attachment": kept}
        return render(request, "dossiers/file_missing.html", context, status=404)


class Kept(Protocol):
    """A file that the portal keeps, with what its bytes said when it came."""

    file: FieldFile
    name: str
    content_type: str


def file_response(kept: Kept, *, saves: bool) -> FileResponse:
    """The file for a person who was allowed it; FileNotFoundError when the store has lost it."""
    is_known = kept.content_type in files.EXTENSIONS
    response = FileResponse(
        kept.file.open("rb"),
        as_attachment=saves or not is_known,
        filename=kept.name,
        content_type=kept.content_type if is_known else "application/octet-stream",
    )
    response["Content-Security-Policy"] = _POLICY.get(kept.content_type, _SANDBOX)
    response["X-Content-Type-Options"] = "nosniff"
    return response
