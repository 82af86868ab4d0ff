"""The rows of inter-agency work, re-exported so that callers say `from liaison.models import …`."""

from liaison.models.consultations import (
    TERM_UNITS,
    AnswerFile,
    Consultation,
    ConsultationRound,
    LateNotice,
    SharedFile,
)
from liaison.models.handovers import HandoverBatch, HandoverItem
from liaison.models.papers import PaperFile
from liaison.models.prints import PrintedBook, PrintOrder

__all__ = [
    "TERM_UNITS",
    "AnswerFile",
    "Consultation",
    "ConsultationRound",
    "HandoverBatch",
    "HandoverItem",
    "LateNotice",
    "PaperFile",
    "PrintOrder",
    "PrintedBook",
    "SharedFile",
]
