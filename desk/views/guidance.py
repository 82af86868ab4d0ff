"""Guidance at the counter: the question what is missing, the slip, and the way back to intake.

Addresses, all below `tiep-nhan/huong-dan/`: `guidances` (the list; a search by POST), `guide`
(the question, by POST from the intake form), `guidance_give`, `guidance`, `guidance_pdf`,
`guidance_again`, `guidance_resume`.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desk import guiding
from desk.forms import guidance as shapes
from desk.forms.guidance import GuidanceForm
from desk.models import Guidance
from dossiers import choosing
from dossiers.choosing import Choices, ProcedureUnknown
from dossiers.forms.intake import IntakeForm
from organizations.models import User

LATEST = 50
_PDF_POLICY = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guidances(request: HttpRequest) -> HttpResponse:
    """Phiếu hướng dẫn of one's counter, those who have not come back; names travel by POST."""
    clerk = _clerk(request)
    found = Guidance.objects.visible_to(clerk).unreturned()
    term = request.POST.get("q", "")[:100].strip()
    if term:
        found = found.search(term)
    rows = found.select_related("version", "given_by").defer("content").order_by("-pk")[:LATEST]
    return render(request, "desk/guidances.html", {"rows": rows, "term": term, "most": LATEST})


@never_cache
@require_POST
def guide(request: HttpRequest) -> HttpResponse:
    """Which papers are missing? Asked of the intake form as it was typed; nothing is kept."""
    clerk = _clerk(request)
    typed = shapes.typed_of(request.POST.dict())
    choices = _choices(clerk, typed)
    initial = {name: typed.get(name, "") for name in ("name", "phone")}
    return _asked(request, choices, typed, GuidanceForm(initial=initial))


@never_cache
@require_POST
def guidance_give(request: HttpRequest) -> HttpResponse:
    """In phiếu: the slip is numbered and drawn."""
    clerk = _clerk(request)
    sent = request.POST.dict()
    typed = shapes.typed_of(sent)
    choices = _choices(clerk, typed)
    form = GuidanceForm(request.POST)
    if not form.is_valid():
        return _asked(request, choices, typed, form)
    items = shapes.lacking(shapes.lines_of(choices, typed), sent)
    advice = shapes.advice(choices=choices, typed=typed, given=form.cleaned_data, items=items)
    try:
        given = guiding.give(advice=advice, actor=clerk, at=timezone.now())
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _asked(request, choices, typed, form)
    return redirect(given)


@never_cache
@require_safe
def guidance(request: HttpRequest, pk: int) -> HttpResponse:
    """Một phiếu: its print, what is missing, and going on with the intake."""
    found = _guidance_or_404(_clerk(request), pk)
    context = {"guidance": found, "items": found.items.order_by("position")}
    asks_again = bool(getattr(request, "htmx", False))
    template = "desk/_guidance_state.html" if asks_again else "desk/guidance.html"
    return render(request, template, context)


@never_cache
@require_safe
def guidance_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Tệp PDF của phiếu."""
    found = _guidance_or_404(_clerk(request), pk)
    if found.rendered_at is None:
        return redirect(found)
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Http404("Tệp của phiếu không còn.") from None
    name = f"huong-dan-{found.number}-{found.year}.pdf"
    response = FileResponse(content, filename=name, content_type="application/pdf")
    response["Content-Security-Policy"] = _PDF_POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


@never_cache
@require_POST
def guidance_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Tạo lại a slip that was given up after several attempts."""
    found = _guidance_or_404(_clerk(request), pk)
    guiding.draw_again(guidance=found)
    return redirect(found)


@never_cache
@require_safe
def guidance_resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Nhập tiếp: the intake page with everything as it was typed then."""
    clerk = _clerk(request)
    found = _guidance_or_404(clerk, pk)
    choices = _choices(clerk, found.content)
    form = IntakeForm(choices, typed=found.content)
    context = {"form": form, "preview": form.preview(timezone.now()), "note": choices.objection}
    return render(request, "dossiers/intake.html", context)


def _clerk(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not request.user.counters:
        raise PermissionDenied("Chỉ cán bộ một cửa mới hướng dẫn tại quầy.")
    return request.user


def _choices(clerk: User, typed: dict[str, str]) -> Choices:
    try:
        return choosing.choices_for(user=clerk, code=typed.get("procedure", ""))
    except ProcedureUnknown as unknown:
        raise Http404(unknown.message) from unknown


def _asked(
    request: HttpRequest, choices: Choices, typed: dict[str, str], form: GuidanceForm
) -> HttpResponse:
    lines = shapes.lines_of(choices, typed)
    sent = request.POST
    context: dict[str, Any] = {
        "form": form,
        "procedure": choices.version,
        "typed": [(f"{shapes.TYPED}{name}", text) for name, text in typed.items()],
        "lines": [(line, line.key in sent if form.is_bound else line.is_missing) for line in lines],
        "others": [
            (f"other_{number}", sent.get(f"other_{number}", ""))
            for number in range(1, shapes.OTHER_LINES + 1)
        ],
    }
    status = 422 if form.is_bound else 200
    return render(request, "desk/guidance_ask.html", context, status=status)


def _guidance_or_404(clerk: User, pk: int) -> Guidance:
    visible = Guidance.objects.visible_to(clerk).for_print()
    found: Guidance = get_object_or_404(visible, pk=pk)
    return found
