"""What is in hand at this moment, whatever period a page shows."""

from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet, Value

from dossiers.models import Dossier
from dossiers.querysets import DossierQuerySet, has_passed, is_near
from organizations.models import Agency, User
from reporting.asking import Asked
from reporting.compiled import Compiled
from reporting.windows import Window


class Live(NamedTuple):
    """Numbers of open dossiers: all, those past their promise, those near it."""

    every: int = 0
    overdue: int = 0
    due_soon: int = 0


def of(asked: Asked, user: User, agency: Agency | None) -> Live:
    """What the person sees of an agency, or of all."""
    window = Window(period=asked.period, known_at=asked.at)
    ids = [] if agency is None else [agency.pk]
    if user.sees_everything:
        rows = _of_whole(len(ids)).rows(window, ids)
    else:
        rows = list(_counted(Dossier.objects.visible_to(user), window, ids))
    return Live(*rows[0]) if rows else Live()


@lru_cache
def _of_whole(agencies: int) -> Compiled:
    return Compiled(
        lambda window, ids: _counted(Dossier.objects.all(), window, ids), agencies=agencies
    )


def _counted(visible: DossierQuerySet, window: Window, ids: list[int]) -> QuerySet[Any, Any]:
    """One row, or none where nothing is open."""
    at, told = window.known_at, visible.open().order_by()
    rows = told.filter(agency__in=ids) if ids else told
    return (  # type: ignore[no-any-return]
        rows.annotate(whole=Value(1))
        .values("whole")
        .annotate(
            every=Count("status"),
            overdue=Count("status", filter=has_passed(at)),
            due_soon=Count("status", filter=is_near(at)),
        )
        .values_list("every", "overdue", "due_soon")
    )
