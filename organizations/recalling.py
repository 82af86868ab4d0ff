"""What a process has read before stands again, if the statement that writes finds it unchanged.

A turn to the server costs an acceptance several times what the reading does. So an act may stand
on answers of before: each is kept with the versions of the stamps that triggers renew whenever a
person, token, posting, agency, counter or procedure changes, and the act writes under the
condition that they still are the same. Only what was written is proven by it: a refusal, or any
other answer, is given on what is read anew (`RecallingViewSet`).
"""

from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from organizations.statements import Statement

Rows = Sequence[tuple[Any, ...]]

# More than ever work with one process at a time; each takes some kilobytes.
_MOST_KEPT = 500

# The versions of all stamps as one text.
LATEST = """(
    SELECT coalesce(string_agg(version::text, ' ' ORDER BY "table"), '')
    FROM organizations_referencestamp
)"""


class NoLongerSo(Exception):
    """What the act stood on may have changed: do it again on what is read anew."""


class Recollection:
    """What an act of this day stands on."""

    def __init__(self, day: date) -> None:
        """Begin with nothing; who stands in for whom goes by the day."""
        self.day = day
        self.is_proven = False
        self._versions: dict[Hashable, str] = {}

    @property
    def is_empty(self) -> bool:
        """Was nothing asked that could have been recalled?"""
        return not self._versions

    @property
    def version(self) -> str:
        """The one that all answers have; NoLongerSo where something changed between two of them."""
        first, *others = set(self._versions.values())
        if others:
            raise NoLongerSo
        return first

    def add(self, key: Hashable, version: str) -> None:
        """Stand on this answer too."""
        self._versions[key] = version

    def forget(self) -> None:
        """Read all of it anew the next time."""
        for key in self._versions:
            _kept.pop(key, None)


_under_way: ContextVar[Recollection | None] = ContextVar("recollection", default=None)
_kept: dict[Hashable, tuple[str, Rows]] = {}


class Recallable:
    """A question that an act may answer from memory; anybody else's is put to the server."""

    def __init__(self, name: str, types: Sequence[str], columns: str, source: str) -> None:
        """Keep it as a constant SELECT with the parameters $1, $2…, of these types."""
        # Constants of the program; the values are parameters.
        sql = f"SELECT {LATEST}, {columns} {source}"
        self._statement = Statement(name, types, sql)

    def rows(self, *values: Any) -> Rows:
        """What it finds with these values; nothing found is never remembered."""
        act = _under_way.get()
        if act is None:
            return self._read(values)[1]
        key = self, act.day, values
        version, rows = _kept.get(key) or self._read(values)
        if version is not None:
            act.add(key, version)
            _keep(key, version, rows)
        return rows

    def _read(self, values: Sequence[Any]) -> tuple[str | None, Rows]:
        """With the version, if anything was found."""
        found = self._statement.rows(*values)
        return (found[0][0] if found else None), [row[1:] for row in found]


def _keep(key: Hashable, version: str, rows: Rows) -> None:
    if key not in _kept and len(_kept) >= _MOST_KEPT:
        _kept.clear()
    _kept[key] = version, rows


@contextmanager
def recalling(day: date) -> Iterator[Recollection]:
    """Let questions be answered from memory within; whoever writes says that it is proven."""
    act = Recollection(day)
    token = _under_way.set(act)
    try:
        yield act
    finally:
        _under_way.reset(token)


def stood_on() -> Recollection | None:
    """What the act that is under way stands on, if it stands on anything."""
    act = _under_way.get()
    return None if act is None or act.is_empty else act
