"""Receiving: accept or refuse at the counter, register what came online, warn of duplicates.

Acceptance does everything in one transaction: the code, the promise, the dossier, its first
event, its papers, its fee, and the order to print the receipt. A second click with the same
submission key finds the first click's dossier.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import fields
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from dossiers import (
    access,
    attaching,
    calendars,
    deadlines,
    ledger,
    messaging,
    opening,
    printing,
    rules,
)
from dossiers.access import Act
from dossiers.checking import IntakeRefused, check, checked_applicant, checked_reason, tidy
from dossiers.holding import Target, locked, record
from dossiers.making import made
from dossiers.models import Dossier, DossierEvent, DossierPaper, Fee, PrintedForm
from dossiers.requests import Applicant, FeeFacts, Paper, Request
from dossiers.statuses import AttachmentKind, EventKind, FormKind
from organizations.models import User
from procedures.models import ProcedureAssignment
from procedures.statuses import ChannelKind
from workdays.calendar import Calendar
from workdays.loading import Kept


def accept(*, request: Request, actor: User, at: datetime) -> Dossier:
    """Receive at the counter and promise a day (NĐ 61/2018 Đ17(1)); prints Mẫu 01.

    Raises PermissionDenied for a foreign counter, IntakeRefused or NumberRefused for
    facts that cannot be, FileRefused for a bad scan; then nothing was changed.
    """
    access.require_counter(actor, counter=request.counter, agency=request.agency)
    return _once(request, actor, lambda: _accept_new(request, actor, at))


def refuse(*, request: Request, reason: str, actor: User, at: datetime) -> Dossier:
    """Refuse at the counter with a reason (NĐ 61/2018 Đ17(1)); prints Mẫu 03."""
    access.require_counter(actor, counter=request.counter, agency=request.agency)
    text = checked_reason(reason)
    return _once(request, actor, lambda: _refuse_new(request, text, actor, at))


def submit(*, request: Request, at: datetime) -> Dossier:
    """Register what came online: the counter must answer within the acceptance time."""
    return _once(request, None, lambda: _submit_new(request, at))


@transaction.atomic
def accept_submitted(*, target: Target, actor: User, at: datetime) -> Dossier:
    """Accept a dossier that came online; the promise counts from now."""
    dossier = locked(target, actor, Act.ACCEPT)
    _promise(dossier, calendars.steady_for(dossier.agency), at)
    data = _promise_data(dossier)
    record(dossier, EventKind.ACCEPTED, actor, at, saves=PROMISE_FIELDS, data=data)
    printing.ask(dossier=dossier, kind=FormKind.RECEIPT, actor=actor, at=at)
    return dossier


@transaction.atomic
def refuse_submitted(*, target: Target, reason: str, actor: User, at: datetime) -> Dossier:
    """Refuse a dossier that came online, with a reason."""
    dossier = locked(target, actor, Act.REFUSE)
    dossier.refused_at = at
    text = checked_reason(reason)
    record(dossier, EventKind.REFUSED, actor, at, saves=("refused_at",), reason=text)
    printing.ask(dossier=dossier, kind=FormKind.REFUSAL, actor=actor, at=at)
    return dossier


# An act is done again when the calendar was edited meanwhile; so often in a row it never is.
_MOST_CALENDARS = 3
PROMISE_FIELDS = ("accepted_at", "transfer_by", "first_due_at", "due_at", "remind_at", "rule_set")


def _accept_new(request: Request, actor: User, at: datetime) -> Dossier:
    dossier = _new_dossier(request, at)
    with opening.calendar_at_hand(request) as kept:
        _promise(dossier, kept.calendar, at)
    first = _first_event(dossier, EventKind.ACCEPTED, actor, at, data=_promise_data(dossier))
    receipt = printing.order(dossier=dossier, kind=FormKind.RECEIPT, actor=actor, at=at)
    _keep(request, first, [*_fees(dossier, request.fee, at), receipt], kept)
    printing.wake_after_commit()
    return dossier


def _refuse_new(request: Request, reason: str, actor: User, at: datetime) -> Dossier:
    dossier = _new_dossier(request, at)
    dossier.refused_at = at
    first = _first_event(dossier, EventKind.REFUSED, actor, at, reason=reason)
    notice = printing.order(dossier=dossier, kind=FormKind.REFUSAL, actor=actor, at=at)
    _keep(request, first, [notice], None)
    printing.wake_after_commit()
    return dossier


def _submit_new(request: Request, at: datetime) -> Dossier:
    dossier = _new_dossier(request, at)
    dossier.submitted_at = at
    with opening.calendar_at_hand(request) as kept:
        dossier.accept_by = deadlines.accept_by(
            submitted_at=at, calendar=kept.calendar, rules=rules.BY_CODE[dossier.rule_set]
        )
    first = _first_event(dossier, EventKind.SUBMITTED, None, at)
    _keep(request, first, _fees(dossier, request.fee, at), kept)
    return dossier


def _once(request: Request, actor: User | None, act: Callable[[], Dossier]) -> Dossier:
    """Do the act in a transaction of its own; the same submission key never counts twice."""
    try:
        for _ in range(_MOST_CALENDARS):
            with suppress(opening.CalendarMoved), _transaction(request):
                return act()
    except IntegrityError as error:
        if "submission_key" not in str(error) or request.submission_key is None:
            raise
        return _received_before(request, actor)
    raise calendars.busy()


def _transaction(request: Request) -> AbstractContextManager[None]:
    """What comes at the counter without scans is one statement: a transaction by itself.

    A begin and a commit would be two more turns to the server.
    """
    has_scans = any(paper.scans for paper in request.papers)
    if request.channel == ChannelKind.DIRECT and not has_scans and not connection.in_atomic_block:
        return nullcontext()
    return transaction.atomic()


def _received_before(request: Request, actor: User | None) -> Dossier:
    """The dossier that the key made; somebody else's is no business of this person's."""
    dossiers = Dossier.objects.visible_to(actor) if actor else Dossier.objects.all()
    found: Dossier | None = dossiers.filter(submission_key=request.submission_key).first()
    if found is None:
        raise IntakeRefused(
            "Biểu mẫu này đã được dùng cho một hồ sơ khác. Hãy mở lại trang tiếp nhận.",
            code="submission_key",
        )
    return found


_SAME_AS_ENTERED = tuple({field.name for field in fields(Applicant)} - {"kind", "name"})


def _new_dossier(request: Request, at: datetime) -> Dossier:
    """The dossier as entered, without code, not yet in any state; nothing is saved."""
    check(request)
    who = checked_applicant(request.applicant)
    return made(
        Dossier,
        submission_key=request.submission_key,
        agency=request.agency,
        counter=request.counter,
        version=request.version,
        case=request.case,
        rule_set=rules.in_force_on(deadlines.local_date(at)).code,
        applicant_kind=who.kind,
        applicant_name=who.name,
        **{name: getattr(who, name) for name in _SAME_AS_ENTERED},
        summary=tidy(request.summary) or request.version.name[:500],
        channel=request.channel,
        online_level=_online_level(request),
        sets=request.sets,
        return_method=request.return_method,
        return_address=tidy(request.return_address),
        time_limit=request.case.time_limit if request.case else None,
        time_unit=request.case.time_unit if request.case else "",
    )


def _online_level(request: Request) -> str:
    """How far the service goes online at this agency now; nothing for what came otherwise."""
    if request.channel != ChannelKind.ONLINE:
        return ""
    offered = ProcedureAssignment.objects.filter(
        procedure_id=request.version.procedure_id, agency=request.agency
    )
    return offered.values_list("online_level", flat=True).first() or ""


def _first_event(
    dossier: Dossier,
    kind: EventKind,
    actor: User | None,
    at: datetime,
    *,
    reason: str = "",
    data: dict[str, object] | None = None,
) -> DossierEvent:
    entry = ledger.Entry(
        kind=kind, at=at, recorded_at=at, actor=actor, reason=reason, data=data or {}
    )
    return ledger.unhashed_event(dossier=dossier, entry=entry)


def _keep(
    request: Request, first: DossierEvent, others: Sequence[Fee | PrintedForm], kept: Kept | None
) -> None:
    """Write the dossier with its first event and all that was handed in, then its scans."""
    dossier = first.dossier
    papers = _papers(dossier, request.papers)
    opening.write(
        first,
        [*papers, *others],
        request=request,
        day=deadlines.local_date(first.at),
        calendar=kept,
    )
    for row, paper in zip(papers, request.papers, strict=True):
        for scan in paper.scans:
            attaching.attach(
                dossier=dossier,
                kind=AttachmentKind.PAPER,
                upload=scan,
                actor=first.actor,
                at=first.at,
                paper=row,
            )
    messaging.tell_of(first, at=first.at)


def _promise(dossier: Dossier, calendar: Calendar, at: datetime) -> None:
    """Start the clock: the promise, when to warn of it, and when the papers must leave."""
    dossier.accepted_at = at
    # A registered dossier is governed by the rules of the day of its acceptance.
    governing = rules.in_force_on(deadlines.local_date(at))
    dossier.rule_set = governing.code
    promised = deadlines.promise(
        clock=deadlines.clock_of(dossier, accepted_at=at),
        calendar=calendar,
        remind_days=dossier.agency.due_soon_days,
    )
    dossier.first_due_at = dossier.due_at = promised.due_at
    dossier.remind_at = promised.remind_at
    dossier.transfer_by = deadlines.transfer_by(accepted_at=at, calendar=calendar, rules=governing)


def _promise_data(dossier: Dossier) -> dict[str, object]:
    return {
        "due_at": dossier.due_at.isoformat() if dossier.due_at else None,
        "time_limit": str(dossier.time_limit.normalize()) if dossier.time_limit else None,
        "time_unit": dossier.time_unit,
        "rule_set": dossier.rule_set,
    }


def _papers(dossier: Dossier, papers: Sequence[Paper]) -> list[DossierPaper]:
    return [
        made(
            DossierPaper,
            dossier=dossier,
            required_paper_id=paper.required_paper_id,
            position=position,
            name=tidy(paper.name),
            originals=paper.originals,
            copies=paper.copies,
            is_digitised=paper.is_digitised or bool(paper.scans),
            is_reused=paper.is_reused,
            is_from_store=paper.is_from_store,
        )
        for position, paper in enumerate(papers, start=1)
    ]


def _fees(dossier: Dossier, fee: FeeFacts | None, at: datetime) -> list[Fee]:
    if fee is None or not fee.amount:
        return []
    return [
        made(
            Fee,
            dossier=dossier,
            name=fee.name,
            amount=fee.amount,
            method=fee.method or "",
            paid_at=at if fee.method else None,
        )
    ]
