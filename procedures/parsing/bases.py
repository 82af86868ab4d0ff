"""Reads "Căn cứ pháp lý": names and numbers of legal texts run together without a seam."""

import re

from procedures.parsing.facts import BasisFacts, Finding
from procedures.parsing.wording import one_line, said
from procedures.statuses import FindingKind, Part

HEADER = "Tên văn bản pháp lýMã văn bản"
# Longest first, so that BTC does not end BTCTP; the list closes a number before the next
# name, which begins with a capital of its own ("TT-BTCThông tư").
_ISSUERS = (
    "BNNMT-TTg|BNNVPTNT|UBTVQH10|UBTVQH11|UBTVQH12|UBTVQH13|UBTVQH14|UBTVQH15|BKHCNMT|"
    "BLĐTBXH|BNNPTNT|BVHTTDL|VKSNDTC|TANDTC|UBTVQH|BBCVT|BCĐTW|BDTTG|BGDĐT|BGTVT|BKHCN|BKHĐT|"
    "BNNMT|BTNMT|BTTTT|BVHTT|VPCTN|BHXH|CSXH|HĐND|HĐTP|KTNN|NHNN|QH10|QH11|QH12|QH13|QH14|"
    "QH15|QH16|TCBĐ|TCCP|TCHQ|TCTK|TCĐC|TTCP|UBDT|UBND|VPCP|VPQH|BCA|BCH|BCN|BCT|BDT|BKH|BNG|"
    "BNN|BNV|BQP|BTC|BTM|BTP|BTS|BXD|BYT|C06|CTN|TCT|TLĐ|TTg|CP|NN|NV|PC|QH|XD"
)
_KINDS = "TTLT|TT|NĐ|NQ|QĐ|CT|VBHN|PL|L|TB|CV|HD|KH|SL|LCT|BHXH"
_SUFFIX = (
    rf"(?:(?:{_KINDS})(?:-(?:{_ISSUERS}))+|UBTVQH1[0-9]|QH1[0-9]|QH[0-9](?![0-9])|CP"
    # Typed without its last letter in many pages.
    rf"|NĐ-C(?!P))"
)
_NUMBER = re.compile(
    rf"(?P<digits>[0-9]{{1,12}}(?:\.[0-9]+)?)/(?:(?:19|20)[0-9]{{2}}/)?(?P<suffix>{_SUFFIX})"
)
# The number's cell sometimes repeats the kind of text ("Thông tư số 03/2023/TT-BTP").
_KIND_WORDS = re.compile(
    r"(?<=[a-zà-ỹđ0-9).,”\"])(?:Thông tư liên tịch|Thông tư|Nghị định|Nghị quyết|Quyết định|"
    r"Văn bản hợp nhất|Luật)(?: số)? ?:? ?\Z"
)
# A number glued to a word inside a name: two texts that could not be told apart.
_MISSED = re.compile(r"[^\W\d_][0-9]{1,4}/(?:19|20)[0-9]{2}/")
_INSIDE = ' ,;.:)/–-”"\n'
_YEAR_THEN_NUMBER = re.compile(r"(?:\s|[/-])((?:19|20)[0-9]{2})([1-9][0-9]{0,3})\Z")

Read = tuple[list[BasisFacts], list[Finding]]


def read_bases(text: str) -> Read:
    """All legal texts in the order of printing; a name without a number is a finding."""
    body = said(text).removeprefix(HEADER)
    if not body.strip():
        return [], [Finding(Part.BASIS, FindingKind.MISSING)]
    bases: list[BasisFacts] = []
    findings: list[Finding] = []
    start = 0
    for match in _cells(body):
        name = body[start : match.start()]
        if _MISSED.search(name):
            findings.append(Finding(Part.BASIS, FindingKind.NUMBER_JOINED, one_line(name)[-250:]))
        bases.append(_read_basis(name, match, findings))
        start = match.end()
    rest = one_line(body[start:])
    if rest:
        bases.append(BasisFacts("", rest))
        findings.append(Finding(Part.BASIS, FindingKind.UNREAD, rest))
    return bases, findings


def _cells(body: str) -> list[re.Match[str]]:
    """The numbers that fill the second column, not those inside a name."""
    numbers = list(_NUMBER.finditer(body))
    starts = {number.start() for number in numbers}
    return [number for number in numbers if _is_cell(number, body, starts)]


def _is_cell(number: re.Match[str], body: str, starts: set[int]) -> bool:
    following = body[number.end() : number.end() + 1]
    if following and following in _INSIDE:
        return False
    before = body[number.start() - 1 : number.start()]
    glued = bool(before) and before not in " (\n:"
    # "Luật 54/2014/QH13|54/2014/QH13": the first ends the name, the second is the cell.
    return glued or number.end() not in starts


def _read_basis(name: str, match: re.Match[str], findings: list[Finding]) -> BasisFacts:
    number = match[0]
    if len(match["digits"].split(".")[0]) > 4:
        return _split_year(name, match, findings)
    words = _KIND_WORDS.search(name)
    if words:
        name, number = name[: words.start()], f"{words[0]}{number}"
    return BasisFacts(one_line(number), one_line(name) or one_line(number))


def _split_year(name: str, match: re.Match[str], findings: list[Finding]) -> BasisFacts:
    """ "năm 201335/2013/QH13": a year has four digits; any other run of digits stays whole."""
    seam = _YEAR_THEN_NUMBER.search(name + match["digits"])
    if seam is None:
        whole = one_line(name + match[0])
        findings.append(Finding(Part.BASIS, FindingKind.NUMBER_JOINED, whole[-250:]))
        return BasisFacts("", whole)
    number = seam[2] + match[0][len(match["digits"]) :]
    return BasisFacts(number, one_line(name + seam[1]))
