"""Brings a dossier of the cast to where a letter is due, and writes the letter."""

from datetime import datetime, timedelta
from typing import Any

from apologies import drafting, drawing, issuing
from apologies.holding import LetterTarget
from apologies.models import ApologyLetter, LetterPrint
from apologies.statuses import PrintKind
from dossiers.models import Dossier
from dossiers.statuses import Fault
from tests.conftest import NOW, Desk
from tests.dossiers.moving import walked

# A day before the promise of Friday 20/11/2026 runs out.
THURSDAY = NOW + timedelta(days=6)
REASON = "Phải xác minh thêm thông tin tại nơi cư trú cũ của người yêu cầu"


def endangered(desk: Desk, **overrides: Any) -> Dossier:
    """A dossier in the officer's hands since NOW."""
    return walked(desk, "take", **overrides)


def drafted(
    dossier: Dossier, *, reason: str = REASON, at: datetime = THURSDAY, **facts: Any
) -> ApologyLetter:
    """The sweep's draft, with a reason written into it as a head would."""
    drafting.draft_endangered(at=at)
    letter = ApologyLetter.objects.drafts().get(dossier=dossier)
    ApologyLetter.objects.filter(pk=letter.pk).update(
        **{"reason": reason, "fault": Fault.AGENCY, **facts}
    )
    return ApologyLetter.objects.get(pk=letter.pk)


def signed(letter: ApologyLetter, head: Any, *, at: datetime = THURSDAY) -> ApologyLetter:
    """The letter after its signing."""
    issuing.sign(target=LetterTarget(pk=letter.pk), actor=head, at=at)
    return ApologyLetter.objects.get(pk=letter.pk)


def sealed(letter: ApologyLetter, *, at: datetime = THURSDAY) -> LetterPrint:
    """The signed letter's PDF, drawn and sealed as a worker would."""
    order = LetterPrint.objects.get(letter=letter, kind=PrintKind.SEALED)
    drawing.draw(print_id=order.pk, at=at)
    order.refresh_from_db()
    return order


def bytes_of(order: LetterPrint) -> bytes:
    """What stands on the disk."""
    with order.file.open("rb") as file:
        return file.read()
