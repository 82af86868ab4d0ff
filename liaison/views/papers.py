"""Pages of paper files by place: how many are where, and which are with one place since when."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from dossiers import listing
from dossiers.paging import CursorRefused
from dossiers.views.asking import signed_in
from liaison import held_papers, places
from liaison.places import Place
from organizations.models import User

EVERYWHERE = "moi-noi"


@vary_on_headers("HX-Request")
@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """Hồ sơ giấy đang ở nơi nào: the list of one place, or all places that hold some."""
    user, at = signed_in(request), timezone.now()
    seen = places.seen_places(user)
    place = _chosen(request, user, seen)
    context: dict[str, Any] = {"places": seen, "place": place, "everywhere": EVERYWHERE}
    if place is None:
        return render(
            request, "liaison/papers.html", context | {"held": held_papers.overview(seen)}
        )
    shown, status = _list(request, place, user, at)
    part = "liaison/_papers.html" if request.htmx else "liaison/papers.html"  # type: ignore[attr-defined]
    return render(request, part, context | shown, status=status)


def _chosen(request: HttpRequest, user: User, seen: list[Place]) -> Place | None:
    """The place that was asked for; else the person's own, or all of several."""
    key = request.GET.get("noi", "")
    if key == EVERYWHERE:
        return None
    if not key:
        own = places.own_places(user)
        return own[0] if own else None
    place = next((each for each in seen if each.key == key), None)
    if place is None:
        raise Http404("Không có nơi này trong phạm vi của bạn.")
    return place


def _list(
    request: HttpRequest, place: Place, user: User, at: datetime
) -> tuple[dict[str, Any], int]:
    asked, tabs = request.GET, held_papers.tabs(place)
    tab = next((each for each in tabs if each.key == asked.get("tab")), tabs[0])
    day, refusal = _day(asked.get("truoc", ""))
    status = 400 if refusal else 200
    cursors = {name: asked.get(name, "") for name in ("after", "before")}
    try:
        found = held_papers.page(place, tab, before_day=day, **cursors)
    except CursorRefused as refused:
        refusal, status = refused.messages[0], 400
        found = held_papers.page(place, tab, before_day=day, after="", before="")
    return {
        "tab": tab,
        "tabs": [{"tab": each, "is_current": each is tab} for each in tabs],
        "kept": f"noi={place.key}",
        "since_label": "Giao lúc" if tab is held_papers.LEAVING else "Ở đây từ",
        "why_label": "Đi đâu" if tab is held_papers.LEAVING else "Vì sao ở đây",
        "rows": held_papers.rows(found, viewer=user, at=at),
        "refusal": refusal,
        "before_day": asked.get("truoc", ""),
        "next_url": listing.without(asked, after=found.after) if found.after else "",
        "previous_url": listing.without(asked, before=found.before) if found.before else "",
    }, status


def _day(text: str) -> tuple[date | None, str]:
    """The day that was typed, and what is wrong with it."""
    try:
        return forms.DateField(required=False).clean(text[:20]), ""
    except ValidationError:
        return None, "Ngày chưa đúng. Hãy nhập ngày như 20/11/2026."
