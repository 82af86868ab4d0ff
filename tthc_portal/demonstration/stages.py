"""The internal steps of a drawn dossier, begun and finished as `dossiers.steps` does it."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from dossiers import steps
from dossiers.clock_facts import NOTHING, Changes
from organizations.models import User
from procedures.statuses import StepRole
from tthc_portal.demonstration.cases import Stop
from workdays.calendar import Calendar


class Stage:
    """One desk's share of the time."""

    __slots__ = ("due_at", "finished_at", "finished_by_id", "share_until", "started_at", "step")

    def __init__(self, step: Stop, share_until: Decimal) -> None:
        self.step, self.share_until = step, share_until
        self.due_at: datetime | None = None
        self.started_at: datetime | None = None
        self.finished_at: datetime | None = None
        self.finished_by_id: int | None = None


class Stages:
    """All desks of one dossier; none before it is transferred."""

    def __init__(self, plan: Sequence[tuple[Stop, Decimal]]) -> None:
        self._plan = plan
        self.planned: list[Stage] = []

    def plan(self, promised: steps.Promised, calendar: Calendar) -> None:
        """The papers have left the counter: each desk learns by when it must be done."""
        self.planned = [Stage(step, share_until) for step, share_until in self._plan]
        if self.planned:
            self.planned[0].started_at = promised.accepted_at
        self.plan_again(promised, calendar)

    def plan_again(
        self, promised: steps.Promised, calendar: Calendar, changed: Changes = NOTHING
    ) -> None:
        """The promise has moved: so does what each desk has yet to finish."""
        waiting = [stage for stage in self.planned if stage.finished_at is None]
        shares = [stage.share_until for stage in waiting]
        moments = steps.due_moments(promised, shares, calendar, changed)
        for stage, due_at in zip(waiting, moments, strict=True):
            stage.due_at = due_at

    def begin(self, role: StepRole, at: datetime) -> None:
        """Start the first unfinished step of this role, unless one runs already."""
        for stage in self.planned:
            if stage.finished_at is None and stage.step.role == role:
                stage.started_at = stage.started_at or at
                return

    def finish(self, role: StepRole, actor: User, at: datetime) -> None:
        """Finish what this role still has open, up to the first step of another role."""
        for stage in self.planned:
            if stage.finished_at is not None:
                continue
            if stage.step.role != role:
                return
            stage.started_at = stage.started_at or at
            stage.finished_at, stage.finished_by_id = at, actor.pk

    def reopen(self, role: StepRole) -> None:
        """Open the latest finished step of this role again: the head sent the dossier back."""
        for stage in reversed(self.planned):
            if stage.finished_at is not None and stage.step.role == role:
                stage.finished_at = stage.finished_by_id = None
                return
