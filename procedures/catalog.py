"""The acts of the catalogue: publish, revise, retire, assign, confirm a time limit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from organizations.models import Agency, User
from procedures import clock_rules, versions
from procedures.models import (
    Channel,
    Decision,
    Procedure,
    ProcedureAssignment,
    ProcedureVersion,
    Step,
)
from procedures.parsing.facts import ProcedureFacts
from procedures.statuses import OnlineLevel, SourceForm, StepRole
from workdays.units import TimeUnit


class CatalogRefusal(ValidationError):
    """An act of the catalogue that may not be done; the code says which rule refuses it."""


@dataclass(frozen=True)
class StepPlan:
    """One step of the internal process, as it is to be written."""

    name: str
    role: StepRole
    share: Decimal


@transaction.atomic
def publish(
    *,
    facts: ProcedureFacts,
    actor: User | None,
    at: datetime,
    source: Mapping[str, object] | None = None,
    source_form: SourceForm = SourceForm.MANUAL,
    note: str = "",
) -> ProcedureVersion:
    """Enters a procedure into the catalogue, or a new version of one that is there.

    A retired procedure that a person publishes again is in force again.
    """
    procedure, _ = Procedure.objects.get_or_create(code=facts.code)
    procedure = _locked(procedure)
    return _add_version(procedure, facts, actor, at, source or {}, source_form, note)


@transaction.atomic
def revise(
    *, procedure: Procedure, facts: ProcedureFacts, actor: User, at: datetime, reason: str
) -> ProcedureVersion:
    """Writes a new version by hand; the dossiers of the former version keep theirs."""
    procedure = _locked(procedure)
    current = _current(procedure)
    _require_reason(reason)
    if facts.code != procedure.code:
        raise CatalogRefusal("Mã thủ tục không đổi qua các phiên bản.", code="code_changed")
    return _add_version(
        procedure, facts, actor, at, current.source, SourceForm(current.source_form), reason
    )


@transaction.atomic
def retire(*, procedure: Procedure, actor: User, at: datetime, reason: str) -> Procedure:
    """Takes a procedure out of force: no new dossier, the old ones go on."""
    procedure = _locked(procedure)
    _require_reason(reason)
    if procedure.retired_at:
        raise CatalogRefusal("Thủ tục này đã bãi bỏ từ trước.", code="already_retired")
    procedure.retired_at = at
    procedure.retired_reason = f"{reason} ({actor.full_name})"
    procedure.save(update_fields=["retired_at", "retired_reason"])
    return procedure


@transaction.atomic
def assign(
    *,
    procedure: Procedure,
    agency: Agency,
    steps: Sequence[StepPlan],
    actor: User | None,
    at: datetime,
    online_level: OnlineLevel = OnlineLevel.NONE,
    on_the_spot: bool = False,
    decision: Decision | None = None,
) -> ProcedureAssignment:
    """Gives a procedure to an agency, with its internal steps; done again, it replaces them."""
    procedure = _locked(procedure)
    _current(procedure)
    check_steps(steps)
    assignment, _ = ProcedureAssignment.objects.update_or_create(
        procedure=procedure,
        agency=agency,
        defaults={
            "is_active": True,
            "online_level": online_level,
            "on_the_spot": on_the_spot,
            "decision": decision,
            "published_at": at,
        },
    )
    assignment.steps.all().delete()
    Step.objects.bulk_create(steps_for(assignment, steps))
    return assignment


@transaction.atomic
def confirm_time_limit(
    *,
    channel: Channel,
    unit: TimeUnit,
    actor: User,
    at: datetime,
    reason: str,
    time_limit: Decimal | None = None,
    every_channel: bool = False,
) -> ProcedureVersion:
    """Says what the source left out: the unit of a limit, or a limit that it did not print.

    Nothing is guessed: a person decides, with a reason, and the decision is a new version.
    `every_channel` settles in one go the other channels that print the same bare number.
    """
    procedure = _locked(channel.version.procedure)
    current = _current(procedure)
    _require_reason(reason)
    if channel.version_id != current.pk:
        raise CatalogRefusal(
            "Thủ tục vừa có phiên bản mới. Hãy mở lại danh sách rồi xác nhận.", code="stale"
        )
    if channel.time_unit:
        raise CatalogRefusal("Kênh này đã có đơn vị thời hạn.", code="unit_known")
    number = channel.time_limit if channel.time_limit is not None else time_limit
    if number is None or number <= 0:
        raise CatalogRefusal("Hãy nhập thời hạn là một số lớn hơn 0.", code="limit_missing")
    facts = versions.with_confirmed_unit(
        current, channel, number=number, unit=unit, every_channel=every_channel
    )
    return _add_version(
        procedure, facts, actor, at, current.source, SourceForm(current.source_form), reason
    )


def check_steps(steps: Sequence[StepPlan]) -> None:
    """Refuses steps whose shares do not make 100."""
    if not steps:
        raise CatalogRefusal("Quy trình nội bộ phải có ít nhất một bước.", code="no_steps")
    if sum(step.share for step in steps) != 100:
        raise CatalogRefusal("Tỷ lệ thời gian của các bước phải cộng đủ 100 %.", code="shares")


def steps_for(assignment: ProcedureAssignment, plan: Iterable[StepPlan]) -> list[Step]:
    """The rows of an internal process, in order, yet to be written."""
    return [
        Step(
            assignment=assignment,
            position=position,
            name=step.name,
            role=step.role,
            share=step.share,
        )
        for position, step in enumerate(plan, start=1)
    ]


def _locked(procedure: Procedure) -> Procedure:
    """The row as it is now, held until the transaction ends."""
    return Procedure.objects.select_for_update().get(pk=procedure.pk)


def _current(procedure: Procedure) -> ProcedureVersion:
    current = procedure.current_version
    if current is None or procedure.retired_at:
        raise CatalogRefusal(
            "Thủ tục chưa công bố hoặc đã bãi bỏ. Hãy công bố trước.", code="not_in_force"
        )
    return current


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise CatalogRefusal("Hãy ghi lý do.", code="reason_missing")


def _add_version(
    procedure: Procedure,
    facts: ProcedureFacts,
    actor: User | None,
    at: datetime,
    source: Mapping[str, object],
    source_form: SourceForm,
    note: str,
) -> ProcedureVersion:
    version = versions.write(
        procedure,
        facts,
        source=source,
        source_form=source_form,
        actor=actor,
        at=at,
        note=note,
    )
    if procedure.current_version is not None:
        clock_rules.carry_over(former=procedure.current_version, version=version)
    procedure.current_version = version
    # A person who publishes brings a retired procedure back; a file that is read again does not.
    if actor is not None:
        procedure.retired_at, procedure.retired_reason = None, ""
    procedure.save(update_fields=["current_version", "retired_at", "retired_reason"])
    return version
