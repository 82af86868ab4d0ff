"""Plays one subject: `python -m benchmarks.play NAME FOLDER SIZES`, for `run.py` alone.

The environment names the database; the tables are left in the folder.
"""

import json
import os
import sys
from importlib import import_module
from pathlib import Path

import django

from benchmarks.stage import Stage, Table


def main() -> None:
    """Set Django up, then import the subject: its models need it."""
    name, folder, sizes = sys.argv[1:]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tthc_portal.settings")
    django.setup()
    stage = Stage(url=os.environ["DATABASE_URL"], folder=Path(folder), sizes=json.loads(sizes))
    tables: list[Table] = []
    for table in import_module(f"benchmarks.subjects.{name}").measure(stage):
        tables.append(table)
        # At once: what fails later takes no figure with it.
        written = json.dumps([[each.head, each.rows] for each in tables])
        Path(folder, "tables.json").write_text(written)
    sys.exit(any(table.has_failed for table in tables))


if __name__ == "__main__":
    main()
