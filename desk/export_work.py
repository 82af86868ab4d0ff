"""Writes exports, in workers: in pieces by key through the one door, at constant memory.

No transaction stays open while a file is written; when a worker dies, another begins anew.
"""

import logging
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files import File
from django.db.models.functions import Now
from django.http import HttpRequest, QueryDict

from desk import exporting, marking
from desk.models import ListExport
from desk.workbooks import MOST_ROWS, Sheet
from dossiers import columns, ordered_work
from dossiers.models import Dossier
from dossiers.ordered_work import Manner
from dossiers.querysets import DossierQuerySet

logger = logging.getLogger(__name__)

CHUNK = 1000
_MANNER = Manner(
    hold=timedelta(minutes=2),
    attempts=3,
    given_up="Chưa xuất được tệp sau nhiều lần thử. Hãy lọc hẹp hơn rồi xuất lại; nếu vẫn không "
    "được, hãy báo quản trị hệ thống.",
)


def write(*, export_id: int, at: datetime) -> None:
    """Write the file, unless it is written, given up, or in another worker's hands."""
    export = _MANNER.take(ListExport.objects.select_related("asked_by"), pk=export_id, at=at)
    if export is None:
        return
    try:
        _write(export, at)
    except Exception as error:
        # Whatever it is, it is kept with the export; the sweep tries again a few times.
        logger.exception("Export %s failed: %s", export.pk, type(error).__name__)
        _MANNER.let_go(export, at=at)


def wake_waiting(*, at: datetime) -> int:
    """Wake a worker for each export that nobody holds; how many."""
    exports = ListExport.objects.all()
    return ordered_work.wake_forsaken(exports, wake=lambda pk: exporting.wake(export_id=pk), at=at)


def delete_expired(*, at: datetime) -> int:
    """Delete the files whose time is over; their rows stay. How many."""
    return ordered_work.delete_expired(ListExport.objects.all(), at=at)


def _write(export: ListExport, at: datetime) -> None:
    listed = _listed(export)
    export.expected_rows, export.written_rows = min(listed.count(), MOST_ROWS), 0
    export.save(update_fields=["expected_rows", "written_rows"])
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
        written_rows=export.written_rows, held_until=Now() + _MANNER.hold
    )


def _keep(export: ListExport, sheet: Sheet, at: datetime) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ho-so.xlsx"
        sheet.save(str(path))
        with path.open("rb") as content:
            export.file.save(f"{export.submission_key.hex}.xlsx", File(content), save=False)
    export.finished_at, export.held_until, export.failure = at, None, ""
    export.save(update_fields=["file", "finished_at", "held_until", "failure"])
