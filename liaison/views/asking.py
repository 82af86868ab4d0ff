"""The page on which an officer or head asks other agencies about a dossier."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dossiers.holding import Target
from dossiers.models import Dossier
from dossiers.statuses import DossierStatus
from dossiers.views.asking import dossier_or_404, signed_in
from liaison import access, asking
from liaison.forms.consultations import AskForm

_CONFLICTS = {"stale", "wrong_state", "asked_before"}
# Where the reason belongs when it is about a field under another name.
_FIELD = {"files": "shared", "agencies": "agency_1", "asked_before": "agency_1", "terms": "term_1"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Lấy ý kiến cơ quan khác."""
    actor = signed_in(request)
    dossier = dossier_or_404(actor, code)
    if request.method != "POST":
        initial = {"version": dossier.event_count}
        form = AskForm(dossier=dossier, days=settings.CONSULTATION_DAYS, initial=initial)
        return _page(request, dossier, form)
    access.require(access.objection_to_ask(actor, dossier))
    form = AskForm(request.POST, dossier=dossier, days=settings.CONSULTATION_DAYS)
    if not form.is_valid():
        return _page(request, dossier, form, 400)
    target = Target(code=code, expected_version=form.cleaned_data["version"])
    try:
        asking.ask(target=target, question=form.question, actor=actor, at=timezone.now())
    except ValidationError as refusal:
        return _refused(request, code, form, refusal)
    messages.success(
        request, f"Đã gửi yêu cầu lấy ý kiến về hồ sơ {code}. Thời hạn của hồ sơ vẫn chạy."
    )
    return redirect("dossiers:detail", code=code)


def _refused(
    request: HttpRequest, code: str, form: AskForm, refusal: ValidationError
) -> HttpResponse:
    reason = getattr(refusal, "code", "") or ""
    field = _FIELD.get(reason, reason)
    form.add_error(field if field in form.fields else None, refusal)
    dossier = dossier_or_404(signed_in(request), code)
    return _page(request, dossier, form, 409 if reason in _CONFLICTS else 400)


def _page(request: HttpRequest, dossier: Dossier, form: AskForm, status: int = 200) -> HttpResponse:
    context = {
        "dossier": dossier,
        "form": form,
        "objection": access.objection_to_ask(signed_in(request), dossier),
        "is_processing": dossier.status == DossierStatus.PROCESSING,
    }
    return render(request, "liaison/ask.html", context, status=status)
