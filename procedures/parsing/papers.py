"""Reads "Thành phần hồ sơ": tables of papers, each under the heading of its case."""

import re

from procedures.parsing.facts import Finding, PaperFacts
from procedures.parsing.wording import one_line, said, tidy
from procedures.statuses import FindingKind, Part

HEADER = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
# A quantity stands glued to the end of a paper's name, and the next name is glued to it;
# "nộp 01 bản chính" inside a name is followed by a space or a punctuation mark.
_QUANTITY = re.compile(
    r"(?P<digits>[0-9]{1,12}) bản chính(?:,(?P<copies>[0-9]{1,4}) bản sao)?"
    r"(?P<after>[,;.):]|\s(?!\s))?"
)
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|rtf|odt|zip|rar|jpe?g|png)(?![a-z])", re.IGNORECASE)
_BULLET = re.compile(r"\A[-+*•–]\s*(?=[^\W\d])")
_CLOSING = set(';:,)]”"0123456789')
# "năm 20261 bản chính": a year has four digits, so the fifth is the quantity.
_YEAR_THEN_ONE = re.compile(r"(?:năm |[/-])(?:19|20)[0-9]{2}\Z")

Read = tuple[list[PaperFacts], list[Finding]]


def read_papers(text: str) -> Read:
    """All papers in the order of printing; text that belongs to no table is a finding."""
    body = said(text)
    if not body:
        return [], [Finding(Part.PAPER, FindingKind.MISSING)]
    heading, *tables = body.split(HEADER)
    if not tables:
        return [], [Finding(Part.PAPER, FindingKind.UNREAD, body)]
    papers: list[PaperFacts] = []
    findings: list[Finding] = []
    for table in tables:
        new, rest = _read_table(table, said(heading), findings)
        papers += new
        # A table without a single quantity keeps its text for the next heading, or the report.
        heading = rest if new else f"{heading}\n{rest}"
    if said(heading):
        findings.append(Finding(Part.PAPER, FindingKind.UNREAD, heading))
    return papers, findings


def _read_table(table: str, group: str, findings: list[Finding]) -> tuple[list[PaperFacts], str]:
    """The papers of one table, and the text after the last: the next table's heading."""
    papers = []
    start = 0
    for match in _QUANTITY.finditer(table):
        if _is_inside_name(match, table):
            continue
        papers.append(_read_paper(table[start : match.start()], match, group, findings))
        start = match.end("copies") + len(" bản sao") if match["copies"] else match.start()
        start = start if match["copies"] else match.end("digits") + len(" bản chính")
    return papers, table[start:]


def _is_inside_name(match: re.Match[str], table: str) -> bool:
    before = table[max(0, match.start() - 1) : match.start()]
    if match["digits"].startswith("0") and match["digits"] != "0":
        # The portal's own quantities carry no leading zero.
        return True
    if before == "(" or (match["after"] or "").strip():
        return True
    return bool(match["after"]) and before.isspace()


def _read_paper(name: str, match: re.Match[str], group: str, findings: list[Finding]) -> PaperFacts:
    digits = match["digits"]
    printed = f"{digits} bản chính" + (f",{match['copies']} bản sao" if match["copies"] else "")
    own, quantity = _split_digits(name, digits)
    if quantity is None:
        findings.append(Finding(Part.PAPER, FindingKind.QUANTITY_JOINED, name[-120:] + printed))
        return PaperFacts(name=_named(name + printed), group=group, quantity_text=printed)
    title, template = _split_template(_named(name + own), findings)
    return PaperFacts(
        name=title,
        group=group,
        template_name=template,
        originals=quantity,
        copies=int(match["copies"] or 0),
        quantity_text=printed[len(own) :],
    )


def _split_digits(name: str, digits: str) -> tuple[str, int | None]:
    """Digits that end the name, and the quantity; None where the seam cannot be known."""
    if len(digits) == 1:
        return "", int(digits)
    if _YEAR_THEN_ONE.search(name + digits[:-1]):
        return digits[:-1], int(digits[-1])
    return "", None


def _named(text: str) -> str:
    """The name without the dash of the national page's own list, unless it is a list itself."""
    name = tidy(text)
    return (name if "\n" in name else _BULLET.sub("", name)) or "(không ghi tên giấy tờ)"


def _split_template(name: str, findings: list[Finding]) -> tuple[str, str]:
    """The paper's name and the file of its form, when there is one seam between the two."""
    file = _FILE.search(name)
    if file is None:
        return name, ""
    seams = [at for at in range(1, file.start()) if _is_seam(name, at)]
    if len(seams) != 1:
        findings.append(Finding(Part.PAPER, FindingKind.TEMPLATE_JOINED, name))
        return name, ""
    return name[: seams[0]].strip(), one_line(name[seams[0] :])


def _is_seam(text: str, at: int) -> bool:
    """A capital glued to the end of a word, as in "theo mẫuMẫu số 01.docx" or "TT-BTCMẫu"."""
    before = text[at - 1]
    if not text[at].isupper():
        return False
    if before.islower() or before in _CLOSING:
        return True
    if before == ".":
        return text[at - 2 : at - 1].islower()
    return text[max(0, at - 2) : at].isupper() and text[at + 1 : at + 2].islower()
