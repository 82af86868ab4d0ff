"""Which dossiers a list means when all of its filter are marked."""

from datetime import datetime

from django.http import HttpRequest, QueryDict

from desk.bulk import MOST, Mark
from dossiers import listing, worklists
from dossiers.filters import DossierFilter
from dossiers.querysets import DossierQuerySet
from organizations.models import User


def listed(request: HttpRequest, query: QueryDict, *, user: User, at: datetime) -> DossierQuerySet:
    """The whole list that this address shows, through the one door; nothing if it is refused."""
    tab = worklists.BY_KEY.get(query.get("tab", ""), worklists.home_tab(user))
    visible = worklists.dossiers_of(tab, user=user, at=at)
    chosen = DossierFilter(query, queryset=visible, request=request)
    found: DossierQuerySet = chosen.qs if chosen.form.is_valid() else visible.none()
    return found


def list_query(query: QueryDict) -> str:
    """The address of a list without the page within it, and without names of people."""
    kept = query.copy()
    for name in (*listing.CURSORS, "loc", "q"):
        kept.pop(name, None)
    return kept.urlencode()


def marks_of(
    request: HttpRequest, query: QueryDict, *, user: User, at: datetime
) -> tuple[list[Mark], bool]:
    """The first dossiers of the list as marks, and whether there are more than may be done."""
    found = listed(request, query, user=user, at=at).order_by("id")
    rows = list(found.values_list("code", "event_count")[: MOST + 1])
    marks = [Mark(code=code, version=version) for code, version in rows[:MOST]]
    return marks, len(rows) > MOST
