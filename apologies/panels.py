"""What the page of a dossier shows of its letters."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from apologies import authorities
from apologies.models import ApologyLetter
from apologies.statuses import LetterStatus
from dossiers.hanging import Hanging
from dossiers.models import Dossier
from organizations.models import User

_LETTERS = Hanging(ApologyLetter, "id DESC")


def letters_panel(dossier: Dossier, viewer: User, at: datetime) -> Mapping[str, Any] | None:
    """The dossier's letters, the newest first; nothing when there is none."""
    letters = [letter for letter in _LETTERS.of(dossier) if letter.status != LetterStatus.OBSOLETE]
    if not letters:
        return None
    return {"letters": letters, "may_sign": _may_sign(viewer, letters[0])}


def _may_sign(viewer: User, letter: ApologyLetter) -> bool:
    return letter.status == LetterStatus.DRAFT and not authorities.objection(viewer, letter)
