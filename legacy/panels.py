"""What the page of a dossier says of the old system that it came from."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dossiers.models import Dossier
from legacy.models import Origin
from organizations.models import User


def origin(dossier: Dossier, viewer: User, at: datetime) -> Mapping[str, Any] | None:
    """Where the dossier was before, for those that were taken over."""
    if dossier.imported_at is None:
        return None
    known = Origin.objects.filter(dossier=dossier).select_related("system", "run").first()
    return {"origin": known} if known else None
