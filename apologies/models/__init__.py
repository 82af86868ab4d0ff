"""The letter of apology, what comes before it, what signs it, and what is told of it."""

from apologies.models.drafting_runs import DraftingItem, DraftingRun
from apologies.models.extensions import ExtensionRequest, ExtensionViolation
from apologies.models.ladder import LadderStep, LadderWarning
from apologies.models.letter import ApologyLetter, CentreNotice, LetterPrint
from apologies.models.runs import SigningItem, SigningRun
from apologies.models.signing import AgencyCertificate, LetterCounter, SigningAuthority

__all__ = [
    "AgencyCertificate",
    "ApologyLetter",
    "CentreNotice",
    "DraftingItem",
    "DraftingRun",
    "ExtensionRequest",
    "ExtensionViolation",
    "LadderStep",
    "LadderWarning",
    "LetterCounter",
    "LetterPrint",
    "SigningAuthority",
    "SigningItem",
    "SigningRun",
]
