"""The public check of a letter: by the code of its QR, and by the PDF itself."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apologies import verifying
from apologies.forms.letters import CodeForm, FileForm
from apologies.models import ApologyLetter
from dossiers import limiting


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limiting.limited
def verify(request: HttpRequest) -> HttpResponse:
    """Xác minh phiếu xin lỗi: a code leads to its page, a file is judged here."""
    if request.FILES:
        return _judged(request, None)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        return redirect("apologies:verify_code", form.cleaned_data["code"])
    return _page(request, {"code_form": form}, status=400 if form.errors else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limiting.limited
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """The page behind the QR: number, agency, day, hash, and whether the letter still stands."""
    try:
        letter = verifying.by_code(code)
    except ApologyLetter.DoesNotExist:
        return _page(request, {"unknown_code": True}, status=404)
    if request.method == "POST":
        return _judged(request, letter)
    return _page(request, {"letter": letter, "kept": verifying.sealed_print(letter)})


def _judged(request: HttpRequest, expected: ApologyLetter | None) -> HttpResponse:
    """What the file that was sent is."""
    form = FileForm(request.POST, request.FILES)
    known = {"letter": expected, "kept": verifying.sealed_print(expected)} if expected else {}
    if not form.is_valid():
        return _page(request, {**known, "file_form": form}, status=400)
    answer = verifying.judge(form.cleaned_data["file"], expected=expected)
    letter = answer.letter
    kept = verifying.sealed_print(letter) if letter else None
    return _page(request, {"letter": letter, "kept": kept, "answer": answer})


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    forms = {"code_form": CodeForm(), "file_form": FileForm()}
    return render(request, "apologies/verify.html", {**forms, **context}, status=status)
