"""Reads "Kết quả xử lý": names and codes of results, then keywords and a description."""

import re

from procedures.parsing.facts import Finding, ResultFacts
from procedures.parsing.wording import one_line, said
from procedures.statuses import FindingKind, Part

# What the portal's page prints after the text: its own controls.
_FOOTER = re.compile(r"Chọn cơ quan thực hiệnTỉnh/ Thành phố.*\Z", re.DOTALL)
_TAIL = re.compile(r"Từ khóa(?P<keywords>.*?)(?:Mô tả(?P<description>.*))?\Z", re.DOTALL)
_NATIONAL = r"KQ[.\-][A-Z][0-9]{2}\.[0-9]{6}"
_OTHER = r"[A-Z0-9.\-]*[0-9]|[A-Z]{2,10}(?=\Z)"
_CODE = re.compile(rf"Mã:[^\S\n]?(?P<code>{_NATIONAL}(?![0-9])|{_OTHER})")

Read = tuple[list[ResultFacts], str, list[Finding]]


def read_results(text: str) -> Read:
    """The results, the description that follows them, and the findings."""
    body = _FOOTER.sub("", said(text))
    if not body.strip():
        return [], "", [Finding(Part.RESULT, FindingKind.MISSING)]
    tail = _TAIL.search(body)
    listing = body[: tail.start()] if tail else body
    description = said(tail["description"] or "") if tail else ""
    results, findings = _read_listing(listing)
    return results, description, findings


def _read_listing(listing: str) -> tuple[list[ResultFacts], list[Finding]]:
    results = []
    start = 0
    for match in _CODE.finditer(listing):
        name = one_line(listing[start : match.start()]) or match["code"]
        results.append(ResultFacts(match["code"][:60], name))
        start = match.end()
    rest = one_line(listing[start:])
    if not rest:
        return results, []
    # A result without a code is still a result, but its end may hide another.
    return [*results, ResultFacts("", rest)], [Finding(Part.RESULT, FindingKind.UNREAD, rest)]
