"""Tallies derived from the facts, the queue that moves them on, and figures that were frozen."""

from reporting.models.snapshots import PeriodSnapshot
from reporting.models.tallies import (
    OfferedService,
    ProcedureUse,
    TalliedDossier,
    Tally,
    WaitingDossier,
)

__all__ = [
    "OfferedService",
    "PeriodSnapshot",
    "ProcedureUse",
    "TalliedDossier",
    "Tally",
    "WaitingDossier",
]
