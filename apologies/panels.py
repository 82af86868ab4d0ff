"""What the page of a dossier shows of its letters."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from apologies import authorities
from apologies.models import ApologyLetter
from apologies.statuses import LetterStatus
from dossiers.models import Dossier
from organizations.models import User


def letters_panel(dossier: Dossier, viewer: User, at: datetime) -> Mapping[str, Any] | None:
    """The dossier's letters, the newest first; nothing when there is none."""
    letters = list(
        dossier.apologies.exclude(status=LetterStatus.OBSOLETE)
        .select_related("agency")
        .order_by("-pk")
    )
    if not letters:
        return None
    return {"letters": letters, "may_sign": _may_sign(viewer, dossier, letters[0])}


def _may_sign(viewer: User, dossier: Dossier, letter: ApologyLetter) -> bool:
    letter.dossier = dossier
    return letter.status == LetterStatus.DRAFT and not authorities.objection(viewer, letter)
