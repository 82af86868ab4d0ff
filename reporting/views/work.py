"""Công việc của công chức: one's own page, and that of an officer for whoever answers for them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dossiers.statuses import Timeliness
from organizations.models import Agency, User
from organizations.roles import Role
from reporting import standing, timings
from reporting.duty import results, working
from reporting.views.asking import Visit, agency_or_404, visit
from reporting.views.duty import officer_or_404


@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Công việc của tôi: own dossiers, on time or not, time spent, ratings, points."""
    seen = visit(request)
    if not seen.user.has_role(Role.OFFICER):
        raise PermissionDenied("Trang này dành cho công chức giải quyết hồ sơ.")
    return _page(request, seen, seen.user, None)


@never_cache
@require_safe
def officer(request: HttpRequest, agency_code: str, pk: int) -> HttpResponse:
    """The same about an officer of an agency, for its head and the province's office."""
    seen = visit(request)
    agency = agency_or_404(seen, agency_code)
    found = officer_or_404(seen, agency, str(pk))
    if found is None:
        raise Http404
    return _page(request, seen, found, agency)


def _page(request: HttpRequest, seen: Visit, person: User, agency: Agency | None) -> HttpResponse:
    agencies = frozenset({agency.pk}) if agency else person.agency_ids_for(Role.OFFICER)
    scored = results.officer(seen.asked, person, agencies)
    steps: Any = timings.told(working.steps(person, seen.asked, agencies))
    context = {
        **seen.context(agency),
        "fresh_at": standing.read().fresh_at(at=seen.asked.at),
        "person": person,
        "is_own": person == seen.user,
        "home": agency or Agency.objects.filter(pk__in=agencies).in_order().first(),
        "scored": scored,
        "drilled": results.DRILLED,
        "early": scored.work.standing(Timeliness.EARLY),
        "on_time": scored.work.standing(Timeliness.ON_TIME),
        "late": scored.work.standing(Timeliness.LATE),
        "live": working.in_hand(person, seen.user, seen.asked),
        "steps": steps,
        "ratings": working.ratings(person, seen.user, seen.asked),
    }
    return render(request, "reporting/work.html", context, status=seen.status)
