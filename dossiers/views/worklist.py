"""The worklist: what needs this person, what is near, what is late; and search."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from dossiers import listing, paging, worklists
from dossiers.filters import AskedFilter, DossierFilter
from dossiers.listed import listed
from dossiers.listing import OfAgency
from dossiers.paging import CursorRefused, Page
from dossiers.querysets import DossierQuerySet
from dossiers.views.asking import signed_in
from dossiers.worklists import Tab
from organizations.models import User
from organizations.roles import Role


@vary_on_headers("HX-Request")
@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """Hồ sơ: one list of the person's tabs, filtered, a page at a time."""
    user, at = signed_in(request), timezone.now()
    tidy = _tidied(request.GET)
    if tidy != request.GET:
        return redirect(f"{request.path}?{tidy.urlencode()}")
    tab = worklists.BY_KEY.get(tidy.get("tab", ""), worklists.home_tab(user))
    try:
        context = _page(request, tab, tidy, at)
        status = 200
    except CursorRefused as refusal:
        context = _page(request, tab, _from_the_start(tidy), at)
        context["refusal"] = refusal.messages[0]
        status = 400
    part = "dossiers/_worklist.html" if request.htmx else "dossiers/worklist.html"  # type: ignore[attr-defined]
    return render(request, part, context, status=status)


def _page(request: HttpRequest, tab: Tab, query: QueryDict, at: datetime) -> dict[str, Any]:
    user = signed_in(request)
    visible = worklists.dossiers_of(tab, user=user, at=at)
    chosen, is_open = _filtered(request, query, visible)
    found = paging.page(
        chosen.qs,
        dress=lambda pks: listed(pks, reader=user),
        order=tab.order,
        after=query.get("after", ""),
        before=query.get("before", ""),
        size=paging.ON_SCREEN,
    )
    chips = listing.chips(chosen, query)
    return {
        "tab": tab,
        "tabs": _tabs(user, tab, query, at),
        "rows": listing.rows(found.rows, viewer=user, at=at),
        "chips": chips,
        "filter": chosen,
        "filter_is_open": is_open,
        "open_url": listing.without(query, "loc", loc="1"),
        "close_url": listing.without(query, "loc"),
        "clear_url": f"?tab={tab.key}",
        "has_many_agencies": listing.has_many_agencies(user),
        "by_agency": _by_agency(user, tab, query, at),
        "may_receive": user.has_role(Role.COUNTER),
        **neighbours(query, found),
    }


def _filtered(
    request: HttpRequest, query: QueryDict, listed: DossierQuerySet
) -> tuple[DossierFilter, bool]:
    """The filters in force, and whether their form is drawn; one with mistakes always is."""
    if "loc" not in query:
        chosen = AskedFilter(query, queryset=listed, request=request)
        if chosen.form.is_valid():
            return chosen, False
    return DossierFilter(query, queryset=listed, request=request), True


def _tabs(user: User, current: Tab, query: QueryDict, at: datetime) -> list[dict[str, Any]]:
    counts = worklists.counts(user, at=at)
    return [
        {
            "key": tab.key,
            "label": tab.label,
            "count": counts.get(tab.key),
            "url": listing.without(query, "loc", tab=tab.key),
            "is_current": tab is current,
        }
        for tab in worklists.TABS
    ]


def _by_agency(user: User, tab: Tab, query: QueryDict, at: datetime) -> tuple[OfAgency, ...]:
    """Who is late, above the first page of what is late or near, for those who watch many."""
    if tab not in (worklists.OVERDUE, worklists.DUE_SOON) or not listing.has_many_agencies(user):
        return ()
    if {"agency", *listing.CURSORS} & set(query):
        return ()
    return listing.by_agency(user, at=at)


def neighbours(query: QueryDict, found: Page) -> dict[str, str]:
    """The addresses of the pages before and after this one."""
    return {
        "next_url": listing.without(query, after=found.after) if found.after else "",
        "previous_url": listing.without(query, before=found.before) if found.before else "",
    }


def _tidied(query: QueryDict) -> QueryDict:
    """Without empty filters, and without names or numbers of people, which search alone takes."""
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        full = [value for value in values if value.strip()]
        if full and name != "q":
            kept.setlist(name, full)
    return kept


def _from_the_start(query: QueryDict) -> QueryDict:
    kept = query.copy()
    for name in listing.CURSORS:
        kept.pop(name, None)
    return kept
