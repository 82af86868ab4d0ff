"""Decisions (quyết định công bố): the list, one of them, making public, retiring."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organizations.administering import administrator_of
from procedures import publishing
from procedures.forms.decisions import DecisionForm
from procedures.models import Decision, Procedure, VersionDraft
from procedures.publishing_rules import RULES
from procedures.views.catalogue import PAGE_SIZE, neighbours
from procedures.views.drafts import published_sentence


@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    """Quyết định công bố: with what is late, and the drafts that wait for one."""
    administrator_of(request)
    today = timezone.localdate(timezone.now())
    recorded = Decision.objects.recorded()
    waiting = request.GET.get("loc") == "cho-cong-khai"
    listed = recorded.waiting_to_be_public() if waiting else recorded
    shown = listed.with_counts(today=today).latest_first()
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "waiting": waiting,
        "drafts": VersionDraft.objects.select_related("based_on", "saved_by").order_by(
            "-saved_at", "-id"
        ),
        "rules": RULES,
        **neighbours(request, page),
    }
    return render(request, "procedures/decisions.html", context)


@require_GET
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Một quyết định: its procedures, both last days, and what was kept."""
    administrator_of(request)
    today = timezone.localdate(timezone.now())
    shown = get_object_or_404(Decision.objects.recorded().select_related("recorded_by"), pk=pk)
    items = (
        shown.items.with_lateness(today=today)
        .select_related("procedure__current_version", "version__procedure", "made_public_by")
        .defer("procedure__current_version__source", "version__source")
        .order_by("procedure__code")
    )
    context = {"decision": shown, "items": items, "waits": any(not i.made_public_at for i in items)}
    return render(request, "procedures/decision.html", context)


@require_POST
def make_public(request: HttpRequest, pk: int) -> HttpResponse:
    """Công khai: the moment for the procedures that were ticked."""
    actor = administrator_of(request)
    shown = get_object_or_404(Decision.objects.recorded(), pk=pk)
    chosen = [int(each) for each in request.POST.getlist("item") if each.isdecimal()]
    try:
        count = publishing.make_public(
            decision=shown, item_ids=chosen, actor=actor, at=timezone.now()
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, f"Đã ghi công khai {count} thủ tục của quyết định {shown}.")
    return redirect(shown)


@require_http_methods(["GET", "POST"])
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Bãi bỏ thủ tục theo quyết định."""
    actor = administrator_of(request)
    procedure = get_object_or_404(
        Procedure.objects.select_related("current_version"), code=code, current_version__gt=0
    )
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            item = publishing.retire(
                procedure=procedure,
                announcement=form.announcement(),
                actor=actor,
                at=timezone.now(),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, published_sentence(item))
            return redirect(item.decision)
    context = {"form": form, "procedure": procedure, "version": procedure.current_version}
    status = 422 if form.errors else 200
    return render(request, "procedures/retire.html", context, status=status)
