"""Which agencies handle a procedure: the list, giving it to some, taking it from one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organizations.administering import administrator_of
from organizations.models import Agency, User
from procedures import handling
from procedures.forms.handling import HandlingForm, StepFormSet, handling_of, initial_of
from procedures.models import Procedure, ProcedureAssignment, Step


@require_GET
def handlers(request: HttpRequest, code: str) -> HttpResponse:
    """Cơ quan giải quyết: who handles it, how far online, by which steps."""
    administrator_of(request)
    procedure = _procedure(code)
    assignments = (
        procedure.assignments.filter(is_active=True)
        .select_related("agency")
        .prefetch_related("steps")
        .order_by("agency__sort_key", "id")
    )
    context = {
        "procedure": procedure,
        "version": procedure.current_version,
        "rows": [(row, _told(list(row.steps.all()))) for row in assignments],
    }
    return render(request, "procedures/handlers.html", context)


@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, code: str) -> HttpResponse:
    """Giao thủ tục: to one agency or many at once, with the same steps."""
    actor = administrator_of(request)
    procedure = _procedure(code)
    initial, steps_before = initial_of(_assignment(request, procedure))
    data = request.POST if request.method == "POST" else None
    form = HandlingForm(data, initial=initial)
    steps = StepFormSet(data, initial=steps_before, prefix="buoc")
    # Both, so that every mistake is told at once.
    if data is not None and all([form.is_valid(), steps.is_valid()]):
        try:
            count = _assign(procedure, form, steps, actor)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"Đã giao thủ tục {code} cho {count} cơ quan.")
            return redirect("procedures:handlers", code)
    context = {
        "procedure": procedure,
        "version": procedure.current_version,
        "form": form,
        "steps": steps,
    }
    status = 200 if data is None else 422
    return render(request, "procedures/assign.html", context, status=status)


@require_POST
def withdraw(request: HttpRequest, code: str, agency_id: int) -> HttpResponse:
    """Thôi giao thủ tục cho một cơ quan."""
    actor = administrator_of(request)
    agency = get_object_or_404(Agency, pk=agency_id)
    try:
        handling.withdraw(procedure=_procedure(code), agency=agency, actor=actor)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(
            request, f"{agency} không nhận hồ sơ mới của {code}; hồ sơ đang giải quyết đi tiếp."
        )
    return redirect("procedures:handlers", code)


def _procedure(code: str) -> Procedure:
    with_version = Procedure.objects.with_version().filter(current_version__isnull=False)
    found: Procedure = get_object_or_404(with_version, code=code)
    return found


def _assignment(request: HttpRequest, procedure: Procedure) -> ProcedureAssignment | None:
    """The one that the link named, to be changed; none to begin anew."""
    number = request.GET.get("co-quan", "")
    if not number.isdecimal() or len(number) > 9:
        return None
    return procedure.assignments.filter(agency=int(number)).first()


def _assign(procedure: Procedure, form: HandlingForm, steps: Any, actor: User) -> int:
    return handling.assign(
        procedure=procedure,
        agencies=form.chosen(),
        handling=handling_of(form, steps),
        actor=actor,
        at=timezone.now(),
    )


def _told(steps: list[Step]) -> list[Step]:
    return sorted(steps, key=lambda step: step.position)
