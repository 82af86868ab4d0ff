"""Internal steps: each desk's share of the time, begun and finished as the dossier moves."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import Protocol

from dossiers import clock_facts
from dossiers.models import Dossier, DossierStep
from dossiers.writing import update_many
from organizations.models import User
from procedures.models import ProcedureAssignment, Step
from procedures.statuses import ClockEffect, StepRole
from workdays.calendar import Calendar, Interval
from workdays.units import TimeUnit

_ALL = 100
_HOUR = Decimal(3600)


def plan(*, dossier: Dossier, calendar: Calendar) -> list[DossierStep]:
    """Write the steps of the procedure at this agency, each with the moment it must be done by."""
    assignment = ProcedureAssignment.objects.get(
        procedure_id=dossier.version.procedure_id, agency_id=dossier.agency_id
    )
    found = list(assignment.steps.order_by("position"))
    shares = list(accumulate(step.share for step in found))
    moments = due_moments(dossier, shares, calendar)
    planned = [
        _planned(dossier, step, share, due_at)
        for step, share, due_at in zip(found, shares, moments, strict=True)
    ]
    if planned:
        planned[0].started_at = dossier.accepted_at
    return DossierStep.objects.bulk_create(planned)


def plan_again(*, dossiers: Sequence[Dossier], calendar: Calendar) -> None:
    """The promises have moved: so does what each desk has yet to finish."""
    promised = {dossier.pk: dossier for dossier in dossiers}
    waiting = list(DossierStep.objects.filter(dossier__in=promised, finished_at__isnull=True))
    changes = clock_facts.changes_of(promised)
    for step in waiting:
        changed = changes.get(step.dossier_id, clock_facts.NOTHING)
        shares = [step.share_until]
        (step.due_at,) = due_moments(promised[step.dossier_id], shares, calendar, changed)
    update_many(waiting, ("due_at",))


def _planned(
    dossier: Dossier, step: Step, share_until: Decimal, due_at: datetime | None
) -> DossierStep:
    return DossierStep(
        dossier=dossier,
        position=step.position,
        name=step.name,
        role=step.role,
        share_until=share_until,
        due_at=due_at,
    )


class Promised(Protocol):
    """The two moments between which the desks share the time."""

    @property
    def accepted_at(self) -> datetime | None: ...
    @property
    def due_at(self) -> datetime | None: ...


def due_moments(
    dossier: Promised,
    shares: Sequence[Decimal],
    calendar: Calendar,
    changed: clock_facts.Changes = clock_facts.NOTHING,
) -> list[datetime | None]:
    """The moments by which these percentages of the promised working time have run.

    After a supplement that began the limit anew only what follows it counts; time that was
    taken off the promise is taken off each desk's share alike.
    """
    due_at = dossier.due_at
    if due_at is None or dossier.accepted_at is None:
        return [None] * len(shares)
    start, stood = _counted(dossier.accepted_at, changed)
    whole = calendar.working_time(start, due_at)
    whole -= sum(
        (calendar.working_time(pause.start, pause.end) for pause in stood if pause.end), timedelta()
    )
    seconds = whole // timedelta(seconds=1)
    return [
        due_at
        if share >= _ALL or seconds <= 0 or share <= 0
        else min(_reached(start, seconds * share / _ALL, calendar, stood), due_at)
        for share in shares
    ]


def _reached(
    start: datetime, seconds: Decimal, calendar: Calendar, stood: Sequence[Interval]
) -> datetime:
    if not stood:
        return calendar.after(start, timedelta(microseconds=int(seconds * 1_000_000)))
    limit = seconds / _HOUR
    return calendar.add(start=start, limit=limit, unit=TimeUnit.WORKING_HOUR, pauses=stood)


def _counted(start: datetime, changed: clock_facts.Changes) -> tuple[datetime, list[Interval]]:
    """Since when the promise counts, and the intervals that it leaves out."""
    ended = [halt for halt in changed.halts if halt.ended_at is not None]
    for halt in ended:
        if halt.effect == ClockEffect.RESTART and halt.ended_at and halt.ended_at > start:
            start = halt.ended_at
    left_out = [
        Interval(halt.started_at, halt.ended_at)
        for halt in ended
        if halt.effect == ClockEffect.SUBTRACT and halt.ended_at and halt.started_at >= start
    ]
    return start, left_out


def begin(*, dossier: Dossier, role: StepRole, at: datetime) -> None:
    """Start the first unfinished step of this role, unless one runs already."""
    waiting = _unfinished(dossier).filter(role=role).first()
    if waiting and waiting.started_at is None:
        waiting.started_at = at
        waiting.save(update_fields=["started_at"])


def finish(*, dossier: Dossier, role: StepRole, actor: User, at: datetime) -> None:
    """Finish what this role still has open, up to the first step of another role."""
    for step in _unfinished(dossier):
        if step.role != role:
            return
        step.started_at = step.started_at or at
        step.finished_at = at
        step.finished_by = actor
        step.save(update_fields=["started_at", "finished_at", "finished_by"])


def reopen(*, dossier: Dossier, role: StepRole) -> None:
    """Open the latest finished step of this role again: the head sent the dossier back."""
    latest = (
        dossier.steps.filter(role=role, finished_at__isnull=False).order_by("-position").first()
    )
    if latest:
        latest.finished_at = latest.finished_by = None
        latest.save(update_fields=["finished_at", "finished_by"])


def _unfinished(dossier: Dossier):  # type: ignore[no-untyped-def]
    return dossier.steps.filter(finished_at__isnull=True).order_by("position")
