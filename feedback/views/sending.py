"""The public form of petitions: no account, no riddle, and never a petition twice."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dossiers import limiting
from dossiers.converters import codes_in
from feedback import guarding, sending
from feedback.forms.public import PetitionForm
from feedback.sending import PetitionRequest
from feedback.statuses import Category


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limiting.limited
def send(request: HttpRequest) -> HttpResponse:
    """Gửi phản ánh, kiến nghị; the answer shows the secret once, and again on a second click."""
    at = timezone.now()
    if request.method != "POST":
        return _ask(request, PetitionForm(initial=_suggested(request, at)), at)
    form = PetitionForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, form, at, status=400)
    try:
        guarding.check_stamp(form.cleaned_data["stamp"], at=at)
        if limited := guarding.refused_for_haste(request, guarding.SENT_FROM_ADDRESS, "petition"):
            return limited
        sent = sending.send(request=_request_of(form), at=at)
    except ValidationError as refusal:
        form.add_error(_field_of(refusal, form), refusal)
        return _ask(request, form, at, status=400)
    return render(request, "feedback/sent.html", {"sent": sent, "petition": sent.petition})


def _ask(
    request: HttpRequest, form: PetitionForm, at: datetime, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "stamp": guarding.stamp(at=at), "submission_key": _key_of(form)}
    return render(request, "feedback/send.html", context, status=status)


def _key_of(form: PetitionForm) -> str:
    """The same key as long as the same person mends the same form."""
    given = form.cleaned_data.get("submission_key") if form.is_bound else None
    return str(given or uuid4())


def _suggested(request: HttpRequest, at: datetime) -> dict[str, Any]:
    """From the page of a dossier or a procedure; a dossier's code begins with its agency's."""
    codes = codes_in(request.GET.get("ho-so", "")[:100])
    initial = {"procedure": request.GET.get("thu-tuc", "")[:8]}
    if codes:
        initial |= {"dossier_code": codes[0], "agency": codes[0].split("-")[0]}
    return initial


def _request_of(form: PetitionForm) -> PetitionRequest:
    given = form.cleaned_data
    names = (
        "agency", "sender_name", "phone", "email", "address", "subject", "content",
        "dossier_code", "procedure", "submission_key",
    )  # fmt: skip
    return PetitionRequest(
        category=Category(given["category"]),
        upload=given["file"],
        **{name: given[name] for name in names},
    )


def _field_of(refusal: ValidationError, form: PetitionForm) -> str | None:
    """Refusals about one field carry its name as their code; those of files begin with "file"."""
    code = getattr(refusal, "code", None) or ""
    if code.startswith("file_"):
        return "file"
    return code if code in form.fields and code != "stamp" else None
