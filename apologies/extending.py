"""Phiếu đề nghị gia hạn: the officer asks for a new day, the head accepts or refuses.

The law knows one new day (NĐ 61/2018 Đ19(9)). An accepted request writes reason, fault and day
into the draft of the letter; the day changes when the head signs it. A second need is refused
and kept as a violation, which the province's office sees.
"""

from dataclasses import dataclass
from datetime import date, datetime
from unicodedata import normalize

from django.core.exceptions import PermissionDenied
from django.db import transaction

from apologies import authorities, drafting
from apologies.drafting import Proposal
from apologies.holding import LONGEST_REASON
from apologies.models import ExtensionRequest, ExtensionViolation
from apologies.statuses import LIVE_EXTENSIONS, DelayReason, ExtensionStatus
from dossiers import access, ledger
from dossiers.deadlines import local_date
from dossiers.holding import ActRefused, Target, record, required_text
from dossiers.models import Dossier, Reschedule
from dossiers.rescheduling import checked_day
from dossiers.statuses import DossierStatus, EventKind, Fault
from organizations.models import User
from workdays.loading import calendar_for

# With the words of the list before it, the reason still fits on the letter.
LONGEST_TEXT = LONGEST_REASON - 60
SECOND_NEED = (
    "Hồ sơ đã được gia hạn một lần; pháp luật không cho gia hạn lần nữa. Việc này đã được ghi "
    "nhận để Văn phòng UBND tỉnh theo dõi. Hãy giải quyết ngay và báo cáo lãnh đạo."
)


@dataclass(frozen=True, kw_only=True)
class Need:
    """What an officer asks for: why, whose doing it is, and until when."""

    reason_kind: DelayReason
    reason_text: str
    fault: Fault
    new_day: date


def ask(*, target: Target, need: Need, actor: User, at: datetime) -> ExtensionRequest:
    """Ask the head for the one new day.

    Raises Dossier.DoesNotExist when the person may not see the dossier, PermissionDenied when
    it is not assigned to them, TransitionRefused when it is not open, ActRefused when the day
    or the reason will not do, or when a new day was set or accepted before: that need is kept.
    """
    with transaction.atomic():
        dossier = _held(target, actor, at)
        if not _was_extended(dossier):
            return _asked(dossier, need, actor, at)
        _keep_violation(dossier, need, actor, at)
    # After the commit: a refusal must not take its own record back.
    raise ActRefused(SECOND_NEED, code="extended_before")


@transaction.atomic
def accept(*, target: Target, new_day: date, actor: User, at: datetime) -> ExtensionRequest:
    """Agree to a new day, the one asked for or another: it goes into the letter's draft.

    Raises as `refuse` does, and ActRefused when the day will not do.
    """
    request = _open_request(target, actor)
    dossier = request.dossier
    ledger.next_status(EventKind.EXTENSION_ASKED, DossierStatus(dossier.status))
    checked_day(
        dossier=dossier, day=new_day, calendar=calendar_for(dossier.agency.schedule_id), at=at
    )
    request.status, request.granted_day = ExtensionStatus.ACCEPTED, new_day
    _decide(request, actor, at)
    proposal = Proposal(reason=request.reason, fault=Fault(request.fault), new_day=new_day)
    drafting.draft(dossier=dossier, proposal=proposal, actor=request.asked_by, at=at)
    return request


@transaction.atomic
def refuse(*, target: Target, reason: str, actor: User, at: datetime) -> ExtensionRequest:
    """Refuse, and say why: the dossier is to be done by the day that was promised.

    Raises Dossier.DoesNotExist, PermissionDenied for all but a head of the agency who does not
    handle the dossier, ActRefused without an open request or a reason.
    """
    request = _open_request(target, actor)
    request.decision_reason = required_text(
        reason, "Hãy ghi lý do không đồng ý gia hạn để công chức biết phải làm gì.", "reason"
    )
    request.status = ExtensionStatus.REFUSED
    _decide(request, actor, at)
    record(
        request.dossier,
        EventKind.EXTENSION_REFUSED,
        actor,
        at,
        reason=request.decision_reason,
        data={"request_id": request.pk},
    )
    return request


def objection_to_ask(user: User, dossier: Dossier) -> str:
    """Why this person may not ask; empty when they may."""
    if access.handles(user, dossier):
        return ""
    return "Chỉ công chức được phân công mới đề nghị gia hạn được hồ sơ này."


def objection_to_decide(user: User, dossier: Dossier) -> str:
    """Why this person may not accept or refuse; empty when they may."""
    if not authorities.heads(user, dossier.agency_id):
        return "Chỉ lãnh đạo cơ quan giải quyết mới quyết định gia hạn."
    if access.handles(user, dossier):
        return "Người đang giải quyết hồ sơ không được tự quyết định gia hạn."
    return ""


