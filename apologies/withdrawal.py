"""Takes a wrong letter back: an event with a reason, never a deletion.

The new day stays, because it is set once only; a draft in the letter's place says the same day.
"""

from datetime import datetime

from django.db import transaction

from apologies.holding import LetterTarget, held, required
from apologies.issuing import notify_counter
from apologies.models import ApologyLetter
from apologies.statuses import LetterStatus, NoticeKind
from dossiers.holding import record
from dossiers.statuses import OPEN_STATUSES, EventKind
from organizations.models import User


@transaction.atomic
def withdraw(*, target: LetterTarget, reason: str, actor: User, at: datetime) -> ApologyLetter:
    """Withdraw a signed letter; an open dossier gets a draft that refers to it.

    Raises PermissionDenied for those who may not sign it, ActRefused without a reason.
    """
    letter = held(target, actor, LetterStatus.SIGNED)
    text = required(reason, "Hãy ghi rõ phiếu sai ở đâu và vì sao thu hồi.", "reason")
    letter.status = LetterStatus.WITHDRAWN
    letter.withdrawn_at, letter.withdrawn_by, letter.withdrawal_reason = at, actor, text
    letter.save(update_fields=["status", "withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    record(
        letter.dossier,
        EventKind.APOLOGY_WITHDRAWN,
        actor,
        at,
        reason=text,
        data={"letter_id": letter.pk, "number": letter.full_number},
    )
    notify_counter(letter, NoticeKind.WITHDRAWN, at)
    if letter.dossier.status in OPEN_STATUSES:
        _in_its_place(letter, at).save(force_insert=True)
    return letter


def _in_its_place(letter: ApologyLetter, at: datetime) -> ApologyLetter:
    return ApologyLetter(
        dossier=letter.dossier,
        agency=letter.agency,
        rule_set=letter.rule_set,
        status=LetterStatus.DRAFT,
        replaces=letter,
        reason=letter.reason,
        fault=letter.fault,
        promised_at=letter.promised_at,
        new_day=letter.new_day,
        drafted_at=at,
    )
