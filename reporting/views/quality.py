"""Pages of findings: the list, one finding, and what is done about it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dossiers import listing, paging
from dossiers.paging import CursorRefused
from dossiers.views.asking import signed_in
from organizations.models import Agency, User
from reporting.models import Finding
from reporting.quality import handling, showing, sweeping, waking
from reporting.quality.filtering import Asked
from reporting.quality.forms import ExplainForm, ReopenForm
from reporting.statuses import FindingKind


@never_cache
@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """Làm sạch dữ liệu: what looks wrong, by kind and agency, a page at a time."""
    user = signed_in(request)
    asked = Asked.read(request.GET.dict())
    found, refusal = _page_of(request, asked, user)
    counts = showing.counts_by_kind(asked.of_agency(user))
    context = {
        "asked": asked,
        "tabs": [
            {"label": label, "url": asked.address(tab=key), "is_current": key == asked.tab}
            for key, (label, _) in showing.TABS.items()
        ],
        "kinds": [
            {
                "label": kind.label,
                "url": asked.address(kind="" if kind == asked.kind else kind.value),
                "count": counts.get(kind, 0),
                "is_current": kind == asked.kind,
            }
            for kind in FindingKind
            if kind in counts or kind == asked.kind
        ],
        "rows": [(one, showing.sentence(one)) for one in found.rows],
        "agencies": _agencies(user),
        "swept": sweeping.latest(),
        "may_sweep": waking.may_ask(user),
        "refusal": refusal,
        "next_url": listing.without(request.GET, after=found.after) if found.after else "",
        "previous_url": listing.without(request.GET, before=found.before) if found.before else "",
    }
    status = 400 if refusal else 200
    return render(request, "reporting/quality/findings.html", context, status=status)


def _page_of(request: HttpRequest, asked: Asked, user: User) -> tuple[paging.Page, str]:
    rows = asked.rows(user).for_list()
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    try:
        found = paging.page(
            rows, order=paging.NEWEST, after=after, before=before, size=paging.ON_SCREEN
        )
    except CursorRefused as refused:
        return paging.page(rows, order=paging.NEWEST, size=paging.ON_SCREEN), refused.messages[0]
    return found, ""


def _agencies(user: User) -> list[Agency]:
    """To choose from; whoever works for one agency needs no choice."""
    if not user.sees_everything:
        return []
    return list(Agency.objects.active().in_order().only("code", "name"))


@require_POST
def sweep(request: HttpRequest) -> HttpResponse:
    """Quét lại ngay."""
    waking.ask(actor=signed_in(request))
    messages.success(request, "Đang quét lại. Hãy tải lại trang sau ít phút để xem kết quả.")
    return redirect("reporting:findings")


@never_cache
@require_safe
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """Một dấu hiệu: what is suspicious, what sets it right, and what was done."""
    user = signed_in(request)
    return _page(request, user, _finding_or_404(user, pk))


@never_cache
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Nhận xem xét."""

    def act(actor: User, given: dict[str, Any], at: datetime) -> Finding:
        return handling.take(pk=pk, actor=actor, at=at)

    said = "Đã ghi bạn đang xem xét dấu hiệu này."
    return _perform(request, pk, forms.Form(request.POST), act, said)


@never_cache
@require_POST
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Giải trình."""

    def act(actor: User, given: dict[str, Any], at: datetime) -> Finding:
        return handling.explain(pk=pk, reason=given["reason"], actor=actor, at=at)

    said = "Đã ghi giải trình. Dấu hiệu này không được mở lại khi quét."
    return _perform(request, pk, ExplainForm(request.POST), act, said)


@never_cache
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Yêu cầu xem lại."""

    def act(actor: User, given: dict[str, Any], at: datetime) -> Finding:
        return handling.reopen(pk=pk, reason=given["reason"], actor=actor, at=at)

    said = "Đã yêu cầu cơ quan xem lại dấu hiệu này."
    return _perform(request, pk, ReopenForm(request.POST), act, said)


def _perform(
    request: HttpRequest,
    pk: int,
    form: forms.Form,
    act: Callable[[User, dict[str, Any], datetime], Finding],
    said: str,
) -> HttpResponse:
    """Do the act once, and say what happened or why it did not."""
    actor = signed_in(request)
    found = _finding_or_404(actor, pk)
    if not form.is_valid():
        _require(form, actor, found)
        return _page(request, actor, found, form, 400)
    try:
        act(actor, form.cleaned_data, timezone.now())
    except ValidationError as refusal:
        code = getattr(refusal, "code", None)
        form.add_error(code if code in form.fields else None, refusal)
        status = 409 if code == "wrong_state" else 400
        return _page(request, actor, _finding_or_404(actor, pk), form, status)
    messages.success(request, said)
    return redirect(found)


def _require(form: forms.Form, actor: User, found: Finding) -> None:
    """Whoever may not do it is told so before what they wrote is looked at."""
    ask = handling.objection_to_reopen if isinstance(form, ReopenForm) else None
    handling.require((ask or handling.objection_to_handle)(actor, found))


def _finding_or_404(user: User, pk: int) -> Finding:
    try:
        return handling.get_for(user, pk)
    except Finding.DoesNotExist:
        raise Http404 from None


def _page(
    request: HttpRequest,
    user: User,
    found: Finding,
    refused: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """The finding as it is now, the reason on top, and what was entered kept."""
    context = showing.page(found, viewer=user) | {
        "refused": refused,
        "explain_form": refused if isinstance(refused, ExplainForm) else ExplainForm(),
        "reopen_form": refused if isinstance(refused, ReopenForm) else ReopenForm(),
    }
    return render(request, "reporting/quality/finding.html", context, status=status)
