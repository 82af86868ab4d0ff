"""Takes the keys out of a table of a TOML file, and refuses what is missing, odd or left over."""

from collections.abc import Iterator
from types import UnionType
from typing import Any

from reporting.refusals import BrokenIndicatorSet

_REQUIRED: Any = object()


class Table:
    """One table of the file; `where` names it in a refusal."""

    def __init__(self, content: object, where: str) -> None:
        if not isinstance(content, dict):
            raise BrokenIndicatorSet(f"{where}: phải là một bảng; hãy sửa tệp bộ chỉ số.")
        self.where = where
        self._left = dict(content)

    def __contains__(self, key: str) -> bool:
        return key in self._left

    def take(self, key: str, kind: type | UnionType, default: Any = _REQUIRED) -> Any:
        """The value of the key, which must be of this kind; each key is taken once."""
        if key not in self._left:
            if default is _REQUIRED:
                self._refuse(f"thiếu “{key}”")
            return default
        value = self._left.pop(key)
        # TOML's true is a bool, which Python would let pass for the number 1.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self._refuse(f"“{key}” không đúng kiểu dữ liệu")
        return value

    def tables(self, key: str, *, optional: bool = False) -> Iterator["Table"]:
        """The tables listed under the key, each named after its own code or place."""
        rows = self.take(key, list, [] if optional else _REQUIRED)
        for number, row in enumerate(rows, start=1):
            name = row.get("code", number) if isinstance(row, dict) else number
            yield Table(row, f"{self.where}, {key} {name}")

    def finish(self) -> None:
        """Refuses keys that nobody asked for: a slip of the pen would else change nothing."""
        if self._left:
            self._refuse(f"không hiểu “{', '.join(self._left)}”")

    def _refuse(self, problem: str) -> None:
        raise BrokenIndicatorSet(f"{self.where}: {problem}; hãy sửa tệp bộ chỉ số.")
