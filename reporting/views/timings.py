"""Where time is lost, and when and where work comes in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reporting import charts, standing, timings
from reporting.views.asking import visit
from reporting.windows import Window

_SPANS = ("mean", "median", "slow")


@never_cache
@require_safe
def time_lost(request: HttpRequest) -> HttpResponse:
    """Thời gian giải quyết by step, procedure and agency."""
    seen = visit(request)
    window = Window.of(seen.asked.period, at=seen.asked.at, as_of=seen.asked.as_of)
    tables = [
        ("Theo bước xử lý", timings.by_step(window, seen.sight.shown)),
        ("Theo thủ tục", timings.by_procedure(window, seen.user)),
        ("Theo cơ quan", timings.by_agency(window, seen.user)),
    ]
    context = {
        **seen.context(None),
        "fresh_at": standing.read().fresh_at(at=window.known_at),
        "tables": [{"label": label, "rows": told(rows)} for label, rows in tables],
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


def told(rows: timings.Rows) -> timings.Rows:
    """Rows of `timings` with the spans in words, and bars against the slowest row."""
    slowest: Any = max((row["slow"] for row in rows), default=None)
    return [
        {
            **row,
            **{name: timings.said(row[name]) for name in _SPANS},
            "median_length": charts.bar(*_seconds(row["median"], slowest)),
            "slow_length": charts.bar(*_seconds(row["slow"], slowest)),
        }
        for row in rows
    ]


def _seconds(span: Any, longest: Any) -> tuple[int, int]:
    return int(span.total_seconds()), int(longest.total_seconds())
