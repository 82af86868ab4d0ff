"""A dossier that ended late in the system but in time in fact, and those who set it right."""

from datetime import datetime, timedelta
from typing import Any

from dossiers import correcting
from dossiers.correcting import Claim
from dossiers.holding import Target
from dossiers.models import Correction, Dossier
from dossiers.statuses import MomentKind
from organizations.models import User
from tests.conftest import NOW, Desk
from tests.dossiers import moving
from tests.dossiers.moving import walked

_ACTS = {
    "take": moving._take,
    "propose": moving._propose,
    "approve": moving._approve,
    "return": moving._return,
}

# Accepted on Friday 13/11 at nine; promised for Friday 20/11 at five. The acts come twelve days
# after, an hour apart; the result was signed on the 19th.
LATE = NOW + timedelta(days=12)
TRULY = datetime.fromisoformat("2026-11-19T15:30:00+07:00")


def late(desk: Desk, last: str = "approve", **overrides: Any) -> Dossier:
    """Handed over in time; everything after it was recorded twelve days later."""
    dossier = walked(desk, "transfer", **overrides)
    for name in ("take", "propose", "approve", "return"):
        _ACTS[name](desk, Target(code=dossier.code), LATE)
        if name == last:
            break
    return Dossier.objects.get(pk=dossier.pk)


def proposed(
    dossier: Dossier,
    actor: User,
    *,
    moment: MomentKind = MomentKind.ENDED,
    true_at: datetime = TRULY,
    at: datetime = LATE + timedelta(hours=1),
    **facts: Any,
) -> Correction:
    """The proposal, with a paper that proves it."""
    known: dict[str, Any] = {
        "reason": "Mất mạng từ 19/11, đến 25/11 mới cập nhật được.",
        "reference": "Sổ theo dõi số 02, trang 14",
    }
    claim = Claim(moment=moment, true_at=true_at, **(known | facts))
    return correcting.propose(target=Target(code=dossier.code), claim=claim, actor=actor, at=at)


def accepted(correction: Correction, actor: User, *, at: datetime | None = None) -> Correction:
    """The second person's yes."""
    return correcting.accept(
        pk=correction.pk, actor=actor, at=at or correction.proposed_at + timedelta(hours=1)
    )


def of_corrections(name: str, code: str, desk: Desk) -> dict[str, Any]:
    """A proposal of the officer's about this dossier, for the walk over every address."""
    if "correction" not in name or name.endswith(("corrections", "propose_correction")):
        return {}
    dossier = Dossier.objects.get(code=code)
    known = Correction.objects.filter(dossier=dossier).first()
    if known is None:
        moment = MomentKind.ENDED if dossier.resolved_at else MomentKind.TRANSFERRED
        at = NOW + timedelta(minutes=1)
        known = proposed(dossier, desk.officer, moment=moment, true_at=at, at=at)
    return {"pk": known.pk}
