"""Corrections of recorded moments: proposed by one person, decided by a second (ADR 24).

"Làm sạch dữ liệu" without falsifying it: the act's line in the ledger and the dossier's own
moments stay; the true moment stands beside them with its evidence. Every proposal and every
decision is an event of the dossier, and there is no way to correct many at once.
"""

from dataclasses import dataclass
from datetime import datetime
from unicodedata import normalize

from django.db import IntegrityError, transaction

from dossiers import attaching, correction_access, correction_order, effective, ledger
from dossiers.deadlines import HERE
from dossiers.effective import Moments
from dossiers.files import Upload
from dossiers.holding import ActRefused, Target, record, required_text
from dossiers.models import Attachment, Correction, Dossier, DossierEvent
from dossiers.statuses import (
    AttachmentKind,
    CorrectionStatus,
    DossierStatus,
    EventKind,
    MomentKind,
)
from organizations.models import User


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What is said to be true, why, and what proves it: a file, or where the paper is kept."""

    moment: MomentKind
    true_at: datetime
    reason: str
    reference: str = ""
    evidence: Upload | None = None


@transaction.atomic
def propose(*, target: Target, claim: Claim, actor: User, at: datetime) -> Correction:
    """Propose another moment for an act of the ledger; nothing counts differently yet.

    Raises Dossier.DoesNotExist when the person may not see it, PermissionDenied when it is not
    their agency's, ActRefused when the page was stale, the act never happened, the moment is
    impossible or already proposed, or nothing proves it; FileRefused for a file that the portal
    does not keep.
    """
    dossier = _locked(target, actor)
    correction_access.require(correction_access.objection_to_propose(actor, dossier))
    ledger.next_status(EventKind.CORRECTION_PROPOSED, DossierStatus(dossier.status))
    now = effective.moments(dossier)
    former_at = _former(claim, now, at)
    correction_order.check(dossier, now, claim.moment, claim.true_at)
    reason = required_text(claim.reason, "Hãy ghi rõ lý do đính chính.", "reason")
    reference = _reference(claim)
    correction = Correction(
        dossier=dossier,
        event=_event_of(dossier, claim.moment),
        agency_id=dossier.agency_id,
        moment=claim.moment,
        status=CorrectionStatus.PROPOSED,
        improves=correction_order.improves(dossier, claim.moment, former_at, claim.true_at),
        former_at=former_at,
        true_at=claim.true_at,
        reason=reason,
        reference=reference,
        evidence=_evidence(dossier, claim.evidence, actor, at),
        proposed_by=actor,
        proposed_at=at,
    )
    _save_new(correction)
    _record(correction, EventKind.CORRECTION_PROPOSED, actor, at, reason=reason)
    return correction


@transaction.atomic
def accept(*, pk: int, actor: User, at: datetime, note: str = "") -> Correction:
    """Let the proposed moment count from now on, beside the recorded one.

    Raises Correction.DoesNotExist, PermissionDenied for the proposer and whoever has no say,
    ActRefused when it was decided before or another correction changed what it starts from.
    """
    correction = _held(pk, actor)
    now = effective.moments(correction.dossier)
    moment = MomentKind(correction.moment)
    if now[moment] != correction.former_at:
        raise ActRefused(
            "Mốc này đã được đính chính khác sau khi đề nghị. Hãy không chấp nhận và đề nghị lại.",
            code="outdated",
        )
    correction_order.check(correction.dossier, now, moment, correction.true_at)
    _decide(correction, CorrectionStatus.ACCEPTED, normalize("NFC", note).strip(), actor, at)
    _record(correction, EventKind.CORRECTION_ACCEPTED, actor, at, reason=correction.reason)
    return correction


@transaction.atomic
def refuse(*, pk: int, note: str, actor: User, at: datetime) -> Correction:
    """Turn the proposal down with a reason; nothing counts differently."""
    correction = _held(pk, actor)
    text = required_text(note, "Hãy ghi rõ vì sao không chấp nhận.", "note")
    _decide(correction, CorrectionStatus.REFUSED, text, actor, at)
    _record(correction, EventKind.CORRECTION_REFUSED, actor, at, reason=text)
    return correction


def _locked(target: Target, actor: User) -> Dossier:
    """The dossier under lock, as the person saw it."""
    dossier: Dossier = (
        Dossier.objects.visible_to(actor)
        .select_related("agency", "counter")
        .select_for_update(of=("self",))
        .get(code=target.code)
    )
    if target.expected_version not in {None, dossier.event_count}:
        raise ActRefused(
            "Hồ sơ vừa được người khác cập nhật. Hãy xem lại tình trạng mới rồi thực hiện lại.",
            code="stale",
        )
    return dossier


def _held(pk: int, actor: User) -> Correction:
    """The proposal and its dossier under lock, for a person who may decide it."""
    # The dossier first: every other act begins with it.
    dossier_id = Correction.objects.visible_to(actor).values_list("dossier", flat=True).get(pk=pk)
    dossier = Dossier.objects.select_for_update().get(pk=dossier_id)
    correction: Correction = (
        Correction.objects.select_related("event", "evidence", "proposed_by")
        .select_for_update(of=("self",))
        .get(pk=pk)
    )
    correction.dossier = dossier
    correction_access.require(correction_access.objection_to_decide(actor, correction))
    if correction.status != CorrectionStatus.PROPOSED:
        raise ActRefused(
            f"Đề nghị này đã được quyết định: {correction.get_status_display().lower()}. "
            "Hãy tải lại trang.",
            code="wrong_state",
        )
    return correction


def _former(claim: Claim, now: Moments, at: datetime) -> datetime:
    former_at = now[claim.moment]
    if former_at is None:
        raise ActRefused(
            f"Hồ sơ chưa có mốc “{claim.moment.label.lower()}” để đính chính. Hãy làm việc đó "
            "trên hồ sơ trước, rồi đề nghị đính chính mốc thực tế.",
            code="moment",
        )
    if claim.true_at > at:
        raise ActRefused("Mốc thực tế không thể ở tương lai. Hãy kiểm tra lại.", code="true_at")
    if claim.true_at == former_at:
        raise ActRefused("Mốc thực tế trùng với mốc đang tính: không cần sửa.", code="true_at")
    return former_at


def _reference(claim: Claim) -> str:
    reference = normalize("NFC", claim.reference).strip()
    if not reference and claim.evidence is None:
        raise ActRefused(
            "Hãy ghi số, ngày văn bản chứng minh hoặc chọn tệp quét văn bản đó.", code="reference"
        )
    return reference


def _evidence(
    dossier: Dossier, upload: Upload | None, actor: User, at: datetime
) -> Attachment | None:
    if upload is None:
        return None
    kind = AttachmentKind.EVIDENCE
    return attaching.attach(dossier=dossier, kind=kind, upload=upload, actor=actor, at=at)


def _event_of(dossier: Dossier, moment: MomentKind) -> DossierEvent:
    """The line that set the moment; the first one where that was told from elsewhere."""
    set_by = dossier.events.filter(kind__in=effective.SET_BY[moment]).order_by("sequence").last()
    found: DossierEvent = set_by or dossier.events.earliest("sequence")
    return found


def _save_new(correction: Correction) -> None:
    try:
        with transaction.atomic():
            correction.save(force_insert=True)
    except IntegrityError as error:
        if "correction_one_waits_for_moment" not in str(error):
            raise
        raise ActRefused(
            "Mốc này đang có đề nghị đính chính chờ quyết định. Hãy chờ quyết định đó.",
            code="waiting",
        ) from None


def _decide(
    correction: Correction, status: CorrectionStatus, note: str, actor: User, at: datetime
) -> None:
    post = correction_access.deciding_post(actor, correction)
    assert post is not None  # noqa: S101 (`_held` has asked)
    correction.status, correction.decision_note = status, note
    correction.decided_by, correction.decided_at = actor, at
    correction.decided_for = post.agency
    correction.save(
        update_fields=["status", "decision_note", "decided_by", "decided_at", "decided_for"]
    )


def _record(
    correction: Correction, kind: EventKind, actor: User, at: datetime, *, reason: str
) -> None:
    """The ledger keeps the whole of it: which line, before, after, what proves it."""
    evidence = correction.evidence
    data: dict[str, object] = {
        "correction": correction.pk,
        "moment": correction.moment,
        "corrects": correction.event.sequence,
        "corrects_hash": correction.event.hash,
        "before": correction.former_at.astimezone(HERE).isoformat(),
        "after": correction.true_at.astimezone(HERE).isoformat(),
        "improves": correction.improves,
        "reference": correction.reference,
        "evidence_sha256": evidence.sha256 if evidence else "",
        "proposed_by": correction.proposed_by.full_name,
        "note": correction.decision_note,
    }
    record(correction.dossier, kind, actor, at, reason=reason, data=data)
