"""A dossier on its plain way, in whole seconds: its clock, its events as the ledger writes them."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from dossiers import ledger, rules
from dossiers.copying import text
from dossiers.deadlines import Halt
from dossiers.statuses import DossierStatus, EventKind
from organizations.models import Agency
from tthc_portal.demonstration.applicants import Applicant
from tthc_portal.demonstration.benches import SYSTEM, Bench, Offer, Who
from tthc_portal.demonstration.fates import Fate
from tthc_portal.demonstration.seconds import DAY, NEVER, Promised

_UNTIL_NOTED = 31
_LONGEST_WAIT, _LONGEST_MINUTES = 2000.0, 120_000


class NotPlain(Exception):
    """This dossier has to be lived act by act."""


class Act(NamedTuple):
    """A kind of event in one state, as the ledger and COPY write it."""

    kind: str
    told: str
    cells: str
    after: DossierStatus
    # The same as text: the property `value` of a choice takes ten times as long.
    state: str


class Done(NamedTuple):
    """One event of a course, its moments as the ledger writes them."""

    act: Act
    at: str
    recorded: str
    who: Who
    data: str


class Stood(NamedTuple):
    """Why and when the clock stood still."""

    halt: Halt
    kind: str
    # What was asked for, by whom, and who received it.
    items: Sequence[str]
    asked_by: str
    received_by: str


@lru_cache(maxsize=512)
def act(kind: EventKind, before: DossierStatus | None, reason: str = "") -> Act:
    """By the one table of transitions; TransitionRefused if it may not be."""
    after = ledger.next_status(kind, before)
    states = before.value if before else "", after.value
    told = ledger.canonical([*states, reason])[1:-1]
    return Act(kind.value, told, f"{states[0]}\t{states[1]}\t{text(reason)}", after, after.value)


class Course:
    """A dossier on its plain way, from its first event to its last."""

    letter = None
    pk = 0
    code = ""
    status: DossierStatus | None = None
    submitted = accept_by = transfer_by = refused = returned = resolved = ""
    # The first promise, and the one that counts.
    first: Promised | None = None
    promised: Promised | None = None
    halts: tuple[Halt, ...] = ()
    stood: Stood | None = None
    remind = 0
    officer: Who | None = None
    approver: Who | None = None
    is_proposed = False
    # Number, day and signer of the result.
    result: tuple[str, str, Who] | None = None
    rating: dict[str, object] | None = None
    complains = False

    fee = synced = ""
    papers: Sequence[str] = ()
    # Seconds of the acceptance and of the decision.
    accepted = ended = 0

    def __init__(
        self, bench: Bench, offer: Offer, begun: int, fate: Fate, applicant: Applicant
    ) -> None:
        self.bench, self.offer, self.fate, self.applicant = bench, offer, fate, applicant
        self.begun = self.now = begun
        self.rules = rules.in_force_on(day_of(bench, begun))
        self.events: list[Done] = []
        # The moments and the people, by their places in `benches`.
        self.moments = [""] * 7
        self.people: list[Who | None] = [None] * 4
        self.noted: set[EventKind] = set()
        # What the sweeps watch: when, and what they note then.
        self._alarms: list[tuple[int, EventKind]] = []
        self._alarm = NEVER
        self._recorded = begun

    @property
    def agency(self) -> Agency:
        """Whose dossier it is."""
        return self.bench.desk.agency

    def wait(self, hours: float) -> None:
        """Let this much working time pass; NotPlain when that leads beyond what can be seen."""
        bench = self.bench
        minutes = int(hours * 60) if hours < _LONGEST_WAIT else _LONGEST_MINUTES
        seconds = 60 * minutes if minutes > 3 else 180
        reached = bench.seconds.reached(self.now, seconds) + int(bench.random.random() * 50)
        if reached >= bench.until:
            raise NotPlain
        if reached > self.now:
            self.now = reached

    def note(self, done: Act, who: Who, data: str = "{}") -> str:
        """What the sweeps would have noted, then the act; when it was, as the ledger writes it."""
        now = self.now
        if self._alarm < now:
            self._sweep(now)
        told = self.bench.seconds.told(now)
        self.events.append(Done(done, told, told, who, data))
        self.status, self._recorded = done.after, now
        return told

    def watch(self, *alarms: tuple[int, EventKind]) -> None:
        """From now on the sweeps look at these moments."""
        self._alarms = sorted(alarms, key=_MOMENT)
        self._alarm = self._alarms[0][0] if alarms else NEVER

    def _sweep(self, moment: int) -> None:
        """The warnings that fell due before this moment, the earliest first."""
        told = self.bench.seconds.told
        while self._alarms and self._alarms[0][0] < moment:
            at, kind = self._alarms.pop(0)
            self._recorded = min(max(at + _UNTIL_NOTED, self._recorded), moment)
            noted = Done(act(kind, self.status), told(at), told(self._recorded), SYSTEM, "{}")
            self.events.append(noted)
            self.noted.add(kind)
        self._alarm = self._alarms[0][0] if self._alarms else NEVER

    @property
    def is_late(self) -> bool:
        """Did it end after its first promise?"""
        return self.first is not None and self.ended > self.first.due

    def sweep(self) -> None:
        """What has fallen due by now, before the state changes what is watched."""
        if self._alarm < self.now:
            self._sweep(self.now)

    def any_of(self, people: list[Who]) -> Who:
        """Somebody of these."""
        return people[int(self.bench.random.random() * len(people))]


_MOMENT = itemgetter(0)


def day_of(bench: Bench, second: int) -> date:
    """The day here."""
    return date.fromordinal(bench.seconds.first + second // DAY)
