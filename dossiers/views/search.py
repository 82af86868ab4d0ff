"""Search: one field takes a code, a scanned QR, a name or a number.

Names and numbers travel by POST and wait in the session: an address ends up in logs.
"""

import re
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dossiers import listing, paging
from dossiers.converters import codes_in
from dossiers.forms.acts import SearchForm
from dossiers.listed import listed
from dossiers.models import Dossier
from dossiers.paging import CursorRefused, Page
from dossiers.querysets import DossierQuerySet
from dossiers.views.asking import signed_in
from dossiers.views.worklist import neighbours
from organizations.models import User

# The beginning of a code says nothing about a person; a passport number does.
_BEGINS_A_CODE = re.compile(r"[A-Z][0-9]{2}(?:[.-].*)?", re.IGNORECASE)
_KEPT = "searches"
_KEPT_AT_MOST = 10


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Tìm kiếm hồ sơ: an exact code opens the dossier, anything else gives a list."""
    user = signed_in(request)
    form = SearchForm(request.POST if request.method == "POST" else request.GET or None)
    if "lan" in request.GET:
        return _earlier(request, user)
    if not form.is_bound or not form.is_valid():
        return _answer(request, form, status=400 if form.errors else 200)
    term = form.cleaned_data["q"]
    if opened := _exact(user, term):
        return redirect("dossiers:detail", code=opened)
    if request.method == "POST":
        return redirect(f"{reverse('dossiers:search')}?lan={_remember(request, term)}")
    if _BEGINS_A_CODE.fullmatch(term):
        return _results(request, user, term)
    return _answer(request, form, asks_again=True)


def _exact(user: User, term: str) -> str:
    """The code in what was typed or scanned, when it is one that the person may open."""
    for code in codes_in(term):
        if Dossier.objects.visible_to(user).filter(code=code).exists():
            return code
    # A receipt of an old system bears a code that is none of ours.
    former = Dossier.objects.visible_to(user).filter(origin__legacy_code=" ".join(term.split()))
    return former.values_list("code", flat=True).first() or ""


def _remember(request: HttpRequest, term: str) -> str:
    key = secrets.token_urlsafe(6)
    kept = request.session.get(_KEPT, {}) | {key: term}
    request.session[_KEPT] = dict(list(kept.items())[-_KEPT_AT_MOST:])
    return key


def _earlier(request: HttpRequest, user: User) -> HttpResponse:
    term = request.session.get(_KEPT, {}).get(request.GET["lan"])
    if term is None:
        return _answer(request, SearchForm(), is_gone=True, status=404)
    return _results(request, user, term)


def _results(request: HttpRequest, user: User, term: str) -> HttpResponse:
    visible: DossierQuerySet = Dossier.objects.visible_to(user)
    try:
        found = _page(request, visible.search(term))
    except CursorRefused:
        return redirect(f"{request.path}{listing.without(request.GET)}")
    return _answer(
        request,
        SearchForm(initial={"q": term}),
        term=term,
        rows=listing.rows(found.rows, viewer=user, at=timezone.now()),
        pager=neighbours(request.GET, found),
    )


def _page(request: HttpRequest, matches: DossierQuerySet) -> Page:
    """A page of what was found; half the province is called Nguyễn."""
    return paging.page(
        matches,
        order=paging.NEWEST,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=paging.ON_SCREEN,
        dress=listed,
    )


def _answer(
    request: HttpRequest, form: SearchForm, *, status: int = 200, **context: object
) -> HttpResponse:
    return render(request, "dossiers/search.html", {"form": form, **context}, status=status)
