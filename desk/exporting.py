"""Exports: asking for one; the worker's part is `export_work`."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from celery import current_app
from django.core.exceptions import ValidationError
from django.db import transaction

from desk.models import ListExport
from dossiers import columns
from organizations.models import User

WRITE_EXPORT = "desk.tasks.write_export"
# A file with names of citizens lies about for no longer than a working day.
KEPT = timedelta(hours=24)
# Of one person at a time: each takes a worker for a while.
MOST_AT_ONCE = 3


class ExportRefused(ValidationError):
    """The export cannot be asked for like this; the sentence says what to do instead."""


@transaction.atomic
def ask(
    *, query: str, chosen: Sequence[str], submission_key: UUID, actor: User, at: datetime
) -> ListExport:
    """Order the list as a file; a worker is woken after the commit. The same key orders once."""
    kept = [column.key for column in columns.chosen(list(chosen))]
    if not kept:
        raise ExportRefused("Hãy chọn ít nhất một cột để xuất.", code="columns")
    known = ListExport.objects.filter(submission_key=submission_key).first()
    if known is None and _running(actor, at) >= MOST_AT_ONCE:
        raise ExportRefused(
            f"Bạn đang có {MOST_AT_ONCE} tệp chưa xong. Hãy đợi một tệp xong rồi xuất tiếp.",
            code="too_many",
        )
    export, is_new = ListExport.objects.get_or_create(
        submission_key=submission_key,
        defaults={
            "asked_by": actor,
            "query": query,
            "columns": kept,
            "asked_at": at,
            "expires_at": at + KEPT,
        },
    )
    if is_new:
        transaction.on_commit(lambda: wake(export_id=export.pk), robust=True)
    elif export.asked_by_id != actor.pk:
        raise ExportRefused("Biểu mẫu này đã được dùng. Hãy mở lại danh sách.", code="key_used")
    return export


def wake(*, export_id: int) -> None:
    """Send the message that wakes a worker for this export."""
    current_app.send_task(WRITE_EXPORT, kwargs={"export_id": export_id})


def _running(actor: User, at: datetime) -> int:
    return ListExport.objects.visible_to(actor).unfinished().filter(expires_at__gt=at).count()
