"""The acts on a sheet: open, fill, show evidence, submit; send back, mark, finish, close.

Each locks the sheet, looks at its state and version, writes, and appends one event.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from dossiers import files
from dossiers.files import Upload
from organizations.models import Agency, User
from organizations.roles import Role
from reporting.models import ReformEvent, ReformEvidence, ReformScore, ReformSheet
from reporting.reform import criteria
from reporting.reform.criteria import CriteriaSet
from reporting.refusals import SheetRefused
from reporting.statuses import SheetAct, SheetStatus

_S, _A = SheetStatus, SheetAct
# In which state each act may be done, and the state that it leads to.
WAY: Mapping[SheetAct, tuple[SheetStatus, SheetStatus]] = {
    _A.FILLED: (_S.DRAFTING, _S.DRAFTING),
    _A.EVIDENCE_ADDED: (_S.DRAFTING, _S.DRAFTING),
    _A.EVIDENCE_REMOVED: (_S.DRAFTING, _S.DRAFTING),
    _A.SUBMITTED: (_S.DRAFTING, _S.SUBMITTED),
    _A.SENT_BACK: (_S.SUBMITTED, _S.DRAFTING),
    _A.MARKED: (_S.SUBMITTED, _S.SUBMITTED),
    _A.GRADED: (_S.SUBMITTED, _S.GRADED),
    _A.CLOSED: (_S.GRADED, _S.CLOSED),
}
_COUNCIL = frozenset({_A.SENT_BACK, _A.MARKED, _A.GRADED, _A.CLOSED})


@dataclass(frozen=True, kw_only=True)
class Target:
    """The sheet that an act is about, and the version that the person was looking at."""

    agency: Agency
    year: int
    expected_version: int | None = None


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Points of one criterion with what is said to them; None where nothing was entered."""

    points: Decimal | None
    text: str


Marks = Mapping[str, Mark]


def may(user: User, agency: Agency, act: SheetAct) -> bool:
    """The agency fills in, its head submits; whoever watches over it is the council."""
    if act in _COUNCIL:
        return agency.pk in user.agency_ids_for(Role.SUPERVISOR)
    roles = (Role.HEAD,) if act == _A.SUBMITTED else (Role.HEAD, Role.OFFICER)
    return agency.pk in user.agency_ids_for(*roles)


@transaction.atomic
def open_sheet(*, target: Target, actor: User, at: datetime) -> ReformSheet:
    """Lập phiếu of the year, with the criteria that govern it; a second click finds the first's."""
    require(actor, target.agency, _A.OPENED)
    known = ReformSheet.objects.filter(agency=target.agency, year=target.year).first()
    if known is not None:
        return known
    rules = criteria.of_year(target.year)
    sheet = ReformSheet(
        agency=target.agency, year=target.year, criteria_set=rules.code, status=_S.DRAFTING
    )
    try:
        with transaction.atomic():
            sheet.save(force_insert=True)
    except IntegrityError:
        return ReformSheet.objects.get(agency=target.agency, year=target.year)
    ReformScore.objects.bulk_create(
        ReformScore(sheet=sheet, criterion=code) for code in rules.criteria
    )
    _record(sheet, _A.OPENED, _S.DRAFTING, actor, at)
    return sheet


@transaction.atomic
def fill(*, target: Target, marks: Marks, actor: User, at: datetime) -> ReformSheet:
    """Tự chấm điểm: points up to each criterion's maximum, each with its explanation."""
    sheet = _locked(target, actor, _A.FILLED)
    changed = _set_points(sheet, marks, "own_points", "explanation")
    _record(sheet, _A.FILLED, _S.DRAFTING, actor, at, data=changed)
    return sheet


