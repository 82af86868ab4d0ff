"""What every subject is given and what it gives back: the one interface of the measurements.

A subject is a module of `benchmarks.subjects` with `measure(stage)`, which yields tables. It is
played in a process of its own on a database of its own: people, agencies and procedures, and no
dossier.
"""

from collections.abc import Iterator, Mapping
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

    def add(self, *cells: str) -> None:
        """One row; what is left empty at its end is filled up."""
        self.rows.append((*cells, *[""] * (len(self.head) - len(cells))))

    def lines(self) -> Iterator[str]:
        """As markdown."""
        yield _line(self.head)
        yield _line(("---",) * len(self.head))
        yield from map(_line, self.rows)


def _line(cells: Cells) -> str:
    return "| " + " | ".join(cells) + " |"


def ratio(ours: float, floor: float) -> str:
    """How many times the floor, to two decimals."""
    return f"**{ours / floor:.2f}**"
