"""What stands behind the addresses of consultations when every role walks past them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from dossiers.models import Attachment, Dossier
from liaison.models import (
    AnswerFile,
    Consultation,
    ConsultationRound,
    HandoverBatch,
    LateNotice,
    PrintedBook,
    PrintOrder,
    SharedFile,
)
from organizations.models import Agency
from tests.conftest import NOW, Desk

_ANSWER = b"%PDF-1.4\n%%EOF\n"


_OF_QUESTION = {
    "liaison:consultation",
    "liaison:shared_file",
    "liaison:answer_file",
    "liaison:answer",
    "liaison:withdraw",
    "liaison:read_notice",
}


def of_liaison(name: str, code: str, desk: Desk) -> dict[str, Any]:
    """A question of this dossier to the Department of Construction, with a file each way."""
    if name not in _OF_QUESTION and not name.startswith("api:consultation"):
        return of_handovers(name, code, desk)
    dossier = Dossier.objects.get(code=code)
    known = Consultation.objects.filter(dossier=dossier).first() or _asked(dossier, desk)
    shared = known.round.files.first()
    return {"pk": known.pk, "file_id": shared.pk if shared else 0}


def _asked(dossier: Dossier, desk: Desk) -> Consultation:
    made = ConsultationRound.objects.create(
        dossier=dossier, order="parallel", content="A", asked_by=desk.officer, asked_at=NOW
    )
    for file in Attachment.objects.filter(dossier=dossier):
        SharedFile.objects.create(round=made, attachment=file)
    consultation = Consultation.objects.create(
        round=made,
        dossier=dossier,
        # Its people are not on the scene of every test.
        agency=Agency.objects.filter(code="H41.16").first() or desk.agency,
        position=1,
        status="asked",
        term=2,
        unit="working_day",
        asked_at=NOW,
        due_at=dossier.due_at,
        remind_at=NOW,
        late_noted=True,
    )
    LateNotice.objects.create(consultation=consultation, counter=desk.counter, sent_at=NOW)
    kept = AnswerFile(
        consultation=consultation, name="a.pdf", content_type="application/pdf", size=1, sha256="0"
    )
    kept.file.save("a.pdf", SimpleUploadedFile("a.pdf", _ANSWER))
    return consultation


def of_handovers(name: str, code: str, desk: Desk) -> dict[str, Any]:
    """A batch from the department to the centre, without a dossier: only its address counts."""
    if name in {"liaison:print", "liaison:book", "api:register-detail", "api:register-book"}:
        return {"pk": _register(desk).pk}
    if name not in _OF_BATCH:
        return {}
    known = HandoverBatch.objects.first() or HandoverBatch.objects.create(
        submission_key=uuid4(),
        year=2026,
        number=1,
        from_agency=desk.agency,
        to_counter=desk.counter,
        carries="result",
        way="by_hand",
        given_by=desk.officer,
        given_at=NOW,
        expected_by=NOW + timedelta(days=1),
    )
    return {"pk": known.pk}


def _register(desk: Desk) -> PrintOrder:
    """The clerk's register, with one book; the same one each time."""
    if known := PrintOrder.objects.first():
        return known
    order = PrintOrder.objects.create(
        submission_key=uuid4(),
        kind="register",
        counter=desk.counter,
        first_day=NOW.date(),
        last_day=NOW.date(),
        asked_by=desk.clerk,
        asked_at=NOW,
    )
    book = PrintedBook(order=order, number=1, first_entry=1, last_entry=1, sha256="0")
    book.file.save("a.pdf", SimpleUploadedFile("a.pdf", _ANSWER))
    return order


_OF_BATCH = {
    "liaison:handover",
    "liaison:confirm",
    "api:handover-detail",
    "api:handover-confirm",
    "api:handover-minutes",
}
