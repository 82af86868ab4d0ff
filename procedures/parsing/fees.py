"""Fees as the portal prints them: an amount with a note in brackets, free, or nothing."""

import re
from dataclasses import dataclass
from decimal import Decimal

from procedures.parsing.wording import NOTHING, inside_brackets, tidy
from procedures.statuses import FindingKind

FREE = "Miễn phí"
CURRENCIES = ("Việt Nam Đồng", "VNĐ", "USD", "EUR")
_DONGS = ("Việt Nam Đồng", "VNĐ")
AMOUNT_PATTERN = rf"[0-9][0-9,.]*\s(?:{'|'.join(CURRENCIES)})"
FEE_PATTERN = rf"(?:{FREE}|{NOTHING}|{AMOUNT_PATTERN})"
_HEAD = re.compile(FEE_PATTERN)
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})*(?:\.[0-9]{1,2})?")
# A note that speaks of a share, of money, or of a price list says that the head is not the price.
_QUALIFIED = re.compile(
    r"/\s*\w|%|Hội đồng nhân dân|HĐND|Biểu mức|[0-9]\s*(?:đồng|đ\b|VNĐ|VND|triệu|USD)",
    re.IGNORECASE,
)
# Once for each dossier is what a plain amount means anyway.
_PER_DOSSIER = r"(?:\s*/\s*(?:hồ sơ|lần|trường hợp)\b)?"
_LAW = re.compile(r"[0-9]+/[0-9]{4}/\S+|[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{4})?")
# No fee of the state is smaller: the portal's staff typed 1 or 20 to get past the form.
SMALLEST_FEE = Decimal(1000)


@dataclass(frozen=True)
class Fee:
    """A fee, the text after it, and what there is to say about its reading."""

    text: str
    amount: Decimal | None = None
    rest: str = ""
    finding: FindingKind | None = None


def read_fee(text: str) -> Fee:
    """Reads the fee at the head of a text: an amount only when it is plain and alone."""
    head = _HEAD.match(text)
    if head is None:
        return Fee("", rest=text)
    end = head.end()
    closed = inside_brackets(text, end) if text[end : end + 1] == "(" else end
    if closed is None:
        # The bracket never closes, so note and description cannot be told apart.
        return Fee(tidy(text), finding=FindingKind.FEE_UNCLEAR)
    note, rest = text[end:closed], text[closed:]
    amount, finding = _amount(head[0], note, rest)
    return Fee(tidy(text[:closed]), amount, rest, finding)


def _amount(head: str, note: str, rest: str) -> tuple[Decimal | None, FindingKind | None]:
    if head == NOTHING:
        return None, None
    if _HEAD.match(rest) or _QUALIFIED.search(_without_repetition(head, _LAW.sub("", note))):
        return None, FindingKind.FEE_UNCLEAR
    if head == FREE:
        return Decimal(0), None
    return _dongs(head)


def _without_repetition(head: str, note: str) -> str:
    """The note without the same amount said again ("950.000 đồng/hồ sơ")."""
    number = re.escape(head.split()[0]).replace(",", "[.,]")
    unit = rf"\s*(?:đồng|đ|VNĐ){_PER_DOSSIER}(?![^\W_])"
    again = rf"\A\(+{unit}|(?<![0-9.,]){number}{unit}"
    return re.sub(again, "", note, flags=re.IGNORECASE)


def _dongs(head: str) -> tuple[Decimal | None, FindingKind | None]:
    number, currency = re.split(r"\s", head, maxsplit=1)
    if currency not in _DONGS or not _GROUPED.fullmatch(number):
        return None, FindingKind.FEE_UNCLEAR
    amount = Decimal(number.replace(",", ""))
    if amount < SMALLEST_FEE:
        return None, FindingKind.FEE_SUSPICIOUS
    return amount, None
