"""The acts after acceptance: transfer, assignment, proposal, approval, return.

Each public act opens its transaction, locks the dossier, looks again, and writes one event.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from dossiers import attaching, steps
from dossiers.access import Act
from dossiers.deadlines import local_date
from dossiers.files import Upload
from dossiers.holding import ActRefused, Target, locked, record, required_text
from dossiers.models import Attachment, Dossier, Result
from dossiers.statuses import AttachmentKind, EventKind, ReturnMethod
from organizations.models import User
from organizations.roles import Role
from procedures.statuses import StepRole
from workdays.loading import calendar_for


@transaction.atomic
def transfer(*, target: Target, actor: User, at: datetime, reason: str = "") -> Dossier:
    """Hand the papers to the resolving agency (NĐ 61/2018 Đ18); its steps begin to run."""
    dossier = locked(target, actor, Act.TRANSFER)
    dossier.transferred_at = at
    record(dossier, EventKind.TRANSFERRED, actor, at, saves=("transferred_at",), reason=reason)
    steps.plan(dossier=dossier, calendar=calendar_for(dossier.agency.schedule_id))
    steps.finish(dossier=dossier, role=StepRole.COUNTER, actor=actor, at=at)
    return dossier


@transaction.atomic
def take(*, target: Target, actor: User, at: datetime) -> Dossier:
    """An officer takes up a dossier of their agency that nobody has."""
    dossier = locked(target, actor, Act.TAKE)
    return _give_to(dossier, officer=actor, actor=actor, at=at)


@transaction.atomic
def assign(
    *, target: Target, officer: User, actor: User, at: datetime, reason: str = ""
) -> Dossier:
    """The head gives the dossier to an officer of the agency (NĐ 61/2018 Đ19(1))."""
    dossier = locked(target, actor, Act.ASSIGN)
    if dossier.agency_id not in officer.agency_ids_for(Role.OFFICER):
        raise ActRefused(
            f"{officer.full_name} không phải công chức của cơ quan giải quyết. "
            "Hãy chọn người khác.",
            code="not_an_officer_here",
        )
    if dossier.assignee_id == officer.pk:
        raise ActRefused(f"Hồ sơ đã do {officer.full_name} xử lý.", code="already_assigned")
    return _give_to(dossier, officer=officer, actor=actor, at=at, reason=reason)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What the officer puts before the head."""

    opinion: str
    draft: Upload | None = None


@transaction.atomic
def propose(*, target: Target, proposal: Proposal, actor: User, at: datetime) -> Dossier:
    """The officer has appraised the dossier and asks the head to approve."""
    dossier = locked(target, actor, Act.PROPOSE)
    data = attach_draft(dossier, proposal.draft, actor, at)
    dossier.proposed_by = actor
    opinion = required_text(
        proposal.opinion, "Hãy ghi ý kiến thẩm định trước khi trình.", "opinion"
    )
    record(
        dossier, EventKind.PROPOSED, actor, at, saves=("proposed_by",), reason=opinion, data=data
    )
    steps.finish(dossier=dossier, role=StepRole.OFFICER, actor=actor, at=at)
    steps.begin(dossier=dossier, role=StepRole.HEAD, at=at)
    return dossier


def attach_draft(
    dossier: Dossier, draft: Upload | None, actor: User, at: datetime
) -> dict[str, object]:
    """Keep the draft, if there is one, and what the event says of it."""
    if draft is None:
        return {}
    kept = attaching.attach(
        dossier=dossier, kind=AttachmentKind.DRAFT, upload=draft, actor=actor, at=at
    )
    return {"draft_sha256": kept.sha256}


@transaction.atomic
def send_back(*, target: Target, reason: str, actor: User, at: datetime) -> Dossier:
    """The head asks the officer to work on; the promise runs on unchanged."""
    dossier = locked(target, actor, Act.SEND_BACK)
    dossier.proposed_by = None
    text = required_text(reason, "Hãy ghi rõ nội dung cần xử lý tiếp.", "reason")
    record(dossier, EventKind.SENT_BACK, actor, at, saves=("proposed_by",), reason=text)
    steps.reopen(dossier=dossier, role=StepRole.OFFICER)
    return dossier


@dataclass(frozen=True, kw_only=True)
class ResultFacts:
    """The result as issued; without a file the officer's last draft is what was signed."""

    number: str
    issued_date: date
    signer_name: str
    signer_title: str
    file: Upload | None = None


