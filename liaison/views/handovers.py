"""Pages of handovers: the lists, a new batch, one batch and its confirmation, where papers are."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from dossiers import listing, paging
from dossiers.converters import codes_in
from dossiers.models import Dossier
from dossiers.paging import CursorRefused
from dossiers.views.asking import signed_in
from dossiers.worklists import Tab
from liaison import confirming, handing, handover_showing, handover_worklists, places
from liaison.forms.handovers import ConfirmForm, HandOverForm, WhereForm
from liaison.models import HandoverBatch
from organizations.models import User

_CONFLICTS = {"wrong_state", "key_used"}


@vary_on_headers("HX-Request")
@require_safe
def handovers(request: HttpRequest) -> HttpResponse:
    """Bàn giao hồ sơ giấy: one list of the person's tabs, and what waits for a batch."""
    user, at = signed_in(request), timezone.now()
    tab = handover_worklists.BY_KEY.get(
        request.GET.get("tab", ""), handover_worklists.home_tab(user)
    )
    refusal, status = "", 200
    try:
        found = _page_of(tab, user, at, request.GET.get("after", ""), request.GET.get("before", ""))
    except CursorRefused as refused:
        found, refusal, status = _page_of(tab, user, at, "", ""), refused.messages[0], 400
    counts = handover_worklists.counts(user, at=at)
    context = {
        "tab": tab,
        "tabs": [
            {"tab": each, "count": counts.get(each.key), "is_current": each is tab}
            for each in handover_worklists.TABS
        ],
        "rows": handover_showing.rows(found.rows, at=at),
        "refusal": refusal,
        "may_hand_over": bool(places.own_places(user)),
        "next_url": listing.without(request.GET, after=found.after) if found.after else "",
        "previous_url": listing.without(request.GET, before=found.before) if found.before else "",
    }
    part = "liaison/_handovers.html" if request.htmx else "liaison/handovers.html"  # type: ignore[attr-defined]
    return render(request, part, context, status=status)


def _page_of(tab: Tab, user: User, at: datetime, after: str, before: str) -> paging.Page:
    return paging.page(
        handover_worklists.batches_of(tab, user=user, at=at).for_list(),
        order=tab.order,
        after=after,
        before=before,
        size=paging.ON_SCREEN,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """Lập biên bản bàn giao: what waits, ticked or scanned, to one destination."""
    user = signed_in(request)
    if not places.own_places(user):
        raise PermissionDenied("Chỉ cán bộ một cửa, công chức và lãnh đạo cơ quan mới bàn giao.")
    if request.method != "POST":
        chosen = {
            "origin": request.GET.get("tu", places.own_places(user)[0].key),
            "destination": request.GET.get("den", ""),
            "carries": request.GET.get("gi", ""),
            "codes": "\n".join(codes_in(request.GET.get("ho-so", "")[:60])),
        }
        initial = {name: value for name, value in chosen.items() if value}
        return _form(request, user, HandOverForm(initial=initial, actor=user))
    form = HandOverForm(request.POST, actor=user)
    if not form.is_valid():
        return _form(request, user, form, 400)
    try:
        batch = handing.hand_over(consignment=form.consignment, actor=user, at=timezone.now())
    except ValidationError as refusal:
        return _form(request, user, form, _refused(form, refusal))
    messages.success(
        request,
        f"Đã lập biên bản số {batch.symbol}. Hãy in hai bản, hai bên ký; "
        f"{batch.destination.name} xác nhận khi nhận được.",
    )
    return redirect(batch)


def _refused(form: HandOverForm | ConfirmForm, refusal: ValidationError) -> int:
    """Put the reason where it belongs; the status of the answer."""
    code = str(getattr(refusal, "code", "") or "")
    form.add_error(code if code in form.fields else None, refusal.messages)
    return 409 if code in _CONFLICTS else 400


def _form(request: HttpRequest, user: User, form: HandOverForm, status: int = 200) -> HttpResponse:
    context = handover_showing.form_page(form, viewer=user)
    return render(request, "liaison/hand_over.html", context, status=status)


def batch_or_404(user: User, pk: int) -> HandoverBatch:
    """The batch if the person may see it; the page "not found" otherwise."""
    try:
        found: HandoverBatch = HandoverBatch.objects.visible_to(user).for_page().get(pk=pk)
    except HandoverBatch.DoesNotExist:
        raise Http404 from None
    return found


@never_cache
@require_safe
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """Một biên bản bàn giao: what was given, what came, and what is still to be confirmed."""
    user = signed_in(request)
    return _page(request, user, batch_or_404(user, pk), ConfirmForm())


@never_cache
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Xác nhận: all, those scanned or ticked, what is missing, what came besides."""
    user = signed_in(request)
    batch = batch_or_404(user, pk)
    if not places.is_own(user, batch.destination):
        raise PermissionDenied("Chỉ bên nhận mới xác nhận được biên bản bàn giao này.")
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _page(request, user, batch, form, 400)
    try:
        done = confirming.confirm(pk=pk, findings=form.findings, actor=user, at=timezone.now())
    except ValidationError as refusal:
        status = _refused(form, refusal)
        return _page(request, user, batch_or_404(user, pk), form, status)
    messages.success(request, handover_showing.said(done))
    return redirect(done)


def _page(
    request: HttpRequest, user: User, batch: HandoverBatch, form: ConfirmForm, status: int = 200
) -> HttpResponse:
    context = handover_showing.page(batch, viewer=user, at=timezone.now())
    return render(request, "liaison/handover.html", {**context, "form": form}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def where(request: HttpRequest) -> HttpResponse:
    """Hồ sơ giấy đang ở đâu: of the codes that were typed or scanned, as far as one may see.

    By POST, though nothing changes: whatever else is typed must not stand in an address.
    """
    user = signed_in(request)
    form = WhereForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "is_asked": form.is_bound}
    if form.is_bound and form.is_valid():
        codes = form.cleaned_data["q"][: handing.MOST_DOSSIERS]
        found = Dossier.objects.visible_to(user).filter(code__in=codes)
        context |= handover_showing.where(codes, found, at=timezone.now())
    return render(request, "liaison/where.html", context, status=400 if form.errors else 200)
