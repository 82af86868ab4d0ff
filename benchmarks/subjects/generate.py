"""How fast a province is drawn and written, with all its indexes in place."""

from collections.abc import Iterator

from benchmarks import province
from benchmarks.stage import Stage, Table

MONTHS = 36


def measure(stage: Stage) -> Iterator[Table]:
    """`generate_province` over three years, as many processes as cores."""
    drawn = stage.sizes["drawn"]
    table = Table((f"generate_province, {MONTHS} months", "figure", "aim"))
    rate = province.grow(drawn, months=MONTHS)
    table.add(f"{drawn:,} dossiers with their events", f"{rate:,.0f} a second", "10,000 a second")
    yield table
