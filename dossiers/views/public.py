"""The public look-up: code and degree of completion for anybody, more with proof.

TT 01/2018 Đ16, Đ17: without authentication only the code and how far it has come; with it
the status down to the agency's step. The proof is the end of the telephone number given.
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dossiers import finding, limiting, public_telling, timing
from dossiers.converters import codes_in
from dossiers.forms.acts import DigitsForm, LookUpForm
from dossiers.models import Dossier
from dossiers.statuses import DossierStatus
from workdays.loading import calendar_for


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limiting.limited
def look_up(request: HttpRequest) -> HttpResponse:
    """Tra cứu hồ sơ: the code alone leads to its page, with the digits the answer is here."""
    form = LookUpForm(request.POST or None)
    if not form.is_valid():
        return _ask(request, form, status=400 if form.errors else 200)
    codes = codes_in(form.cleaned_data["code"])
    if not codes:
        form.add_error("code", "Mã hồ sơ có dạng H41.15-261122-0001. Hãy xem lại giấy tiếp nhận.")
        return _ask(request, form, status=400)
    if not form.cleaned_data["digits"]:
        return redirect("dossiers:look_up_code", code=codes[0])
    return _with_digits(request, codes[0], form.cleaned_data["digits"])


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limiting.limited
def look_up_code(request: HttpRequest, code: str) -> HttpResponse:
    """The page behind the receipt's QR; by POST with the digits it tells more."""
    form = DigitsForm(request.POST or None)
    if form.is_valid():
        return _with_digits(request, code, form.cleaned_data["digits"])
    status = Dossier.objects.filter(code=code).values_list("status", flat=True).first()
    if status is None:
        return _unknown(request, code)
    context = {
        "code": code,
        "progress": public_telling.progress(DossierStatus(status)),
        "stages": public_telling.STAGES,
        "form": form,
    }
    return render(
        request, "dossiers/look_up_code.html", context, status=400 if form.errors else 200
    )


def _with_digits(request: HttpRequest, code: str, digits: str) -> HttpResponse:
    """One query before the answer, so an unknown code and wrong digits cannot be told apart."""
    if not limiting.may_still_guess(code):
        return limiting.too_many_guesses(request, code)
    dossier = finding.by_code(code)
    if dossier is None or not _is_known_by(dossier, digits):
        limiting.count_wrong_guess(code)
        return _unknown(request, code)
    return render(request, "dossiers/look_up_found.html", _found(dossier))


def _is_known_by(dossier: Dossier, digits: str) -> bool:
    """Are these the last digits of the applicant's telephone, or of whoever came for them?"""
    return any(phone.endswith(digits) for phone in (dossier.phone, dossier.delegate_phone))


def _found(dossier: Dossier) -> dict[str, Any]:
    steps = dossier.steps.filter(started_at__isnull=False, finished_at__isnull=True)
    told = [
        (event.at, sentence)
        for event in dossier.events.order_by("-sequence")
        if (sentence := public_telling.event(event))
    ]
    return {
        "dossier": dossier,
        "progress": public_telling.progress(DossierStatus(dossier.status)),
        "stages": public_telling.STAGES,
        "standing": public_telling.standing(dossier),
        "step": steps.order_by("position").first(),
        "deadline": timing.deadline(
            dossier, calendar=calendar_for(dossier.agency.schedule_id), at=timezone.now()
        ),
        "timeline": told,
    }


def _ask(request: HttpRequest, form: LookUpForm, *, status: int) -> HttpResponse:
    return render(request, "dossiers/look_up.html", {"form": form}, status=status)


def _unknown(request: HttpRequest, code: str) -> HttpResponse:
    """The same words for a code that is not there and for digits that do not fit."""
    form = LookUpForm(initial={"code": code})
    return render(request, "dossiers/look_up_unknown.html", {"form": form}, status=404)
