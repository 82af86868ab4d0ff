"""Where time is lost, and when and where work comes in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reporting import charts, kept_timings, standing, timings
from reporting.views.asking import visit
from reporting.windows import Window


@never_cache
@require_safe
def time_lost(request: HttpRequest) -> HttpResponse:
    """Thời gian giải quyết by step, procedure and agency."""
    seen = visit(request)
    window = Window.of(seen.asked.period, at=seen.asked.at, as_of=seen.asked.as_of)
    stood = standing.read()
    context = {
        **seen.context(None),
        "fresh_at": stood.fresh_at(at=window.known_at),
        "tables": kept_timings.tables(seen.asked, seen.user, seen.sight, stood=stood),
    }
    return render(request, "reporting/time_lost.html", context, status=seen.status)


@never_cache
@require_safe
def workload(request: HttpRequest) -> HttpResponse:
    """Khối lượng công việc by hour and counter; supplements, withdrawals, apologies."""
    seen = visit(request)
    window = Window.of(seen.asked.period, at=seen.asked.at, as_of=seen.asked.as_of)
    came = timings.received(window, seen.user)
    most = max(number for _, number in came.hours)
    context = {
        **seen.context(None),
        "fresh_at": standing.read().fresh_at(at=window.known_at),
        "hours": [
            {"hour": hour, "number": number, "length": charts.bar(number, most)}
            for hour, number in came.hours
            if number
        ],
        "counters": came.counters,
        "troubles": timings.troubles(window, seen.sight.shown),
    }
    return render(request, "reporting/workload.html", context, status=seen.status)
