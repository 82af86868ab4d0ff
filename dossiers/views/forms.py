"""Printed forms: the page that waits for the PDF and shows it, the PDF itself, another try.

Addresses: `form` (`ho-so/<code>/mau/<kind>/`), `form_pdf` (`…/mau/<kind>.pdf`) and `form_again`
(by POST, `…/mau/<kind>/tao-lai/`), and `control_sheet` (by POST, `…/phieu-kiem-soat/`).
"""

import re

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dossiers import printing
from dossiers.models import PrintedForm
from dossiers.statuses import FormKind
from dossiers.views.asking import dossier_or_404, signed_in
from organizations.roles import Role

# The file's name on the clerk's disk, without marks: some old printers refuse them.
_FILE_NAMES = {
    FormKind.RECEIPT: "giay-tiep-nhan",
    FormKind.REFUSAL: "phieu-tu-choi",
    FormKind.SUPPLEMENT: "phieu-yeu-cau-bo-sung",
    FormKind.STOP_NOTICE: "thong-bao-dung-giai-quyet",
    FormKind.CONTROL_SHEET: "phieu-kiem-soat",
}
# Only the portal's own page may show it in a frame; nothing in it may load anything.
_PDF_POLICY = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)


@never_cache
@require_safe
def form_page(request: HttpRequest, code: str, kind: FormKind) -> HttpResponse:
    """Mẫu in: asks again each second until the PDF is there, then shows it for printing."""
    user = signed_in(request)
    form = _form_or_404(request, code, kind)
    is_waiting = form.rendered_at is None and not printing.is_given_up(form)
    asks_again = bool(getattr(request, "htmx", False))
    if asks_again and is_waiting:
        return HttpResponse(status=204)
    template = "dossiers/_form_state.html" if asks_again else "dossiers/form.html"
    context = {
        "form": form,
        "dossier": form.dossier,
        "is_waiting": is_waiting,
        "receives": user.has_role(Role.COUNTER),
    }
    return render(request, template, context)


@never_cache
@require_safe
def form_pdf(request: HttpRequest, code: str, kind: FormKind) -> HttpResponseBase:
    """Tệp PDF của mẫu in; leads to the page that waits while it is not drawn."""
    form = _form_or_404(request, code, kind)
    if form.rendered_at is None:
        return redirect(form.get_absolute_url())
    try:
        content = form.file.open("rb")
    except FileNotFoundError:
        context = {"form": form, "dossier": form.dossier}
        return render(request, "dossiers/form_missing.html", context, status=404)
    again = f"-lan-{form.number}" if form.number > 1 else ""
    name = f"{_FILE_NAMES[FormKind(kind)]}{again}-{form.dossier.code}.pdf"
    response = FileResponse(content, filename=name, content_type="application/pdf")
    response["Content-Security-Policy"] = _PDF_POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


@never_cache
@require_POST
def form_again(request: HttpRequest, code: str, kind: FormKind) -> HttpResponse:
    """Tạo lại mẫu in that was given up after several attempts."""
    user = signed_in(request)
    form = _form_or_404(request, code, kind)
    printing.ask_again(form=form, actor=user, at=timezone.now())
    return redirect(form.get_absolute_url())


@never_cache
@require_POST
def control_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Phiếu kiểm soát, as the dossier's history stands now."""
    user = signed_in(request)
    dossier_or_404(user, code)
    form = printing.ask_control_sheet(code=code, actor=user, at=timezone.now())
    if form is None:
        raise Http404("Hồ sơ chưa được tiếp nhận nên chưa có phiếu kiểm soát.")
    return redirect(form.get_absolute_url())


def _form_or_404(request: HttpRequest, code: str, kind: FormKind) -> PrintedForm:
    """The print that `?lan=` numbers, or the first."""
    dossier = dossier_or_404(signed_in(request), code)
    number = request.GET.get("lan", "1")
    form = dossier.forms.filter(
        kind=kind, number=number if re.fullmatch("[1-9][0-9]{0,3}", number) else 0
    ).first()
    if form is None:
        raise Http404("Hồ sơ này không có mẫu in đó.")
    form.dossier = dossier
    return form
