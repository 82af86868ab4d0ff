"""Pages of consultations: the worklist, one consultation, its files, and the acts on it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from dossiers import listing, paging
from dossiers.paging import CursorRefused
from dossiers.views.asking import signed_in
from dossiers.views.dossier import Kept, file_response
from dossiers.worklists import Tab
from liaison import access, answering, showing, worklists
from liaison.answering import Answer
from liaison.forms.consultations import AnswerForm, WithdrawForm
from liaison.models import AnswerFile, Consultation
from liaison.statuses import Verdict
from organizations.models import User

_CONFLICTS = {"stale", "wrong_state"}


@vary_on_headers("HX-Request")
@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """Liên thông: one list of the person's tabs, a page at a time."""
    user, at = signed_in(request), timezone.now()
    tab = worklists.BY_KEY.get(request.GET.get("tab", ""), worklists.home_tab(user))
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    refusal, status = "", 200
    try:
        found = _page_of(tab, user, at, after, before)
    except CursorRefused as refused:
        found, refusal, status = _page_of(tab, user, at, "", ""), refused.messages[0], 400
    counts = worklists.counts(user, at=at)
    context = {
        "tab": tab,
        "tabs": [
            {"tab": each, "count": counts.get(each.key), "is_current": each is tab}
            for each in worklists.TABS
        ],
        "rows": showing.rows(found.rows, at=at),
        "refusal": refusal,
        "next_url": listing.without(request.GET, after=found.after) if found.after else "",
        "previous_url": listing.without(request.GET, before=found.before) if found.before else "",
    }
    part = "liaison/_worklist.html" if request.htmx else "liaison/worklist.html"  # type: ignore[attr-defined]
    return render(request, part, context, status=status)


def _page_of(tab: Tab, user: User, at: datetime, after: str, before: str) -> paging.Page:
    return paging.page(
        worklists.consultations_of(tab, user=user, at=at).for_list(),
        order=tab.order,
        after=after,
        before=before,
        size=paging.ON_SCREEN,
    )


def consultation_or_404(user: User, pk: int) -> Consultation:
    """The consultation if the person may see it; the page "not found" otherwise."""
    try:
        return access.get_for(user, pk)
    except Consultation.DoesNotExist:
        raise Http404 from None


@never_cache
@require_safe
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """Một yêu cầu lấy ý kiến: what is asked, the shared files, the answer, and what to do."""
    return _page(request, consultation_or_404(signed_in(request), pk))


@never_cache
@require_safe
def shared_file(request: HttpRequest, pk: int, file_id: int) -> HttpResponseBase:
    """Tệp gửi kèm: for the asked agency too, and no other file of the dossier."""
    found = consultation_or_404(signed_in(request), pk)
    return _served(request, get_object_or_404(found.round.files, pk=file_id))


@never_cache
@require_safe
def answer_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Văn bản trả lời."""
    found = consultation_or_404(signed_in(request), pk)
    return _served(request, get_object_or_404(AnswerFile, consultation=found))


def _served(request: HttpRequest, kept: Kept) -> HttpResponseBase:
    try:
        return file_response(kept, saves="tai" in request.GET)
    except FileNotFoundError:
        raise Http404 from None


@never_cache
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Trả lời."""

    def act(actor: User, given: dict[str, Any]) -> str:
        said = Answer(verdict=Verdict(given["verdict"]), text=given["answer"], upload=given["file"])
        done = answering.answer(pk=pk, answer=said, actor=actor, at=timezone.now())
        return answering.said(done)

    form = AnswerForm(request.POST, request.FILES)
    return _perform(request, pk, form, access.objection_to_answer, act)


@never_cache
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Rút yêu cầu."""

    def act(actor: User, given: dict[str, Any]) -> str:
        done = answering.withdraw(pk=pk, reason=given["reason"], actor=actor, at=timezone.now())
        return f"Đã rút yêu cầu lấy ý kiến {done.agency.name}. Cơ quan này không phải trả lời nữa."

    def objection(user: User, found: Consultation) -> str:
        return access.objection_to_ask(user, found.dossier)

    return _perform(request, pk, WithdrawForm(request.POST), objection, act)


@never_cache
@require_POST
def read_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Bộ phận một cửa xác nhận đã biết cơ quan phối hợp chậm trả lời."""
    user = signed_in(request)
    consultation_or_404(user, pk)
    done = answering.read_notice(pk=pk, actor=user, at=timezone.now())
    messages.success(request, f"Đã ghi nhận. Hãy đôn đốc {done.agency.name} trả lời.")
    return redirect(done)


def _perform(
    request: HttpRequest,
    pk: int,
    form: forms.Form,
    objection: Callable[[User, Consultation], str],
    act: Callable[[User, dict[str, Any]], str],
) -> HttpResponse:
    """Do the act once, and say what happened or why it did not."""
    actor = signed_in(request)
    found = consultation_or_404(actor, pk)
    access.require(objection(actor, found))
    if not form.is_valid():
        return _page(request, found, form, 400)
    try:
        said = act(actor, form.cleaned_data)
    except ValidationError as refusal:
        code = getattr(refusal, "code", None)
        form.add_error(code if code in form.fields else None, refusal)
        status = 409 if code in _CONFLICTS else 400
        return _page(request, consultation_or_404(actor, pk), form, status)
    messages.success(request, said)
    return redirect(found)


def _page(
    request: HttpRequest,
    found: Consultation,
    refused: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """The consultation as it is now, the reason on top, and what was entered kept."""
    context = showing.page(found, viewer=signed_in(request), at=timezone.now())
    answering_now = isinstance(refused, AnswerForm)
    context |= {
        "refused": refused,
        "answer_form": refused if answering_now else AnswerForm(),
        "withdraw_form": refused if isinstance(refused, WithdrawForm) else WithdrawForm(),
    }
    return render(request, "liaison/consultation.html", context, status=status)