@transaction.atomic
def add_evidence(
    *, target: Target, criterion: str, upload: Upload, actor: User, at: datetime
) -> ReformEvidence:
    """Thêm minh chứng; raises FileRefused for what is no PDF, JPG or PNG."""
    sheet = _locked(target, actor, _A.EVIDENCE_ADDED)
    if criterion not in criteria.load(sheet.criteria_set).criteria:
        raise SheetRefused("Hãy chọn một tiêu chí của phiếu.", code="criterion")
    good = files.checked(upload)
    kept = ReformEvidence(
        sheet=sheet,
        criterion=criterion,
        name=good.name,
        content_type=good.content_type,
        size=good.size,
        sha256=good.sha256,
        added_by=actor,
        added_at=at,
    )
    kept.file.save(f"{uuid4().hex}{files.EXTENSIONS[good.content_type]}", good.upload, save=False)
    kept.save(force_insert=True)
    data = {"criterion": criterion, "name": good.name, "sha256": good.sha256}
    _record(sheet, _A.EVIDENCE_ADDED, _S.DRAFTING, actor, at, data=data)
    return kept


@transaction.atomic
def remove_evidence(*, target: Target, pk: int, actor: User, at: datetime) -> ReformEvidence:
    """Bỏ minh chứng: it leaves the sheet, the file and its trace stay."""
    sheet = _locked(target, actor, _A.EVIDENCE_REMOVED)
    kept: ReformEvidence = sheet.evidence.select_for_update().get(pk=pk, removed_at__isnull=True)
    kept.removed_at = at
    kept.save(update_fields=["removed_at"])
    data = {"criterion": kept.criterion, "name": kept.name, "sha256": kept.sha256}
    _record(sheet, _A.EVIDENCE_REMOVED, _S.DRAFTING, actor, at, data=data)
    return kept


@transaction.atomic
def submit(*, target: Target, actor: User, at: datetime) -> ReformSheet:
    """Nộp phiếu: every criterion has points, and whatever earns points shows evidence."""
    sheet = _locked(target, actor, _A.SUBMITTED)
    missing = list(_codes(sheet, own_points__isnull=True))
    if missing:
        raise SheetRefused(f"Chưa tự chấm tiêu chí {', '.join(missing)}. Hãy chấm đủ rồi nộp.")
    shown = set(sheet.evidence.filter(removed_at__isnull=True).values_list("criterion", flat=True))
    bare = [code for code in _codes(sheet, own_points__gt=0) if code not in shown]
    if bare:
        raise SheetRefused(
            f"Tiêu chí {', '.join(bare)} có điểm mà chưa có minh chứng. Hãy thêm tệp minh chứng "
            "hoặc chấm 0 điểm."
        )
    _record(sheet, _A.SUBMITTED, _S.SUBMITTED, actor, at)
    return sheet


@transaction.atomic
def send_back(*, target: Target, reason: str, actor: User, at: datetime) -> ReformSheet:
    """Trả lại phiếu for the agency to complete; says what is lacking."""
    sheet = _locked(target, actor, _A.SENT_BACK)
    if not reason.strip():
        raise SheetRefused("Hãy ghi rõ phiếu cần bổ sung gì.", code="reason")
    _record(sheet, _A.SENT_BACK, _S.DRAFTING, actor, at, reason=reason.strip())
    return sheet


@transaction.atomic
def mark(*, target: Target, marks: Marks, actor: User, at: datetime) -> ReformSheet:
    """Thẩm định: the council's points, which may differ from the agency's with a reason only."""
    sheet = _locked(target, actor, _A.MARKED)
    own = dict(sheet.scores.values_list("criterion", "own_points"))
    for code, given in marks.items():
        if given.points is not None and given.points != own.get(code) and not given.text.strip():
            raise SheetRefused(
                f"Tiêu chí {code}: điểm thẩm định khác điểm tự chấm. Hãy ghi rõ lý do.", code=code
            )
    changed = _set_points(sheet, marks, "council_points", "council_note")
    _record(sheet, _A.MARKED, _S.SUBMITTED, actor, at, data=changed)
    return sheet


