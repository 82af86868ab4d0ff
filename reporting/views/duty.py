"""Chấm điểm giải quyết thủ tục (TT 01/2018 Đ13–15): units, one unit, what cost points, grading."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dossiers import listing
from organizations.models import Agency, User
from reporting import standing
from reporting.duty import grading, results, scoring
from reporting.duty.scoring import DutyIndex
from reporting.duty.working import sees_officers
from reporting.forms import GradeForm
from reporting.periods import PeriodLength
from reporting.views.asking import Visit, agency_or_404, visit
from reporting.views.paged import page_of

_USUAL = PeriodLength.QUARTER


@never_cache
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """Chấm điểm các cơ quan: the nine indices of each, the most points first."""
    seen = visit(request, _USUAL)
    found = results.units(seen.asked, seen.sight)
    context = {
        **seen.context(None),
        "fresh_at": standing.read().fresh_at(at=seen.asked.at),
        "indices": scoring.UNIT_INDICES,
        "units": [unit for unit in found if unit.work.number],
        "idle": [unit.agency for unit in found if not unit.work.number],
    }
    return render(request, "reporting/duty.html", context, status=seen.status)


@never_cache
@require_safe
def unit(request: HttpRequest, agency_code: str) -> HttpResponse:
    """Chấm điểm một cơ quan: its indices, its officers, and the grades that people gave."""
    seen = visit(request, _USUAL)
    agency = agency_or_404(seen, agency_code)
    return _unit_page(request, seen, agency, GradeForm(), seen.status)


@require_POST
def grade(request: HttpRequest, agency_code: str) -> HttpResponse:
    """Chấm chỉ số 5, 6 with the reason; a later grade replaces the earlier one."""
    seen = visit(request, _USUAL)
    agency = agency_or_404(seen, agency_code)
    grading.require_grader(seen.user, agency)
    if seen.refusal:
        raise Http404(seen.refusal)
    form = GradeForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError([str(text) for texts in form.errors.values() for text in texts])
        grading.grade(
            agency=agency,
            period=seen.asked.period,
            actor=seen.user,
            at=timezone.now(),
            **form.cleaned_data,
        )
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
        return _unit_page(request, seen, agency, form, 400)
    messages.success(request, "Điểm đã chấm; người chấm và căn cứ được lưu lại.")
    page = reverse("reporting:duty_unit", args=[agency.code])
    return redirect(f"{page}?{seen.asked.query}")


@never_cache
@require_safe
def behind(request: HttpRequest, agency_code: str, number: int) -> HttpResponse:
    """Hồ sơ làm mất điểm of an index measured dossier by dossier, of all or of one officer."""
    seen = visit(request, _USUAL)
    agency = agency_or_404(seen, agency_code)
    index = _index_or_404(number)
    officer = officer_or_404(seen, agency, request.GET.get("can-bo", ""))
    found = results.missing_points(
        index=index, asked=seen.asked, reader=seen.user, agency=agency, officer=officer
    )
    page, status = page_of(request, found.for_list(), seen.status)
    context = {
        **seen.context(agency),
        "index": index,
        "officer": officer,
        "rows": listing.rows(page.rows, viewer=seen.user, at=seen.asked.at),
        "next_url": listing.without(request.GET, after=page.after) if page.after else "",
        "previous_url": listing.without(request.GET, before=page.before) if page.before else "",
    }
    return render(request, "reporting/duty_behind.html", context, status=status)


def officer_or_404(seen: Visit, agency: Agency, number: str) -> User | None:
    """The officer named in the address: oneself, or one of those whom the reader answers for."""
    if not number:
        return None
    if number == str(seen.user.pk):
        return seen.user
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise Http404
    if not sees_officers(seen.user, agency):
        raise Http404
    found = User.objects.filter(pk=int(number), memberships__agency=agency).first()
    if found is None:
        raise Http404
    return found


def _unit_page(
    request: HttpRequest, seen: Visit, agency: Agency, form: GradeForm, status: int
) -> HttpResponse:
    found = results.unit(seen.asked, agency)
    context: dict[str, Any] = {
        **seen.context(agency),
        "fresh_at": standing.read().fresh_at(at=seen.asked.at),
        "unit": found,
        "drilled": results.DRILLED,
        "grades": grading.given(agency, seen.asked.period),
        "officer_indices": scoring.OFFICER_INDICES,
        "officers": results.officers(seen.asked, agency)
        if sees_officers(seen.user, agency)
        else None,
        "grade_form": form if grading.may_grade(seen.user, agency) else None,
    }
    return render(request, "reporting/duty_unit.html", context, status=status)


def _index_or_404(number: int) -> DutyIndex:
    try:
        index = DutyIndex(number)
    except ValueError:
        raise Http404 from None
    if index not in results.DRILLED:
        raise Http404
    return index
