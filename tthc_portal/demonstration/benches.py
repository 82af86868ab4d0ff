"""A desk and what it offers, prepared once: what many dossiers share is text already."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from random import Random
from types import SimpleNamespace
from typing import Any, NamedTuple

from dossiers import ledger
from dossiers.copying import NOTHING, line, text
from dossiers.statuses import DossierStatus
from organizations.models import User
from procedures.statuses import ChannelKind, StepRole
from tthc_portal.demonstration.cases import Case, Paper
from tthc_portal.demonstration.desks import Desk
from tthc_portal.demonstration.seconds import Seconds
from tthc_portal.demonstration.stages import Stage, Stages

# Where the moments and the people of a plain course stand in its lists.
ACCEPTED, TRANSFERRED, ASSIGNED, PROPOSED, PROPOSED_AGAIN, APPROVED, RETURNED = range(7)
RECEIVER, OFFICER, HEAD, GIVER = range(4)


class Who(NamedTuple):
    """Somebody who acts, as the ledger and COPY write them."""

    pk: str
    told: str
    cells: str
    user: User | None


class Passed(NamedTuple):
    """One desk of a plain course: which of its moments began and ended it, and who."""

    cells: str
    # In hundredths of a per cent.
    share: int
    started: int | None
    finished: int | None
    by: int | None


def who(user: User) -> Who:
    """A person."""
    pk, name = str(user.pk), user.full_name
    return Who(pk, f"{pk},{ledger.canonical(name)}", f"{pk}\t{text(name)}", user)


SYSTEM = Who(
    NOTHING, f"null,{ledger.canonical(ledger.SYSTEM)}", f"{NOTHING}\t{ledger.SYSTEM}", None
)


# What was put into text before: many agencies ask for the same papers.
_known_papers: dict[tuple[int, int, tuple[bool, bool, bool]], str] = {}


def forget() -> None:
    """Another run may meet other papers."""
    _known_papers.clear()


def paper_cells(paper: Paper, place: int, facts: tuple[bool, bool, bool]) -> str:
    """All that a paper's row says beside the dossier."""
    key = paper.id, place, facts
    if key not in _known_papers:
        amounts = paper.originals or 0, paper.copies or 0
        _known_papers[key] = line((paper.id, place, paper.name, *amounts, *facts))
    return _known_papers[key]


class Offer:
    """One case, with what its dossiers share."""

    def __init__(self, desk: Desk, case: Case) -> None:
        self.desk, self.case = desk, case
        self.is_online = case.kind == ChannelKind.ONLINE
        limit = case.time_limit
        self.limit_cells = line((limit, case.time_unit))
        self._limit = str(limit.normalize()) if limit else None
        self._accepted: dict[str, str] = {}
        self._cells: dict[str, str] = {}
        self._passed: dict[tuple[bool, DossierStatus], list[Passed]] = {}

    @cached_property
    def papers(self) -> list[list[str]]:
        """For each paper its cells with each of the facts that may be drawn."""
        facts = PAPER_FACTS[self.is_online]
        return [
            [paper_cells(paper, place, each) for each in facts]
            for place, paper in enumerate(self.case.papers, start=1)
        ]

    def accepted(self, rule_set: str) -> str:
        """What the acceptance says beside the promise."""
        if rule_set not in self._accepted:
            data = {
                "rule_set": rule_set,
                "time_limit": self._limit,
                "time_unit": self.case.time_unit,
            }
            self._accepted[rule_set] = ledger.canonical(data)[1:]
        return self._accepted[rule_set]

    def cells(self, rule_set: str) -> str:
        """The dossier's cells from its agency to the number of its sets."""
        if rule_set not in self._cells:
            desk, case = self.desk, self.case
            self._cells[rule_set] = line(
                (desk.agency.pk, desk.counter.pk, case.version_id, case.channel_id, rule_set,
                 case.name, case.kind, case.online_level, 1)
            )  # fmt: skip
        return self._cells[rule_set]

    def passed(self, status: DossierStatus, *, went_back: bool) -> list[Passed]:
        """The desks of a plain course that ended like this."""
        key = went_back, status
        if key not in self._passed:
            self._passed[key] = [
                _passed(stage) for stage in _lived(self.case, status, went_back=went_back).planned
            ]
        return self._passed[key]


# The facts of a paper by what was drawn for it: digitised, used again, from the citizen's store.
PAPER_SUMS = (0.07, 0.18, 0.72)
PAPER_FACTS = {
    is_online: (
        (True, True, True),
        (True, True, False),
        (True, False, False),
        (is_online, False, False),
    )
    for is_online in (False, True)
}


class Bench:
    """A desk at which plain courses are drawn, with the chance that is its own."""

    def __init__(self, desk: Desk, seconds: Seconds, *, until: datetime, seed: int) -> None:
        self.desk, self.seconds = desk, seconds
        self.random = Random(f"{seed}:{desk.agency.code}:days")  # noqa: S311 (chance)
        self.until_at, self.until = until, self.seconds.of(until)
        self.offers = [Offer(desk, case) for case in desk.cases]
        self.clerks, self.officers, self.heads = (
            [who(user) for user in people] for people in (desk.clerks, desk.officers, desk.heads)
        )
        self.symbol_cell = f"/KQ-{desk.symbol}"
        self.symbol = ledger.canonical(self.symbol_cell)[1:-1]


def _lived(case: Case, status: DossierStatus, *, went_back: bool) -> Stages:
    """The desks' own acts in their order, with numbers where a course has its moments."""
    clerk, officer, head, giver = (_Numbered(pk=number) for number in range(4))
    stages = Stages([])
    stages.planned = [Stage(step, share) for step, share in case.steps]
    if stages.planned:
        stages.planned[0].started_at = _at(ACCEPTED)
    stages.finish(StepRole.COUNTER, clerk, _at(TRANSFERRED))
    stages.begin(StepRole.OFFICER, _at(ASSIGNED))
    proposed: Sequence[int] = (PROPOSED, PROPOSED_AGAIN) if went_back else (PROPOSED,)
    for at in proposed:
        if at == PROPOSED_AGAIN:
            stages.reopen(StepRole.OFFICER)
        stages.finish(StepRole.OFFICER, officer, _at(at))
        stages.begin(StepRole.HEAD, _at(at))
    if status in {DossierStatus.RESOLVED, DossierStatus.RETURNED}:
        stages.finish(StepRole.HEAD, head, _at(APPROVED))
        stages.begin(StepRole.COUNTER, _at(APPROVED))
    if status == DossierStatus.RETURNED:
        stages.finish(StepRole.COUNTER, giver, _at(RETURNED))
    return stages


_Numbered: Any = SimpleNamespace


def _at(number: int) -> Any:
    """Stands for a moment: no desk looks at it. Truth is asked for, so it begins with one."""
    return number + 1


def _passed(stage: Stage) -> Passed:
    step = stage.step
    started, finished = _number(stage.started_at), _number(stage.finished_at)
    cells = line((step.position, step.name, step.role, stage.share_until))
    return Passed(cells, int(stage.share_until * 100), started, finished, stage.finished_by_id)


def _number(stands_for: Any) -> int | None:
    return None if stands_for is None else stands_for - 1
