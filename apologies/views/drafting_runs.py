"""A month's letters of an agency in one batch: the form, and how far a run has come."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apologies import drafting_runs, listing
from apologies.forms.letters import MonthForm
from dossiers.deadlines import local_date
from dossiers.views.asking import signed_in
from organizations.models import Agency, User

MOST_RUNS = 20


@never_cache
@require_http_methods(["GET", "POST"])
def runs(request: HttpRequest) -> HttpResponse:
    """Lập phiếu theo tháng: start a run, and find those that were started."""
    user, at = _starter(request), timezone.now()
    form = _form(request, drafting_runs.startable_ids(user), at)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            run = drafting_runs.start(
                agency=given["agency"],
                month=given["month"],
                key=given["key"],
                actor=user,
                at=at,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("apologies:drafting_run", run.pk)
    started = drafting_runs.visible_to(user).select_related("agency", "asked_by").order_by("-pk")
    context = {
        "form": form,
        "runs": started[:MOST_RUNS],
        "tabs": listing.tabs(user, listing.MONTHLY),
    }
    status = 422 if form.errors else 200
    return render(request, "apologies/drafting_runs.html", context, status=status)


@never_cache
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Đợt lập phiếu: how many are drafted and drawn, and why one is not."""
    visible = drafting_runs.visible_to(signed_in(request)).select_related("agency", "asked_by")
    shown = get_object_or_404(visible, pk=pk)
    context = {"run": shown, "progress": drafting_runs.progress(shown)}
    part = "_drafting_run_state" if getattr(request, "htmx", False) else "drafting_run"
    return render(request, f"apologies/{part}.html", context)


def _form(request: HttpRequest, agency_ids: set[int], at: datetime) -> MonthForm:
    """The form; whoever answers for one agency need not choose it."""
    return MonthForm(
        request.POST or None,
        agencies=Agency.objects.filter(pk__in=agency_ids).in_order(),
        today=local_date(at),
        initial={"agency": min(agency_ids)} if len(agency_ids) == 1 else {},
    )


def _starter(request: HttpRequest) -> User:
    user = signed_in(request)
    if not drafting_runs.startable_ids(user):
        raise PermissionDenied(
            "Chỉ lãnh đạo cơ quan và Văn phòng UBND tỉnh lập được phiếu theo tháng."
        )
    return user
