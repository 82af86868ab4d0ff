"""Findings of suspicious records over a whole province: a first sweep, and one with nothing new."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

from benchmarks import province
from benchmarks.stage import Stage, Table
from dossiers.models import Dossier
from reporting.models import Finding
from reporting.quality import sweeping
from reporting.quality.rules import RULES


def measure(stage: Stage) -> Iterator[Table]:
    """Kind by kind, as the nightly sweep goes through them."""
    province.grow(stage.sizes["large"], months=stage.sizes["months"])
    at = datetime.now(UTC)
    dossiers = Dossier.objects.count()
    table = Table((f"Quality findings over {dossiers:,} dossiers", "findings", "first", "again"))
    whole = [0.0, 0.0]
    for kind in RULES:
        taken = []
        for number in range(2):
            began = time.perf_counter()
            if not sweeping.look_for(kind, at=at):
                raise RuntimeError("Another sweep is at it.")
            taken.append(time.perf_counter() - began)
            whole[number] += taken[number]
        found = Finding.objects.filter(kind=kind).count()
        table.add(str(kind.label), f"{found:,}", *(f"{seconds:.2f} s" for seconds in taken))
    every = f"{Finding.objects.count():,}"
    table.add("**all kinds**", every, *(f"**{seconds:.2f} s**" for seconds in whole))
    yield table
