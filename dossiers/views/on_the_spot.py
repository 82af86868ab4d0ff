"""4 tại chỗ on one page: the stage that comes next, for whoever may do it, until the return."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dossiers import lifecycle, on_the_spot
from dossiers.forms.acts import ActForm, ApproveForm, ProposeForm, ReturnForm
from dossiers.holding import Target
from dossiers.lifecycle import Handover, Proposal, ResultFacts
from dossiers.models import Dossier
from dossiers.on_the_spot import Stage
from dossiers.statuses import ReturnMethod
from dossiers.views.asking import dossier_or_404, signed_in

_FORMS: dict[Stage, type[ActForm]] = {
    Stage.APPRAISE: ProposeForm,
    Stage.APPROVE: ApproveForm,
    Stage.RETURN: ReturnForm,
}
_SAID = {
    Stage.APPRAISE: "Đã thẩm định và trình lãnh đạo phê duyệt tại chỗ.",
    Stage.APPROVE: "Đã phê duyệt kết quả. Bộ phận một cửa trả kết quả ngay.",
    Stage.RETURN: "Đã trả kết quả. Hồ sơ được giải quyết xong tại chỗ.",
}
_CONFLICTS = {"stale", "wrong_state"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def on_the_spot_page(request: HttpRequest, code: str) -> HttpResponse:
    """Giải quyết tại chỗ: GET the stages, POST the one that the page showed."""
    user, at = signed_in(request), timezone.now()
    dossier = dossier_or_404(user, code)
    if not on_the_spot.is_offered(dossier):
        raise Http404("Thủ tục này không được giao giải quyết tại chỗ.")
    if request.method != "POST":
        is_same = request.GET.get("da") == str(dossier.event_count)
        if getattr(request, "htmx", False) and is_same:
            return HttpResponse(status=204)
        return _page(request, dossier)
    stage = on_the_spot.current(dossier)
    if stage is None or stage != request.POST.get("stage"):
        messages.warning(request, "Hồ sơ vừa sang bước khác. Hãy xem lại bước hiện tại.")
        return redirect("dossiers:on_the_spot", code=code)
    if objection := on_the_spot.objection(user, dossier):
        raise PermissionDenied(objection)
    form = _FORMS[stage](request.POST, request.FILES, dossier=dossier, actor=user, at=at)
    if not form.is_valid():
        return _page(request, dossier, form, 400)
    target = Target(code=code, expected_version=form.cleaned_data["version"])
    try:
        _ACTS[stage](dossier, form.cleaned_data)(target=target, actor=user, at=at)
    except ValidationError as refusal:
        reason = str(getattr(refusal, "code", "") or "")
        form.add_error(reason if reason in form.fields else None, refusal)
        fresh = dossier_or_404(user, code)
        return _page(request, fresh, form, 409 if reason in _CONFLICTS else 400)
    messages.success(request, _SAID[stage])
    return redirect("dossiers:on_the_spot", code=code)


def _appraised(dossier: Dossier, given: dict[str, Any]) -> Callable[..., Dossier]:
    proposal = Proposal(opinion=given["opinion"], draft=given["draft"])
    act = on_the_spot.appraisal_of(dossier)
    return lambda **by: act(proposal=proposal, **by)


def _approved(dossier: Dossier, given: dict[str, Any]) -> Callable[..., Dossier]:
    facts = {name: given[name] for name in given if name != "version"}
    return lambda **by: lifecycle.approve(result=ResultFacts(**facts), **by)


def _returned(dossier: Dossier, given: dict[str, Any]) -> Callable[..., Dossier]:
    handover = Handover(
        recipient_name=given["recipient_name"],
        recipient_identity_number=given["recipient_identity_number"],
        method=ReturnMethod(given["method"]),
        tracking_number=given["tracking_number"],
    )
    return lambda **by: lifecycle.return_result(handover=handover, **by)


_ACTS = {Stage.APPRAISE: _appraised, Stage.APPROVE: _approved, Stage.RETURN: _returned}


def _page(
    request: HttpRequest, dossier: Dossier, refused: ActForm | None = None, status: int = 200
) -> HttpResponse:
    user, at = signed_in(request), timezone.now()
    stage, objection = on_the_spot.current(dossier), on_the_spot.objection(user, dossier)
    fresh = None
    if stage and not objection:
        fresh = _FORMS[stage](dossier=dossier, actor=user, at=at)
    context = {
        "dossier": dossier,
        "stages": on_the_spot.passed(dossier),
        "stage": stage,
        "form": refused or fresh,
        "objection": objection,
        "refused": refused,
    }
    is_part = request.method == "GET" and bool(getattr(request, "htmx", False))
    template = "dossiers/_on_the_spot.html" if is_part else "dossiers/on_the_spot.html"
    return render(request, template, context, status=status)
