"""What the floor is measured on: one table of 10,000 rows, made by its own Django."""

import json
import os
import subprocess
import sys
from collections.abc import Callable

from benchmarks.load import request
from benchmarks.servers import ROOT

ROWS = 10_000
_MAKE = f"""
import django, datetime
django.setup()
from django.db import connection
from benchmarks.floor.models import Entry
with connection.schema_editor() as editor:
    editor.create_model(Entry)
day = datetime.datetime(2026, 11, 2, tzinfo=datetime.UTC)
Entry.objects.bulk_create([
    Entry(code=f"C{{n}}", agency=f"H41.{{n % 6}}", applicant_name="Nguyễn Thị Đào",
          identity_number="040190001234", phone="0900345678", address="Xóm Sen 2",
          summary="Xin cấp phiếu", status="processing" if n % 3 else "returned",
          accepted_at=day, due_at=day + datetime.timedelta(minutes=n))
    for n in range({ROWS})
], batch_size=2000)
"""


def prepare(url: str) -> None:
    """Make and fill the table in a process of its own: one process has one Django."""
    variables = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "benchmarks.floor.settings",
    }
    subprocess.run([sys.executable, "-c", _MAKE], cwd=ROOT, env=variables, check=True)


def facts() -> dict[str, Callable[[int], bytes]]:
    """The three requests that the portal's are set beside."""
    entry = {
        "agency": "H41.3",
        "applicant_name": "Nguyễn Thị Đào",
        "identity_number": "040190001234",
        "phone": "0900345678",
        "address": "Xóm Sen 2, xã Kim Liên, tỉnh Nghệ An",
        "summary": "Xin cấp phiếu lý lịch tư pháp",
        "status": "accepted",
        "accepted_at": "2026-11-13T09:00:00+07:00",
        "due_at": "2026-11-20T17:00:00+07:00",
    }
    counter = iter(range(10**9))

    def create(_: int) -> bytes:
        body = json.dumps({**entry, "code": f"N{next(counter)}"}).encode()
        return request("POST", "/entries/", host="127.0.0.1", body=body)

    return {
        "create": create,
        "open": lambda index: request("GET", f"/entries/{index % ROWS + 1}/", host="127.0.0.1"),
        "list": lambda _: request(
            "GET", "/entries/?agency=H41.3&status=returned", host="127.0.0.1"
        ),
    }
