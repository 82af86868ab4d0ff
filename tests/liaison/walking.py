"""What stands behind the addresses of consultations when every role walks past them."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from dossiers.models import Attachment, Dossier
from liaison.models import AnswerFile, Consultation, ConsultationRound, LateNotice, SharedFile
from organizations.models import Agency
from tests.conftest import NOW, Desk

_ANSWER = b"%PDF-1.4\n%%EOF\n"


def of_liaison(name: str, code: str, desk: Desk) -> dict[str, Any]:
    """A question of this dossier to the Department of Construction, with a file each way."""
    if name in {"liaison:ask", "liaison:worklist"} or not name.startswith(
        ("liaison:", "api:consultation")
    ):
        return {}
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
