"""The life of one dossier as it is drawn: its state, its clock, its events, its desks.

Every event goes through `record`, which asks the one table of transitions; every promise
through `dossiers.deadlines` on the agency's calendar. What the sweeps would have noted in the
meantime is noted first, as the portal does it within the minute.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from operator import itemgetter
from random import Random
from typing import Any

from dossiers import deadlines, ledger, rules
from dossiers.clock_facts import Changes
from dossiers.deadlines import HERE, Halt, NewDay, local_date
from dossiers.statuses import (
    ENDED_STATUSES,
    OPEN_STATUSES,
    PAUSED_STATUSES,
    DossierStatus,
    EventKind,
    PauseKind,
)
from organizations.models import Agency, User
from procedures.statuses import ClockEffect
from tthc_portal.demonstration import fates
from tthc_portal.demonstration.cases import Case
from tthc_portal.demonstration.desks import Desk
from tthc_portal.demonstration.fates import Fate
from tthc_portal.demonstration.lines import Happened
from tthc_portal.demonstration.stages import Stages

_UNHURRIED = Decimal(40)
_HOUR = timedelta(hours=1)
_UNTIL_NOTED = timedelta(seconds=31)
# A wait that outlasts any period; no act is drawn further into the future.
_LONGEST_WAIT = 2000.0
_OPEN, _PAUSED, _ENDED = (
    frozenset(OPEN_STATUSES),
    frozenset(PAUSED_STATUSES),
    frozenset(ENDED_STATUSES),
)
# Which moments the sweeps watch in each state, and what they note when one has passed.
_OF_OPEN = ((EventKind.DUE_SOON, "remind_at"), (EventKind.OVERDUE, "due_at"))
_WATCHED: dict[DossierStatus | None, tuple[tuple[EventKind, str], ...]] = {
    **dict.fromkeys(OPEN_STATUSES, _OF_OPEN),
    DossierStatus.SUBMITTED: ((EventKind.NOT_ACCEPTED_IN_TIME, "accept_by"),),
    DossierStatus.ACCEPTED: ((EventKind.NOT_TRANSFERRED, "transfer_by"), *_OF_OPEN),
}
# Asked for every event: the property `value` of a choice takes ten times as long.
_STATES: dict[DossierStatus | None, str] = {
    None: "",
    **{status: status.value for status in DossierStatus},
}


class NotYet(Exception):
    """The next act lies in the future: this is how far the dossier has come."""


class Life:
    """A dossier of one desk, from its first event on, seen until a moment."""

    pk = 0
    code = ""
    status: DossierStatus | None = None
    new_day: NewDay | None = None
    submitted_at: datetime | None = None
    accept_by: datetime | None = None
    accepted_at: datetime | None = None
    transfer_by: datetime | None = None
    first_due_at: datetime | None = None
    due_at: datetime | None = None
    remind_at: datetime | None = None
    officer: User | None = None
    approver: User | None = None
    proposed = False
    pause_kind = PauseKind.SUPPLEMENT
    items: Sequence[str] = ()
    papers: Sequence[tuple[bool, bool, bool]] = ()
    # Rows that hang on the dossier, by column; the writer gives the numbers.
    request: dict[str, object] | None = None
    result: dict[str, object] | None = None
    fee: dict[str, Any] | None = None
    reschedule: dict[str, object] | None = None
    letter: dict[str, Any] | None = None
    rating: dict[str, object] | None = None
    complains = False

    def __init__(
        self,
        *,
        desk: Desk,
        case: Case,
        begun_at: datetime,
        until: datetime,
        random: Random,
        fate: Fate | None = None,
    ) -> None:
        self.desk, self.case, self.random = desk, case, random
        self.fate = fate or fates.drawn(desk, random)
        self.begun_at = self.now = begun_at
        self.until = until
        self.time_limit, self.time_unit = case.time_limit, case.time_unit
        self.rules = rules.in_force_on(local_date(begun_at))
        self.events: list[Happened] = []
        self.halts: list[Halt] = []
        self.columns: dict[str, object] = {}
        self.noted: set[EventKind] = set()
        self.stages = Stages(case.steps)

    @property
    def agency(self) -> Agency:
        """Whose dossier it is."""
        return self.desk.agency

    # -- Time ----------------------------------------------------------------------------

    def wait(self, hours: float) -> datetime:
        """Let this much working time pass; NotYet when that leads beyond what can be seen."""
        return self.go_to(self.foresee(hours) + timedelta(seconds=self.random.randrange(50)))

    def go_to(self, moment: datetime) -> datetime:
        """Be at this moment, or now if it has passed; NotYet when it lies in the future."""
        if moment >= self.until:
            raise NotYet
        if moment > self.now:
            self.now = moment.astimezone(self.begun_at.tzinfo)
        return self.now

    def foresee(self, hours: float) -> datetime:
        """Where this much working time would lead, be it in the future."""
        minutes = max(3, int(min(hours, _LONGEST_WAIT) * 60))
        return self.desk.calendar.after(self.now, timedelta(minutes=minutes))

    def promised_hours(self) -> float:
        """The working hours between acceptance and promise; without a limit, a week."""
        if self.due_at is None or self.accepted_at is None:
            return float(_UNHURRIED)
        return max(2.0, self.desk.calendar.working_time(self.accepted_at, self.due_at) / _HOUR)

    # -- Events --------------------------------------------------------------------------

    def record(
        self,
        kind: EventKind,
        actor: User | None,
        *,
        reason: str = "",
        data: Mapping[str, object] | None = None,
    ) -> None:
        """Note what the sweeps would have noted, then the act; TransitionRefused if it may not."""
        self.sweep(self.now)
        self._append(kind, self.now, self.now, actor, reason, dict(data or {}))

    def sweep(self, moment: datetime) -> None:
        """The warnings that fell due before this moment, the earliest first."""
        passed = [
            (at, kind)
            for kind, name in _WATCHED.get(self.status, ())
            if (at := getattr(self, name)) and at < moment and kind not in self.noted
        ]
        for at, kind in sorted(passed, key=itemgetter(0)):
            latest = self.events[-1].recorded_at
            recorded_at = min(max(at + _UNTIL_NOTED, latest), moment)
            self._append(kind, at, recorded_at, None, "", {})
            self.noted.add(kind)

    def _append(
        self,
        kind: EventKind,
        at: datetime,
        recorded_at: datetime,
        actor: User | None,
        reason: str,
        data: dict[str, object],
    ) -> None:
        before = self.status
        self.status = ledger.next_status(kind, before)
        states = _STATES[before], _STATES[self.status]
        self.events.append(Happened(kind, at, recorded_at, actor, *states, reason, data))
        if self.status in _ENDED and before not in _ENDED:
            self.columns["resolved_at"] = self.now

    # -- The clock -----------------------------------------------------------------------

    def promise(self) -> None:
        """Compute the promise from the clock as it stands; the sweeps look at it afresh."""
        assert self.accepted_at is not None  # noqa: S101 (only what was accepted has a clock)
        promised = deadlines.promise(
            clock=deadlines.clock_of(
                self, accepted_at=self.accepted_at, halts=self.halts, new_day=self.new_day
            ),
            calendar=self.desk.calendar,
            remind_days=self.desk.agency.due_soon_days,
        )
        self.due_at, self.remind_at = promised.due_at, promised.remind_at
        self.noted -= {EventKind.DUE_SOON, EventKind.OVERDUE}

    def submit(self) -> None:
        """Registered online: the counter must answer within the acceptance time."""
        self.submitted_at = self.now
        self.accept_by = deadlines.accept_by(
            submitted_at=self.now, calendar=self.desk.calendar, rules=self.rules
        )
        self.record(EventKind.SUBMITTED, None)

    def accept(self) -> None:
        """Start the clock: the promise, and when the papers must leave (NĐ 61/2018 Đ17, Đ18)."""
        self.accepted_at = self.now
        self.rules = rules.in_force_on(local_date(self.now))
        self.promise()
        self.first_due_at = self.due_at
        self.transfer_by = deadlines.transfer_by(
            accepted_at=self.now, calendar=self.desk.calendar, rules=self.rules
        )

    def halt(self, effect: ClockEffect) -> None:
        """The clock stands still from now on."""
        self.halts.append(Halt(self.now, None, effect))

    def end_halt(self) -> dict[str, object]:
        """The clock runs again: the promise and the desks' shares are computed anew.

        Returns what the event says of it.
        """
        previous = self.due_at
        self.halts[-1] = self.halts[-1]._replace(ended_at=self.now)
        self.promise()
        self.plan_again()
        return {
            "effect": self.halts[-1].effect.value,
            "since": _text(self.halts[-1].started_at),
            "previous_due_at": _text(previous),
            "due_at": _text(self.due_at),
        }

    def plan_again(self) -> None:
        """What each desk has yet to finish follows the clock as it stands now."""
        changed = Changes(tuple(self.halts), self.new_day)
        self.stages.plan_again(self, self.desk.calendar, changed)

    @property
    def officer_id(self) -> int | None:
        """Who has the dossier on their desk."""
        return self.officer.pk if self.officer else None

    @property
    def is_paused(self) -> bool:
        """Does the clock stand still?"""
        return self.status in _PAUSED


def _text(moment: datetime | None) -> str | None:
    return moment.astimezone(HERE).isoformat() if moment else None
