"""Bulk runs: the question before one, its start, its progress, its second try, its file.

Addresses, all below `hang-loat/`: `bulk` (one's runs by GET, the question by POST), `bulk_start`,
`bulk_run`, `bulk_retry`, `bulk_file`.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desk import bulk as runs
from desk import marking
from desk.forms.bulk import BulkForm
from desk.models import BulkRun
from desk.statuses import BulkAct
from dossiers.views.asking import signed_in
from organizations.models import User

LATEST = 50
_PDF_POLICY = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest) -> HttpResponse:
    """Việc hàng loạt: one's latest runs; by POST the question before a new one."""
    user = signed_in(request)
    if request.method == "POST":
        return _question(request, user)
    own = BulkRun.objects.visible_to(user).with_tally().select_related("officer")
    return render(request, "desk/bulk_list.html", {"runs": own.order_by("-id")[:LATEST]})


@never_cache
@require_POST
def bulk_start(request: HttpRequest) -> HttpResponse:
    """Bắt đầu: each dossier is done by a worker; the page shows how far it is."""
    user, at = signed_in(request), timezone.now()
    form = BulkForm(request.POST, actor=user)
    if not form.is_valid():
        return _asked(request, form, user, status=422)
    try:
        run = runs.start(wanted=form.wanted(), actor=user, at=at)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _asked(request, form, user, status=422)
    return redirect(run)


@never_cache
@require_safe
def bulk_run(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a run is, and what became of each dossier; asks again while it goes on."""
    run = _run_or_404(signed_in(request), pk)
    asks_again = bool(getattr(request, "htmx", False))
    settled = run.done + run.refused
    if asks_again and run.finished_at is None and request.GET.get("da") == str(settled):
        return HttpResponse(status=204)
    items = run.items.select_related("dossier__version").order_by("position")
    context = {
        "run": run,
        "settled": settled,
        "refused_items": [item for item in items if item.told],
        "items": items,
        "retried": run.retried_by.first(),
    }
    template = "desk/_bulk_state.html" if asks_again else "desk/bulk_run.html"
    return render(request, template, context)


@never_cache
@require_POST
def bulk_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Làm lại những hồ sơ không làm được."""
    user = signed_in(request)
    run = _run_or_404(user, pk)
    try:
        again = runs.retry(run=run, actor=user, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(run)
    return redirect(again)


@never_cache
@require_safe
def bulk_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Các giấy tiếp nhận trong một tệp PDF."""
    run = _run_or_404(signed_in(request), pk)
    if not run.file:
        raise Http404("Việc này chưa có tệp in.")
    try:
        content = run.file.open("rb")
    except FileNotFoundError:
        raise Http404("Tệp in không còn. Hãy in lại từ danh sách.") from None
    name = f"giay-tiep-nhan-{run.pk}.pdf"
    response = FileResponse(content, filename=name, content_type="application/pdf")
    response["Content-Security-Policy"] = _PDF_POLICY
    return response


def _question(request: HttpRequest, user: User) -> HttpResponse:
    """The marked dossiers, or all of the list's filter, before anything is done."""
    at = timezone.now()
    has_more = False
    text = " ".join(request.POST.getlist("dossier"))
    if request.POST.get("all"):
        query = QueryDict(request.POST.get("query", "")[:2000])
        found, has_more = marking.marks_of(request, query, user=user, at=at)
        text = " ".join(f"{mark.code}~{mark.version}" for mark in found)
    form = BulkForm(initial={"act": request.POST.get("act", ""), "marks": text}, actor=user)
    return _asked(request, form, user, has_more=has_more)


def _asked(
    request: HttpRequest, form: BulkForm, user: User, *, has_more: bool = False, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "has_more": has_more, "most": runs.MOST}
    try:
        marks = form.fields["marks"].clean(form["marks"].value())
        act = BulkAct(str(form["act"].value()))
    except (ValidationError, ValueError) as refusal:
        told = getattr(refusal, "messages", ["Hãy chọn việc cần làm."])
        messages.error(request, " ".join(told))
        return redirect("dossiers:worklist")
    foreseen = runs.foreseen(act=act, marks=marks[: runs.MOST], actor=user)
    context |= {
        "act": act,
        "is_assignment": act == BulkAct.ASSIGN,
        "ready": [row for row in foreseen if not row.objection],
        "hindered": [row for row in foreseen if row.objection],
        "count": len(foreseen),
    }
    return render(request, "desk/bulk_question.html", context, status=status)


def _run_or_404(user: User, pk: int) -> Any:
    return get_object_or_404(
        BulkRun.objects.visible_to(user).with_tally().select_related("officer"), pk=pk
    )
