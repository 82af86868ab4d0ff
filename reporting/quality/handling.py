"""What people do about a finding: look at it, explain it, ask that it be looked at again."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from dossiers.holding import required_text
from organizations.models import User
from organizations.roles import Role
from reporting.models import Finding, FindingStep
from reporting.statuses import OPEN_FINDINGS, FindingStatus

_OWN = (Role.OFFICER, Role.HEAD)
_WATCHING = (Role.SUPERVISOR,)


class FindingRefused(ValidationError):
    """The finding cannot be handled so; the sentence says what to do instead."""


def get_for(user: User, pk: int) -> Finding:
    """The finding if the person may see it; Finding.DoesNotExist otherwise."""
    found = (
        Finding.objects.all()
        .visible_to(user)
        .select_related(
            "agency", "counter", "dossier__version", "dossier__agency", "other", "handled_by"
        )
    )
    return found.get(pk=pk)  # type: ignore[no-any-return]


def objection_to_handle(user: User, finding: Finding) -> str:
    """Why this person may not look at it for the agency; empty when they may."""
    own = {posting.agency_id for posting in user.postings if posting.role in _OWN}
    if finding.agency_id in own or finding.counter_id in user.counter_ids:
        return ""
    return "Chỉ người của cơ quan, bộ phận một cửa có dấu hiệu này mới giải trình được."


def objection_to_reopen(user: User, finding: Finding) -> str:
    """Why this person may not turn an explanation down; empty when they may."""
    if finding.agency_id in user.agency_ids_for(*_WATCHING):
        return ""
    return "Chỉ Văn phòng UBND tỉnh mới yêu cầu xem lại một giải trình."


@transaction.atomic
def take(*, pk: int, actor: User, at: datetime) -> Finding:
    """Say that somebody looks at it now."""
    finding = _held(pk, actor)
    require(objection_to_handle(actor, finding))
    if finding.status != FindingStatus.OPEN:
        raise _refused(finding)
    return _move(finding, FindingStatus.SEEN, "", actor, at)


@transaction.atomic
def explain(*, pk: int, reason: str, actor: User, at: datetime) -> Finding:
    """Close it as no fault: the record is right, and why; a sweep does not open it again."""
    finding = _held(pk, actor)
    require(objection_to_handle(actor, finding))
    if finding.status not in OPEN_FINDINGS:
        raise _refused(finding)
    text = required_text(reason, "Hãy ghi rõ vì sao dữ liệu không sai.", "reason")
    return _move(finding, FindingStatus.EXPLAINED, text, actor, at)


@transaction.atomic
def reopen(*, pk: int, reason: str, actor: User, at: datetime) -> Finding:
    """Whoever watches over the agency does not take the explanation as enough."""
    finding = _held(pk, actor)
    require(objection_to_reopen(actor, finding))
    if finding.status != FindingStatus.EXPLAINED:
        raise _refused(finding)
    text = required_text(reason, "Hãy ghi rõ điều cần giải trình thêm.", "reason")
    return _move(finding, FindingStatus.OPEN, text, actor, at)


def _held(pk: int, actor: User) -> Finding:
    """The finding under lock, for a person who may see it."""
    found: Finding = (
        Finding.objects.all().visible_to(actor).select_for_update(of=("self",)).get(pk=pk)
    )
    return found


def _move(
    finding: Finding, status: FindingStatus, reason: str, actor: User, at: datetime
) -> Finding:
    before, finding.status = finding.status, status
    finding.reason, finding.handled_by, finding.handled_at = reason, actor, at
    finding.closed_at = None if status in OPEN_FINDINGS else at
    finding.save(update_fields=["status", "reason", "handled_by", "handled_at", "closed_at"])
    FindingStep.objects.create(
        finding=finding, from_status=before, to_status=status, reason=reason, actor=actor, at=at
    )
    return finding


def _refused(finding: Finding) -> FindingRefused:
    return FindingRefused(
        f"Dấu hiệu này đang ở tình trạng “{finding.get_status_display()}” nên không làm được "
        "việc đó. Hãy tải lại trang.",
        code="wrong_state",
    )


def require(objection: str) -> None:
    """Raise PermissionDenied with the sentence to show, if there is one."""
    if objection:
        raise PermissionDenied(objection)
