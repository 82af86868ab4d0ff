"""The head's acts on a draft: change its text, and sign it.

Signing is the decision: number, new day, event, notice to the counter and message to the
citizen stand in one transaction or not at all. The PDF is drawn and sealed right after it by a
worker (`drawing`), because half a second of drawing must not hold the locks of a dossier and
of the agency's numbers.
"""

from dataclasses import dataclass
from datetime import date, datetime
from secrets import choice

from django.db import transaction

from apologies import authorities, certificates, numbers, ordering
from apologies.holding import LetterTarget, held, required
from apologies.models import ApologyLetter, CentreNotice
from apologies.statuses import LetterStatus, NoticeKind
from dossiers import ledger, messaging
from dossiers.deadlines import local_date
from dossiers.holding import ActRefused, record
from dossiers.models import Reschedule
from dossiers.rescheduling import NewAppointment, checked_day, reschedule
from dossiers.statuses import DossierStatus, EventKind, Fault
from organizations.models import User
from workdays.loading import calendar_for

# No letter that is mistaken for another; sixteen of them cannot be guessed (80 bits).
_CODE_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ0123456789"
CODE_LENGTH = 16
NO_REASON = "Hãy ghi lý do chậm: người dân phải được biết vì sao."


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """Why the promise is not kept, and whose doing it is."""

    reason: str
    fault: Fault


@transaction.atomic
def revise(
    *, target: LetterTarget, grounds: Grounds, new_day: date, actor: User, at: datetime
) -> ApologyLetter:
    """Change the text of a draft; ActRefused, with what to do instead, when it will not do."""
    letter = held(target, actor, LetterStatus.DRAFT)
    letter.reason = required(grounds.reason, NO_REASON, "reason")
    letter.fault = grounds.fault
    if letter.replaces_id is None:
        checked_day(
            dossier=letter.dossier,
            day=new_day,
            calendar=calendar_for(letter.agency.schedule_id),
            at=at,
        )
        letter.new_day = new_day
    letter.revision += 1
    letter.save(update_fields=["reason", "fault", "new_day", "revision"])
    return letter


@transaction.atomic
def sign(
    *, target: LetterTarget, actor: User, at: datetime, common: Grounds | None = None
) -> ApologyLetter:
    """Sign a draft (NĐ 61/2018 Đ12(5), Đ19(9)); `common` speaks for a draft without a reason.

    Raises PermissionDenied when the letter is not theirs to sign, TransitionRefused when the
    dossier is not open, ActRefused when the new day will not do or there is no reason,
    CertificateRefused when the agency has no certificate in force. Nothing is half done.
    """
    letter = held(target, actor, LetterStatus.DRAFT)
    ledger.next_status(EventKind.APOLOGY_SIGNED, DossierStatus(letter.dossier.status))
    letter.certificate = certificates.usable(agency=letter.agency, at=at)
    _take_reason(letter, common)
    _promise_anew(letter, actor, at)
    _put_name_and_number(letter, actor, at)
    letter.save()
    record(
        letter.dossier,
        EventKind.APOLOGY_SIGNED,
        actor,
        at,
        reason=letter.reason,
        data=_event_data(letter),
    )
    notify_counter(letter, NoticeKind.SIGNED, at)
    _tell_citizen(letter, at)
    ordering.order_sealed(letter=letter, at=at)
    return letter


def notify_counter(letter: ApologyLetter, kind: NoticeKind, at: datetime) -> None:
    """The notice in writing that the counter's list shows until it is read."""
    CentreNotice.objects.create(
        letter=letter, counter_id=letter.dossier.counter_id, kind=kind, sent_at=at
    )


def _take_reason(letter: ApologyLetter, common: Grounds | None) -> None:
    if not letter.reason and common is not None:
        letter.reason, letter.fault = common.reason, common.fault
    letter.reason = required(letter.reason, NO_REASON, "reason")


def _promise_anew(letter: ApologyLetter, actor: User, at: datetime) -> None:
    """The one new day; a letter in place of a withdrawn one says the day that was set before."""
    if letter.replaces_id is not None:
        kept = Reschedule.objects.get(dossier=letter.dossier)
        letter.new_day = local_date(kept.new_due_at)
        return
    if letter.new_day is None:
        raise ActRefused("Hãy chọn ngày hẹn mới rồi ký lại.", code="new_day")
    assert letter.dossier.due_at is not None  # noqa: S101 (a letter is drafted for a promise)
    letter.promised_at = letter.dossier.due_at
    appointment = NewAppointment(
        day=letter.new_day, reason=letter.reason, fault=Fault(letter.fault)
    )
    reschedule(dossier=letter.dossier, appointment=appointment, actor=actor, at=at)


def _put_name_and_number(letter: ApologyLetter, actor: User, at: datetime) -> None:
    signature = authorities.signature_of(user=actor, agency=letter.agency, at=at)
    letter.status = LetterStatus.SIGNED
    letter.signed_by, letter.signed_at = actor, at
    letter.signer_name, letter.signer_title = signature.name, signature.title
    letter.authority, letter.holder_title = signature.authority, signature.holder_title
    letter.verification_code = "".join(choice(_CODE_LETTERS) for _ in range(CODE_LENGTH))
    letter.symbol, letter.year = numbers.SYMBOL, local_date(at).year
    # Last of all: every other signing of the agency waits for this row until the commit.
    letter.number = numbers.next_number(agency=letter.agency, year=letter.year)


def _event_data(letter: ApologyLetter) -> dict[str, object]:
    assert letter.new_day is not None  # noqa: S101 (set above)
    return {
        "letter_id": letter.pk,
        "number": letter.full_number,
        "new_day": letter.new_day.isoformat(),
        "fault": letter.fault,
        "signer": f"{letter.signer_title} {letter.signer_name}",
        "authority": letter.authority,
        "replaces": letter.replaces.full_number if letter.replaces else "",
    }


def _tell_citizen(letter: ApologyLetter, at: datetime) -> None:
    """The counter tells the applicant of the new day by message (Đ19(9)), as they chose."""
    messaging.write(
        dossier=letter.dossier,
        key=f"dossier:{letter.dossier_id}:apology:{letter.pk}",
        template="apology",
        values={
            "agency": letter.agency.name,
            "first_due_at": letter.promised_at,
            "new_due_at": letter.dossier.due_at,
            "reason": letter.reason,
        },
        at=at,
    )
