"""The dossier page: gathers in a fixed number of queries what it shows, and the acts offered."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse

from dossiers import (
    access,
    clock_facts,
    clock_telling,
    correction_access,
    correction_showing,
    deadlines,
    effective,
    narrating,
    telling,
    timing,
)
from dossiers.access import Act
from dossiers.forms.acts import ActForm
from dossiers.forms.offered import FORMS
from dossiers.hanging import Hanging
from dossiers.models import (
    Attachment,
    Dossier,
    DossierEvent,
    DossierPaper,
    DossierStep,
    Fee,
    PrintedForm,
)
from dossiers.statuses import (
    NATIONAL_STATE,
    NATIONAL_STATE_LABEL,
    OPEN_STATUSES,
    DossierStatus,
    FormKind,
)
from dossiers.timing import Deadline
from notifications.addresses import masked
from notifications.models import Message
from notifications.statuses import MessageChannel
from notifications.wording import TEMPLATES
from organizations.models import User
from workdays.calendar import Calendar, Explanation
from workdays.loading import calendar_for


@dataclass(frozen=True, kw_only=True)
class Panel:
    """An act as the page offers it: a form to unfold, a plain button, or the reason why not."""

    act: Act
    url: str
    form: ActForm | None
    objection: str
    is_open: bool
    is_first: bool = False

    @property
    def is_plain(self) -> bool:
        """Is nothing asked, so that one click does it?"""
        return self.form is not None and not self.form.questions


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One line of the timeline."""

    at: datetime
    sentence: str
    reason_word: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Why:
    """How the promised day came about, or why it cannot be told."""

    explanation: Explanation | None = None
    difference: str = ""
    refusal: str = ""


_EVENTS = Hanging(DossierEvent, "sequence DESC")
_FEES, _PRINTED, _ATTACHMENTS = Hanging(Fee), Hanging(PrintedForm), Hanging(Attachment)
_PAPERS = Hanging(DossierPaper, "position")


def page(
    dossier: Dossier, *, viewer: User, at: datetime, refused: tuple[Act, ActForm] | None = None
) -> dict[str, Any]:
    """Everything that the page of this dossier shows this person at this moment."""
    calendar = calendar_for(dossier.agency.schedule_id)
    papers, files = _papers(dossier)
    events, fees = _EVENTS.of(dossier), _FEES.of(dossier)
    owes_fees = any(fee.paid_at is None for fee in fees)
    national = NATIONAL_STATE[DossierStatus(dossier.status)]
    return {
        "dossier": dossier,
        "standing": telling.standing(dossier, viewer=viewer),
        "deadline": timing.deadline(dossier, calendar=calendar, at=at),
        "why": _why(dossier, calendar),
        "papers": papers,
        "files": files,
        "fees": fees,
        "forms": _forms(dossier),
        "steps": _steps(dossier, calendar, at),
        "timeline": timeline(dossier, events),
        "clock": clock_telling.lines(events, calendar),
        "corrections": _corrections(dossier, events),
        "may_correct": any(effective.recorded(dossier).values())
        and not correction_access.objection_to_propose(viewer, dossier),
        "panels": panels(dossier, viewer=viewer, at=at, owes_fees=owes_fees, refused=refused),
        "goes_on_the_spot": _goes_on_the_spot(dossier),
        "refused": refused[1] if refused else None,
        "national_state": national,
        "national_label": NATIONAL_STATE_LABEL[national],
    }


def _corrections(dossier: Dossier, events: Iterable[DossierEvent]) -> list[correction_showing.Row]:
    """The corrections of the dossier, asked for only where the ledger tells of one."""
    if not any(event.kind in correction_showing.CORRECTION_EVENTS for event in events):
        return []
    return correction_showing.of_dossier(dossier)


def _forms(dossier: Dossier) -> list[PrintedForm]:
    """The printed forms; of control sheets the latest alone, the others show less of the same."""
    printed = _PRINTED.of(dossier)
    sheets = [form for form in printed if form.kind == FormKind.CONTROL_SHEET]
    return [form for form in printed if form not in sheets[:-1]]


def timeline(dossier: Dossier, events: Iterable[DossierEvent]) -> list[Telling]:
    """What happened and what the applicant was told, as sentences, the latest first."""
    happened = [
        Telling(
            at=event.at,
            sentence=narrating.event(event),
            reason_word=narrating.reason_word(event),
            reason=event.reason,
        )
        for event in events
    ]
    told = [_told(message) for message in Message.objects.about(dossier.code).reverse()]
    # Stable, so that events of one moment keep the order of the ledger.
    return sorted([*told, *happened], key=lambda line: line.at, reverse=True)


_BY = {MessageChannel.EMAIL: "thư điện tử", MessageChannel.SMS: "tin nhắn SMS"}


