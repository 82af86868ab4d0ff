"""What every subject is given and what it gives back: the one interface of the measurements.

A subject is a module of `benchmarks.subjects` with `measure(stage)`, which yields tables. It is
played in a process of its own on a database of its own: people, agencies and procedures, and no
dossier.
"""

import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

Cells = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The database of the subject, a folder that goes with it, and how large it is measured."""

    url: str
    folder: Path
    sizes: Mapping[str, int]


@dataclass(frozen=True)
class Table:
    """Figures under a head; every row has as many cells as the head."""

    head: Cells
    rows: list[Cells] = field(default_factory=list)
    has_failed: bool = False

    def add(self, *cells: str) -> None:
        """One row; what is left empty at its end is filled up."""
        self.rows.append((*cells, *[""] * (len(self.head) - len(cells))))

    def lines(self) -> Iterator[str]:
        """As markdown."""
        yield _line(self.head)
        yield _line(("---",) * len(self.head))
        yield from map(_line, self.rows)


def part(name: str, measured: Callable[[], Table]) -> Table:
    """What was measured, or a table that says why not: the parts after it are still played."""
    try:
        return measured()
    except Exception as error:  # noqa: BLE001 (told in its place, with a failing status)
        traceback.print_exc()
        return Table((name, "failed"), [(type(error).__name__, str(error)[:200])], has_failed=True)


def _line(cells: Cells) -> str:
    return "| " + " | ".join(cells) + " |"


def ratio(ours: float, floor: float) -> str:
    """How many times the floor, to two decimals."""
    return f"**{ours / floor:.2f}**"
