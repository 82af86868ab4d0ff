"""A dossier, the ledger of what happened to it, and what hangs on it."""

from dossiers.models.calendar import CalendarEdit
from dossiers.models.clock import Pause, Reschedule, SupplementItem, SupplementRequest
from dossiers.models.contents import (
    Attachment,
    DossierPaper,
    DossierStep,
    Fee,
    PrintedForm,
    ReceiptCounter,
    Result,
)
from dossiers.models.corrections import Correction
from dossiers.models.dossier import Dossier
from dossiers.models.ledger import CodeCounter, DossierEvent, LedgerSeal
from dossiers.models.ordered import OrderedWork
from dossiers.models.rules import RuleBook, RuleValue

__all__ = [
    "Attachment",
    "CalendarEdit",
    "CodeCounter",
    "Correction",
    "Dossier",
    "DossierEvent",
    "DossierPaper",
    "DossierStep",
    "Fee",
    "LedgerSeal",
    "OrderedWork",
    "Pause",
    "PrintedForm",
    "ReceiptCounter",
    "Reschedule",
    "Result",
    "RuleBook",
    "RuleValue",
    "SupplementItem",
    "SupplementRequest",
]
