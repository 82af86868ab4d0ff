"""The acts that give a procedure to agencies with its internal steps, and take it away."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from organizations.administering import require_administrator
from organizations.models import Agency, User
from procedures.catalog import CatalogRefusal, StepPlan, check_steps, steps_for
from procedures.models import Procedure, ProcedureAssignment, Step
from procedures.statuses import OnlineLevel


@dataclass(frozen=True, kw_only=True)
class Handling:
    """How an agency handles a procedure: online how far, at the counter alone, by which steps."""

    steps: Sequence[StepPlan]
    online_level: OnlineLevel = OnlineLevel.NONE
    online_reason: str = ""
    on_the_spot: bool = False


@transaction.atomic
def assign(
    *,
    procedure: Procedure,
    agencies: Collection[Agency],
    handling: Handling,
    actor: User,
    at: datetime,
) -> int:
    """Gives the procedure to these agencies; done again, it replaces how they handle it.

    Dossiers that run keep the steps that they began with. How many agencies.
    """
    require_administrator(actor)
    procedure = Procedure.objects.select_for_update().get(pk=procedure.pk)
    _check(procedure, agencies, handling)
    ProcedureAssignment.objects.bulk_create(
        (_row(procedure, agency, handling, at) for agency in agencies),
        update_conflicts=True,
        unique_fields=["procedure", "agency"],
        update_fields=["is_active", "online_level", "online_reason", "on_the_spot"],
    )
    rows = list(procedure.assignments.filter(agency__in=agencies))
    Step.objects.filter(assignment__in=rows).delete()
    Step.objects.bulk_create(step for row in rows for step in steps_for(row, handling.steps))
    return len(rows)


@transaction.atomic
def withdraw(*, procedure: Procedure, agency: Agency, actor: User) -> ProcedureAssignment:
    """Takes the procedure from an agency: no new dossier there, the running ones go on."""
    require_administrator(actor)
    assignments = procedure.assignments.select_for_update(of=("self",))
    assignment = assignments.filter(agency=agency, is_active=True).first()
    if assignment is None:
        raise CatalogRefusal("Cơ quan này không còn được giao thủ tục.", code="not_assigned")
    assignment.is_active = False
    assignment.save(update_fields=["is_active"])
    return assignment


def _row(
    procedure: Procedure, agency: Agency, handling: Handling, at: datetime
) -> ProcedureAssignment:
    return ProcedureAssignment(
        procedure=procedure,
        agency=agency,
        is_active=True,
        online_level=handling.online_level,
        online_reason=handling.online_reason.strip(),
        on_the_spot=handling.on_the_spot,
        published_at=at,
    )


def _check(procedure: Procedure, agencies: Collection[Agency], handling: Handling) -> None:
    if procedure.current_version_id is None or procedure.retired_at:
        raise CatalogRefusal(
            "Thủ tục chưa công bố hoặc đã bãi bỏ. Hãy công bố trước.", code="not_in_force"
        )
    if not agencies:
        raise CatalogRefusal("Hãy chọn ít nhất một cơ quan.", code="no_agency")
    if handling.online_level == OnlineLevel.PARTIAL and not handling.online_reason.strip():
        raise CatalogRefusal(
            "Dịch vụ một phần phải có lý do chưa cung cấp toàn trình (Điều 14 Nghị định "
            "224/2026/NĐ-CP). Hãy ghi lý do.",
            code="reason_missing",
        )
    check_steps(handling.steps)
