"""The letter of apology, what signs it, and what is drawn, counted and told of it."""

from apologies.models.letter import ApologyLetter, CentreNotice, LetterPrint
from apologies.models.runs import SigningItem, SigningRun
from apologies.models.signing import AgencyCertificate, LetterCounter, SigningAuthority

__all__ = [
    "AgencyCertificate",
    "ApologyLetter",
    "CentreNotice",
    "LetterCounter",
    "LetterPrint",
    "SigningAuthority",
    "SigningItem",
    "SigningRun",
]
