"""What the desk shows on pages of other apps; the project wires these in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from desk import bulk, marking
from organizations.models import User


def bulk_bar(request: HttpRequest, viewer: User, at: datetime) -> Mapping[str, Any] | None:
    """The bar that asks for one act on many dossiers, for those who may ask for any."""
    acts = bulk.offered_to(viewer)
    if not acts:
        return None
    return {"acts": acts, "most": bulk.MOST, "query": marking.list_query(request.GET)}


def list_tools(request: HttpRequest, viewer: User, at: datetime) -> Mapping[str, Any]:
    """What can be done with the whole list."""
    return {"query": marking.list_query(request.GET)}
