"""The catalogue of administrative procedures: what is published, and who handles it."""

from procedures.models.catalogue import Decision, Field, Procedure, ProcedureVersion
from procedures.models.contents import (
    Channel,
    LegalBasis,
    ProcedureResult,
    ReadingFinding,
    RequiredPaper,
)
from procedures.models.handling import ProcedureAssignment, Step
from procedures.models.publishing import DecisionItem, VersionDraft
from procedures.models.rules import ClockRule

__all__ = [
    "Channel",
    "ClockRule",
    "Decision",
    "DecisionItem",
    "Field",
    "LegalBasis",
    "Procedure",
    "ProcedureAssignment",
    "ProcedureResult",
    "ProcedureVersion",
    "ReadingFinding",
    "RequiredPaper",
    "Step",
    "VersionDraft",
]
