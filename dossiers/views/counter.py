"""The intake page of the counter: choose a procedure, receive or refuse a dossier.

Addresses, all below `tiep-nhan/`: `intake` (the page; acceptance by POST), `intake_refuse`
(`tu-choi/`), `intake_refresh` (`ve-lai/`), `intake_case` (`truong-hop/`), `intake_applicant`
(`nguoi-nop/`).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect, replace_url

from dossiers import choosing, duplicates, identity
from dossiers import intake as receiving
from dossiers.choosing import ProcedureUnknown
from dossiers.deadlines import HERE
from dossiers.forms.intake import AcceptanceForm, IntakeForm, RefusalForm
from dossiers.identity import NumberRefused
from dossiers.models import Dossier
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import ApplicantKind, DossierStatus, FormKind
from organizations.models import User
from workdays import wording

SomeForm = TypeVar("SomeForm", bound=IntakeForm)
MOST_FOUND = 12
MOST_ALIKE = 10
# A shorter number is still being typed: no word about it yet.
WHOLE_NUMBER = {ApplicantKind.PERSON: 12, ApplicantKind.ORGANISATION: 10}


@never_cache  # "Back" after an acceptance must bring a fresh form, not the one that was used up
@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest) -> HttpResponse:
    """Tiếp nhận hồ sơ: the page by GET, acceptance by POST."""
    clerk = _clerk(request)
    if request.method == "POST":
        return _accept(request, clerk, at=timezone.now())
    code, text = request.GET.get("thu_tuc", ""), request.GET.get("q", "")[:200]
    if code:
        return _chosen(request, clerk, code)
    found = choosing.found(user=clerk, text=text, most=MOST_FOUND) if text.strip() else []
    if len(found) == 1:
        return redirect(_address(found[0].code))
    return _page(request, found=found, text=text)


@require_POST
def intake_refuse(request: HttpRequest) -> HttpResponse:
    """Từ chối tiếp nhận tại quầy, with a reason."""
    clerk, at = _clerk(request), timezone.now()
    try:
        form = _bound(RefusalForm, request, clerk)
        if not form.is_valid():
            return _page(request, form)
        given = form.cleaned_data
        dossier = receiving.refuse(
            request=form.requested(), reason=given["reason"], actor=clerk, at=at
        )
    except ProcedureUnknown as unknown:
        return _page(request, note=unknown.message)
    except ValidationError as refusal:
        form.refused(refusal)
        return _page(request, form)
    return _done(request, form, dossier, at)


@require_POST
def intake_refresh(request: HttpRequest) -> HttpResponse:
    """Draw the form anew for another procedure or channel, keeping what was typed."""
    clerk = _clerk(request)
    typed: dict[str, Any] = request.POST.dict()
    code = typed.get("thu_tuc", typed.get("procedure", ""))
    if not code:
        # The picker's field is being typed in: the form stays until something is chosen.
        return HttpResponse(status=204)
    known = _known(typed, clerk)
    if "fill" in typed and known.get("dossier"):
        typed |= _facts_of(known["dossier"])
    try:
        choices = choosing.choices_for(user=clerk, code=code)
    except ProcedureUnknown as unknown:
        return _page(request, note=unknown.message)
    form = IntakeForm(choices, typed=typed)
    response = _page(request, form, note=choices.objection, known=known)
    return replace_url(response, _address(code))


@require_GET
def intake_case(request: HttpRequest) -> HttpResponse:
    """What hangs on channel, case and agency: the cases, the promised day, the fee."""
    clerk = _clerk(request)
    try:
        choices = choosing.choices_for(user=clerk, code=request.GET.get("procedure", ""))
    except ProcedureUnknown as unknown:
        raise PermissionDenied(unknown.message) from unknown
    form = IntakeForm(choices, typed=request.GET.dict())
    context = {"form": form, "preview": form.preview(timezone.now())}
    return render(request, "dossiers/_intake_changed.html", context)


@require_POST
def intake_applicant(request: HttpRequest) -> HttpResponse:
    """The earlier dossier of the same number; the number never stands in an address."""
    known = _known(request.POST.dict(), _clerk(request))
    return render(request, "dossiers/_intake_known.html", {"known": known})


def _clerk(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not request.user.counters:
        raise PermissionDenied(
            "Chỉ cán bộ một cửa được phân công trực tại một bộ phận mới tiếp nhận hồ sơ."
        )
    return request.user


def _chosen(request: HttpRequest, clerk: User, code: str) -> HttpResponse:
    """The empty form for a procedure, unless nobody can receive it here."""
    try:
        choices = choosing.choices_for(user=clerk, code=code)
    except ProcedureUnknown as unknown:
        return _page(request, note=unknown.message, status=404)
    if choices.objection:
        return _page(request, note=choices.objection)
    typed = {"channel": kind} if (kind := request.GET.get("kenh")) else {}
    return _page(request, IntakeForm(choices, typed=typed))


def _accept(request: HttpRequest, clerk: User, *, at: datetime) -> HttpResponse:
    try:
        form = _bound(AcceptanceForm, request, clerk)
        if not form.is_valid():
            return _page(request, form)
        if alike := _alike(form, clerk, at):
            return _page(request, form, alike=alike[:MOST_ALIKE], status=422)
        dossier = receiving.accept(request=form.requested(), actor=clerk, at=at)
    except ProcedureUnknown as unknown:
        return _page(request, note=unknown.message)
    except ValidationError as refusal:
        form.refused(refusal)
        return _page(request, form)
    return _done(request, form, dossier, at)


def _bound(kind: type[SomeForm], request: HttpRequest, clerk: User) -> SomeForm:
    choices = choosing.choices_for(user=clerk, code=request.POST.get("procedure", ""))
    return kind(choices, data=request.POST, uploads=request.FILES)


def _alike(form: IntakeForm, clerk: User, at: datetime) -> DossierQuerySet | None:
    """Like dossiers that the clerk has not yet waved through; a second click is not one."""
    if form.cleaned_data["despite_duplicates"]:
        return None
    alike = duplicates.possible_duplicates(request=form.requested(), actor=clerk, at=at)
    own_key = form.cleaned_data["submission_key"]
    return alike.exclude(submission_key=own_key).for_list().order_by("-id")


def _done(request: HttpRequest, form: IntakeForm, dossier: Dossier, at: datetime) -> HttpResponse:
    """To the printed form; but a form that was used up for somebody else is no second dossier."""
    is_new = at in {dossier.accepted_at, dossier.refused_at}
    if not is_new and not form.is_about(dossier):
        form.renew_key(used_for=dossier)
        return _page(request, form)
    refused = dossier.status == DossierStatus.NOT_ACCEPTED
    if is_new:
        messages.success(request, _told(dossier))
    kind = FormKind.REFUSAL if refused else FormKind.RECEIPT
    address = reverse("dossiers:form", args=[dossier.code, kind.value])
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)


def _told(dossier: Dossier) -> str:
    if dossier.status == DossierStatus.NOT_ACCEPTED:
        return f"Đã từ chối tiếp nhận hồ sơ {dossier.code} của {dossier.applicant_name}."
    told = f"Đã tiếp nhận hồ sơ {dossier.code} của {dossier.applicant_name}."
    if dossier.due_at is None:
        return told
    due_at = dossier.due_at.astimezone(HERE)
    return f"{told} Hẹn trả lúc {wording.hour(due_at)} {wording.day(due_at)}."


def _known(typed: Mapping[str, Any], clerk: User) -> dict[str, Any]:
    """The earlier dossier of the number that is typed, or what is wrong with the number."""
    is_person = typed.get("applicant_kind", ApplicantKind.PERSON) == ApplicantKind.PERSON
    name = "identity_number" if is_person else "tax_code"
    tidied = identity.personal_number if is_person else identity.tax_code
    text = str(typed.get(name, "")).strip()
    try:
        number = tidied(text) if text else ""
    except NumberRefused as refusal:
        kind = ApplicantKind.PERSON if is_person else ApplicantKind.ORGANISATION
        return {"complaint": refusal.message if len(text) >= WHOLE_NUMBER[kind] else ""}
    return {"dossier": choosing.latest_of_applicant(user=clerk, **{name: number})}


def _facts_of(dossier: Dossier) -> dict[str, str]:
    names = ("applicant_kind", "identity_number", "tax_code", "phone", "email", "address")
    return {name: getattr(dossier, name) for name in names} | {"name": dossier.applicant_name}


def _address(code: str) -> str:
    return reverse("dossiers:intake", query={"thu_tuc": code})


def _page(
    request: HttpRequest, form: IntakeForm | None = None, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The whole page; htmx takes from it what it needs."""
    if form is not None:
        context["preview"] = form.preview(timezone.now())
        status = 422 if form.complaints else status
    return render(request, "dossiers/intake.html", {"form": form, **context}, status=status)
