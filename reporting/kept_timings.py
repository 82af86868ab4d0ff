"""Keeps where time is lost while nothing is recorded: a median reads every row of the period.

Each act leaves a row for the tallies in its own transaction, and taking that row moves them. So
while nothing waits and the tallies stand as they stood, no step was finished and no dossier
ended. Names come from agencies and procedures, whose changes `standing.read` tells as well.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from organizations.models import User
from reporting import timings
from reporting.asking import Asked
from reporting.periods import ReportPeriod
from reporting.sight import Sight
from reporting.standing import Standing
from reporting.timings import Rows
from reporting.windows import Window

_STATES_KEPT, _PERIODS_KEPT = 2, 8
_Question = tuple[ReportPeriod, datetime]


@dataclass(frozen=True, kw_only=True)
class Table:
    """The slowest of one kind, with their spans in words."""

    label: str
    rows: Rows


def tables(asked: Asked, user: User, sight: Sight, *, stood: Standing) -> list[Table]:
    """By step, procedure and agency, as far as the person sees; of everything, what is kept.

    `stood` is how counting stood just before (`standing.read`).
    """
    window = Window.of(asked.period, at=asked.at, as_of=asked.as_of)
    if not sight.is_whole or stood.waiting_since is not None:
        return _counted(window, user, sight)
    if asked.as_of is None:
        # To the end of the period: what is kept must hold at a later moment too.
        window = replace(window, known_at=window.end)
    kept = _of_state(stood.tallies, stood.services, stood.agencies)
    question = (window.period, window.until)
    found = kept.get(question)
    if found is None:
        if len(kept) == _PERIODS_KEPT:
            kept.clear()
        found = kept[question] = _counted(window, user, sight)
    return found


@lru_cache(maxsize=_STATES_KEPT)
def _of_state(tallies: int, services: str, agencies: str) -> dict[_Question, list[Table]]:
    """What this process has counted while everything stood so."""
    return {}


def _counted(window: Window, user: User, sight: Sight) -> list[Table]:
    found = {
        "Theo bước xử lý": timings.by_step(window, sight.shown),
        "Theo thủ tục": timings.by_procedure(window, user),
        "Theo cơ quan": timings.by_agency(window, user),
    }
    return [Table(label=label, rows=timings.told(rows)) for label, rows in found.items()]
