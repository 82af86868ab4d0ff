"""One piece of work in a process of its own, which tells its seconds and its peak of memory.

`python -m benchmarks.alone NAME ARGUMENT …`; the kernel keeps the peak for the process as a
whole, so that no two pieces may share one.
"""

import json
import os
import pickle
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import django
from django.core.management import call_command
from openpyxl import Workbook, load_workbook

from benchmarks.servers import ROOT


@dataclass(frozen=True)
class Told:
    """What a piece of work took."""

    seconds: float
    peak_mib: float


def told_by(act: str, *arguments: object) -> Told:
    """Have it done; what it told."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.alone", act, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tthc_portal.settings"},
        check=True,
        stdout=subprocess.PIPE,
    )
    return Told(**json.loads(done.stdout.splitlines()[-1]))


def export(export_id: str, rows: str) -> float:
    """The worker's part of an export, which ends after so many rows."""
    from desk import export_work

    export_work.MOST_ROWS = int(rows)
    began = time.perf_counter()
    export_work.write(export_id=int(export_id), at=datetime.now(UTC))
    return time.perf_counter() - began


def bare_workbook(pieces: str, target: str) -> float:
    """The cells of pickled pieces, by openpyxl alone; reading them is not counted."""
    seconds = 0.0
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    with Path(pieces).open("rb") as content:
        while piece := pickle.load(content):
            began = time.perf_counter()
            for row in piece:
                sheet.append(row)
            seconds += time.perf_counter() - began
    began = time.perf_counter()
    book.save(target)
    return seconds + time.perf_counter() - began


def take_over(path: str, username: str) -> float:
    """The command that brings in an old system's export."""
    began = time.perf_counter()
    call_command("import_dossiers", path, source="Một cửa cũ", user=username, stdout=StringIO())
    return time.perf_counter() - began


def read_workbook(path: str) -> float:
    """Every row of a workbook, by openpyxl alone."""
    began = time.perf_counter()
    for _ in load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True):
        pass
    return time.perf_counter() - began


def nothing() -> float:
    """What a worker's process holds before it begins."""
    from desk import export_work  # noqa: F401 (what it loads is what is asked)

    return 0.0


_ACTS = (export, bare_workbook, take_over, read_workbook, nothing)


def main() -> None:
    """Do what is named, tell what it took."""
    django.setup()
    acts = {act.__name__: act for act in _ACTS}
    seconds = acts[sys.argv[1]](*sys.argv[2:])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_mib": peak}))


if __name__ == "__main__":
    main()
