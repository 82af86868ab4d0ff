"""The calendar of administrators: a year to look at, and edits that show what they move first."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dossiers import calendar_edits
from dossiers.calendar_edits import Preview
from dossiers.deadlines import local_date
from dossiers.forms.calendar import FORMS
from dossiers.forms.grounds import EditForm
from dossiers.forms.hours import HoursForm, hours_of
from dossiers.models import CalendarEdit
from organizations.models import Agency, User
from workdays import loading, yearly
from workdays.models import Holiday, MakeUpDay, WorkSchedule
from workdays.refusals import CalendarGap
from workdays.yearly import Week

MOST_EDITS = 20


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """Lịch làm việc: twelve months, days off and made up, hours, and the latest edits."""
    _administrator(request)
    today = local_date(timezone.now())
    years = _years(today)
    year = _year(request, years, today)
    context = {
        "year": year,
        "years": years,
        "today": today,
        "months": yearly.months(year),
        "days_off": Holiday.objects.filter(date__year=year).order_by("date"),
        "make_up_days": MakeUpDay.objects.filter(date__year=year).order_by("date"),
        "schedules": _schedules(today),
        "edits": CalendarEdit.objects.order_by("-id")[:MOST_EDITS],
        "acts": [(kind, FORMS[kind].title) for kind in ("ngay-nghi", "lam-bu", "hoan-doi")],
    }
    return render(request, "dossiers/calendar.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def calendar_edit(request: HttpRequest, kind: str) -> HttpResponse:
    """One edit: its form by GET; by POST what it would move, which changes nothing."""
    actor, at = _administrator(request), timezone.now()
    form_class = _form_class(kind)
    if request.method == "GET":
        return _ask(request, kind, form_class(initial=_suggested(request, form_class, at)))
    form = form_class(request.POST)
    if "sua" in request.POST or not form.is_valid():
        return _ask(request, kind, form)
    try:
        found = calendar_edits.preview(edit=form.edit(), grounds=form.grounds, actor=actor, at=at)
    except ValidationError as refusal:
        return _refused(request, kind, form, refusal)
    return _show(request, kind, form, found)


@require_POST
def calendar_apply(request: HttpRequest, kind: str) -> HttpResponse:
    """Make the edit that was previewed."""
    actor, at = _administrator(request), timezone.now()
    form = _form_class(kind)(request.POST)
    if not form.is_valid():
        return _ask(request, kind, form)
    try:
        made = calendar_edits.apply(
            edit=form.edit(),
            grounds=form.grounds,
            seen=form.cleaned_data["seen"],
            actor=actor,
            at=at,
        )
    except ValidationError as refusal:
        return _refused(request, kind, form, refusal)
    messages.success(request, f"{made.sentence} {_moved(made.moved_count)}")
    return redirect(_back(form))


def _administrator(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied("Hãy đăng nhập để dùng chức năng này.")
    calendar_edits.require_administrator(request.user)
    return request.user


def _form_class(kind: str) -> type[EditForm]:
    if kind not in FORMS:
        raise Http404("Không có cách sửa lịch này.")
    return FORMS[kind]


def _suggested(request: HttpRequest, form_class: type[EditForm], at: datetime) -> dict[str, Any]:
    """What the link that led here already knows."""
    if form_class is HoursForm:
        schedules = WorkSchedule.objects.order_by("id")
        number = request.GET.get("lich", "")
        known = number.isdecimal() and len(number) < 10
        chosen = schedules.filter(pk=int(number)) if known else schedules
        schedule = chosen.first()
        return hours_of(schedule, today=local_date(at)) if schedule else {}
    try:
        return {"day": date.fromisoformat(request.GET.get("ngay", ""))}
    except ValueError:
        return {}


def _ask(request: HttpRequest, kind: str, form: EditForm) -> HttpResponse:
    wrong = form.is_bound and "sua" not in request.POST and bool(form.errors)
    context = {"form": form, "kind": kind, "told": wrong}
    return render(request, "dossiers/calendar_edit.html", context, status=422 if wrong else 200)


def _refused(
    request: HttpRequest, kind: str, form: EditForm, refusal: ValidationError
) -> HttpResponse:
    for message in refusal.messages:
        form.add_error(None, message)
    return _ask(request, kind, form)


def _show(request: HttpRequest, kind: str, form: EditForm, found: Preview) -> HttpResponse:
    context = {
        "form": form,
        "kind": kind,
        "preview": found,
        "found": found.consequences,
        "more": found.consequences.count - len(found.consequences.shown),
    }
    return render(request, "dossiers/calendar_preview.html", context)


def _moved(count: int) -> str:
    if not count:
        return "Không hồ sơ nào đổi ngày hẹn."
    return f"{count} hồ sơ đã đổi ngày hẹn; sổ cái của từng hồ sơ đã ghi lại."


def _back(form: EditForm) -> str:
    days = [value for value in form.cleaned_data.values() if isinstance(value, date)]
    address = reverse("dossiers:calendar")
    return f"{address}?nam={days[0].year}" if days else address


def _years(today: date) -> list[int]:
    """The years that can be looked at: all that are known, and the one that comes next."""
    try:
        known = loading.known_years()
    except CalendarGap:
        return [today.year]
    return [*known, known[-1] + 1]


def _year(request: HttpRequest, years: list[int], today: date) -> int:
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else today.year
    return year if year in years else min(years, key=lambda each: abs(each - today.year))


def _schedules(today: date) -> list[tuple[WorkSchedule, list[Week]]]:
    followers = Prefetch("agency_set", Agency.objects.order_by("sort_key", "id"), to_attr="users")
    schedules = WorkSchedule.objects.prefetch_related("hours", followers).order_by("name", "id")
    return [(schedule, yearly.weeks_of(schedule, today=today)) for schedule in schedules]
