"""Does bulk runs, in workers only: dossier by dossier through the acts of one dossier.

Each dossier has a transaction of its own in which its item is settled as well: whenever a worker
dies, every item is either done with its event in the ledger, or still to be done.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Max, Q

from desk import bulk, merging
from desk.models import BulkItem, BulkRun
from desk.statuses import BulkAct, ItemState
from dossiers import lifecycle, rendering
from dossiers.holding import Target
from dossiers.models import Dossier, PrintedForm
from dossiers.statuses import FormKind, ReturnMethod

logger = logging.getLogger(__name__)

# Without progress for so long, a run's worker is taken for dead.
SILENCE = timedelta(seconds=30)
BATCH = 50
MAX_ATTEMPTS = 3
GONE = "Hồ sơ không còn trong phạm vi bạn được xem."
BROKEN = "Hệ thống gặp lỗi với hồ sơ này, chưa có gì được ghi. Hãy làm lại; nếu vẫn lỗi, hãy báo quản trị."  # noqa: E501
NOT_PRINTED = "Giấy tiếp nhận của hồ sơ này chưa có tệp. Hãy mở hồ sơ để tạo lại."


class NothingToPrint(ValidationError):
    """The dossier has no receipt, or its file could not be drawn."""


def do_next(*, run_id: int, at: datetime) -> bool:
    """Settle the next dossier that nobody else holds; False when there is none."""
    with transaction.atomic():
        item = _taken(run_id)
        if item is None:
            return False
        told = _refusal_of(item, at)
        item.state = ItemState.REFUSED if told else ItemState.DONE
        item.told, item.settled_at = told[:500], at
        item.save(update_fields=["state", "told", "settled_at"])
    return True


def finish(*, run_id: int, at: datetime) -> None:
    """Close the run when nothing is left; a run that prints first gets its one file."""
    tried = BulkRun.objects.unfinished().filter(pk=run_id)
    tried.exclude(items__state=ItemState.PENDING).update(attempts=F("attempts") + 1)
    with transaction.atomic():
        run = _settled(run_id)
        if run is None:
            return
        if run.act == BulkAct.PRINT:
            _merge(run)
        run.finished_at = at
        run.save(update_fields=["file", "failure", "finished_at"])


def forsaken(*, at: datetime) -> list[int]:
    """The runs that no worker has moved for a while: to be woken again."""
    silent_since = at - SILENCE
    waiting = BulkRun.objects.unfinished().filter(asked_at__lte=silent_since)
    waiting = waiting.annotate(moved_at=Max("items__settled_at")).filter(
        Q(moved_at__isnull=True) | Q(moved_at__lte=silent_since)
    )
    return list(waiting.order_by("asked_at").values_list("pk", flat=True)[:BATCH])


def wake_forsaken(*, at: datetime) -> int:
    """Wake a worker for each run whose own one died or whose message was lost; how many."""
    run_ids = forsaken(at=at)
    for run_id in run_ids:
        bulk.wake(run_id=run_id)
    return len(run_ids)


def _taken(run_id: int) -> BulkItem | None:
    item: BulkItem | None = (
        BulkItem.objects.pending()
        .filter(run=run_id)
        .select_related("run__actor", "run__officer", "dossier")
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("position")
        .first()
    )
    return item


def _refusal_of(item: BulkItem, at: datetime) -> str:
    """Do the act; the sentence that says why it could not be done, or nothing."""
    if not item.run.actor.is_active:
        return "Tài khoản của người yêu cầu đã ngừng hoạt động."
    try:
        with transaction.atomic():
            _DO[BulkAct(item.run.act)](item, at)
    except Dossier.DoesNotExist:
        return GONE
    except PermissionDenied as refusal:
        return str(refusal)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    except Exception as error:  # whatever it is, the next dossier must have its turn
        logger.exception("Bulk item %s failed: %s", item.pk, type(error).__name__)
        return BROKEN
    return ""


def _target(item: BulkItem) -> Target:
    return Target(code=item.dossier.code, expected_version=item.expected_version)


def _transfer(item: BulkItem, at: datetime) -> None:
    run = item.run
    lifecycle.transfer(target=_target(item), actor=run.actor, at=at, reason=run.reason)


def _assign(item: BulkItem, at: datetime) -> None:
    run = item.run
    if run.officer is None:
        raise NothingToPrint("Chưa chọn công chức xử lý.", code="officer")
    lifecycle.assign(
        target=_target(item), officer=run.officer, actor=run.actor, at=at, reason=run.reason
    )


def _return(item: BulkItem, at: datetime) -> None:
    """To the delegate, or else the applicant, in the way that they asked for."""
    run, dossier = item.run, item.dossier
    handover = lifecycle.Handover(
        recipient_name=dossier.delegate_name or dossier.applicant_name,
        recipient_identity_number=(
            dossier.delegate_identity_number if dossier.delegate_name else dossier.identity_number
        ),
        method=ReturnMethod(dossier.return_method),
    )
    lifecycle.return_result(
        target=_target(item), handover=handover, actor=run.actor, at=at, reason=run.reason
    )


def _print(item: BulkItem, at: datetime) -> None:
    """Its receipt is there, or is drawn now; the files are put together at the end."""
    dossier = Dossier.objects.visible_to(item.run.actor).get(pk=item.dossier_id)
    form = dossier.forms.filter(kind=FormKind.RECEIPT).first()
    if form is None:
        raise NothingToPrint("Hồ sơ này không có giấy tiếp nhận.", code="no_receipt")
    if form.rendered_at is None:
        rendering.render(form_id=form.pk, at=at)
        form.refresh_from_db()
    if form.rendered_at is None or not form.file.storage.exists(form.file.name):
        raise NothingToPrint(NOT_PRINTED, code="no_file")


_DO: dict[BulkAct, Callable[[BulkItem, datetime], None]] = {
    BulkAct.TRANSFER: _transfer,
    BulkAct.ASSIGN: _assign,
    BulkAct.RETURN: _return,
    BulkAct.PRINT: _print,
}


def _settled(run_id: int) -> BulkRun | None:
    """The run under lock when all its items are settled and nobody else is closing it."""
    run: BulkRun | None = (
        BulkRun.objects.unfinished()
        .select_for_update(of=("self",), skip_locked=True)
        .filter(pk=run_id)
        .first()
    )
    return None if run is None or run.items.pending().exists() else run


def _merge(run: BulkRun) -> None:
    if run.attempts > MAX_ATTEMPTS:
        run.failure = "Chưa ghép được các giấy tiếp nhận thành một tệp. Hãy in từng hồ sơ."
        return
    forms = PrintedForm.objects.filter(
        kind=FormKind.RECEIPT,
        rendered_at__isnull=False,
        dossier__bulk_items__run=run,
        dossier__bulk_items__state=ItemState.DONE,
    ).order_by("dossier__bulk_items__position", "id")
    if paths := [form.file.path for form in forms]:
        content = ContentFile(merging.merged(paths))
        run.file.save(f"{run.submission_key.hex}.pdf", content, save=False)
