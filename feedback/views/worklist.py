"""The desks' pages of petitions: the worklist, one petition, its files and its acts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from dossiers import listing, paging
from dossiers.paging import CursorRefused
from dossiers.views.dossier import file_response
from dossiers.worklists import Tab
from feedback import access, presenting, telling, worklists
from feedback.access import Act
from feedback.forms.acts import FORMS, ActForm
from feedback.holding import Target
from feedback.models import Petition
from feedback.views.asking import petition_or_404, signed_in
from organizations.models import User

CONFLICTS = {"stale", "wrong_state"}


@vary_on_headers("HX-Request")
@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """Phản ánh, kiến nghị: one list of the person's tabs, a page at a time."""
    user, at = signed_in(request), timezone.now()
    tab = worklists.BY_KEY.get(request.GET.get("tab", ""), worklists.MINE)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    refusal, status = "", 200
    try:
        found = _page(tab, user, at, after, before)
    except CursorRefused as refused:
        found, refusal, status = _page(tab, user, at, "", ""), refused.messages[0], 400
    context = {
        "tab": tab,
        "tabs": _tabs(user, tab, at),
        "rows": presenting.rows(found.rows, at=at),
        "has_many_agencies": listing.has_many_agencies(user),
        "refusal": refusal,
        "next_url": listing.without(request.GET, after=found.after) if found.after else "",
        "previous_url": listing.without(request.GET, before=found.before) if found.before else "",
    }
    part = "feedback/_worklist.html" if request.htmx else "feedback/worklist.html"  # type: ignore[attr-defined]
    return render(request, part, context, status=status)


def _page(tab: Tab, user: User, at: datetime, after: str, before: str) -> paging.Page:
    return paging.page(
        worklists.petitions_of(tab, user=user, at=at).for_list(),
        order=tab.order,
        after=after,
        before=before,
        size=paging.ON_SCREEN,
    )


def _tabs(user: User, current: Tab, at: datetime) -> list[dict[str, Any]]:
    counts = worklists.counts(user, at=at)
    return [
        {"tab": tab, "count": counts.get(tab.key), "is_current": tab is current}
        for tab in worklists.TABS
    ]


@never_cache
@require_safe
def petition(request: HttpRequest, code: str) -> HttpResponse:
    """Một phản ánh: what it says, its terms, what may be done, and everything that happened."""
    user = signed_in(request)
    context = presenting.page(petition_or_404(user, code), viewer=user, at=timezone.now())
    return render(request, "feedback/petition.html", context)


@never_cache
@require_safe
def file(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Tệp kèm phản ánh: saved, never shown by the portal itself, for anybody can send one."""
    kept = get_object_or_404(petition_or_404(signed_in(request), code).files, pk=pk)
    try:
        return file_response(kept, saves=True)
    except FileNotFoundError:
        raise Http404 from None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A valid request for an act."""

    target: Target
    actor: User
    at: datetime
    given: dict[str, Any]

    @property
    def by(self) -> dict[str, Any]:
        """What every act is told."""
        return {"target": self.target, "actor": self.actor, "at": self.at}


def perform(
    request: HttpRequest, code: str, act: Act, do: Callable[[Asked], Petition]
) -> HttpResponse:
    """Read the form, do the act once, and say what happened or why it did not."""
    actor, at = signed_in(request), timezone.now()
    found = petition_or_404(actor, code)
    form = FORMS[act](request.POST, petition=found, actor=actor, at=at)
    if not form.is_valid():
        access.require(actor, found, act)
        return _again(request, found, act, form)
    given = form.cleaned_data
    target = Target(code=code, expected_version=given["version"])
    try:
        changed = do(Asked(target=target, actor=actor, at=at, given=given))
    except Petition.DoesNotExist:
        raise Http404 from None
    except ValidationError as refusal:
        code_of = getattr(refusal, "code", None)
        form.add_error(code_of if code_of in form.fields else None, refusal)
        status = 409 if code_of in CONFLICTS else 400
        return _again(request, petition_or_404(actor, code), act, form, status)
    messages.success(request, telling.done(act, changed))
    return redirect("feedback:petition", code=code)


def _again(
    request: HttpRequest, found: Petition, act: Act, form: ActForm, status: int = 400
) -> HttpResponse:
    """The petition as it is now, the reason on top, and what was entered kept."""
    context = presenting.page(found, viewer=form.actor, at=form.at, refused=(act, form))
    return render(request, "feedback/petition.html", context, status=status)
