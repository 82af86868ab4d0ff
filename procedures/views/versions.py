"""One version of a procedure as administrators read it, and the rules that hang on it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from organizations.administering import administrator_of
from organizations.models import User
from procedures import clock_rules, completeness, differences, versions
from procedures.forms.rules import ClockRuleForm
from procedures.models import DecisionItem, ProcedureVersion, VersionDraft
from procedures.querysets import VersionQuerySet


@require_GET
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Một phiên bản: what it says, what hangs on it, who wrote it and why."""
    administrator_of(request)
    shown = _version(code, number)
    context = {
        "version": shown,
        "procedure": shown.procedure,
        "clock_rules": shown.clock_rules.select_related("decided_by").order_by("-in_force_from"),
        "effect_today": clock_rules.rule_for(shown, timezone.localdate(timezone.now())),
        **_state(shown),
        **_compared(shown),
    }
    return render(request, "procedures/version.html", context)


@require_http_methods(["GET", "POST"])
def clock_rule(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Quy tắc bổ sung: what a supplement does to the promised day, from a day on."""
    actor = administrator_of(request)
    shown = _version(code, number)
    form = ClockRuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _decide(shown, form, actor)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request,
                f"Đã ghi quy tắc cho phiên bản {shown.number}, "
                f"áp dụng từ {form.first_day:%d/%m/%Y}.",
            )
            return redirect("procedures:version", code, number)
    context = {"form": form, "version": shown, "procedure": shown.procedure}
    status = 422 if form.errors else 200
    return render(request, "procedures/clock_rule.html", context, status=status)


def _version(code: str, number: int) -> ProcedureVersion:
    shown: ProcedureVersion = get_object_or_404(_versions(), procedure__code=code, number=number)
    return shown


def _versions() -> VersionQuerySet:
    return ProcedureVersion.objects.select_related(
        "procedure", "field", "decision", "created_by"
    ).defer("source")


def _state(shown: ProcedureVersion) -> dict[str, object]:
    """Where the version stands among the others, and who is writing the next."""
    procedure = shown.procedure
    in_force = procedure.current_version_id == shown.pk and not procedure.retired_at
    return {
        "is_current": in_force,
        "draft": VersionDraft.objects.filter(code=procedure.code).exists(),
        "waits": DecisionItem.objects.filter(version=shown, applied_at__isnull=True).first(),
        "others": procedure.versions.only("number", "created_at").order_by("-number"),
    }


def _compared(shown: ProcedureVersion) -> dict[str, object]:
    """What it lacks, and what it changed in the one before it."""
    facts = versions.read(shown)
    former = _versions().filter(procedure=shown.procedure, number=shown.number - 1).first()
    return {
        "missing": completeness.missing(facts),
        "former": former,
        "changes": differences.differences(versions.read(former), facts) if former else [],
    }


def _decide(shown: ProcedureVersion, form: ClockRuleForm, actor: User) -> None:
    clock_rules.decide(
        version=shown,
        effect=form.effect_chosen,
        in_force_from=form.first_day,
        basis=form.cleaned_data["basis"],
        actor=actor,
        at=timezone.now(),
    )
