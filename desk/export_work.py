"""Writes exports, in workers: in pieces by key through the one door, at constant memory.

No transaction stays open while a file is written. A worker holds an export by a moment that it
moves on; when it dies, the moment passes and another begins anew.
"""

import logging
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files import File
from django.db.models import F, Q
from django.db.models.functions import Now
from django.http import HttpRequest, QueryDict

from desk import exporting, marking
from desk.exporting import MAX_ATTEMPTS
from desk.models import ListExport
from desk.workbooks import MOST_ROWS, Sheet
from dossiers import columns
from dossiers.models import Dossier
from dossiers.querysets import DossierQuerySet

logger = logging.getLogger(__name__)

CHUNK = 1000
HOLD = timedelta(minutes=2)
BATCH = 50


def write(*, export_id: int, at: datetime) -> None:
    """Write the file, unless it is written, given up, or in another worker's hands."""
    export = _held(export_id)
    if export is None:
        return
    try:
        _write(export, at)
    except Exception as error:
        # Whatever it is, it is kept with the export; the sweep tries again a few times.
        logger.exception("Export %s failed: %s", export.pk, type(error).__name__)
        _failed(export, at)


def wake_waiting(*, at: datetime) -> int:
    """Wake a worker for each export that nobody holds; how many."""
    waiting = ListExport.objects.unfinished().filter(
        Q(held_until__isnull=True) | Q(held_until__lt=at), asked_at__lte=at - timedelta(seconds=30)
    )
    export_ids = list(waiting.order_by("asked_at").values_list("pk", flat=True)[:BATCH])
    for export_id in export_ids:
        exporting.wake(export_id=export_id)
    return len(export_ids)


def delete_expired(*, at: datetime) -> int:
    """Delete the files whose time is over; their rows stay. How many."""
    expired = ListExport.objects.exclude(file="").filter(expires_at__lte=at).order_by("pk")[:BATCH]
    for export in expired:
        export.file.delete(save=False)
        export.save(update_fields=["file"])
    return len(expired)


def _held(export_id: int) -> ListExport | None:
    free = Q(held_until__isnull=True) | Q(held_until__lt=Now())
    taken = (
        ListExport.objects.unfinished()
        .filter(free, pk=export_id)
        .update(held_until=Now() + HOLD, attempts=F("attempts") + 1, written_rows=0)
    )
    if not taken:
        return None
    export: ListExport = ListExport.objects.select_related("asked_by").get(pk=export_id)
    return export


def _write(export: ListExport, at: datetime) -> None:
    if export.attempts > MAX_ATTEMPTS:
        _failed(export, at)
        return
    listed = _listed(export)
    export.expected_rows = min(listed.count(), MOST_ROWS)
    export.save(update_fields=["expected_rows"])
    chosen = columns.chosen(export.columns)
    heads = [(column.key, column.label) for column in chosen]
    with Sheet(title="Hồ sơ", columns=heads) as sheet:
        for piece in _pieces(listed):
            for dossier in piece:
                sheet.add([column.value(dossier) for column in chosen])
            export.written_rows += len(piece)
            _note_progress(export)
            if export.written_rows >= MOST_ROWS:
                break
        _keep(export, sheet, at)


def _listed(export: ListExport) -> DossierQuerySet:
    """The list as it is now, for the person who asked: the one door, looked at again."""
    request = HttpRequest()
    request.user = export.asked_by
    if not export.asked_by.is_active:
        return Dossier.objects.none()
    query = QueryDict(export.query)
    return marking.listed(request, query, user=export.asked_by, at=export.asked_at)


def _pieces(listed: DossierQuerySet) -> Iterator[list[Dossier]]:
    """The newest first; each piece begins where the last one ended."""
    last: int | None = None
    while True:
        rest = listed if last is None else listed.filter(pk__lt=last)
        piece = list(rest.for_list().order_by("-pk")[:CHUNK])
        if piece:
            yield piece
        if len(piece) < CHUNK:
            return
        last = piece[-1].pk


def _note_progress(export: ListExport) -> None:
    ListExport.objects.filter(pk=export.pk).update(
        written_rows=export.written_rows, held_until=Now() + HOLD
    )


def _keep(export: ListExport, sheet: Sheet, at: datetime) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ho-so.xlsx"
        sheet.save(str(path))
        with path.open("rb") as content:
            export.file.save(f"{export.submission_key.hex}.xlsx", File(content), save=False)
    export.finished_at, export.held_until, export.failure = at, None, ""
    export.save(update_fields=["file", "finished_at", "held_until", "failure"])


def _failed(export: ListExport, at: datetime) -> None:
    """Let go, to be tried again; after the last attempt tell the person."""
    facts: dict[str, object] = {"held_until": None}
    if export.attempts >= MAX_ATTEMPTS:
        facts |= {
            "finished_at": at,
            "failure": "Chưa xuất được tệp sau nhiều lần thử. Hãy lọc hẹp hơn rồi xuất lại; "
            "nếu vẫn không được, hãy báo quản trị hệ thống.",
        }
    ListExport.objects.filter(pk=export.pk).update(**facts)
