"""Pages of corrections: proposing one for a dossier, the list, and deciding one."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dossiers import correcting, correction_access, correction_showing, listing, paging
from dossiers.forms.corrections import AcceptCorrectionForm, CorrectionForm, RefuseCorrectionForm
from dossiers.holding import Target
from dossiers.models import Correction, Dossier
from dossiers.paging import CursorRefused
from dossiers.views.asking import dossier_or_404, signed_in
from organizations.models import User

_CONFLICTS = {"stale", "wrong_state", "outdated", "waiting"}
_FIELD = {"true_at": "true_day"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, code: str) -> HttpResponse:
    """Đề nghị đính chính mốc thời gian của một hồ sơ."""
    actor = signed_in(request)
    dossier = dossier_or_404(actor, code)
    offered = correction_showing.offered(dossier)
    if request.method != "POST":
        form = CorrectionForm(offered=offered, initial={"version": dossier.event_count})
        return _proposal_page(request, dossier, form)
    correction_access.require(correction_access.objection_to_propose(actor, dossier))
    form = CorrectionForm(request.POST, request.FILES, offered=offered)
    if not form.is_valid():
        return _proposal_page(request, dossier, form, 400)
    target = Target(code=code, expected_version=form.cleaned_data["version"])
    try:
        made = correcting.propose(target=target, claim=form.claim, actor=actor, at=timezone.now())
    except ValidationError as refusal:
        code_of = _add(form, refusal)
        status = 409 if code_of in _CONFLICTS else 400
        return _proposal_page(request, dossier_or_404(actor, code), form, status)
    messages.success(
        request, "Đã gửi đề nghị đính chính. Số liệu chỉ thay đổi khi người thứ hai chấp nhận."
    )
    return redirect(made)


def _add(form: forms.Form, refusal: ValidationError) -> str:
    """Show the reason beside the field that it is about; its code."""
    code = str(getattr(refusal, "code", "") or "")
    field = _FIELD.get(code, "evidence" if code.startswith("file_") else code)
    form.add_error(field if field in form.fields else None, refusal)
    return code


def _proposal_page(
    request: HttpRequest, dossier: Dossier, form: CorrectionForm, status: int = 200
) -> HttpResponse:
    viewer = signed_in(request)
    context = {
        "dossier": dossier,
        "form": form,
        "objection": correction_access.objection_to_propose(viewer, dossier),
        "rows": correction_showing.of_dossier(dossier),
        "offered": correction_showing.offered(dossier),
    }
    return render(request, "dossiers/correction_new.html", context, status=status)


@never_cache
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """Đính chính: what waits for a decision, and what was decided."""
    user = signed_in(request)
    tab = correction_showing.BY_KEY.get(request.GET.get("tab", ""), correction_showing.MINE)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    refusal, status = "", 200
    rows = correction_showing.corrections_of(tab, user=user).for_list()
    try:
        found = paging.page(
            rows, order=tab.order, after=after, before=before, size=paging.ON_SCREEN
        )
    except CursorRefused as refused:
        found = paging.page(rows, order=tab.order, size=paging.ON_SCREEN)
        refusal, status = refused.messages[0], 400
    context = {
        "tab": tab,
        "tabs": [{"tab": one, "is_current": one is tab} for one in correction_showing.TABS],
        "rows": correction_showing.rows(found.rows),
        "refusal": refusal,
        "next_url": listing.without(request.GET, after=found.after) if found.after else "",
        "previous_url": listing.without(request.GET, before=found.before) if found.before else "",
    }
    return render(request, "dossiers/corrections.html", context, status=status)


@never_cache
@require_safe
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Một đề nghị đính chính: before and after, the proof, and the decision."""
    return _page(request, _correction_or_404(signed_in(request), pk))


@never_cache
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Chấp nhận đính chính."""

    def act(actor: User, given: dict[str, Any]) -> Correction:
        return correcting.accept(pk=pk, note=given["note"], actor=actor, at=timezone.now())

    said = "Đã chấp nhận đính chính. Mốc đã ghi vẫn giữ nguyên bên cạnh mốc thực tế."
    return _decide(request, pk, AcceptCorrectionForm(request.POST), act, said)


@never_cache
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Không chấp nhận đính chính."""

    def act(actor: User, given: dict[str, Any]) -> Correction:
        return correcting.refuse(pk=pk, note=given["note"], actor=actor, at=timezone.now())

    said = "Đã ghi không chấp nhận đính chính. Không số liệu nào thay đổi."
    return _decide(request, pk, RefuseCorrectionForm(request.POST), act, said)


def _decide(
    request: HttpRequest,
    pk: int,
    form: AcceptCorrectionForm | RefuseCorrectionForm,
    act: Callable[[User, dict[str, Any]], Correction],
    said: str,
) -> HttpResponse:
    """Do the act once, and say what happened or why it did not."""
    actor = signed_in(request)
    found = _correction_or_404(actor, pk)
    correction_access.require(correction_access.objection_to_decide(actor, found))
    if not form.is_valid():
        return _page(request, found, form, 400)
    try:
        act(actor, form.cleaned_data)
    except ValidationError as refusal:
        status = 409 if _add(form, refusal) in _CONFLICTS else 400
        return _page(request, _correction_or_404(actor, pk), form, status)
    messages.success(request, said)
    return redirect(found)


def _correction_or_404(user: User, pk: int) -> Correction:
    try:
        return correction_access.get_for(user, pk)
    except Correction.DoesNotExist:
        raise Http404 from None


def _page(
    request: HttpRequest, found: Correction, refused: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    """The correction as it is now, the reason on top, and what was entered kept."""
    context = correction_showing.page(found, viewer=signed_in(request)) | {
        "refused": refused,
        "accept_form": refused
        if isinstance(refused, AcceptCorrectionForm)
        else AcceptCorrectionForm(auto_id="id_accept_%s"),
        "refuse_form": refused
        if isinstance(refused, RefuseCorrectionForm)
        else RefuseCorrectionForm(auto_id="id_refuse_%s"),
    }
    return render(request, "dossiers/correction.html", context, status=status)
