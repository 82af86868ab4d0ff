"""4 tại chỗ: received, appraised, approved and returned at the counter, stage by stage.

TT 01/2018 Đ6: where the agency has given its authority to the counter, the counter's staff
appraise in place of an officer; the head who stands by approves, and is never the one who
appraised. Each stage writes the same events as the long way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction

from dossiers import access, lifecycle, steps
from dossiers.access import Act
from dossiers.holding import ActRefused, Target, locked, record, required_text
from dossiers.lifecycle import Proposal, attach_draft
from dossiers.models import Dossier
from dossiers.statuses import DossierStatus, EventKind
from organizations.models import User
from procedures.models import ProcedureAssignment
from procedures.statuses import StepRole
from workdays.loading import calendar_for


class Stage(models.TextChoices):
    """Bước tại chỗ, in their order."""

    RECEIVE = "receive", "Tiếp nhận"
    APPRAISE = "appraise", "Thẩm định"
    APPROVE = "approve", "Phê duyệt"
    RETURN = "return", "Trả kết quả"


# Which stage is to be done in which state, and the event that does it.
_CURRENT = {
    DossierStatus.ACCEPTED: Stage.APPRAISE,
    DossierStatus.PROCESSING: Stage.APPRAISE,
    DossierStatus.AWAITING_APPROVAL: Stage.APPROVE,
    DossierStatus.RESOLVED: Stage.RETURN,
}
_DONE_BY = {
    Stage.RECEIVE: EventKind.ACCEPTED,
    Stage.APPRAISE: EventKind.PROPOSED,
    Stage.APPROVE: EventKind.APPROVED,
    Stage.RETURN: EventKind.RETURNED,
}


@dataclass(frozen=True, kw_only=True)
class Passed:
    """A stage as the page shows it: done by whom and when, being done, or still to come."""

    stage: Stage
    actor: str = ""
    at: datetime | None = None
    is_current: bool = False


def is_offered(dossier: Dossier) -> bool:
    """Has the agency given the counter its authority for this procedure?"""
    return ProcedureAssignment.objects.filter(
        procedure=dossier.version.procedure_id,
        agency=dossier.agency_id,
        is_active=True,
        on_the_spot=True,
    ).exists()


def current(dossier: Dossier) -> Stage | None:
    """What is to be done next; None when the dossier has gone another way or is done."""
    return _CURRENT.get(DossierStatus(dossier.status))


def passed(dossier: Dossier) -> list[Passed]:
    """All four stages, the latest event of each."""
    kinds = {kind: stage for stage, kind in _DONE_BY.items()}
    latest = {
        kinds[EventKind(event.kind)]: event
        for event in dossier.events.filter(kind__in=kinds).order_by("sequence")
    }
    now = current(dossier)
    order = list(Stage)
    done = order[: order.index(now)] if now else order
    return [
        Passed(stage=stage, actor=latest[stage].actor_name, at=latest[stage].at)
        if stage in done and stage in latest
        else Passed(stage=stage, is_current=stage == now)
        for stage in order
    ]


def objection(user: User, dossier: Dossier) -> str:
    """Why this person may not do the current stage; empty when they may."""
    stage = current(dossier)
    if stage is None:
        return "Hồ sơ này không còn bước nào để làm tại chỗ."
    act = {Stage.APPROVE: Act.APPROVE, Stage.RETURN: Act.RETURN}.get(stage, Act.TRANSFER)
    if dossier.status == DossierStatus.PROCESSING:
        act = Act.PROPOSE
    return access.RULES[act].objection(user, dossier)


def appraisal_of(dossier: Dossier) -> Callable[..., Dossier]:
    """The act that appraises: what the head sent back was transferred and taken up before."""
    return appraise if dossier.status == DossierStatus.ACCEPTED else lifecycle.propose


@transaction.atomic
def appraise(*, target: Target, proposal: Proposal, actor: User, at: datetime) -> Dossier:
    """Transfer, take up and propose at the counter: three events of one moment.

    Raises as `holding.locked` does; ActRefused where the agency has given no authority.
    """
    dossier = locked(target, actor, Act.TRANSFER)
    if not is_offered(dossier):
        raise ActRefused(
            "Thủ tục này không được giao giải quyết tại chỗ. Hãy chuyển cơ quan giải quyết.",
            code="wrong_state",
        )
    opinion = required_text(
        proposal.opinion, "Hãy ghi ý kiến thẩm định trước khi trình.", "opinion"
    )
    dossier.transferred_at, dossier.assignee, dossier.proposed_by = at, actor, actor
    why = "Giải quyết tại chỗ."
    record(dossier, EventKind.TRANSFERRED, actor, at, saves=("transferred_at",), reason=why)
    officer = {"officer_id": actor.pk, "officer": actor.full_name, "previous": ""}
    record(dossier, EventKind.ASSIGNED, actor, at, saves=("assignee",), data=officer)
    data = attach_draft(dossier, proposal.draft, actor, at)
    record(
        dossier, EventKind.PROPOSED, actor, at, saves=("proposed_by",), reason=opinion, data=data
    )
    steps.plan(dossier=dossier, calendar=calendar_for(dossier.agency.schedule_id))
    for role in (StepRole.COUNTER, StepRole.OFFICER):
        steps.finish(dossier=dossier, role=role, actor=actor, at=at)
    steps.begin(dossier=dossier, role=StepRole.HEAD, at=at)
    return dossier
