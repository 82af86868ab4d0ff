"""Exports: the question which columns, the progress, and the file for whoever asked.

Addresses, all below `xuat-excel/`: `exports` (the question by GET, the order by POST), `export`,
`export_file`.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from desk import exporting
from desk.forms.exports import ExportForm
from desk.marking import list_query
from desk.models import ListExport
from dossiers.views.asking import signed_in
from organizations.models import User

LATEST = 20
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: HttpRequest) -> HttpResponse:
    """Xuất Excel: one's latest files and the columns of a new one; the order by POST."""
    user, at = signed_in(request), timezone.now()
    if request.method != "POST":
        return _asked(request, user, ExportForm(initial={"query": list_query(request.GET)}))
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _asked(request, user, form, status=422)
    given = form.cleaned_data
    try:
        export = exporting.ask(
            query=given["query"],
            chosen=given["columns"],
            submission_key=given["submission_key"],
            actor=user,
            at=at,
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _asked(request, user, form, status=422)
    return redirect(export)


@never_cache
@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the file is; asks again each second until it is there."""
    found = _export_or_404(signed_in(request), pk)
    template = "desk/_export_state.html" if getattr(request, "htmx", False) else "desk/export.html"
    return render(request, template, {"export": found})


@never_cache
@require_safe
def export_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Tệp Excel, for the person who asked, until it expires."""
    found = _export_or_404(signed_in(request), pk)
    if not found.is_ready or found.expires_at <= timezone.now():
        raise Http404("Tệp này chưa xong hoặc đã hết hạn. Hãy xuất lại từ danh sách.")
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Http404("Tệp không còn. Hãy xuất lại từ danh sách.") from None
    return FileResponse(
        content, as_attachment=True, filename=f"ho-so-{found.pk}.xlsx", content_type=_EXCEL
    )


def _asked(request: HttpRequest, user: User, form: ExportForm, status: int = 200) -> HttpResponse:
    own = ListExport.objects.visible_to(user).order_by("-id")[:LATEST]
    context = {"form": form, "exports": own, "now": timezone.now()}
    return render(request, "desk/exports.html", context, status=status)


def _export_or_404(user: User, pk: int) -> Any:
    return get_object_or_404(ListExport.objects.visible_to(user), pk=pk)
