"""The sender's pages: follow a petition, supplement it, say what they think of the answer."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dossiers import limiting
from feedback import following, presenting, voting
from feedback.following import Proof
from feedback.forms.public import ComplainAgainForm, FollowForm, SupplementForm
from feedback.models import Petition

# What the sender just did, in a sentence on top of the page.
Do = Callable[[Proof, dict[str, Any]], Petition]


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limiting.limited
def follow(request: HttpRequest) -> HttpResponse:
    """Theo dõi phản ánh: by code and secret, which never stand in an address."""
    if request.method != "POST":
        return _ask(request, FollowForm())
    return _with_proof(request, lambda proof: _found(request, proof))


@login_not_required
@never_cache
@require_POST
@limiting.limited
def supplement(request: HttpRequest) -> HttpResponse:
    """Bổ sung theo yêu cầu."""

    def do(proof: Proof, given: dict[str, Any]) -> Petition:
        return following.supplement(
            proof=proof, text=given["text"], upload=given["file"], at=timezone.now()
        )

    form = SupplementForm(request.POST, request.FILES, auto_id="id_more_%s")
    return _act(request, "supplement_form", form, do, "Nội dung bổ sung đã được gửi.")


@login_not_required
@never_cache
@require_POST
@limiting.limited
def complain_again(request: HttpRequest) -> HttpResponse:
    """Phản ánh lại."""

    def do(proof: Proof, given: dict[str, Any]) -> Petition:
        return following.complain_again(proof=proof, reason=given["reason"], at=timezone.now())

    form = ComplainAgainForm(request.POST, auto_id="id_again_%s")
    return _act(
        request, "again_form", form, do, "Phản ánh được mở lại; cơ quan phải trả lời lần nữa."
    )


@login_not_required
@never_cache
@require_POST
@limiting.limited
def sender_vote(request: HttpRequest) -> HttpResponse:
    """Hài lòng, không hài lòng về câu trả lời."""

    def do(proof: Proof, given: dict[str, Any]) -> Petition:
        likes = request.POST.get("likes") == "1"
        return voting.vote_as_sender(proof=proof, likes=likes, at=timezone.now())

    return _act(request, "vote_form", forms.Form(request.POST), do, "Ý kiến đã được ghi nhận.")


def _act(request: HttpRequest, name: str, form: forms.Form, do: Do, done: str) -> HttpResponse:
    """Prove who asks, do the act once, and show the petition as it is now."""

    def acted(proof: Proof) -> HttpResponse:
        following.find(proof=proof)
        if not form.is_valid():
            return _found(request, proof, status=400, **{name: form, "refused": form})
        try:
            do(proof, form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(_field_of(refusal, form), refusal)
            return _found(request, proof, status=400, **{name: form, "refused": form})
        return _found(request, proof, done=done)

    return _with_proof(request, acted)


def _with_proof(request: HttpRequest, do: Callable[[Proof], HttpResponse]) -> HttpResponse:
    """Wrong codes and wrong secrets get the same answer, and only a few tries each hour."""
    form = FollowForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, status=400)
    proof = Proof(code=form.cleaned_data["code"], secret=form.cleaned_data["secret"])
    guessed = proof.code.strip().upper()
    if not limiting.may_still_guess(guessed):
        return limiting.too_many_guesses(request, guessed)
    try:
        return do(proof)
    except Petition.DoesNotExist:
        limiting.count_wrong_guess(guessed)
        form.add_error(
            None, "Không có phản ánh nào khớp với hai mã vừa nhập. Hãy xem lại rồi nhập lại."
        )
        return _ask(request, form, status=404)


def _found(request: HttpRequest, proof: Proof, *, status: int = 200, **more: Any) -> HttpResponse:
    petition = following.find(proof=proof)
    context = {
        "proof": proof,
        "supplement_form": SupplementForm(auto_id="id_more_%s"),
        "again_form": ComplainAgainForm(auto_id="id_again_%s"),
        **presenting.for_sender(petition),
        **more,
    }
    return render(request, "feedback/followed.html", context, status=status)


def _ask(request: HttpRequest, form: FollowForm, *, status: int = 200) -> HttpResponse:
    return render(request, "feedback/follow.html", {"form": form}, status=status)


def _field_of(refusal: ValidationError, form: forms.Form) -> str | None:
    code = getattr(refusal, "code", None) or ""
    if code.startswith("file_"):
        return "file"
    return code if code in form.fields else None
