"""Bulk runs: what may be asked for, the start of a run, and its second try; no work is done here.

The worker's part is `bulk_work`, which web processes never import.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from celery import current_app
from django.core.exceptions import ValidationError
from django.db import transaction

from desk.models import BulkItem, BulkRun
from desk.statuses import BulkAct
from dossiers import access, ledger
from dossiers.access import Act
from dossiers.ledger import TransitionRefused
from dossiers.models import Dossier
from dossiers.statuses import DossierStatus
from organizations.models import User
from organizations.roles import Role

# As many as a person can answer for at one click.
MOST = 500
# Sent by its name: importing the task would load the PDF engine into every web process.
RUN_BULK = "desk.tasks.run_bulk"
# The act of one dossier that is done to each; printing changes nothing and needs none.
ACTS = {BulkAct.TRANSFER: Act.TRANSFER, BulkAct.ASSIGN: Act.ASSIGN, BulkAct.RETURN: Act.RETURN}
# Who is offered what in a list; each dossier is looked at again when its turn comes.
_ROLES = {
    BulkAct.TRANSFER: (Role.COUNTER,),
    BulkAct.ASSIGN: (Role.HEAD,),
    BulkAct.RETURN: (Role.COUNTER,),
    BulkAct.PRINT: (Role.COUNTER, Role.OFFICER, Role.HEAD, Role.SUPERVISOR),
}


class BulkRefused(ValidationError):
    """The run cannot be started as asked; the sentence says what to do instead."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A dossier that was marked, and the version of it that the person was looking at."""

    code: str
    version: int


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked for: which act on which dossiers, for what reason."""

    act: BulkAct
    marks: Sequence[Mark]
    submission_key: UUID
    officer: User | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """One marked dossier as the question shows it, with what will stand in the way."""

    dossier: Dossier
    mark: Mark
    objection: str


def offered_to(user: User) -> list[BulkAct]:
    """The acts that this person's roles let them ask for."""
    return [act for act in BulkAct if user.has_role(*_ROLES[act])]


def foreseen(*, act: BulkAct, marks: Sequence[Mark], actor: User) -> list[Foreseen]:
    """The marked dossiers that the person may see, each with what stands in its way by now."""
    by_code = {mark.code: mark for mark in marks}
    visible = Dossier.objects.visible_to(actor).filter(code__in=by_code).for_list()
    return [
        Foreseen(
            dossier=dossier,
            mark=by_code[dossier.code],
            objection=_objection(act, dossier, actor),
        )
        for dossier in visible.order_by("id")
    ]


def _objection(act: BulkAct, dossier: Dossier, actor: User) -> str:
    if act not in ACTS:
        return ""
    rule = access.RULES[ACTS[act]]
    try:
        ledger.next_status(rule.event, DossierStatus(dossier.status))
    except TransitionRefused as refusal:
        return " ".join(refusal.messages)
    return rule.objection(actor, dossier)


@transaction.atomic
def start(*, wanted: Wanted, actor: User, at: datetime, retries: BulkRun | None = None) -> BulkRun:
    """Write the run and its items; a worker is woken after the commit.

    The same key gives the same run again. Raises BulkRefused.
    """
    _check(wanted, actor)
    run, is_new = BulkRun.objects.get_or_create(
        submission_key=wanted.submission_key,
        defaults={
            "actor": actor,
            "act": wanted.act,
            "officer": wanted.officer,
            "reason": wanted.reason.strip(),
            "retries": retries,
            "asked_at": at,
        },
    )
    if is_new:
        BulkItem.objects.bulk_create(_items(run, wanted, actor))
        wake_after_commit(run.pk)
    elif run.actor_id != actor.pk:
        raise BulkRefused(
            "Biểu mẫu này đã được dùng. Hãy mở lại danh sách và đánh dấu lại.", code="key_used"
        )
    return run


def retry(*, run: BulkRun, actor: User, at: datetime) -> BulkRun:
    """A new run over the refused dossiers as they stand now; asked twice it is the same one."""
    refused = run.items.refused().select_related("dossier").order_by("position")
    marks = [Mark(code=item.dossier.code, version=item.dossier.event_count) for item in refused]
    wanted = Wanted(
        act=BulkAct(run.act),
        marks=marks,
        submission_key=uuid5(run.submission_key, "retry"),
        officer=run.officer,
        reason=run.reason,
    )
    return start(wanted=wanted, actor=actor, at=at, retries=run)


def wake_after_commit(run_id: int) -> None:
    """Tell a worker that a run waits; the sweep comes by in any case."""
    # Robust: a broker that is away must not turn a finished act into an error page.
    transaction.on_commit(lambda: wake(run_id=run_id), robust=True)


def wake(*, run_id: int) -> None:
    """Send the message that wakes a worker for this run."""
    current_app.send_task(RUN_BULK, kwargs={"run_id": run_id})


def _check(wanted: Wanted, actor: User) -> None:
    if not wanted.marks:
        raise BulkRefused("Chưa có hồ sơ nào được đánh dấu. Hãy đánh dấu hồ sơ.", code="nothing")
    if len(wanted.marks) > MOST:
        raise BulkRefused(
            f"Mỗi lần chỉ làm được {MOST} hồ sơ. Hãy lọc hẹp hơn hoặc chia thành nhiều lần.",
            code="too_many",
        )
    if wanted.act not in offered_to(actor):
        raise BulkRefused("Vai trò của bạn không làm được việc này hàng loạt.", code="not_yours")
    if wanted.act == BulkAct.ASSIGN and wanted.officer is None:
        raise BulkRefused("Hãy chọn công chức xử lý.", code="officer")


def _items(run: BulkRun, wanted: Wanted, actor: User) -> list[BulkItem]:
    versions = {mark.code: mark.version for mark in wanted.marks}
    visible = Dossier.objects.visible_to(actor).filter(code__in=versions)
    found = dict(visible.values_list("code", "pk"))
    missing = [code for code in versions if code not in found]
    if missing:
        raise BulkRefused(
            f"{len(missing)} hồ sơ đã đánh dấu không còn trong phạm vi bạn được xem. "
            "Hãy tải lại danh sách rồi đánh dấu lại.",
            code="not_visible",
        )
    return [
        BulkItem(run=run, position=position, dossier_id=found[code], expected_version=version)
        for position, (code, version) in enumerate(versions.items(), start=1)
    ]
