"""The portal's fixed wording, and the tidying of what stands between it."""

import re
import unicodedata

NOTHING = "Không có thông tin"
_DASHES = re.compile(r"[\s\-–—]*")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{3,}")


def tidy(text: str) -> str:
    """Composed letters, single spaces, no blank ends; line breaks stay."""
    lines = (
        _SPACES.sub(" ", line).strip() for line in unicodedata.normalize("NFC", text).splitlines()
    )
    return _LINES.sub("\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """`tidy` with the line breaks gone: for names and numbers."""
    return " ".join(tidy(text).split())


def said(text: str) -> str:
    """The tidied text, empty where the portal says that it has none."""
    tidied = tidy(text)
    return "" if tidied == NOTHING or _DASHES.fullmatch(tidied) else tidied


def listed(text: str) -> tuple[str, ...]:
    """The members of a list that the portal joins by commas; brackets hold commas of their own."""
    members = re.split(r",\s+(?![^()]*\))(?=[A-ZĐ])", said(text))
    return tuple(member.strip() for member in members if member.strip())


def inside_brackets(text: str, start: int) -> int | None:
    """The position after the bracket that closes the one at `start`; None if it never closes."""
    depth = 0
    for position in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if depth == 0:
            return position + 1
    return None
