"""Keeps an uploaded file with its dossier, under a name that nobody can guess or abuse."""

from datetime import datetime
from uuid import uuid4

from dossiers import files
from dossiers.files import Upload
from dossiers.models import Attachment, Dossier, DossierPaper
from dossiers.statuses import AttachmentKind
from organizations.models import User


def attach(
    *,
    dossier: Dossier,
    kind: AttachmentKind,
    upload: Upload,
    actor: User | None,
    at: datetime,
    paper: DossierPaper | None = None,
) -> Attachment:
    """Check and keep the file; FileRefused when it is none that the portal keeps."""
    good = files.checked(upload)
    attachment = Attachment(
        dossier=dossier,
        paper=paper,
        kind=kind,
        name=good.name,
        content_type=good.content_type,
        size=good.size,
        sha256=good.sha256,
        added_by=actor,
        added_at=at,
    )
    stored_name = f"{uuid4().hex}{files.EXTENSIONS[good.content_type]}"
    attachment.file.save(stored_name, good.upload, save=False)
    attachment.save(force_insert=True)
    return attachment
