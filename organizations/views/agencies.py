"""Administering agencies and their counters."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from organizations import administration
from organizations.administering import administrator_of
from organizations.forms.administration import AgencyForm, CounterForm, NewAgencyForm
from organizations.models import AdministrationEntry, Agency, ServiceCounter, User
from organizations.querysets import AgencyQuerySet
from organizations.statuses import AdministrationSubject

MOST_ENTRIES = 30
AGENCY_FACTS = (
    "name", "short_name", "place", "address", "phone", "due_soon_days", "is_active",
)  # fmt: skip
COUNTER_FACTS = ("name", "address", "phone", "is_active")


@require_GET
def agencies(request: HttpRequest) -> HttpResponse:
    """Cơ quan: all that this person administers, in the Vietnamese order of names."""
    actor = administrator_of(request)
    text = request.GET.get("q", "")[:100].strip()
    listed = _within(actor).select_related("parent").in_order()
    if text:
        listed = listed.filter(Q(name__icontains=text) | Q(code__icontains=text))
    counted = listed.annotate(
        people=Count("memberships__user", distinct=True),
        desks=Count("counters", Q(counters__is_active=True), distinct=True),
    )
    return render(request, "organizations/agencies.html", {"agencies": counted, "text": text})


@require_http_methods(["GET", "POST"])
def add_agency(request: HttpRequest) -> HttpResponse:
    """Thêm cơ quan."""
    actor = administrator_of(request)
    form = NewAgencyForm(request.POST or None, agencies=_within(actor).active().in_order())
    if request.method == "POST" and form.is_valid():
        try:
            agency = administration.add_agency(
                facts=form.facts(),
                parent=form.cleaned_data["parent"],
                schedule=form.cleaned_data["schedule"],
                actor=actor,
                at=timezone.now(),
            )
        except ValidationError as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, f"Đã thêm {agency}. Hãy thêm bộ phận một cửa và người dùng.")
            return redirect("organizations:agency", agency.pk)
    context = {"form": form, "heading": "Thêm cơ quan"}
    return _asked(request, context, form)


@require_http_methods(["GET", "POST"])
def agency(request: HttpRequest, pk: int) -> HttpResponse:
    """Một cơ quan: what is written of it, its counters, what administrators did."""
    actor = administrator_of(request)
    shown = get_object_or_404(_within(actor).select_related("parent", "schedule"), pk=pk)
    form = AgencyForm(request.POST or None, initial=_facts(shown, AGENCY_FACTS))
    if request.method == "POST" and form.is_valid():
        try:
            administration.change_agency(
                agency=shown, changed=form.cleaned_data, actor=actor, at=timezone.now()
            )
        except ValidationError as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, f"Đã ghi thông tin của {form.cleaned_data['name']}.")
            return redirect("organizations:agency", pk)
    context = {
        "agency": shown,
        "form": form,
        "counters": shown.counters.order_by("name", "id"),
        "memberships": shown.memberships.select_related("user", "counter").order_by("role", "id"),
        "entries": _entries(AdministrationSubject.AGENCY, pk),
    }
    status = 422 if form.errors else 200
    return render(request, "organizations/agency.html", context, status=status)


@require_http_methods(["GET", "POST"])
def add_counter(request: HttpRequest, pk: int) -> HttpResponse:
    """Thêm bộ phận một cửa của một cơ quan."""
    actor = administrator_of(request)
    keeper = get_object_or_404(_within(actor), pk=pk)
    form = CounterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            administration.add_counter(
                agency=keeper, facts=form.cleaned_data, actor=actor, at=timezone.now()
            )
        except ValidationError as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, f"Đã thêm {form.cleaned_data['name']}.")
            return redirect("organizations:agency", pk)
    context = {"form": form, "heading": "Thêm bộ phận một cửa", "agency": keeper}
    return _asked(request, context, form)


@require_http_methods(["GET", "POST"])
def counter(request: HttpRequest, pk: int) -> HttpResponse:
    """Sửa một bộ phận một cửa, hoặc ngừng hoạt động."""
    actor = administrator_of(request)
    kept = ServiceCounter.objects.filter(agency__in=administration.administered_ids(actor))
    shown = get_object_or_404(kept.select_related("agency"), pk=pk)
    form = CounterForm(request.POST or None, initial=_facts(shown, COUNTER_FACTS))
    if request.method == "POST" and form.is_valid():
        try:
            administration.change_counter(
                counter=shown, changed=form.cleaned_data, actor=actor, at=timezone.now()
            )
        except ValidationError as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, f"Đã ghi thông tin của {form.cleaned_data['name']}.")
            return redirect("organizations:agency", shown.agency_id)
    context = {
        "form": form,
        "heading": shown.name,
        "agency": shown.agency,
        "entries": _entries(AdministrationSubject.COUNTER, pk),
    }
    return _asked(request, context, form)


def _asked(request: HttpRequest, context: dict[str, Any], form: forms.Form) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "organizations/place_form.html", context, status=status)


def _within(actor: User) -> AgencyQuerySet:
    return Agency.objects.filter(pk__in=administration.administered_ids(actor))


def _facts(row: Agency | ServiceCounter, names: tuple[str, ...]) -> dict[str, object]:
    return {name: getattr(row, name) for name in names}


def _entries(subject: AdministrationSubject, pk: int) -> Any:
    entries = AdministrationEntry.objects.filter(subject=subject, subject_id=pk)
    return entries.select_related("actor").order_by("-id")[:MOST_ENTRIES]


def _tell(form: forms.Form, refusal: ValidationError) -> None:
    """The sentences of a refusal, whatever fields of the model they speak of."""
    for message in refusal.messages:
        form.add_error(None, message)
