"""Many letters signed by one decision, and the page that shows how far it has come."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apologies import listing, runs
from apologies.forms.letters import ManyForm
from apologies.holding import LetterTarget
from apologies.issuing import Grounds
from apologies.models import ApologyLetter, SigningRun
from dossiers import paging
from dossiers.statuses import Fault
from dossiers.views.asking import signed_in
from organizations.models import User
from organizations.roles import Role


@never_cache
@require_POST
def sign_many(request: HttpRequest) -> HttpResponse:
    """Ký các phiếu đã đánh dấu: a run of its own, each letter with its outcome."""
    actor = signed_in(request)
    if not actor.has_role(Role.HEAD):
        raise PermissionDenied("Chỉ lãnh đạo cơ quan mới ký phiếu xin lỗi.")
    form = ManyForm(request.POST)
    if not form.is_valid():
        return _again(request, actor, form)
    given = form.cleaned_data
    try:
        run = runs.start(
            targets=_marked(request),
            common=Grounds(reason=given["reason"], fault=Fault(given["fault"])),
            key=given["key"],
            actor=actor,
            at=timezone.now(),
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _again(request, actor, form)
    return redirect("apologies:run", run.pk)


@never_cache
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Đợt ký: how many are signed, how many PDFs stand, and why one was refused."""
    mine = SigningRun.objects.filter(asked_by=signed_in(request))
    shown = get_object_or_404(mine, pk=pk)
    context = {"run": shown, "progress": runs.progress(shown)}
    part = "_run_state" if getattr(request, "htmx", False) else "run"
    return render(request, f"apologies/{part}.html", context)


def _marked(request: HttpRequest) -> list[LetterTarget]:
    """`12:3` is letter 12 as it read in its revision 3."""
    pairs = [value.partition(":") for value in request.POST.getlist("letter")]
    return [
        LetterTarget(pk=int(pk), expected_revision=int(revision))
        for pk, _, revision in pairs
        if _is_number(pk) and _is_number(revision)
    ]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _again(request: HttpRequest, actor: User, form: ManyForm) -> HttpResponse:
    """The list once more, with the reason on top."""
    at = timezone.now()
    found = paging.page(listing.to_sign(actor), order=listing.BY_PROMISE, size=paging.ON_SCREEN)
    letters: list[ApologyLetter] = found.rows
    context = {
        "rows": listing.draft_rows(letters, at=at),
        "form": form,
        "tabs": listing.tabs(actor, listing.DRAFTS),
    }
    return render(request, "apologies/drafts.html", context, status=400)