def _told(message: Message) -> Telling:
    what = TEMPLATES[message.template].label if message.template in TEMPLATES else "Thông báo"
    by = f"{_BY[MessageChannel(message.channel)]} đến {masked(message.channel, message.recipient)}"
    return Telling(
        at=message.enqueued_at,
        sentence=f"Báo người nộp “{what}” bằng {by}: {message.get_state_display().lower()}.",
        reason_word="Chưa gửi được",
        reason=message.failure,
    )


def panels(
    dossier: Dossier,
    *,
    viewer: User,
    at: datetime,
    owes_fees: bool,
    refused: tuple[Act, ActForm] | None = None,
) -> list[Panel]:
    """The acts of this state, the person's own first; a refused one keeps what was entered."""
    tried = dict([refused]) if refused else {}
    made = [
        _panel(offer, tried, dossier=dossier, viewer=viewer, at=at)
        for offer in access.offers(viewer, dossier, owes_fees=owes_fees)
    ]
    ordered = sorted(made, key=_likelihood)
    # A dossier resolved on the spot is led to the page of that; one page, one first thing to do.
    leads = not _goes_on_the_spot(dossier)
    return [replace(panel, is_first=leads and number == 0) for number, panel in enumerate(ordered)]


def _goes_on_the_spot(dossier: Dossier) -> bool:
    """Is it still under way on the one page at the counter?"""
    may = getattr(dossier, "on_the_spot", False)
    return bool(may and dossier.accepted_at and not dossier.returned_at)


def _panel(
    offer: access.Offer, tried: dict[Act, ActForm], *, dossier: Dossier, viewer: User, at: datetime
) -> Panel:
    form, objection = tried.get(offer.act), offer.objection
    if form is None and offer.is_allowed:
        fresh = FORMS[offer.act](dossier=dossier, actor=viewer, at=at)
        form, objection = (None, fresh.objection) if fresh.objection else (fresh, "")
    return Panel(
        act=offer.act,
        url=reverse(f"dossiers:{offer.act.value}", args=[dossier.code]),
        form=form,
        objection=objection,
        is_open=offer.act in tried,
    )


_LIKELIEST_FIRST = list(Act)


def _likelihood(panel: Panel) -> tuple[bool, int]:
    return panel.form is None, _LIKELIEST_FIRST.index(panel.act)


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """A paper of the checklist with its scans."""

    paper: DossierPaper
    scans: list[Attachment]

    @property
    def remarks(self) -> list[str]:
        """How many of it were received, and what was done with them."""
        paper = self.paper
        said = {
            f"{paper.originals} bản chính": paper.originals,
            f"{paper.copies} bản sao": paper.copies,
            "đã số hóa": paper.is_digitised,
            "tái sử dụng": paper.is_reused,
            "lấy từ kho dữ liệu": paper.is_from_store,
        }
        return [words for words, holds in said.items() if holds]


def _papers(dossier: Dossier) -> tuple[list[PaperLine], list[Attachment]]:
    """The checklist with its scans, and the files that belong to no paper; two queries."""
    by_paper: dict[int | None, list[Attachment]] = defaultdict(list)
    for attachment in _ATTACHMENTS.of(dossier):
        by_paper[attachment.paper_id].append(attachment)
    papers = _PAPERS.of(dossier)
    lines = [PaperLine(paper=paper, scans=by_paper.get(paper.pk, [])) for paper in papers]
    return lines, by_paper[None]


def _steps(
    dossier: Dossier, calendar: Calendar, at: datetime
) -> list[tuple[DossierStep, Deadline | None, Decimal]]:
    """Each desk with how it stands, and the percent of the promised time that is its own."""
    steps: list[DossierStep] = list(
        dossier.steps.select_related("finished_by").order_by("position")
    )
    before = [Decimal(0), *(step.share_until for step in steps)]
    return [
        (step, timing.step_deadline(step, calendar=calendar, at=at), step.share_until - begins)
        for step, begins in zip(steps, before, strict=False)
    ]


def _why(dossier: Dossier, calendar: Calendar) -> Why:
    if dossier.accepted_at is None:
        return Why()
    try:
        explanation = deadlines.explain(clock=clock_facts.clock(dossier), calendar=calendar)
    except ValidationError as refusal:
        return Why(refusal=" ".join(refusal.messages))
    # While the clock stands, or after it has ended, no other day is being promised.
    stands = dossier.status not in OPEN_STATUSES
    if explanation is None or stands or explanation.due_at == dossier.due_at:
        return Why(explanation=explanation)
    told = telling.moment(explanation.due_at)
    return Why(
        explanation=explanation,
        difference=(
            f"Lịch làm việc đã đổi sau khi hẹn: tính theo lịch hiện nay là {told}. "
            "Ngày hẹn đã báo cho người nộp vẫn giữ nguyên."
        ),
    )
