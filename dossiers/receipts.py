"""The plain values that the printed forms show, in the words and order of the official forms."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from textwrap import wrap

import segno
from django.conf import settings
from django.urls import reverse

from dossiers import rules
from dossiers.deadlines import HERE, local_date
from dossiers.issuers import issuer_of, with_full_stop
from dossiers.messaging import look_up_url
from dossiers.models import Dossier, DossierEvent, DossierPaper, Fee, PrintedForm
from dossiers.rules import RuleSet
from dossiers.statuses import ApplicantKind, EventKind, FormKind, ReturnMethod
from workdays.kinds import Weekday

# A text longer than this (ten lines) may go over from one page to the next.
LONG_TEXT = 600
# Capitals that fit on one line of the left head.
HEAD_WIDTH = 27
# A reader must still find the symbol after a fold or a stain: 15 % of it may be lost.
QR_CORRECTION = "m"


@dataclass(frozen=True, kw_only=True)
class Head:
    """What stands above the text of every form, and leads back to the dossier."""

    title: str
    form_number: str
    forms_of: str
    # The body and its counter, in lines of like length.
    body: list[str]
    counter: list[str]
    number: str
    symbol: str
    place_and_day: str
    look_up_page: str
    qr: str


@dataclass(frozen=True, kw_only=True)
class Party:
    """Who the dossier belongs to, who brought it, and what is asked for."""

    identity_label: str
    identity: str
    brought_by: str
    request: str


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """One paper handed in; the note says when it came as data."""

    name: str
    originals: int
    copies: int
    note: str

    @property
    def is_long(self) -> bool:
        """Would keeping it whole leave a hole on the page?"""
        return len(self.name) > LONG_TEXT


@dataclass(frozen=True, kw_only=True)
class FeeLine:
    """One fee and what became of it."""

    name: str
    amount: Decimal
    state: str


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Mẫu 01: giấy tiếp nhận hồ sơ và hẹn trả kết quả."""

    head: Head
    party: Party
    papers: tuple[PaperLine, ...]
    fees: tuple[FeeLine, ...]
    # The law's limit in words, when it is not a number with a unit.
    limit_in_words: str
    received_at: str
    # Empty when no day can be promised.
    due_at: str
    return_at: str
    clerk: str
    # Why this receipt takes the place of an earlier one; empty on the first.
    replaces: str = ""


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Mẫu 03: phiếu từ chối tiếp nhận giải quyết hồ sơ."""

    head: Head
    party: Party
    handed_in_at: str
    # Who refuses: the counter on reception, the agency after appraisal.
    body: str
    reason: str
    clerk: str


def receipt_of(form: PrintedForm) -> Receipt:
    """The receipt of an accepted dossier: the promise as this print gives it."""
    dossier = form.dossier
    event = _event(dossier, EventKind.ACCEPTED)
    first = Receipt(
        head=head_of(dossier, FormKind.RECEIPT, form.asked_at),
        party=party_of(dossier),
        papers=paper_lines(dossier.papers.order_by("position")),
        fees=tuple(_fee_line(fee) for fee in dossier.fees.order_by("id")),
        limit_in_words=_limit_in_words(dossier),
        received_at=official_moment(event.at),
        due_at=_promised(dossier.first_due_at) if dossier.first_due_at else "",
        return_at=_return_place(dossier),
        clerk=event.actor_name,
    )
    return first if form.number == 1 else _again(first, form)


def _again(first: Receipt, form: PrintedForm) -> Receipt:
    """The clock ran on with another day: the print says why, and names that day."""
    event = form.dossier.events.get(
        kind__in=(EventKind.SUPPLEMENT_RECEIVED, EventKind.RESUMED), at=form.asked_at
    )
    due_at = datetime.fromisoformat(event.data["due_at"])
    why = (
        "đã nhận đủ hồ sơ bổ sung"
        if event.kind == EventKind.SUPPLEMENT_RECEIVED
        else "người nộp đã thực hiện nghĩa vụ tài chính"
    )
    said = f"In lần {form.number}, thay cho giấy đã giao: {why} lúc {official_moment(event.at)}."
    return replace(first, due_at=_promised(due_at), clerk=event.actor_name, replaces=said)


def refusal_of(form: PrintedForm) -> Refusal:
    """The refusal slip, on reception or after appraisal, with the reason of the ledger."""
    dossier = form.dossier
    event = dossier.events.get(kind__in=(EventKind.REFUSED, EventKind.DECLINED))
    on_reception = event.kind == EventKind.REFUSED
    return Refusal(
        head=head_of(dossier, FormKind.REFUSAL, event.at),
        party=party_of(dossier),
        handed_in_at=official_moment(dossier.submitted_at or dossier.accepted_at or event.at),
        body=dossier.counter.name if on_reception else dossier.agency.name,
        reason=with_full_stop(event.reason),
        # After appraisal whoever hands the slip over signs it by hand.
        clerk=event.actor_name if on_reception else "",
    )


def official_day(day: date) -> str:
    """`ngày 05 tháng 01 năm 2026`: days below 10 and months 1, 2 take a zero (NĐ 30/2020)."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def official_moment(moment: datetime) -> str:
    """`09 giờ 05 phút, ngày 24 tháng 4 năm 2026`, local time."""
    return f"{moment.astimezone(HERE):%H giờ %M phút}, {official_day(local_date(moment))}"


