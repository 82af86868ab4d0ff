"""The plain values of Mẫu 02 (what is missing) and of the notice that handling has stopped."""

from dataclasses import dataclass

from dossiers.issuers import with_full_stop
from dossiers.models import PrintedForm, SupplementItem
from dossiers.receipts import Head, Party, head_of, official_moment, party_of
from dossiers.statuses import EventKind, FormKind
from procedures.statuses import ClockEffect

# What waiting does to the day, in words that an applicant can use.
_CLOCK = {
    ClockEffect.RESTART: "được tính lại từ đầu kể từ khi nhận đủ hồ sơ bổ sung",
    ClockEffect.SUBTRACT: "được tính tiếp kể từ khi nhận đủ hồ sơ bổ sung",
    ClockEffect.SHIFT: "được lùi theo số ngày chờ bổ sung",
}


@dataclass(frozen=True, kw_only=True)
class SupplementSlip:
    """Mẫu 02: phiếu yêu cầu bổ sung, hoàn thiện hồ sơ."""

    head: Head
    party: Party
    items: tuple[SupplementItem, ...]
    reason: str
    basis: str
    asked_at: str
    clock: str
    officer: str


@dataclass(frozen=True, kw_only=True)
class StopNotice:
    """Thông báo dừng giải quyết hồ sơ (form 05 of TT 03/2025)."""

    head: Head
    party: Party
    received_at: str
    stopped_at: str
    reason: str
    signer: str
    signer_title: str


def supplement_of(form: PrintedForm) -> SupplementSlip:
    """The request that this print goes with: both bear the same number."""
    request = form.dossier.supplement_requests.select_related("pause", "asked_by").get(
        number=form.number
    )
    return SupplementSlip(
        head=head_of(form.dossier, FormKind.SUPPLEMENT, request.asked_at),
        party=party_of(form.dossier),
        items=tuple(request.items.order_by("position")),
        reason=request.reason,
        basis=request.basis,
        asked_at=official_moment(request.asked_at),
        clock=_CLOCK[ClockEffect(request.pause.effect)],
        officer=request.asked_by.full_name,
    )


def stop_notice_of(form: PrintedForm) -> StopNotice:
    """The notice, with the reason that the ledger keeps and the head who decided."""
    dossier = form.dossier
    event = dossier.events.select_related("actor").get(kind=EventKind.STOPPED)
    accepted_at = dossier.accepted_at or event.at
    return StopNotice(
        head=head_of(dossier, FormKind.STOP_NOTICE, event.at),
        party=party_of(dossier),
        received_at=official_moment(accepted_at),
        stopped_at=official_moment(event.at),
        reason=with_full_stop(event.reason),
        signer=event.actor_name,
        signer_title=event.actor.title if event.actor else "",
    )