@transaction.atomic
def finish(*, target: Target, actor: User, at: datetime) -> ReformSheet:
    """Kết thúc thẩm định: every criterion is marked; the agency sees the result."""
    sheet = _locked(target, actor, _A.GRADED)
    missing = list(_codes(sheet, council_points__isnull=True))
    if missing:
        raise SheetRefused(f"Chưa thẩm định tiêu chí {', '.join(missing)}. Hãy chấm đủ.")
    _record(sheet, _A.GRADED, _S.GRADED, actor, at)
    return sheet


@transaction.atomic
def close(*, target: Target, actor: User, at: datetime) -> ReformSheet:
    """Chốt kết quả: from now on the database refuses any change of the points."""
    sheet = _locked(target, actor, _A.CLOSED)
    _record(sheet, _A.CLOSED, _S.CLOSED, actor, at)
    return sheet


def require(actor: User, agency: Agency, act: SheetAct) -> None:
    """Raise PermissionDenied unless this person may do the act; SheetRefused for the province."""
    if agency.parent_id is None:
        raise SheetRefused("Phiếu tự đánh giá lập cho sở, ban, ngành và Ủy ban nhân dân cấp xã.")
    if not may(actor, agency, act):
        raise PermissionDenied(f"Vai trò của bạn không được “{act.label.lower()}” phiếu này.")


def _locked(target: Target, actor: User, act: SheetAct) -> ReformSheet:
    require(actor, target.agency, act)
    rows = ReformSheet.objects.select_for_update()
    sheet = rows.get(agency=target.agency, year=target.year)
    if target.expected_version not in {None, sheet.event_count}:
        raise SheetRefused(
            "Phiếu vừa được người khác cập nhật. Hãy xem lại rồi thực hiện lại.", code="stale"
        )
    before = WAY[act][0]
    if sheet.status != before:
        raise SheetRefused(
            f"Phiếu đang ở trạng thái “{_S(sheet.status).label}” nên không thể "
            f"{act.label.lower()}. Hãy tải lại trang.",
            code="wrong_state",
        )
    return sheet


def _set_points(
    sheet: ReformSheet, marks: Marks, points: str, text: str
) -> dict[str, list[str | None]]:
    """Set what was entered; what changed, before and after."""
    rules: CriteriaSet = criteria.load(sheet.criteria_set)
    changed: dict[str, list[str | None]] = {}
    for score in sheet.scores.select_for_update():
        given = marks.get(score.criterion)
        if given is None:
            continue
        _check(given, rules.criteria[score.criterion])
        before, after = getattr(score, points), given.points
        if before != after:
            changed[score.criterion] = [_said(before), _said(after)]
        setattr(score, points, after)
        setattr(score, text, given.text.strip())
        score.save(update_fields=[points, text])
    return changed


def _check(given: Mark, criterion: criteria.Criterion) -> None:
    if given.points is not None and not 0 <= given.points <= criterion.maximum:
        raise SheetRefused(
            f"Tiêu chí {criterion.code}: điểm phải từ 0 đến {criterion.maximum}.",
            code=criterion.code,
        )


def _said(points: Decimal | None) -> str | None:
    return None if points is None else str(points)


def _codes(sheet: ReformSheet, **where: object) -> list[str]:
    found = set(sheet.scores.filter(**where).values_list("criterion", flat=True))
    return [code for code in criteria.load(sheet.criteria_set).criteria if code in found]


def _record(
    sheet: ReformSheet,
    act: SheetAct,
    after: SheetStatus,
    actor: User,
    at: datetime,
    *,
    reason: str = "",
    data: Mapping[str, object] | None = None,
) -> None:
    sheet.status = after
    sheet.event_count += 1
    sheet.save(update_fields=["status", "event_count"])
    ReformEvent.objects.create(
        sheet=sheet,
        sequence=sheet.event_count,
        act=act,
        actor=actor,
        actor_name=actor.full_name,
        at=at,
        reason=reason,
        data=dict(data or {}),
    )
