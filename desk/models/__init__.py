"""The rows of the desk, re-exported so that callers say `from desk.models import BulkRun`."""

from desk.models.bulk import BulkItem, BulkRun
from desk.models.draft_scans import DraftScan
from desk.models.drafts import IntakeDraft
from desk.models.exports import ListExport
from desk.models.guidance import Guidance, GuidanceItem
from desk.models.lists import ListSettings, Look
from desk.models.notes import Mention, Note

__all__ = [
    "BulkItem",
    "BulkRun",
    "DraftScan",
    "Guidance",
    "GuidanceItem",
    "IntakeDraft",
    "ListExport",
    "ListSettings",
    "Look",
    "Mention",
    "Note",
]
