"""The pages of figures: the province or an agency, a group, a component."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from organizations.models import Agency
from reporting import boards, corrected, drilling, live, results, wording
from reporting.results import Result
from reporting.views.asking import (
    Visit,
    agency_or_404,
    component_or_404,
    group_or_404,
    subject_of,
    visit,
)


@never_cache
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Chỉ số: the whole province; those who work for one agency are led to its page."""
    seen = visit(request)
    own = seen.sight.own()
    if own is not None:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(f"{reverse('reporting:agency', args=[own.code])}{query}")
    return render(request, "reporting/board.html", board_of(seen, None), status=seen.status)


@never_cache
@require_safe
def agency(request: HttpRequest, agency_code: str) -> HttpResponse:
    """Chỉ số of one agency: the same, with what would lift it most."""
    seen = visit(request)
    found = agency_or_404(seen, agency_code)
    return render(request, "reporting/board.html", board_of(seen, found), status=seen.status)


@never_cache
@require_safe
def group(request: HttpRequest, group_code: str) -> HttpResponse:
    """Nhóm chỉ tiêu: its components, and every agency in them."""
    seen = visit(request)
    found = subject_of(request, seen)
    result = results.load(seen.asked)
    group = group_or_404(result, group_code)
    lines = boards.group_lines(result.outcome, found)
    context = {
        **seen.context(found),
        "result": result,
        "line": next(line for line in lines if line.group == group),
        "cell_route": "reporting:component",
        "heat": boards.heat(result.outcome, seen.sight.shown, group.code),
    }
    return render(request, "reporting/group.html", context, status=seen.status)


@never_cache
@require_safe
def component(request: HttpRequest, component_code: str) -> HttpResponse:
    """Chỉ số thành phần: the law's words, the counts, and each agency's share of them."""
    seen = visit(request)
    found = subject_of(request, seen)
    result = results.load(seen.asked)
    asked_for = component_or_404(result, component_code)
    context = {
        **seen.context(found),
        "result": result,
        "line": boards.component_line(result.outcome, found, asked_for),
        "group": next(
            one for one in result.scored.indicator_set.groups if asked_for in one.components
        ),
        "full_share": asked_for.full_share_on(seen.asked.period.last_day) * 100,
        "extended": _extended(result, found) if component_code == "2.1" else None,
        "corrected": _corrected(result, found) if component_code == "2.1" else None,
        "rows": boards.agency_lines(result.outcome, seen.sight.shown, component_code),
        "behind": component_code in drilling.COUNTED,
    }
    return render(request, "reporting/component.html", context, status=seen.status)


def board_of(seen: Visit, agency: Agency | None) -> dict[str, Any]:
    """What the page of the whole or of an agency shows, and the large screen too."""
    result = results.load(seen.asked)
    outcome = result.outcome
    score = outcome.score_of(agency)
    before = outcome.previous
    earlier = None if before is None else before.agencies.get(agency.pk) if agency else before.total
    return {
        **seen.context(agency),
        "result": result,
        "score": score,
        "movement": wording.movement(score.total, earlier, seen.asked.period),
        "lines": boards.group_lines(outcome, agency),
        "gains": boards.gains_of(outcome, agency),
        "cell_route": "reporting:group",
        "heat": boards.heat(outcome, seen.sight.shown),
        "place": outcome.places.get(agency.pk) if agency else None,
        "trend": boards.trend(outcome, agency),
        "live": live.of(seen.asked, seen.user, agency),
    }


def _extended(result: Result, agency: Agency | None) -> str:
    """Component 2.1 by the new day of dossiers that were put off, beside the first promise."""
    return wording.percent(result.outcome.figures_of(agency).extended.ratio)


def _corrected(result: Result, agency: Agency | None) -> dict[str, Any] | None:
    """Component 2.1 with the corrections that were accepted; None where there are none."""
    difference = corrected.of(result.province.window, agency)
    if not difference.dossiers:
        return None
    count = difference.added_to(result.outcome.figures_of(agency).counts["2.1"])
    return {"share": wording.percent(count.ratio), "count": count, "dossiers": difference.dossiers}
