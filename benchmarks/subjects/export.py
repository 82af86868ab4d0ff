"""Excel export of a long list, against bare openpyxl writing the same cells."""

import pickle
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from openpyxl import load_workbook

from benchmarks import filling
from benchmarks.alone import Told, told_by
from benchmarks.stage import Stage, Table, ratio
from desk import exporting
from desk.models import ListExport
from dossiers import columns
from organizations.models import User
from organizations.roles import Role

ALL = "tab=tat-ca"
PART = 10  # memory must not grow with the list: a tenth of it is written as well
PIECE = 1000


def measure(stage: Stage) -> Iterator[Table]:
    """All rows, a part of them, and the floor with all of them."""
    rows = stage.sizes["rows"]
    at = datetime.now(UTC)
    due = (at - timedelta(days=5), at + timedelta(days=30))
    filling.fill(places=filling.places(), count=rows, due=due, at=at)
    _, few = _exported(rows // PART)
    export, ours = _exported(rows)
    cells = _cells_of(export, stage.folder)
    floor = told_by("bare_workbook", cells, stage.folder / "bare.xlsx")
    table = Table(("Excel export", "seconds", "rows a second", "times the floor", "peak memory"))
    for name, count, told in (
        (f"{rows:,} rows", rows, ours),
        (f"bare openpyxl, {rows:,} rows", rows, floor),
        (f"{rows // PART:,} rows", rows // PART, few),
    ):
        times = ratio(told.seconds / count, floor.seconds / rows)
        speed = f"{count / told.seconds:,.0f}"
        table.add(name, f"{told.seconds:.1f}", speed, times, f"{told.peak_mib:.0f} MiB")
    idle = told_by("nothing").peak_mib
    table.add("the process before it begins", "", "", "", f"{idle:.0f} MiB")
    yield table


def _exported(rows: int) -> tuple[ListExport, Told]:
    """Ordered as a supervisor does it, written as a worker does it."""
    actor = User.objects.filter(memberships__role=Role.SUPERVISOR).order_by("id").first()
    assert actor is not None
    export = exporting.ask(
        query=ALL,
        chosen=[column.key for column in columns.COLUMNS],
        submission_key=uuid4(),
        actor=actor,
        at=datetime.now(UTC),
    )
    told = told_by("export", export.pk, rows)
    export.refresh_from_db()
    if not export.is_ready or export.written_rows < rows:
        raise RuntimeError(f"Not exported: {export.written_rows} rows, {export.failure}")
    return export, told


def _cells_of(export: ListExport, folder: Path) -> Path:
    """Every cell of the file, in pieces that the floor reads back."""
    path = folder / "cells.pickle"
    book = load_workbook(export.file.path, read_only=True)
    with path.open("wb") as content:
        piece: list[tuple] = []
        for row in book.worksheets[0].iter_rows(values_only=True):
            piece.append(row)
            if len(piece) == PIECE:
                pickle.dump(piece, content)
                piece = []
        pickle.dump(piece, content)
        if piece:
            pickle.dump([], content)
    return path
