"""The acts of a decision (quyết định công bố): publish, retire, bring into force, make public."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from organizations.administering import require_administrator
from organizations.models import Agency, User
from procedures import clock_rules, drafting, publishing_rules, stored_facts, versions
from procedures.models import Decision, DecisionItem, Procedure, ProcedureVersion, VersionDraft
from procedures.parsing.facts import Finding, ProcedureFacts
from procedures.statuses import DecisionKind, Part, PublisherLevel, SourceForm
from workdays import loading


class PublishingRefusal(ValidationError):
    """An act of a decision that may not be done; the code says which rule refuses it."""


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """What the head of a decision says, and the text that made it necessary."""

    number: str
    issued_by: str
    level: PublisherLevel
    issued_date: date
    effective_date: date
    basis: str
    basis_effective_date: date
    is_shortened: bool = False
    note: str = ""


@transaction.atomic
def publish(
    *, draft: VersionDraft, seen: int, announcement: Announcement, actor: User, at: datetime
) -> DecisionItem:
    """Makes a version of the draft and writes it under its decision, all or nothing.

    The version comes into force on the decision's effective date; until then, and for every
    dossier accepted before, the former one holds.
    """
    require_administrator(actor)
    draft = drafting.held(draft, seen)
    procedure, _ = Procedure.objects.get_or_create(code=draft.code)
    procedure = _free(procedure)
    if procedure.current_version_id != draft.based_on_id:
        raise PublishingRefusal(
            "Thủ tục đã có phiên bản mới sau khi soạn bản này. Hãy bỏ bản soạn và soạn lại từ "
            "phiên bản đang áp dụng.",
            code="based_on_former",
        )
    facts = _facts_of(draft)
    kind = DecisionKind.REVISED if _is_in_force(procedure) else DecisionKind.NEW
    decision = _recorded(announcement, actor, at)
    version = _write(procedure, facts, draft.based_on, decision, announcement.note, actor, at)
    item = _item(decision, procedure, kind, announcement, version, actor, at)
    draft.delete()
    return item


@transaction.atomic
def retire(
    *, procedure: Procedure, announcement: Announcement, actor: User, at: datetime
) -> DecisionItem:
    """Takes a procedure out of force by a decision, on the day when that takes effect."""
    require_administrator(actor)
    procedure = _free(procedure)
    if not _is_in_force(procedure):
        raise PublishingRefusal("Thủ tục này đã bãi bỏ hoặc chưa áp dụng.", code="not_in_force")
    if not announcement.note.strip():
        raise PublishingRefusal("Hãy ghi lý do bãi bỏ.", code="reason_missing")
    decision = _recorded(announcement, actor, at)
    return _item(decision, procedure, DecisionKind.RETIRED, announcement, None, actor, at)


@transaction.atomic
def make_public(*, decision: Decision, item_ids: Collection[int], actor: User, at: datetime) -> int:
    """Công khai: records the moment at which these procedures were made public; how many.

    What was made public before keeps its first moment.
    """
    require_administrator(actor)
    waiting = decision.items.not_yet_public().filter(pk__in=item_ids)
    count = waiting.update(made_public_at=at, made_public_by=actor)
    if not count:
        raise PublishingRefusal(
            "Không có thủ tục nào chờ công khai trong các mục đã chọn. Hãy chọn lại.",
            code="nothing_chosen",
        )
    return count


def bring_into_force(*, at: datetime) -> int:
    """Applies the items whose day has come, each in a transaction of its own; how many."""
    due = DecisionItem.objects.waiting_on(timezone.localdate(at))
    return sum(_bring_one(pk, at) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _bring_one(item_id: int, at: datetime) -> bool:
    waiting = DecisionItem.objects.select_for_update(skip_locked=True, of=("self",))
    item = waiting.filter(pk=item_id, applied_at__isnull=True).first()
    if item is not None:
        _apply(item, at)
    return item is not None


def _apply(item: DecisionItem, at: datetime) -> None:
    procedure = Procedure.objects.select_for_update().get(pk=item.procedure_id)
    if item.version is None:
        procedure.retired_at, procedure.retired_reason = at, item.note
    else:
        procedure.current_version = item.version
        procedure.retired_at, procedure.retired_reason = None, ""
    procedure.save(update_fields=["current_version", "retired_at", "retired_reason"])
    item.applied_at = at
    item.save(update_fields=["applied_at"])


def _free(procedure: Procedure) -> Procedure:
    """The procedure, locked; one that waits for a change may not get another."""
    procedure = Procedure.objects.select_for_update().get(pk=procedure.pk)
    waiting = procedure.decision_items.filter(applied_at__isnull=True).first()
    if waiting is not None:
        raise PublishingRefusal(
            f"Thủ tục có một thay đổi chờ áp dụng từ {waiting.applies_from:%d/%m/%Y}. "
            "Hãy công bố tiếp sau ngày đó.",
            code="change_waits",
        )
    return procedure


def _is_in_force(procedure: Procedure) -> bool:
    return procedure.current_version_id is not None and procedure.retired_at is None


def _facts_of(draft: VersionDraft) -> ProcedureFacts:
    facts = stored_facts.from_json(draft.facts)
    if not facts.name.strip():
        raise PublishingRefusal("Thủ tục phải có tên. Hãy ghi tên rồi công bố.", code="no_name")
    if draft.based_on is None:
        return facts
    former = versions.read(draft.based_on)
    if former == facts:
        raise PublishingRefusal(
            "Bản soạn chưa khác phiên bản đang áp dụng. Hãy sửa rồi công bố.", code="no_change"
        )
    return replace(facts, findings=_unsettled(former, facts))


_FACTS_OF_PART = {
    Part.CHANNEL: "channels",
    Part.PAPER: "papers",
    Part.BASIS: "legal_bases",
    Part.RESULT: "results",
}


def _unsettled(former: ProcedureFacts, facts: ProcedureFacts) -> tuple[Finding, ...]:
    """Findings of the parts that nobody touched: a part that a person rewrote is settled."""

    def is_untouched(part: Part) -> bool:
        name = _FACTS_OF_PART.get(part)
        return name is None or getattr(former, name) == getattr(facts, name)

    return tuple(finding for finding in former.findings if is_untouched(finding.part))


def _write(
    procedure: Procedure,
    facts: ProcedureFacts,
    former: ProcedureVersion | None,
    decision: Decision,
    note: str,
    actor: User,
    at: datetime,
) -> ProcedureVersion:
    version = versions.write(
        procedure,
        facts,
        source=former.source if former else {},
        source_form=SourceForm(former.source_form) if former else SourceForm.MANUAL,
        actor=actor,
        at=at,
        note=note,
        decision=decision,
    )
    if former is not None:
        clock_rules.carry_over(former=former, version=version)
    return version


def _recorded(announcement: Announcement, actor: User, at: datetime) -> Decision:
    """The decision of this number and issuer; its dates are the same for all its procedures."""
    _check(announcement, timezone.localdate(at))
    decision, _ = Decision.objects.get_or_create(
        number=announcement.number,
        issued_by=announcement.issued_by,
        defaults={
            "issued_date": announcement.issued_date,
            "effective_date": announcement.effective_date,
            "level": announcement.level,
            "recorded_by": actor,
            "recorded_at": at,
        },
    )
    given = (announcement.issued_date, announcement.effective_date, announcement.level)
    if (decision.issued_date, decision.effective_date, decision.level) != given:
        raise PublishingRefusal(
            f"Quyết định {decision.number} đã ghi với ngày hoặc cấp công bố khác. "
            "Hãy đối chiếu bản giấy.",
            code="decision_differs",
        )
    return decision


def _check(announcement: Announcement, today: date) -> None:
    if announcement.issued_date > today:
        raise PublishingRefusal(
            "Ngày ban hành quyết định không thể ở sau hôm nay.", code="signed_in_the_future"
        )
    if announcement.effective_date < announcement.issued_date:
        raise PublishingRefusal(
            "Quyết định không có hiệu lực trước ngày ban hành. Hãy xem lại hai ngày.",
            code="effective_before_signed",
        )


def _item(
    decision: Decision,
    procedure: Procedure,
    kind: DecisionKind,
    announcement: Announcement,
    version: ProcedureVersion | None,
    actor: User,
    at: datetime,
) -> DecisionItem:
    if decision.items.filter(procedure=procedure).exists():
        raise PublishingRefusal(
            f"Quyết định {decision.number} đã công bố thủ tục này.", code="already_in_decision"
        )
    last_days = _deadlines(announcement)
    item = DecisionItem.objects.create(
        decision=decision,
        procedure=procedure,
        version=version,
        kind=kind,
        note=announcement.note.strip(),
        basis=announcement.basis,
        basis_effective_date=announcement.basis_effective_date,
        is_shortened=announcement.is_shortened,
        publish_by=last_days.publish_by,
        public_by=last_days.public_by,
        applies_from=announcement.effective_date,
        recorded_by=actor,
        recorded_at=at,
    )
    if item.applies_from <= timezone.localdate(at):
        _apply(item, at)
    return item


def _deadlines(announcement: Announcement) -> publishing_rules.Deadlines:
    """By the calendar of the province's own agency."""
    root = Agency.objects.filter(parent__isnull=True).order_by("pk").first()
    if root is None:
        raise PublishingRefusal("Chưa có cơ quan cấp tỉnh. Hãy tạo cơ quan trước.", code="no_root")
    return publishing_rules.deadlines(
        level=announcement.level,
        signed=announcement.issued_date,
        basis_effective=announcement.basis_effective_date,
        is_shortened=announcement.is_shortened,
        calendar=loading.calendar_for(root.schedule_id),
    )
