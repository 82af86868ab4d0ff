"""Whose paper a form is, and how the sentences that people wrote for it end."""

from dossiers.models import Dossier
from dossiers.statuses import FormKind


def issuer_of(dossier: Dossier, kind: FormKind) -> tuple[str, str, str]:
    """The body above, the one whose paper it is, and its place.

    What an agency's head signs is the agency's paper; all else the counter's.
    """
    if kind != FormKind.STOP_NOTICE:
        counter = dossier.counter
        return counter.agency.name, counter.name, counter.agency.place
    agency = dossier.agency
    return agency.parent.name if agency.parent else "", agency.name, agency.place


def with_full_stop(text: str) -> str:
    """The sentence that a person wrote, ended as a printed one is."""
    clean = text.rstrip()
    return clean if clean.endswith((".", "!", "?", "…")) else f"{clean}."
