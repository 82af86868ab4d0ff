"""Taking a view out of the portal: as Excel at once, as PDF from a worker."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dossiers.views.asking import signed_in
from organizations.models import Agency, User
from reporting.models import PrintOrder
from reporting.printouts import asking, ordering, workbooks
from reporting.printouts.papers import FORM
from reporting.printouts.views import VIEWS, printout_of
from reporting.refusals import PrintRefused
from reporting.views.statistics import exact_visit

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"


@never_cache
@require_safe
def workbook(request: HttpRequest, view_code: str) -> HttpResponse:
    """The view as an Excel file."""
    try:
        question = asking.read(request.GET.dict(), user=signed_in(request), at=timezone.now())
        printout = printout_of(view_code, question)
    except (Agency.DoesNotExist, ValidationError):
        raise Http404("Không có bảng số liệu này.") from None
    response = HttpResponse(workbooks.written(printout), content_type=EXCEL)
    name = _name(view_code, question.asked.period.code, question.agency, question.code)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


@require_POST
def order(request: HttpRequest, view_code: str) -> HttpResponse:
    """In PDF: the view, or a statistical form, as it is now; a worker draws it."""
    query = _form_query(request, view_code) or _view_query(request, view_code)
    try:
        ordered = ordering.order(
            view=view_code, query=query, actor=signed_in(request), at=timezone.now()
        )
    except PrintRefused as refused:
        messages.warning(request, refused.messages[0])
        return redirect("reporting:board")
    return redirect(ordered)


@never_cache
@require_safe
def print_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether the file is there; asks again each second until it is."""
    found = _order_or_404(signed_in(request), pk)
    is_part = getattr(request, "htmx", False)
    template = "reporting/_print_state.html" if is_part else "reporting/print_order.html"
    return render(request, template, {"order": found})


@never_cache
@require_safe
def print_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Tệp PDF, for the person who asked, until it expires."""
    found = _order_or_404(signed_in(request), pk)
    if not found.is_ready or found.expires_at <= timezone.now():
        raise Http404("Bản in chưa xong hoặc đã hết hạn. Hãy in lại từ trang số liệu.")
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Http404("Tệp không còn. Hãy in lại từ trang số liệu.") from None
    return FileResponse(content, filename=f"{found.view}-{found.pk}.pdf", content_type=PDF)


def _form_query(request: HttpRequest, view_code: str) -> str:
    if not view_code.startswith(FORM):
        return ""
    return exact_visit(request, view_code.removeprefix(FORM)).asked.query


def _view_query(request: HttpRequest, view_code: str) -> str:
    """The question in its one spelling; what is not asked like this on screen is not found."""
    try:
        question = asking.read(request.GET.dict(), user=signed_in(request), at=timezone.now())
    except (Agency.DoesNotExist, ValidationError):
        raise Http404 from None
    if view_code not in VIEWS:
        raise Http404
    return question.query


def _order_or_404(user: User, pk: int) -> Any:
    return get_object_or_404(PrintOrder.objects.visible_to(user), pk=pk)


def _name(*parts: object) -> str:
    told = (part.code if isinstance(part, Agency) else str(part or "") for part in parts)
    return "-".join(part for part in told if part)
