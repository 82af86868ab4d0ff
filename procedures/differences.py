"""What a new version changes, told for reading: line by line, and word by word inside a line."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from procedures.parsing.facts import (
    BasisFacts,
    ChannelFacts,
    PaperFacts,
    ProcedureFacts,
    ResultFacts,
)
from workdays.units import TimeUnit

# A changed line of more words is shown whole, before and after: comparing costs their square.
MOST_WORDS = 1500
_WORDS = re.compile(r"\s+|[^\s]+")
_HEAD = (
    ("name", "Tên thủ tục"),
    ("field_name", "Lĩnh vực"),
    ("kind", "Loại thủ tục"),
    ("process_text", "Trình tự thực hiện"),
    ("implementing_text", "Cơ quan thực hiện"),
    ("deciding_text", "Cơ quan có thẩm quyền"),
    ("coordinating_text", "Cơ quan phối hợp"),
    ("delegated_text", "Cơ quan được ủy quyền"),
    ("reception_address", "Địa chỉ tiếp nhận hồ sơ"),
    ("conditions_text", "Yêu cầu, điều kiện"),
    ("result_text", "Mô tả kết quả"),
)
Op = Literal["same", "out", "in", "gap"]


@dataclass(frozen=True)
class Piece:
    """A run of text: kept, taken out, put in, or a gap of unchanged lines."""

    op: Op
    text: str


@dataclass(frozen=True)
class Change:
    """One fact that differs, with its pieces in reading order."""

    label: str
    pieces: tuple[Piece, ...]

    @property
    def word(self) -> str:
        """Thêm, bỏ or sửa."""
        ops = {piece.op for piece in self.pieces} - {"gap"}
        return {frozenset({"in"}): "Thêm", frozenset({"out"}): "Bỏ"}.get(frozenset(ops), "Sửa")


def differences(before: ProcedureFacts | None, after: ProcedureFacts) -> list[Change]:
    """Every fact that differs; with nothing before, everything that is said."""
    former = before or ProcedureFacts(code=after.code, name="", field_name="")
    changes = [
        _changed(label, getattr(former, name), getattr(after, name)) for name, label in _HEAD
    ]
    lists = [
        _changed("Cấp thực hiện", _levels(former), _levels(after)),
        _changed("Đối tượng thực hiện", "\n".join(former.subjects), "\n".join(after.subjects)),
    ]
    rows = [
        *_rows("Cách thức thực hiện", former.channels, after.channels, _tell_channel),
        *_rows("Thành phần hồ sơ", former.papers, after.papers, _tell_paper),
        *_rows("Căn cứ pháp lý", former.legal_bases, after.legal_bases, _tell_basis),
        *_rows("Kết quả thực hiện", former.results, after.results, _tell_result),
    ]
    return [change for change in [*changes, *lists, *rows] if change]


def _levels(facts: ProcedureFacts) -> str:
    return ", ".join(str(level.label) for level in facts.levels)


def _changed(label: str, before: str, after: str) -> Change | None:
    if before == after:
        return None
    return Change(label, tuple(_by_line(before, after)))


def _by_line(before: str, after: str) -> Iterator[Piece]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            yield Piece("gap", "…\n")
        else:
            yield from _by_word("".join(old[a:b]), "".join(new[c:d]))


def _by_word(before: str, after: str) -> Iterator[Piece]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        old, new = [before], [after]
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            yield Piece("same", "".join(old[a:b]))
            continue
        if b > a:
            yield Piece("out", "".join(old[a:b]))
        if d > c:
            yield Piece("in", "".join(new[c:d]))


def _rows(
    label: str, before: Sequence[Any], after: Sequence[Any], tell: Callable[[Any], str]
) -> Iterator[Change | None]:
    """Rows that stand against each other are compared; the others came or went."""
    old, new = [tell(row) for row in before], [tell(row) for row in after]
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            continue
        for one, other in _paired(old[a:b], new[c:d]):
            yield _changed(label, one, other)


def _paired(old: list[str], new: list[str]) -> Iterable[tuple[str, str]]:
    length = max(len(old), len(new))
    return zip(old + [""] * (length - len(old)), new + [""] * (length - len(new)), strict=True)


def _tell_channel(channel: ChannelFacts) -> str:
    limit = channel.time_text
    if channel.time_limit is not None and channel.time_unit:
        limit = f"{_plain(channel.time_limit)} {TimeUnit(channel.time_unit).label}"
    fee = channel.fee_text
    if channel.fee_amount is not None:
        fee = f"{fee} (mức phí {_grouped(channel.fee_amount)} đồng)"
    told = (channel.kind.label, channel.case_text, limit, fee, channel.description)
    return "; ".join(str(part) for part in told if part)


def _tell_paper(paper: PaperFacts) -> str:
    counts = ((paper.originals, "bản chính"), (paper.copies, "bản sao"))
    quantity = ", ".join(f"{count} {word}" for count, word in counts if count)
    template = f"mẫu {paper.template_name}" if paper.template_name else ""
    told = (paper.name, paper.group, template, quantity or paper.quantity_text)
    return "; ".join(part for part in told if part)


def _tell_basis(basis: BasisFacts) -> str:
    return " ".join(part for part in (basis.number, basis.name) if part)


def _tell_result(result: ResultFacts) -> str:
    return " ".join(part for part in (result.name, result.code) if part)


def _plain(number: Any) -> str:
    return f"{number.normalize():f}".replace(".", ",")


def _grouped(amount: Any) -> str:
    return f"{amount:,.0f}".replace(",", ".")