@transaction.atomic
def approve(*, target: Target, result: ResultFacts, actor: User, at: datetime) -> Dossier:
    """The head, never the one who proposed, approves; the result waits for the citizen."""
    dossier = locked(target, actor, Act.APPROVE)
    _check_issued_date(result, dossier, at)
    kept = Result.objects.create(
        dossier=dossier,
        number=required_text(result.number, "Hãy ghi số, ký hiệu của kết quả.", "number"),
        issued_date=result.issued_date,
        signer_name=required_text(result.signer_name, "Hãy ghi họ tên người ký.", "signer_name"),
        signer_title=required_text(
            result.signer_title, "Hãy ghi chức vụ người ký.", "signer_title"
        ),
        attachment=_result_file(dossier, result.file, actor, at),
    )
    dossier.approved_by = actor
    dossier.resolved_at = at
    record(
        dossier,
        EventKind.APPROVED,
        actor,
        at,
        saves=("approved_by", "resolved_at"),
        data=_result_data(kept),
    )
    steps.finish(dossier=dossier, role=StepRole.HEAD, actor=actor, at=at)
    steps.begin(dossier=dossier, role=StepRole.COUNTER, at=at)
    return dossier


@dataclass(frozen=True, kw_only=True)
class Handover:
    """Into whose hand the result went, and how."""

    recipient_name: str
    recipient_identity_number: str = ""
    method: ReturnMethod = ReturnMethod.COUNTER
    # Of the parcel, when it went by post.
    tracking_number: str = ""


@transaction.atomic
def return_result(
    *, target: Target, handover: Handover, actor: User, at: datetime, reason: str = ""
) -> Dossier:
    """The citizen has the result (NĐ 61/2018 Đ20)."""
    dossier = locked(target, actor, Act.RETURN)
    result = dossier.result
    result.recipient_name = required_text(
        handover.recipient_name, "Hãy ghi họ tên người nhận kết quả.", "recipient_name"
    )
    result.recipient_identity_number = handover.recipient_identity_number.strip()
    result.return_method = handover.method
    result.tracking_number = _checked_way(result, handover)
    result.save(
        update_fields=[
            "recipient_name",
            "recipient_identity_number",
            "return_method",
            "tracking_number",
        ]
    )
    dossier.returned_at = at
    record(
        dossier,
        EventKind.RETURNED,
        actor,
        at,
        saves=("returned_at",),
        reason=reason,
        data={
            "recipient": result.recipient_name,
            "method": handover.method.value,
            "tracking_number": result.tracking_number,
        },
    )
    steps.finish(dossier=dossier, role=StepRole.COUNTER, actor=actor, at=at)
    return dossier


def _checked_way(result: Result, handover: Handover) -> str:
    """The parcel's number; ActRefused when the way of returning lacks what it needs."""
    if handover.method == ReturnMethod.ONLINE and result.attachment_id is None:
        raise ActRefused(
            "Kết quả không có tệp điện tử nên không trả trực tuyến được. Hãy chọn cách trả khác.",
            code="method",
        )
    if handover.method != ReturnMethod.POST:
        return ""
    return required_text(
        handover.tracking_number, "Hãy ghi số hiệu bưu gửi của kết quả.", "tracking_number"
    )


@transaction.atomic
def add_file(*, target: Target, upload: Upload, actor: User, at: datetime) -> Attachment:
    """Keep one more scan with the dossier."""
    dossier = locked(target, actor, Act.ADD_FILE)
    kept = attaching.attach(
        dossier=dossier, kind=AttachmentKind.PAPER, upload=upload, actor=actor, at=at
    )
    record(
        dossier, EventKind.FILE_ADDED, actor, at, data={"name": kept.name, "sha256": kept.sha256}
    )
    return kept


def _give_to(
    dossier: Dossier, *, officer: User, actor: User, at: datetime, reason: str = ""
) -> Dossier:
    previous = dossier.assignee.full_name if dossier.assignee else ""
    dossier.assignee = officer
    data = {"officer_id": officer.pk, "officer": officer.full_name, "previous": previous}
    record(dossier, EventKind.ASSIGNED, actor, at, saves=("assignee",), reason=reason, data=data)
    steps.begin(dossier=dossier, role=StepRole.OFFICER, at=at)
    return dossier


def _result_file(
    dossier: Dossier, upload: Upload | None, actor: User, at: datetime
) -> Attachment | None:
    if upload:
        return attaching.attach(
            dossier=dossier, kind=AttachmentKind.RESULT, upload=upload, actor=actor, at=at
        )
    return dossier.attachments.filter(kind=AttachmentKind.DRAFT).order_by("-id").first()


def _result_data(result: Result) -> dict[str, object]:
    return {
        "number": result.number,
        "issued_date": result.issued_date.isoformat(),
        "signer": result.signer_name,
        "file_sha256": result.attachment.sha256 if result.attachment else "",
    }


def _check_issued_date(result: ResultFacts, dossier: Dossier, at: datetime) -> None:
    accepted = local_date(dossier.accepted_at or at)
    if not accepted <= result.issued_date <= local_date(at):
        raise ActRefused(
            "Ngày ban hành phải từ ngày tiếp nhận đến hôm nay. Hãy kiểm tra lại ngày.",
            code="issued_date",
        )
