"""Pages of the request for a new day: read it, ask, accept, refuse."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apologies import extending, extension_showing
from apologies.extending import Need
from apologies.forms.extensions import AcceptForm, AskForm, RefusalForm
from apologies.models import ExtensionRequest
from apologies.statuses import DelayReason
from dossiers.holding import Target
from dossiers.models import Dossier
from dossiers.statuses import Fault
from dossiers.views.asking import dossier_or_404, signed_in
from organizations.models import User

_CONFLICTS = {"stale", "wrong_state", "asked_before", "extended_before"}


@never_cache
@require_safe
def extension(request: HttpRequest, code: str) -> HttpResponse:
    """Gia hạn: what was asked and decided, and the form of what this person may do."""
    return _page(request, dossier_or_404(signed_in(request), code))


@never_cache
@require_POST
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Đề nghị gia hạn."""

    def act(actor: User, target: Target, given: dict[str, Any]) -> ExtensionRequest:
        need = Need(
            reason_kind=DelayReason(given["reason_kind"]),
            reason_text=given["reason_text"],
            fault=Fault(given["fault"]),
            new_day=given["new_day"],
        )
        return extending.ask(target=target, need=need, actor=actor, at=timezone.now())

    said = "Phiếu đề nghị gia hạn hồ sơ {code} đã chuyển lãnh đạo. Hãy chờ quyết định."
    return _perform(request, code, AskForm, extending.objection_to_ask, act, said)


@never_cache
@require_POST
def accept(request: HttpRequest, code: str) -> HttpResponse:
    """Đồng ý gia hạn."""

    def act(actor: User, target: Target, given: dict[str, Any]) -> ExtensionRequest:
        return extending.accept(
            target=target, new_day=given["new_day"], actor=actor, at=timezone.now()
        )

    said = (
        "Hồ sơ {code} được đồng ý gia hạn; dự thảo phiếu xin lỗi đã có lý do và ngày mới. "
        "Hãy ký phiếu: ngày hẹn đổi khi ký."
    )
    return _perform(request, code, AcceptForm, extending.objection_to_decide, act, said)


@never_cache
@require_POST
def refuse(request: HttpRequest, code: str) -> HttpResponse:
    """Không đồng ý gia hạn."""

    def act(actor: User, target: Target, given: dict[str, Any]) -> ExtensionRequest:
        return extending.refuse(
            target=target, reason=given["reason"], actor=actor, at=timezone.now()
        )

    said = "Đã báo không đồng ý gia hạn hồ sơ {code}. Ngày hẹn trả không đổi."
    return _perform(request, code, RefusalForm, extending.objection_to_decide, act, said)


Act = Callable[[User, Target, dict[str, Any]], ExtensionRequest]


def _perform(
    request: HttpRequest,
    code: str,
    shape: type[forms.Form],
    objection: Callable[[User, Dossier], str],
    act: Act,
    said: str,
) -> HttpResponse:
    """Read the form, do the act once, and say what happened or why it did not."""
    actor = signed_in(request)
    dossier = dossier_or_404(actor, code)
    if sentence := objection(actor, dossier):
        raise PermissionDenied(sentence)
    form = shape(request.POST)
    if not form.is_valid():
        return _page(request, dossier, form, 400)
    target = Target(code=code, expected_version=form.cleaned_data["version"])
    try:
        act(actor, target, form.cleaned_data)
    except ValidationError as refusal:
        reason = getattr(refusal, "code", None)
        form.add_error(reason if reason in form.fields else None, refusal)
        status = 409 if reason in _CONFLICTS else 400
        return _page(request, dossier_or_404(actor, code), form, status)
    messages.success(request, said.format(code=code))
    return redirect("dossiers:detail", code=code)


def _page(
    request: HttpRequest, dossier: Dossier, refused: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    viewer = signed_in(request)
    found = extension_showing.extension_of(dossier, viewer)
    context = {
        "dossier": dossier,
        "extension": found,
        "refused": refused,
        **_forms(dossier, found, refused),
    }
    return render(request, "apologies/extension.html", context, status=status)


def _forms(
    dossier: Dossier, found: extension_showing.Extension, refused: forms.Form | None
) -> dict[str, forms.Form]:
    """Each form that this person may send; the refused one keeps what was entered."""
    version = {"version": dossier.event_count}
    made: dict[str, forms.Form] = {}
    if found.may_ask:
        day = extension_showing.suggested_day(dossier, timezone.now())
        made["ask_form"] = AskForm(initial={**version, "new_day": day})
    if found.may_decide and found.waiting:
        made["accept_form"] = AcceptForm(initial={**version, "new_day": found.waiting.new_day})
        made["refusal_form"] = RefusalForm(initial=version)
    kept = {name: refused for name, form in made.items() if type(form) is type(refused)}
    return {**made, **{name: form for name, form in kept.items() if form is not None}}
