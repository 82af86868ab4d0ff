"""The acts on a dossier: one address each, by POST, answered by a redirect or by the reason."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dossiers import access, intake, lifecycle, presenting, telling
from dossiers.access import Act
from dossiers.forms.acts import ActForm
from dossiers.forms.offered import FORMS
from dossiers.holding import Target
from dossiers.models import Dossier
from dossiers.statuses import ReturnMethod
from dossiers.views.asking import dossier_or_404, signed_in
from organizations.models import User

# The dossier has moved on since the page was opened.
_CONFLICTS = {"stale", "wrong_state"}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a person sent for one act: who, about which dossier, with what facts."""

    target: Target
    actor: User
    at: datetime
    form: ActForm

    @property
    def given(self) -> dict[str, Any]:
        """What was entered, in its right shape."""
        return self.form.cleaned_data

    @property
    def by(self) -> dict[str, Any]:
        """The arguments that every act takes."""
        return {"target": self.target, "actor": self.actor, "at": self.at}


@never_cache
@require_POST
def accept(request: HttpRequest, code: str) -> HttpResponse:
    """Tiếp nhận hồ sơ nộp trực tuyến."""
    return perform(request, code, Act.ACCEPT, lambda asked: intake.accept_submitted(**asked.by))


@never_cache
@require_POST
def refuse(request: HttpRequest, code: str) -> HttpResponse:
    """Từ chối tiếp nhận hồ sơ nộp trực tuyến."""
    return perform(
        request,
        code,
        Act.REFUSE,
        lambda asked: intake.refuse_submitted(reason=asked.given["reason"], **asked.by),
    )


@never_cache
@require_POST
def transfer(request: HttpRequest, code: str) -> HttpResponse:
    """Chuyển cơ quan giải quyết."""
    return perform(request, code, Act.TRANSFER, lambda asked: lifecycle.transfer(**asked.by))


@never_cache
@require_POST
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Nhận xử lý."""
    return perform(request, code, Act.TAKE, lambda asked: lifecycle.take(**asked.by))


@never_cache
@require_POST
def assign(request: HttpRequest, code: str) -> HttpResponse:
    """Phân công."""
    return perform(
        request,
        code,
        Act.ASSIGN,
        lambda asked: lifecycle.assign(officer=asked.given["officer"], **asked.by),
    )


@never_cache
@require_POST
def propose(request: HttpRequest, code: str) -> HttpResponse:
    """Trình phê duyệt."""

    def act(asked: Asked) -> Dossier:
        given = asked.given
        proposal = lifecycle.Proposal(opinion=given["opinion"], draft=given["draft"])
        return lifecycle.propose(proposal=proposal, **asked.by)

    return perform(request, code, Act.PROPOSE, act)


@never_cache
@require_POST
def send_back(request: HttpRequest, code: str) -> HttpResponse:
    """Trả lại để xử lý tiếp."""
    return perform(
        request,
        code,
        Act.SEND_BACK,
        lambda asked: lifecycle.send_back(reason=asked.given["reason"], **asked.by),
    )


@never_cache
@require_POST
def approve(request: HttpRequest, code: str) -> HttpResponse:
    """Phê duyệt kết quả."""

    def act(asked: Asked) -> Dossier:
        facts = {name: asked.given[name] for name in FORMS[Act.APPROVE].base_fields}
        del facts["version"]
        return lifecycle.approve(result=lifecycle.ResultFacts(**facts), **asked.by)

    return perform(request, code, Act.APPROVE, act)


@never_cache
@require_POST
def return_result(request: HttpRequest, code: str) -> HttpResponse:
    """Trả kết quả."""

    def act(asked: Asked) -> Dossier:
        handover = lifecycle.Handover(
            recipient_name=asked.given["recipient_name"],
            recipient_identity_number=asked.given["recipient_identity_number"],
            method=ReturnMethod(asked.given["method"]),
            tracking_number=asked.given["tracking_number"],
        )
        return lifecycle.return_result(handover=handover, **asked.by)

    return perform(request, code, Act.RETURN, act)


@never_cache
@require_POST
def add_file(request: HttpRequest, code: str) -> HttpResponse:
    """Thêm tệp."""
    return perform(
        request,
        code,
        Act.ADD_FILE,
        lambda asked: lifecycle.add_file(upload=asked.given["upload"], **asked.by).dossier,
    )


def perform(
    request: HttpRequest, code: str, act: Act, do: Callable[[Asked], Dossier]
) -> HttpResponse:
    """Read the form, do the act once, and say what happened or why it did not."""
    actor, at = signed_in(request), timezone.now()
    dossier = dossier_or_404(actor, code)
    form = FORMS[act](request.POST, request.FILES, dossier=dossier, actor=actor, at=at)
    if not form.is_valid():
        access.require(actor, dossier, act)
        return _again(request, dossier, act, form)
    target = Target(code=code, expected_version=form.cleaned_data["version"])
    try:
        changed = do(Asked(target=target, actor=actor, at=at, form=form))
    except Dossier.DoesNotExist:
        raise Http404 from None
    except ValidationError as refusal:
        form.add_error(_field_of(refusal, form), refusal)
        return _again(request, dossier_or_404(actor, code), act, form, _status_of(refusal))
    messages.success(request, telling.done(act, changed))
    return redirect("dossiers:detail", code=code)


def _again(
    request: HttpRequest, dossier: Dossier, act: Act, form: ActForm, status: int = 400
) -> HttpResponse:
    """The dossier as it is now, the reason on top, and what was entered kept."""
    context = presenting.page(dossier, viewer=form.actor, at=form.at, refused=(act, form))
    return render(request, "dossiers/dossier.html", context, status=status)


def _field_of(refusal: ValidationError, form: ActForm) -> str | None:
    """Refusals about one field carry its name as their code."""
    code = getattr(refusal, "code", None)
    return code if code in form.fields else None


def _status_of(refusal: ValidationError) -> int:
    return 409 if getattr(refusal, "code", None) in _CONFLICTS else 400
