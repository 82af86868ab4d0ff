"""Tallies derived from facts, the queue that moves them on, what was frozen, submitted, graded."""

from reporting.models.grades import DutyGrade
from reporting.models.prints import PrintOrder
from reporting.models.quality import Campaign, Finding, FindingStep, QualitySweep
from reporting.models.reform import ReformEvent, ReformEvidence, ReformScore, ReformSheet
from reporting.models.reports import SubmittedReport
from reporting.models.snapshots import PeriodSnapshot
from reporting.models.tallies import (
    OfferedService,
    ProcedureUse,
    ServiceChange,
    TalliedDossier,
    Tally,
    TallyChange,
    TallyRebuild,
    WaitingDossier,
)

__all__ = [
    "Campaign",
    "DutyGrade",
    "Finding",
    "FindingStep",
    "OfferedService",
    "PeriodSnapshot",
    "PrintOrder",
    "ProcedureUse",
    "QualitySweep",
    "ReformEvent",
    "ReformEvidence",
    "ReformScore",
    "ReformSheet",
    "ServiceChange",
    "SubmittedReport",
    "TalliedDossier",
    "Tally",
    "TallyChange",
    "TallyRebuild",
    "WaitingDossier",
]
