"""What stands behind a figure: its dossiers, procedures or petitions, a page at a time."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dossiers import listing, paging
from organizations.models import Agency
from reporting import drilling, indicator_sets
from reporting.indicator_sets.shapes import Component, Group
from reporting.statuses import Part
from reporting.views.asking import Visit, subject_of, visit
from reporting.views.paged import page_of

Found = QuerySet[Any]
_COUNTS_WHAT = {
    **dict.fromkeys(drilling.OF_DOSSIERS, "dossiers"),
    **dict.fromkeys(drilling.OF_PROCEDURES, "procedures"),
    **dict.fromkeys(drilling.OF_PETITIONS, "petitions"),
}


@never_cache
@require_safe
def behind(request: HttpRequest, component_code: str, part: Part) -> HttpResponse:
    """Tử số, mẫu số hoặc phần chưa đạt of a component, the newest first."""
    seen = visit(request)
    agency = subject_of(request, seen)
    group, component = _component_or_404(seen, component_code)
    what = _COUNTS_WHAT[component_code]
    found = _READ[what](seen, component_code, agency or _root(), part)
    page, status = page_of(request, found, seen.status)
    context = {
        **seen.context(agency),
        "group": group,
        "component": component,
        "part": part,
        "parts": list(Part),
        "what": what,
        "rows": _rows(what, page, seen),
        "next_url": listing.without(request.GET, after=page.after) if page.after else "",
        "previous_url": listing.without(request.GET, before=page.before) if page.before else "",
    }
    return render(request, "reporting/behind.html", context, status=status)


def _component_or_404(seen: Visit, code: str) -> tuple[Group, Component]:
    rules = indicator_sets.in_force_on(seen.asked.period.last_day)
    for group in rules.groups:
        for component in group.components:
            if component.code == code and code in _COUNTS_WHAT:
                return group, component
    raise Http404


def _root() -> Agency:
    return Agency.objects.get(parent__isnull=True)


def _dossiers(seen: Visit, code: str, agency: Agency, part: Part) -> Found:
    found: Found = drilling.dossiers_behind(
        component=code, agency=agency, part=part, user=seen.user, **_when(seen)
    ).for_list()
    return found


def _procedures(seen: Visit, code: str, agency: Agency, part: Part) -> Found:
    found: Found = drilling.procedures_behind(
        component=code, agency=agency, part=part, **_when(seen)
    )
    return found.select_related("current_version")


def _petitions(seen: Visit, code: str, agency: Agency, part: Part) -> Found:
    found: Found = drilling.petitions_behind(
        component=code, agency=agency, part=part, user=seen.user, **_when(seen)
    )
    return found.select_related("agency")


_READ: dict[str, Callable[[Visit, str, Agency, Part], Found]] = {
    "dossiers": _dossiers,
    "procedures": _procedures,
    "petitions": _petitions,
}


def _when(seen: Visit) -> dict[str, Any]:
    return {"period": seen.asked.period, "at": seen.asked.at, "as_of": seen.asked.as_of}


def _rows(what: str, page: paging.Page, seen: Visit) -> list[Any]:
    if what != "dossiers":
        return page.rows
    return list(listing.rows(page.rows, viewer=seen.user, at=seen.asked.at))
