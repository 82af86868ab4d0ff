"""On which day each agency is reminded: the list, and the form of one agency."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apologies import ladder_steps
from apologies.forms.signing import DaysForm
from organizations.models import Agency, User
from organizations.querysets import AgencyQuerySet


@never_cache
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """Bậc nhắc việc của từng cơ quan, its own days or the usual ones."""
    shown = _settable(request).active().in_order()
    rows = [
        {"agency": agency, "days": list(days.values())}
        for agency, days in ladder_steps.days_of_many(shown)
    ]
    return render(request, "apologies/ladder_days.html", {"rows": rows})


@never_cache
@require_http_methods(["GET", "POST"])
def agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Đặt số ngày cho một cơ quan."""
    shown = get_object_or_404(_settable(request), pk=agency_id)
    known = {rung.value: days for rung, days in ladder_steps.days_of(shown).items()}
    form = DaysForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            ladder_steps.set_days(
                agency=shown, days=form.days(), actor=_person(request), at=timezone.now()
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"Đã đặt bậc nhắc việc của {shown.name}.")
            return redirect("apologies:ladder_days")
    context = {"agency": shown, "form": form}
    status = 422 if form.errors else 200
    return render(request, "apologies/ladder_days_agency.html", context, status=status)


def _settable(request: HttpRequest) -> AgencyQuerySet:
    return Agency.objects.filter(pk__in=ladder_steps.settable_ids(_person(request)))


def _person(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not ladder_steps.settable_ids(user):
        raise PermissionDenied(ladder_steps.ONLY_THESE)
    return user
