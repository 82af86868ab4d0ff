"""Drafts of the intake page: kept at each field by a script, opened again, thrown away.

Addresses: `draft_save` (`tiep-nhan/luu-tam/`), `draft_scans` (`…/tep/`), `draft`
(`tiep-nhan/nhap-do/<key>/`), `draft_scan` (`…/tep/<pk>/`), `draft_discard` (`…/bo/`).
"""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from desk import draft_scans as scans
from desk import drafts
from desk.models import DraftScan, IntakeDraft
from dossiers import choosing
from dossiers.choosing import ProcedureUnknown
from dossiers.forms.intake import IntakeForm
from organizations.models import User

_LEFT_OUT = {"csrfmiddlewaretoken", "draft_version", "despite_duplicates", "reason"}


@never_cache
@require_POST
def draft_save(request: HttpRequest) -> JsonResponse:
    """Lưu tạm: asked by a script after each field; says which version it has become."""
    clerk = _clerk(request)
    typed = {name: str(text) for name, text in request.POST.items() if name not in _LEFT_OUT}
    try:
        draft = drafts.save(
            key=_key(request.POST.get("submission_key", "")),
            content=typed,
            version=_number(request.POST.get("draft_version", "")),
            actor=clerk,
            at=timezone.now(),
        )
    except ValidationError as refusal:
        code = str(getattr(refusal, "code", "") or "invalid")
        status = 409 if code in {"stale", "received"} else 422
        return JsonResponse({"code": code, "message": refusal.messages[0]}, status=status)
    return JsonResponse({"version": draft.version, "url": draft.get_absolute_url()})


@never_cache
@require_POST
def draft_scans(request: HttpRequest) -> JsonResponse:
    """Giữ bản quét của một dòng giấy tờ: asked by a script when files are chosen."""
    clerk = _clerk(request)
    try:
        kept = scans.keep(
            key=_key(request.POST.get("submission_key", "")),
            field=request.POST.get("field", ""),
            uploads=request.FILES.getlist("files"),
            actor=clerk,
            at=timezone.now(),
        )
    except ValidationError as refusal:
        code = str(getattr(refusal, "code", "") or "invalid")
        return JsonResponse({"code": code, "message": refusal.messages[0]}, status=422)
    return JsonResponse({"kept": len(kept)})


@never_cache
@require_safe
def draft_scan(request: HttpRequest, key: UUID, pk: int) -> HttpResponseBase:
    """Một bản quét đã giữ, for the clerk whose draft it is."""
    kept = DraftScan.objects.filter(draft=_draft_or_404(_clerk(request), key), pk=pk).first()
    if kept is None:
        raise Http404("Bản quét này không còn.")
    try:
        content = kept.file.open("rb")
    except FileNotFoundError:
        raise Http404("Tệp của bản quét không còn.") from None
    return FileResponse(
        content, as_attachment=True, filename=kept.name, content_type=kept.content_type
    )


@never_cache
@require_safe
def draft(request: HttpRequest, key: UUID) -> HttpResponse:
    """Nhập tiếp: the intake page with everything as it was typed."""
    clerk = _clerk(request)
    kept = _draft_or_404(clerk, key)
    try:
        choices = choosing.choices_for(user=clerk, code=kept.procedure_code)
    except ProcedureUnknown as unknown:
        return render(request, "dossiers/intake.html", {"note": unknown.message}, status=404)
    form = IntakeForm(choices, typed=kept.content)
    context = {
        "form": form,
        "preview": form.preview(timezone.now()),
        "note": choices.objection,
        "draft": kept,
    }
    return render(request, "dossiers/intake.html", context)


@never_cache
@require_POST
def draft_discard(request: HttpRequest, key: UUID) -> HttpResponse:
    """Bỏ bản đang nhập dở."""
    if drafts.discard(key=key, actor=_clerk(request)):
        messages.success(request, "Đã bỏ hồ sơ đang nhập dở. Hãy chọn thủ tục để nhập hồ sơ mới.")
    return redirect("dossiers:intake")


def _clerk(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not request.user.counters:
        raise PermissionDenied("Chỉ cán bộ một cửa mới nhập hồ sơ tại quầy.")
    return request.user


def _draft_or_404(clerk: User, key: UUID) -> IntakeDraft:
    kept: IntakeDraft | None = IntakeDraft.objects.of(clerk).filter(key=key).first()
    if kept is None:
        raise Http404("Bản đang nhập dở này không còn. Hãy mở lại trang Tiếp nhận.")
    return kept


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise ValidationError("Biểu mẫu không đúng. Hãy tải lại trang.", code="key") from None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
