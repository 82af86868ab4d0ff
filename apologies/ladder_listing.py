"""The page of the ladder: where every endangered dossier stands that this person may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Subquery

from apologies import ladder
from apologies.models import ApologyLetter, ExtensionRequest, LadderWarning
from apologies.statuses import ExtensionStatus, Rung
from dossiers import listing
from dossiers.listing import Row
from dossiers.models import Dossier
from dossiers.querysets import DossierQuerySet
from organizations.models import User


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A dossier of the list, its last warning, its letter, and whether an extension is asked."""

    row: Row
    warning: LadderWarning
    said: str
    letter: ApologyLetter | None
    is_asked: bool


def on_ladder(user: User) -> DossierQuerySet:
    """Open dossiers that were warned of for the promise that holds, with their last warning."""
    last = LadderWarning.objects.filter(
        dossier=OuterRef("pk"), promised_at=OuterRef("due_at")
    ).order_by("-place")
    visible: DossierQuerySet = Dossier.objects.visible_to(user).open().without_leftovers()
    standing: DossierQuerySet = visible.annotate(
        warning_id=Subquery(last.values("pk")[:1]), rung=Subquery(last.values("rung")[:1])
    )
    return standing.filter(warning_id__isnull=False)


def counts(user: User) -> dict[str, int]:
    """How many stand on each rung, in one query."""
    found = on_ladder(user).order_by().values("rung").annotate(number=Count("pk"))
    return {row["rung"]: row["number"] for row in found}


def on_rung(user: User, rung: str) -> DossierQuerySet:
    """Those of one rung, or of all of them."""
    found = on_ladder(user)
    return found.filter(rung=rung) if rung in Rung.values else found


def standings(dossiers: Iterable[Any], *, viewer: User, at: datetime) -> list[Standing]:
    """The rows with what is known of each, in three queries for all of them."""
    found = list(dossiers)
    warnings = LadderWarning.objects.in_bulk([dossier.warning_id for dossier in found])
    letters = {
        letter.dossier_id: letter
        for letter in ApologyLetter.objects.live().filter(dossier__in=found)
    }
    asked = set(
        ExtensionRequest.objects.filter(
            dossier__in=found, status=ExtensionStatus.ASKED
        ).values_list("dossier_id", flat=True)
    )
    return [
        Standing(
            row=row,
            warning=warnings[dossier.warning_id],
            said=ladder.standing(warnings[dossier.warning_id]),
            letter=letters.get(dossier.pk),
            is_asked=dossier.pk in asked,
        )
        for dossier, row in zip(found, listing.rows(found, viewer=viewer, at=at), strict=True)
    ]
