"""Ends without a result: declined after appraisal, stopped, withdrawn by the applicant.

Whatever ends a dossier that stood still ends the pause first: the promise is computed to the
end, so that waiting for the applicant never makes an agency late.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from unicodedata import normalize

from django.db import transaction

from dossiers import attaching, halting, printing, rules
from dossiers.access import Act
from dossiers.deadlines import local_date
from dossiers.files import Upload
from dossiers.holding import ActRefused, Target, locked, record, required_text
from dossiers.models import Dossier, Pause
from dossiers.rescheduling import PROMISE_FIELDS
from dossiers.statuses import (
    PAUSED_STATUSES,
    AttachmentKind,
    DossierStatus,
    EventKind,
    FormKind,
)
from dossiers.telling import day
from organizations.models import User


@transaction.atomic
def decline(*, target: Target, reason: str, actor: User, at: datetime) -> Dossier:
    """Not eligible after appraisal: the head, never who proposed, refuses (Đ19(8)); Mẫu 03.

    The refusal is the result; after the promised day it counts as late like any other.
    """
    dossier = locked(target, actor, Act.DECLINE)
    text = required_text(reason, "Hãy ghi rõ lý do từ chối giải quyết.", "reason")
    dossier.approved_by = actor
    _end(dossier, EventKind.DECLINED, actor, at, reason=text, saves=("approved_by",))
    printing.ask(dossier=dossier, kind=FormKind.REFUSAL, actor=actor, at=at)
    return dossier


@transaction.atomic
def stop(*, target: Target, reason: str, actor: User, at: datetime) -> Dossier:
    """The head stops the handling; printed where the rule set has a form for it (TT 03/2025).

    While a supplement is waited for, only after the days that the rule set gives for it.
    """
    dossier = locked(target, actor, Act.STOP)
    text = required_text(reason, "Hãy ghi rõ lý do dừng giải quyết.", "reason")
    if objection := objection_to_stopping(dossier, at=at):
        raise ActRefused(objection, code="wait_not_over")
    _end(dossier, EventKind.STOPPED, actor, at, reason=text)
    if rules.BY_CODE[dossier.rule_set].stop_form:
        printing.ask(dossier=dossier, kind=FormKind.STOP_NOTICE, actor=actor, at=at)
    return dossier


def objection_to_stopping(dossier: Dossier, *, at: datetime) -> str:
    """Until when the applicant may still bring the supplement; empty when that is over."""
    if dossier.status != DossierStatus.AWAITING_SUPPLEMENT:
        return ""
    since = Pause.objects.running().get(dossier=dossier).started_at
    waits = rules.BY_CODE[dossier.rule_set].supplement_waits_days
    earliest = local_date(since) + timedelta(days=waits)
    if local_date(at) >= earliest:
        return ""
    return (
        f"Người nộp còn được bổ sung hồ sơ đến hết {day(earliest - timedelta(days=1))}. "
        f"Từ {day(earliest)} mới dừng giải quyết được vì không bổ sung."
    )


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """The applicant's written wish: a scan of it, or where it is kept."""

    reference: str = ""
    file: Upload | None = None


@transaction.atomic
def withdraw(*, target: Target, withdrawal: Withdrawal, actor: User, at: datetime) -> Dossier:
    """The applicant takes the dossier back, before acceptance too; the counter records it."""
    dossier = locked(target, actor, Act.WITHDRAW)
    reference = normalize("NFC", withdrawal.reference).strip()
    if not reference and withdrawal.file is None:
        raise ActRefused(
            "Hãy ghi số, ngày của văn bản xin rút hồ sơ hoặc chọn tệp quét văn bản đó.",
            code="reference",
        )
    data: dict[str, object] = {"reference": reference}
    if withdrawal.file is not None:
        kept = attaching.attach(
            dossier=dossier, kind=AttachmentKind.PAPER, upload=withdrawal.file, actor=actor, at=at
        )
        data |= {"name": kept.name, "sha256": kept.sha256}
    _end(dossier, EventKind.WITHDRAWN, actor, at, reason=reference, data=data)
    return dossier


def _end(
    dossier: Dossier,
    kind: EventKind,
    actor: User,
    at: datetime,
    *,
    reason: str,
    data: dict[str, object] | None = None,
    saves: tuple[str, ...] = (),
) -> None:
    told = dict(data or {})
    if dossier.status in PAUSED_STATUSES:
        told |= halting.end(dossier=dossier, at=at).data
        saves = (*saves, *PROMISE_FIELDS)
    dossier.resolved_at = at
    record(dossier, kind, actor, at, saves=("resolved_at", *saves), reason=reason, data=told)