def _held(target: Target, actor: User, at: datetime) -> Dossier:
    dossier = _locked(target, actor)
    _require(objection_to_ask(actor, dossier))
    _require_fresh(target, dossier)
    ledger.next_status(EventKind.EXTENSION_ASKED, DossierStatus(dossier.status))
    return dossier


def _locked(target: Target, actor: User) -> Dossier:
    found: Dossier = (
        Dossier.objects.visible_to(actor)
        .select_related("agency", "counter", "version")
        .select_for_update(of=("self",))
        .get(code=target.code)
    )
    return found


def _require(objection: str) -> None:
    if objection:
        raise PermissionDenied(objection)


def _require_fresh(target: Target, dossier: Dossier) -> None:
    if target.expected_version not in {None, dossier.event_count}:
        raise ActRefused(
            "Hồ sơ vừa được người khác cập nhật. Hãy xem lại tình trạng mới rồi thực hiện lại.",
            code="stale",
        )


def _was_extended(dossier: Dossier) -> bool:
    accepted = ExtensionRequest.objects.filter(dossier=dossier, status=ExtensionStatus.ACCEPTED)
    return Reschedule.objects.filter(dossier=dossier).exists() or accepted.exists()


def _asked(dossier: Dossier, need: Need, actor: User, at: datetime) -> ExtensionRequest:
    if ExtensionRequest.objects.filter(dossier=dossier, status__in=LIVE_EXTENSIONS).exists():
        raise ActRefused(
            "Hồ sơ đã có phiếu đề nghị gia hạn chờ lãnh đạo quyết định.", code="asked_before"
        )
    text = _text(need)
    calendar = calendar_for(dossier.agency.schedule_id)
    checked_day(dossier=dossier, day=need.new_day, calendar=calendar, at=at)
    assert dossier.due_at is not None  # noqa: S101 (checked_day has refused it)
    request = ExtensionRequest.objects.create(
        dossier=dossier,
        status=ExtensionStatus.ASKED,
        reason_kind=need.reason_kind,
        reason_text=text,
        fault=need.fault,
        promised_at=dossier.due_at,
        new_day=need.new_day,
        asked_by=actor,
        asked_at=at,
    )
    matter = f"đến ngày {need.new_day:%d/%m/%Y}"
    data = {
        "request_id": request.pk,
        "matter": matter,
        "fault": request.fault,
        "new_day": need.new_day.isoformat(),
    }
    record(dossier, EventKind.EXTENSION_ASKED, actor, at, reason=request.reason, data=data)
    return request


def _text(need: Need) -> str:
    """The sentence in composed letters and on one line; ActRefused when missing or too long."""
    text = " ".join(normalize("NFC", need.reason_text).split())
    if need.reason_kind == DelayReason.OTHER and not text:
        raise ActRefused("Lý do khác phải được nói rõ. Hãy ghi lý do.", code="reason_text")
    if len(text) > LONGEST_TEXT:
        raise ActRefused(
            f"Lý do dài {len(text)} ký tự, phiếu xin lỗi chỉ đủ chỗ cho {LONGEST_TEXT} ký tự. "
            "Hãy viết gọn lại.",
            code="reason_text",
        )
    return text


def _keep_violation(dossier: Dossier, need: Need, actor: User, at: datetime) -> None:
    """Once a day, in its own list and in the ledger."""
    _, is_new = ExtensionViolation.objects.get_or_create(
        dossier=dossier,
        on_day=local_date(at),
        defaults={"asked_by": actor, "at": at, "reason": need.reason_text.strip()},
    )
    if is_new:
        matter = "công chức cần gia hạn lần hai, pháp luật không cho phép"
        entry = ledger.Entry(
            kind=EventKind.WARNED, at=at, recorded_at=at, data={"matter": matter, "rung": ""}
        )
        ledger.append(dossier=dossier, entry=entry)
        dossier.save(update_fields=[*ledger.HEAD_FIELDS])


def _open_request(target: Target, actor: User) -> ExtensionRequest:
    dossier = _locked(target, actor)
    _require(objection_to_decide(actor, dossier))
    _require_fresh(target, dossier)
    request = (
        ExtensionRequest.objects.select_related("asked_by")
        .select_for_update(of=("self",))
        .filter(dossier=dossier, status=ExtensionStatus.ASKED)
        .first()
    )
    if request is None:
        raise ActRefused(
            "Không có phiếu đề nghị gia hạn nào chờ quyết định. Hãy tải lại trang.",
            code="wrong_state",
        )
    if request.asked_by_id == actor.pk:
        raise PermissionDenied("Người đề nghị không được tự quyết định gia hạn.")
    request.dossier = dossier
    return request


def _decide(request: ExtensionRequest, actor: User, at: datetime) -> None:
    request.decided_by, request.decided_at = actor, at
    request.save(
        update_fields=["status", "granted_day", "decided_by", "decided_at", "decision_reason"]
    )
