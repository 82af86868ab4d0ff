"""Which moments a correction may tell: after what led to the act, before what followed it."""

from datetime import datetime

from dossiers.effective import Moments
from dossiers.holding import ActRefused
from dossiers.models import Dossier
from dossiers.statuses import MomentKind
from dossiers.telling import moment as told


def improves(dossier: Dossier, moment: MomentKind, former_at: datetime, true_at: datetime) -> bool:
    """Would a late end move towards the promise, the first or the one that counts now?"""
    if moment != MomentKind.ENDED or true_at >= former_at:
        return False
    promises = (dossier.first_due_at, dossier.due_at)
    return any(promise is not None and former_at > promise for promise in promises)


def check(dossier: Dossier, now: Moments, moment: MomentKind, true_at: datetime) -> None:
    """ActRefused when the moment would stand before what led to it, or after what followed."""
    earliest = _earliest(dossier, now, moment)
    if earliest and true_at < earliest[1]:
        raise ActRefused(
            f"Mốc thực tế không thể trước {earliest[0]} ({told(earliest[1])}). "
            "Hãy kiểm tra lại ngày giờ, hoặc đính chính mốc đó trước.",
            code="true_at",
        )
    latest = _latest(now, moment)
    if latest and true_at > latest[1]:
        raise ActRefused(
            f"Mốc thực tế không thể sau {latest[0]} ({told(latest[1])}). "
            "Hãy kiểm tra lại ngày giờ, hoặc đính chính mốc đó trước.",
            code="true_at",
        )


_Bound = tuple[str, datetime]


def _earliest(dossier: Dossier, now: Moments, moment: MomentKind) -> _Bound | None:
    begun = dossier.accepted_at or dossier.submitted_at
    bounds = [("lúc tiếp nhận", begun)]
    if moment == MomentKind.ENDED:
        bounds += [("lúc chuyển cơ quan giải quyết", now[MomentKind.TRANSFERRED])]
        bounds += [("lần tạm dừng tính thời hạn", until) for until in _pauses(dossier)]
    if moment == MomentKind.RETURNED:
        bounds += [("lúc kết thúc giải quyết", now[MomentKind.ENDED])]
    known = [(name, at) for name, at in bounds if at is not None]
    return max(known, key=lambda bound: bound[1], default=None)


def _pauses(dossier: Dossier) -> list[datetime]:
    """When each pause was over; of one that the end itself closed, when it began."""
    return [
        pause.started_at
        if pause.ended_at is None or pause.ended_at == dossier.resolved_at
        else pause.ended_at
        for pause in dossier.pauses.all()
    ]


def _latest(now: Moments, moment: MomentKind) -> _Bound | None:
    followed = {
        MomentKind.TRANSFERRED: ("lúc kết thúc giải quyết", now[MomentKind.ENDED]),
        MomentKind.ENDED: ("lúc trả kết quả", now[MomentKind.RETURNED]),
    }
    name, at = followed.get(moment, ("", None))
    return (name, at) if at is not None else None
