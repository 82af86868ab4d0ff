"""The page of the ladder: where every endangered dossier stands."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apologies import ladder_listing, ladder_steps
from apologies import listing as letters
from apologies.statuses import Rung
from dossiers import listing, paging
from dossiers.paging import CursorRefused
from dossiers.views.asking import signed_in
from organizations.models import User


@require_safe
def ladder(request: HttpRequest) -> HttpResponse:
    """Bậc thang nhắc việc: a tab for each rung, the nearest promise first."""
    user, at = signed_in(request), timezone.now()
    rung = request.GET.get("bac", "")
    try:
        found = paging.page(
            ladder_listing.on_rung(user, rung).for_list(),
            order=paging.BY_DUE,
            after=request.GET.get("after", ""),
            before=request.GET.get("before", ""),
            size=paging.ON_SCREEN,
        )
    except CursorRefused:
        return redirect("apologies:ladder")
    context = {
        "standings": ladder_listing.standings(found.rows, viewer=user, at=at),
        "tabs": letters.tabs(user, letters.LADDER),
        "rungs": _rungs(user, rung),
        "may_set_days": bool(ladder_steps.settable_ids(user)),
        "has_many_agencies": listing.has_many_agencies(user),
        "next_url": listing.without(request.GET, after=found.after) if found.after else "",
        "previous_url": listing.without(request.GET, before=found.before) if found.before else "",
    }
    return render(request, "apologies/ladder.html", context)


_SHORT = {
    Rung.OFFICER: "Nhắc công chức",
    Rung.HEAD: "Nhắc lãnh đạo",
    Rung.CENTRE: "Nhắc bộ phận một cửa",
    Rung.DUE_DAY: "Đến ngày hẹn",
    Rung.LATE: "Quá hạn",
}


def _rungs(user: User, current: str) -> list[dict[str, Any]]:
    counted = ladder_listing.counts(user)
    rungs = [{"key": "", "label": "Tất cả", "count": sum(counted.values())}]
    rungs += [
        {"key": rung.value, "label": label, "count": counted.get(rung.value, 0)}
        for rung, label in _SHORT.items()
    ]
    known = current if current in Rung.values else ""
    return [{**tab, "is_current": tab["key"] == known} for tab in rungs]
