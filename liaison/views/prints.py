"""Prints: the register asked for, the progress of a print, and its books as PDF.

Addresses: `registers` (the question and one's latest by GET, the order by POST), `print`, `book`.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.clocks import local_date
from dossiers.views.asking import signed_in
from liaison import printing
from liaison.forms.registers import RegisterForm
from liaison.models import PrintOrder
from liaison.statuses import PrintKind
from organizations.models import User

LATEST = 20
_PDF_POLICY = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registers(request: HttpRequest) -> HttpResponse:
    """Sổ theo dõi hồ sơ: of which place, for which days of a year."""
    user, at = signed_in(request), timezone.now()
    if request.method != "POST":
        today = local_date(at)
        days = {"first_day": today.replace(month=1, day=1), "last_day": today}
        return _asked(request, user, RegisterForm(initial=days, actor=user))
    form = RegisterForm(request.POST, actor=user)
    if not form.is_valid():
        return _asked(request, user, form, 400)
    given = form.cleaned_data
    try:
        order = printing.ask_register(
            place=form.chosen,
            first_day=given["first_day"],
            last_day=given["last_day"],
            submission_key=given["submission_key"],
            actor=user,
            at=at,
        )
    except ValidationError as refusal:
        code = str(getattr(refusal, "code", "") or "")
        form.add_error(code if code in form.fields else None, refusal)
        return _asked(request, user, form, 409 if code in {"key_used", "too_many"} else 400)
    return redirect(order)


def _asked(request: HttpRequest, user: User, form: RegisterForm, status: int = 200) -> HttpResponse:
    own = PrintOrder.objects.filter(kind=PrintKind.REGISTER, asked_by=user)
    latest = own.select_related("counter", "agency").order_by("-id")[:LATEST]
    context = {"form": form, "orders": latest}
    return render(request, "liaison/registers.html", context, status=status)


@never_cache
@require_safe
def print_order(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a print is; asks again each second until it is there."""
    order = _order_or_404(signed_in(request), pk)
    is_part = bool(getattr(request, "htmx", False))
    template = "liaison/_print_state.html" if is_part else "liaison/print_order.html"
    context = {"order": order, "books": list(order.books.order_by("number"))}
    return render(request, template, context)


@never_cache
@require_safe
def book(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Tệp PDF của một quyển, hoặc của biên bản."""
    order = _order_or_404(signed_in(request), pk)
    found = get_object_or_404(order.books, number=number)
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Http404("Tệp không còn. Hãy in lại.") from None
    name = (
        f"so-theo-doi-{order.first_day:%Y}-quyen-{number}.pdf"
        if order.kind == PrintKind.REGISTER
        else f"bien-ban-ban-giao-{order.batch.year}-{order.batch.number}.pdf"
    )
    response = FileResponse(content, filename=name, content_type="application/pdf")
    response["Content-Security-Policy"] = _PDF_POLICY
    return response


def _order_or_404(user: User, pk: int) -> Any:
    visible = PrintOrder.objects.visible_to(user).select_related("batch", "counter", "agency")
    return get_object_or_404(visible, pk=pk)
