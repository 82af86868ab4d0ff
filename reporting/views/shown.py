"""Chỉ tiêu chỉ hiển thị (2.2, 5.1): shown as the decision has it, and said to be unscored."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from procedures.models import Procedure
from reporting import shown_measures, standing
from reporting.views.asking import agency_or_404, visit
from reporting.windows import Window


@never_cache
@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """Thời gian giải quyết trung bình of one procedure, and petitions by category."""
    seen = visit(request)
    code = request.GET.get("co-quan", "")
    agency = agency_or_404(seen, code) if code else None
    window = Window.of(seen.asked.period, at=seen.asked.at, as_of=seen.asked.as_of)
    offered = shown_measures.procedures(window, seen.user)
    wanted = request.GET.get("thu-tuc", "")
    chosen = wanted if wanted in dict(offered) else ""
    mean = None
    if chosen:
        procedure = Procedure.objects.get(code=chosen)
        mean = shown_measures.mean_time(window, seen.user, procedure)
    context = {
        **seen.context(agency),
        "fresh_at": standing.read().fresh_at(at=window.known_at),
        "offered": offered,
        "chosen": chosen,
        "mean": mean,
        "categories": shown_measures.petitions(window, {agency.pk} if agency else seen.sight.shown),
    }
    return render(request, "reporting/shown.html", context, status=seen.status)
