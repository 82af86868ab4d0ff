"""What the desk shows on pages of other apps; the project wires these in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from desk import bulk, listing, looking, marking
from desk.drafts import KEPT
from desk.models import IntakeDraft, Note
from dossiers.models import Dossier
from organizations.models import User

LATEST = 100


def bulk_bar(request: HttpRequest, viewer: User, at: datetime) -> Mapping[str, Any] | None:
    """The bar that asks for one act on many dossiers, for those who may ask for any."""
    acts = bulk.offered_to(viewer)
    if not acts:
        return None
    return {"acts": acts, "most": bulk.MOST, "query": marking.list_query(request.GET)}


def drafts(request: HttpRequest, viewer: User, at: datetime) -> Mapping[str, Any]:
    """The forms that this clerk has not finished: shown on the empty intake page alone."""
    if request.method != "GET" or request.GET:
        return {"drafts": []}
    kept = IntakeDraft.objects.of(viewer).filter(saved_at__gt=at - KEPT)
    return {"drafts": list(kept.defer("content").order_by("-saved_at", "-id"))}


def guidance(request: HttpRequest, viewer: User, at: datetime) -> Mapping[str, Any]:
    """The way from the intake form to a slip of what is missing."""
    return {}


def list_tools(request: HttpRequest, viewer: User, at: datetime) -> Mapping[str, Any]:
    """What can be done with the whole list: saved filters, columns, a file."""
    return {
        "query": marking.list_query(request.GET),
        "choices": listing.choices(),
    }


def notes(dossier: Dossier, viewer: User, at: datetime) -> Mapping[str, Any]:
    """The internal notes of a dossier, the latest first."""
    written = Note.objects.filter(dossier=dossier).select_related("author")
    return {"notes": written.order_by("-id")[:LATEST]}


def presence(dossier: Dossier, viewer: User, at: datetime) -> Mapping[str, Any]:
    """Who else has the dossier open."""
    return {"others": looking.others(dossier=dossier, user=viewer, at=at)}
