"""What stands behind the addresses of letters when every role walks past them."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from apologies.models import ApologyLetter, CentreNotice, SigningRun
from apologies.statuses import LetterStatus, NoticeKind
from dossiers.models import Dossier
from dossiers.statuses import Fault
from tests.conftest import NOW, Desk


def of_apologies(name: str, code: str, desk: Desk) -> dict[str, Any]:
    """The dossier's draft, a notice to its counter, a run of the head's; an unknown code; nothing for others."""
    if not name.startswith(("apologies:", "api:apology")):
        return {}
    if name == "apologies:verify_code":
        return {"code": "ABCDEFGH23456789"}
    if name == "apologies:run" or "-run" in name:
        key = uuid5(NAMESPACE_URL, code)
        facts = {"asked_by": desk.head, "asked_at": NOW, "fault": Fault.AGENCY}
        return {"pk": SigningRun.objects.get_or_create(submission_key=key, defaults=facts)[0].pk}
    letter = _draft(code)
    if name == "apologies:notice_read":
        notice, _ = CentreNotice.objects.get_or_create(
            letter=letter,
            kind=NoticeKind.SIGNED,
            defaults={"counter": desk.counter, "sent_at": NOW},
        )
        return {"pk": notice.pk}
    return {"pk": letter.pk}


def _draft(code: str) -> ApologyLetter:
    dossier = Dossier.objects.get(code=code)
    letter, _ = ApologyLetter.objects.get_or_create(
        dossier=dossier,
        defaults={
            "agency": dossier.agency,
            "rule_set": dossier.rule_set,
            "status": LetterStatus.DRAFT,
            "fault": Fault.AGENCY,
            "reason": "Chờ xác minh",
            "promised_at": dossier.due_at,
            "drafted_at": NOW,
        },
    )
    return letter
