"""What Celery's workers hold when they have nothing to do."""

import time
from collections.abc import Iterator

from benchmarks import servers
from benchmarks.stage import Stage, Table

SETTLED = 12  # seconds after which a worker has imported all it needs


def measure(stage: Stage) -> Iterator[Table]:
    """Two workers and their parent at rest."""
    table = Table(("Celery", "figure", "aim"))
    with servers.celery(2) as pid:
        time.sleep(SETTLED)
        memory = servers.resident_mib(pid)
    table.add("2 workers and their parent at rest", f"{memory:.0f} MiB", "< 200 MiB")
    yield table
