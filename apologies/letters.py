"""The plain values that a letter shows, in the words and order of the official form."""

from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache

from django.conf import settings
from django.urls import reverse

from apologies.models import ApologyLetter
from apologies.statuses import ABBREVIATION, Authority
from dossiers import rules
from dossiers.deadlines import HERE, local_date
from dossiers.receipts import balanced, official_day, qr_matrix
from dossiers.statuses import ApplicantKind
from workdays.kinds import Weekday

DOTS = "……"
HEAD_WIDTH = 24
# More letters of names, request and reason than fit on the page in its ordinary size.
LONG_TEXT = 1000


@dataclass(frozen=True, kw_only=True)
class Block:
    """The signature block: in whose stead, who, and what the box of the signature says."""

    above: str
    title: str
    name: str
    signed_by: str
    signed_at: str


@dataclass(frozen=True, kw_only=True)
class Letter:
    """Mẫu 04: phiếu xin lỗi và hẹn lại ngày trả kết quả."""

    is_draft: bool
    # So much text that the page must be set small from the start.
    is_long: bool
    form_number: str
    forms_of: str
    # The body above the agency and the agency itself, in lines of like length.
    parent: list[str]
    body: list[str]
    number: str
    place_and_day: str
    # "Ông/Bà", or nothing before the name of an organisation.
    salutation: str
    accepted_on: str
    promised: str
    new_promise: str
    reason: str
    replaces: str
    block: Block
    qr: str
    verification_page: str
    code: str


def values_of(letter: ApologyLetter) -> Letter:
    """Everything that the letter says; a draft shows dots where the signing will write."""
    governing = rules.BY_CODE[letter.rule_set]
    accepted_at = letter.dossier.accepted_at
    assert accepted_at is not None  # noqa: S101 (only what was accepted has a promise to break)
    return Letter(
        is_draft=letter.number is None,
        is_long=_length(letter) > LONG_TEXT,
        form_number=governing.apology_form,
        forms_of=governing.forms_of,
        parent=balanced(letter.agency.parent.name, HEAD_WIDTH) if letter.agency.parent else [],
        body=balanced(letter.agency.name, HEAD_WIDTH),
        number=letter.full_number or f"{DOTS}/PXL",
        place_and_day=f"{letter.agency.place}, {_day_of_signing(letter.signed_at)}",
        salutation=_salutation(letter),
        accepted_on=official_day(local_date(accepted_at)),
        promised=official_day(local_date(letter.promised_at)),
        new_promise=_new_promise(letter),
        reason=letter.reason.rstrip(" .") or DOTS,
        replaces=_replaced(letter),
        block=_block(letter),
        qr=_qr(verification_url(letter.verification_code or "")),
        verification_page=_readable(reverse("apologies:verify")),
        code=spaced(letter.verification_code or ""),
    )


def verification_url(code: str) -> str:
    """The public page that the QR code opens; without a code the page that asks for one."""
    path = reverse("apologies:verify_code", args=[code]) if code else reverse("apologies:verify")
    return f"{settings.PUBLIC_URL}{path}"


# All drafts bear the same one, and finding its best mask takes as long as reading the letter.
@lru_cache(maxsize=8)
def _qr(address: str) -> str:
    picture: str = qr_matrix(address).svg_data_uri(border=0, xmldecl=False)
    return picture


def spaced(code: str) -> str:
    """A code in groups of four, as people read it aloud."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def _length(letter: ApologyLetter) -> int:
    dossier = letter.dossier
    texts = (dossier.applicant_name, dossier.address, dossier.summary, letter.reason)
    # The agency is named three times, its counter once.
    return sum(map(len, (*texts, dossier.counter.name))) + 3 * len(letter.agency.name)


def _day_of_signing(signed_at: datetime | None) -> str:
    if signed_at is None:
        return f"ngày {DOTS} tháng {DOTS} năm {DOTS}"
    return official_day(local_date(signed_at))


def _salutation(letter: ApologyLetter) -> str:
    return "Ông/Bà " if letter.dossier.applicant_kind == ApplicantKind.PERSON else ""


def _new_promise(letter: ApologyLetter) -> str:
    """The weekday as well: it is what people remember."""
    if letter.new_day is None:
        return DOTS
    weekday = Weekday(letter.new_day.isoweekday()).label
    day = official_day(letter.new_day)
    if letter.number is None or letter.dossier.due_at is None:
        return f"{weekday}, {day}"
    due_at = letter.dossier.due_at.astimezone(HERE)
    if due_at.date() != letter.new_day or due_at.time() == time.min:
        return f"{weekday}, {day}"
    return f"trước {due_at:%H giờ %M phút}, {weekday}, {day}"


def _replaced(letter: ApologyLetter) -> str:
    if letter.replaces is None or letter.replaces.signed_at is None:
        return ""
    day = local_date(letter.replaces.signed_at)
    return f"số {letter.replaces.full_number} {official_day(day)}"


def _block(letter: ApologyLetter) -> Block:
    if letter.signed_at is None or letter.certificate is None:
        return Block(above="", title="Thủ trưởng cơ quan", name="", signed_by="", signed_at="")
    authority = Authority(letter.authority)
    return Block(
        above=f"{ABBREVIATION[authority]} {letter.holder_title}".strip(),
        title=letter.signer_title,
        name=letter.signer_name,
        signed_by=letter.certificate.subject,
        signed_at=f"{letter.signed_at.astimezone(HERE):%H:%M:%S %d/%m/%Y}",
    )


def _readable(path: str) -> str:
    """The address as people type it."""
    return f"{settings.PUBLIC_URL}{path}".split("://", 1)[1]