def balanced(text: str, width: int = HEAD_WIDTH) -> list[str]:
    """Lines of about the same length, as few as the width allows: no word hangs alone."""
    fewest = len(wrap(text, width))
    attempts = (wrap(text, narrower) for narrower in count(max(len(text) // max(fewest, 1), 1)))
    return next(lines for lines in attempts if len(lines) <= fewest)


def paper_lines(papers: Iterable[DossierPaper]) -> tuple[PaperLine, ...]:
    """The papers that were handed in or taken from data; what was not brought is left out."""
    lines = (
        PaperLine(
            name=paper.name, originals=paper.originals, copies=paper.copies, note=_note(paper)
        )
        for paper in papers
    )
    return tuple(line for line in lines if line.originals or line.copies or line.note)


def _readable(path: str) -> str:
    """The address as people type it."""
    return f"{settings.PUBLIC_URL}{path}".split("://", 1)[1]


def qr_matrix(text: str) -> segno.QRCode:
    """The symbol for this text."""
    return segno.make_qr(text, error=QR_CORRECTION)


def _event(dossier: Dossier, kind: EventKind) -> DossierEvent:
    return dossier.events.get(kind=kind)


def head_of(dossier: Dossier, kind: FormKind, at: datetime) -> Head:
    """The head of a form of this dossier that is given out at this moment."""
    governing = rules.BY_CODE[dossier.rule_set]
    url = look_up_url(dossier.code)
    above, issuer, place = issuer_of(dossier, kind)
    return Head(
        title=str(kind.label),
        form_number=_form_number(governing, kind),
        forms_of=governing.forms_of,
        body=balanced(above) if above else [],
        counter=balanced(issuer),
        # Within an agency and a day the code's last part is the order of reception.
        number=dossier.code.rsplit("-", 1)[1],
        symbol=_SYMBOLS[kind],
        place_and_day=f"{place}, {official_day(local_date(at))}",
        look_up_page=_readable(reverse("dossiers:look_up")),
        qr=qr_matrix(url).svg_data_uri(border=0, xmldecl=False),
    )


def _form_number(governing: RuleSet, kind: FormKind) -> str:
    return {
        FormKind.RECEIPT: governing.receipt_form,
        FormKind.REFUSAL: governing.refusal_form,
        FormKind.SUPPLEMENT: governing.supplement_form,
        FormKind.STOP_NOTICE: governing.stop_form,
        FormKind.CONTROL_SHEET: governing.control_sheet_form,
    }[kind]


# What follows the number of a form in its left head (TT 01/2018, annex).
_SYMBOLS = {
    FormKind.RECEIPT: "BPTNTKQ",
    FormKind.REFUSAL: "BPTNTKQ",
    FormKind.SUPPLEMENT: "HDHS",
    FormKind.STOP_NOTICE: "TB",
    FormKind.CONTROL_SHEET: "PKS",
}


def party_of(dossier: Dossier) -> Party:
    """Whose dossier it is, as the forms print it."""
    is_person = dossier.applicant_kind == ApplicantKind.PERSON
    return Party(
        identity_label="Số định danh cá nhân" if is_person else "Mã số thuế, mã số doanh nghiệp",
        identity=dossier.identity_number if is_person else dossier.tax_code,
        brought_by=dossier.delegate_name or (dossier.applicant_name if is_person else ""),
        request=_request(dossier),
    )


def _request(dossier: Dossier) -> str:
    version = dossier.version
    asked = dossier.summary.rstrip(" .")
    named = "" if version.name.startswith(asked) else f"thủ tục {version.name.rstrip(' .')}, "
    full = version.name.rstrip(" .") if not named else asked
    return f"{full} ({named}mã {version.procedure.code})"


def _note(paper: DossierPaper) -> str:
    if paper.is_reused or paper.is_from_store:
        return "dùng lại dữ liệu đã có"
    if paper.is_digitised and not paper.originals and not paper.copies:
        return "bản điện tử"
    return ""


def _fee_line(fee: Fee) -> FeeLine:
    paid = f"đã nộp, {fee.get_method_display().lower()}" if fee.paid_at else "chưa nộp"
    return FeeLine(name=fee.name, amount=fee.amount, state=paid)


def _limit_in_words(dossier: Dossier) -> str:
    if dossier.time_limit is not None:
        return ""
    printed = dossier.case.time_text.strip() if dossier.case else ""
    return printed or "không quy định"


def _promised(moment: datetime) -> str:
    """The promise names the weekday as well: it is what people remember."""
    local = moment.astimezone(HERE)
    weekday = Weekday(local.isoweekday()).label
    return f"{local:%H giờ %M phút}, {weekday}, {official_day(local.date())}"


def _return_place(dossier: Dossier) -> str:
    if dossier.return_method == ReturnMethod.COUNTER:
        return ", ".join(part for part in (dossier.counter.name, dossier.counter.address) if part)
    where = dossier.return_address or dossier.address
    if dossier.return_method == ReturnMethod.POST:
        return f"{where} (qua dịch vụ bưu chính)" if where else "Qua dịch vụ bưu chính"
    return f"Trực tuyến, {dossier.email}" if dossier.email else "Trực tuyến"
