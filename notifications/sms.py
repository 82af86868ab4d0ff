"""How a text message is counted and written (3GPP TS 23.038): plain numbers, nothing is sent."""

import math
import unicodedata
from dataclasses import dataclass

# The default alphabet; letters of the second row cost two units each.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
_DASHES = str.maketrans(
    {"đ": "d", "Đ": "D", "–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "..."}
)


@dataclass(frozen=True)
class Size:
    """How a text travels: letters of which kind, how many units, in how many paid parts."""

    is_plain: bool
    units: int
    segments: int


def plain(text: str) -> str:
    """The text without marks, for gateways and budgets that want the small alphabet."""
    parts = unicodedata.normalize("NFD", text.translate(_DASHES))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def is_plain(text: str) -> bool:
    """Is every letter one of the small alphabet, so that a part holds 160 and not 70?"""
    return all(letter in _BASIC or letter in _EXTENDED for letter in text)


def measure(text: str) -> Size:
    """160 units in one part, 153 in each of several; with other letters 70, then 67.

    A letter of two units is never cut by the end of a part.
    """
    small = is_plain(text)
    whole, part = (160, 153) if small else (70, 67)
    widths = [_width(letter, small) for letter in text]
    units = sum(widths)
    if units <= whole:
        return Size(small, units, 1 if text else 0)
    return Size(small, units, _parts(widths, part))


def _width(letter: str, small: bool) -> int:
    if small:
        return 2 if letter in _EXTENDED else 1
    return 2 if ord(letter) > 0xFFFF else 1


def _parts(widths: list[int], room: int) -> int:
    if max(widths) == 1:
        return math.ceil(len(widths) / room)
    parts, used = 1, 0
    for width in widths:
        if used + width > room:
            parts, used = parts + 1, 0
        used += width
    return parts
