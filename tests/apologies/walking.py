"""What stands behind the addresses of letters when every role walks past them."""

from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from apologies.models import (
    AgencyCertificate,
    ApologyLetter,
    CentreNotice,
    DraftingRun,
    SigningAuthority,
    SigningRun,
)
from apologies.statuses import Authority, LetterStatus, NoticeKind
from dossiers.models import Dossier
from dossiers.statuses import Fault
from tests.conftest import NOW, Desk


def of_apologies(name: str, code: str, desk: Desk) -> dict[str, Any]:
    """The dossier's draft, a notice to its counter, a run of the head's; an unknown code; nothing for others."""
    if not name.startswith(("apologies:", "api:apology")):
        return {}
    if name == "apologies:verify_code":
        return {"code": "ABCDEFGH23456789"}
    if name in {"apologies:run", "api:apology_signing_run-detail"}:
        key = uuid5(NAMESPACE_URL, code)
        facts = {"asked_by": desk.head, "asked_at": NOW, "fault": Fault.AGENCY}
        return {"pk": SigningRun.objects.get_or_create(submission_key=key, defaults=facts)[0].pk}
    if name in {"apologies:drafting_run", "api:apology_drafting_run-detail"}:
        return {"pk": _drafting_run(desk).pk}
    if name in {"apologies:prove_again", "apologies:revoke"}:
        return {"pk": _certificate(desk).pk}
    if name == "apologies:take_back":
        return {"pk": _authority(desk).pk}
    letter = _draft(code)
    if name in {"apologies:notice_read", "api:apology_notice-read"}:
        notice, _ = CentreNotice.objects.get_or_create(
            letter=letter,
            kind=NoticeKind.SIGNED,
            defaults={"counter": desk.counter, "sent_at": NOW},
        )
        return {"pk": notice.pk}
    return {"pk": letter.pk}


def _drafting_run(desk: Desk) -> DraftingRun:
    """Asked for by the department's head."""
    facts = {"agency": desk.agency, "month": NOW.date().replace(day=1),
             "asked_by": desk.head, "asked_at": NOW}  # fmt: skip
    key = uuid5(NAMESPACE_URL, "month")
    return DraftingRun.objects.get_or_create(submission_key=key, defaults=facts)[0]


def _certificate(desk: Desk) -> AgencyCertificate:
    """Entered, and waiting for the proof of its key."""
    return AgencyCertificate.objects.get_or_create(
        fingerprint="0" * 64,
        defaults={"agency": desk.agency, "subject": desk.agency.name, "certificate": "-",
                  "key_name": "stp", "valid_from": NOW, "valid_until": NOW + timedelta(days=1),
                  "added_at": NOW},
    )[0]  # fmt: skip


def _authority(desk: Desk) -> SigningAuthority:
    facts = {"authority": Authority.DEPUTY, "signer_title": "Phó", "holder_title": "Giám đốc"}
    return SigningAuthority.objects.get_or_create(
        agency=desk.agency, user=desk.head, defaults=facts
    )[0]


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
