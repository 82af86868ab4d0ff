"""Keeps the scans of an unfinished intake with its draft: a power cut loses no scan either.

They are held to the same rules as a dossier's own files, and go with the draft. The browser
takes them back into the form's own fields, so that the intake receives them like any other.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet, Sum

from desk.models import DraftScan, IntakeDraft
from dossiers import files
from dossiers.files import Upload
from organizations.models import User

MOST_FILES = 40
MOST_BYTES = 100 * 1024 * 1024
# The fields of the checklist that take scans.
_FIELD = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}-scans")


class ScansRefused(ValidationError):
    """The scans cannot be kept with the draft; the sentence says what to do instead."""


@transaction.atomic
def keep(
    *, key: UUID, field: str, uploads: Sequence[Upload], actor: User, at: datetime
) -> list[DraftScan]:
    """Keep these scans in place of those that the field had; none at all clears it.

    Raises ScansRefused without a draft or beyond the limits, FileRefused for a bad file.
    """
    if not _FIELD.fullmatch(field):
        raise ScansRefused("Biểu mẫu không đúng. Hãy tải lại trang.", code="field")
    draft: IntakeDraft | None = (
        IntakeDraft.objects.of(actor).select_for_update(of=("self",)).filter(key=key).first()
    )
    if draft is None:
        raise ScansRefused("Chưa lưu tạm hồ sơ nên chưa giữ được bản quét.", code="no_draft")
    checked = [files.checked(upload) for upload in uploads]
    others = DraftScan.objects.filter(draft=draft).exclude(field=field)
    held = others.aggregate(size=Sum("size"))["size"] or 0
    if (
        others.count() + len(checked) > MOST_FILES
        or held + sum(c.size for c in checked) > MOST_BYTES
    ):
        raise ScansRefused(
            f"Bản nhập dở chỉ giữ được {MOST_FILES} tệp, không quá 100 MB. Hãy tiếp nhận hồ sơ "
            "trước khi tải lên; nội dung đã nhập vẫn được giữ.",
            code="too_many",
        )
    drop(DraftScan.objects.filter(draft=draft, field=field))
    kept = []
    for scan in checked:
        row = DraftScan(
            draft=draft, field=field, name=scan.name, size=scan.size,
            content_type=scan.content_type, added_at=at,
        )  # fmt: skip
        row.file.save(f"{key.hex}{files.EXTENSIONS[scan.content_type]}", scan.upload, save=False)
        row.save()
        kept.append(row)
    return kept


def drop(scans: "QuerySet[DraftScan]") -> None:
    """Delete scans with their files; the files go when the transaction has committed."""
    rows = list(scans.only("file"))
    DraftScan.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for row in rows:
        _delete_after_commit(row)


def _delete_after_commit(row: DraftScan) -> None:
    transaction.on_commit(lambda: row.file.delete(save=False), robust=True)
