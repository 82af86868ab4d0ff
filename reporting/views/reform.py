"""Tự đánh giá cải cách hành chính: the sheets of a year, one sheet, and its evidence."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dossiers.deadlines import local_date
from dossiers.views.dossier import file_response
from organizations.models import Agency, User
from reporting.forms import MarksForm
from reporting.models import ReformSheet
from reporting.reform import acts, criteria, showing
from reporting.sight import READERS, Sight
from reporting.statuses import SheetAct

# The years that the list offers: the running one and those before it that have a set.
_YEARS = 5
_ONE_CLICK = (SheetAct.SUBMITTED, SheetAct.GRADED, SheetAct.CLOSED)


@never_cache
@require_safe
def year(request: HttpRequest) -> HttpResponse:
    """Phiếu của năm: every agency seen, who has not submitted first, with points and band."""
    sight, this_year = Sight.of(reader(request)), local_date(timezone.now()).year
    years = [one for one in range(this_year, this_year - _YEARS, -1) if _has_criteria(one)]
    asked = request.GET.get("nam", "")
    chosen = next((one for one in years if str(one) == asked), this_year)
    agencies = [
        one for one in Agency.objects.active().in_order() if one.parent_id and sight.covers(one)
    ]
    rows = showing.of_year(chosen, agencies, reader=reader(request))
    context = {
        "year": chosen,
        "years": years,
        "rows": rows,
        "rules": criteria.of_year(chosen),
        "sheets": sum(1 for row in rows if row.sheet),
    }
    return render(request, "reporting/reform.html", context)


@never_cache
@require_safe
def sheet(request: HttpRequest, agency_code: str, year: int) -> HttpResponse:
    """Phiếu of an agency: criteria, points, evidence, and the trail."""
    user = reader(request)
    agency = agency_or_404(user, agency_code)
    found = ReformSheet.objects.filter(agency=agency, year=year).first()
    if found is None:
        return _not_opened(request, user, agency, year)
    found.agency = agency
    return sheet_page(request, user, found)


@never_cache
@require_safe
def evidence(request: HttpRequest, agency_code: str, year: int, pk: int) -> HttpResponseBase:
    """Minh chứng: for those who see the sheet; saved, never shown by the portal itself."""
    agency = agency_or_404(reader(request), agency_code)
    found = get_object_or_404(ReformSheet, agency=agency, year=year)
    kept = get_object_or_404(found.evidence, pk=pk)
    try:
        return file_response(kept, saves=True)
    except FileNotFoundError:
        raise Http404 from None


def reader(request: HttpRequest) -> User:
    """Whoever sees figures sees the sheets of the same agencies."""
    user = request.user
    if not isinstance(user, User) or not user.has_role(*READERS):
        raise PermissionDenied("Vai trò của tài khoản này không xem phiếu tự đánh giá.")
    return user


def agency_or_404(user: User, code: str) -> Agency:
    """An agency below the province whose figures the person may see."""
    try:
        return Sight.of(user).agency(code)
    except Agency.DoesNotExist:
        raise Http404 from None


def sheet_page(
    request: HttpRequest, user: User, found: ReformSheet, form: MarksForm | None = None
) -> HttpResponse:
    """The page; with a form that was refused, what was entered stays."""
    shown = showing.shown(found, reader=user)
    act = _open_act(user, found)
    entered = form or (_form_of(shown, act) if act else None)
    offers = [one for one in SheetAct if _is_offered(user, found, one)]
    context: dict[str, Any] = {
        "shown": shown,
        "sheet": found,
        "agency": found.agency,
        "year": found.year,
        "fills": act == SheetAct.FILLED,
        "marks": act == SheetAct.MARKED,
        "areas": _areas(shown, entered),
        "form": entered,
        "offers": offers,
        "one_click": [one for one in _ONE_CLICK if one in offers],
        "criteria": list(shown.rules.criteria.values()),
        "query": f"co-quan={found.agency.code}",
    }
    return render(request, "reporting/reform_sheet.html", context, status=400 if form else 200)


def _not_opened(request: HttpRequest, user: User, agency: Agency, year: int) -> HttpResponse:
    if not _has_criteria(year) or year > local_date(timezone.now()).year:
        raise Http404
    context = {
        "agency": agency,
        "year": year,
        "rules": criteria.of_year(year),
        "may_open": acts.may(user, agency, SheetAct.OPENED),
    }
    return render(request, "reporting/reform_none.html", context)


def _open_act(user: User, found: ReformSheet) -> SheetAct | None:
    """Which points this person may enter now."""
    for act in (SheetAct.FILLED, SheetAct.MARKED):
        if _is_offered(user, found, act):
            return act
    return None


def _is_offered(user: User, found: ReformSheet, act: SheetAct) -> bool:
    way = acts.WAY.get(act)
    return way is not None and way[0] == found.status and acts.may(user, found.agency, act)


def _form_of(shown: showing.Shown, act: SheetAct) -> MarksForm:
    points, text = ("own_points", "explanation")
    if act == SheetAct.MARKED:
        points, text = ("council_points", "council_note")
    initial: dict[str, Any] = {"version": shown.sheet.event_count}
    for area in shown.areas:
        for line in area.lines:
            initial[f"points_{line.criterion.code}"] = getattr(line.score, points)
            initial[f"text_{line.criterion.code}"] = getattr(line.score, text)
    return MarksForm(initial=initial, criteria=shown.rules.criteria.values())


def _areas(shown: showing.Shown, form: MarksForm | None) -> list[dict[str, Any]]:
    """Each line with its two fields, where there is something to enter."""
    return [
        {
            "area": area,
            "lines": [
                {
                    "line": line,
                    "points": form[f"points_{line.criterion.code}"] if form else None,
                    "text": form[f"text_{line.criterion.code}"] if form else None,
                }
                for line in area.lines
            ],
        }
        for area in shown.areas
    ]


def _has_criteria(year: int) -> bool:
    try:
        criteria.of_year(year)
    except ValidationError:
        return False
    return True
