"""Phiếu kiểm soát quá trình giải quyết hồ sơ: one block for each hand-over, told by the ledger.

Mẫu 05 of TT 01/2018, form 06 of TT 03/2025. Each desk's own limit is its share of the time, as
the steps keep it; who gave and who received, and when, is what the events say.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from dossiers import narrating
from dossiers.clocks import local_date
from dossiers.models import Dossier, DossierEvent, PrintedForm
from dossiers.receipts import Head, head_of, official_moment
from dossiers.statuses import EventKind, FormKind, Timeliness
from dossiers.telling import moment
from procedures.statuses import StepRole


@dataclass(kw_only=True)
class Block:
    """One hand-over: from whom to whom, when, how it went, and what there is to remark."""

    place: str
    given_at: datetime
    given_by: str
    received_at: datetime | None = None
    received_by: str = ""
    # By when this desk must hand on, and when it did.
    due_at: datetime | None = None
    ended_at: datetime | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def given(self) -> str:
        """The moment as the form prints it."""
        return official_moment(self.given_at)

    @property
    def received(self) -> str:
        """The moment as the form prints it; dots while nobody has taken it up."""
        return official_moment(self.received_at) if self.received_at else ""

    @property
    def timeliness(self) -> str:
        """Early, on time or late against the desk's own limit; empty while it runs or has none."""
        if self.ended_at is None or self.due_at is None:
            return ""
        if self.ended_at > self.due_at:
            return Timeliness.LATE
        is_early = local_date(self.ended_at) < local_date(self.due_at)
        return Timeliness.EARLY if is_early else Timeliness.ON_TIME


@dataclass(frozen=True, kw_only=True)
class ControlSheet:
    """Phiếu kiểm soát quá trình giải quyết hồ sơ."""

    head: Head
    agency: str
    consulted: str
    blocks: tuple[Block, ...]
    asked_at: str


def control_sheet_of(form: PrintedForm) -> ControlSheet:
    """The sheet as the ledger stood when this print was asked for."""
    dossier = form.dossier
    events = list(dossier.events.filter(recorded_at__lte=form.asked_at).order_by("sequence"))
    return ControlSheet(
        head=head_of(dossier, FormKind.CONTROL_SHEET, form.asked_at),
        agency=dossier.agency.name,
        consulted=", ".join(_consulted(events)),
        blocks=tuple(blocks(dossier, events)),
        asked_at=official_moment(form.asked_at),
    )


def blocks(dossier: Dossier, events: Iterable[DossierEvent]) -> list[Block]:
    """The hand-overs in their order; what else happened stands as a remark of its block."""
    walk = _Walk(dossier)
    for event in events:
        walk.take(event)
    return walk.blocks


def _consulted(events: Iterable[DossierEvent]) -> list[str]:
    """The agencies that were asked, each once."""
    matters = [
        str(event.data.get("matter", "")) for event in events if event.kind == EventKind.CONSULTED
    ]
    return list(dict.fromkeys(matter.rpartition(", trả lời trước")[0] for matter in matters))


class _Walk:
    """Reads the ledger event by event and remembers in whose hands the dossier is."""

    def __init__(self, dossier: Dossier) -> None:
        self.blocks: list[Block] = []
        self._dossier = dossier
        self._due = {step.role: step.due_at for step in dossier.steps.order_by("-position")}
        self._officer = ""

    def take(self, event: DossierEvent) -> None:
        """Open the block that this event begins, close the one that it ends, or remark it."""
        kind = EventKind(event.kind)
        opener = _OPENERS.get(kind)
        if opener is not None:
            opener(self, event)
        elif self.blocks and kind in _REMARKED:
            self.blocks[-1].notes.append(_remark(event))

    def _open(self, event: DossierEvent, **facts: object) -> Block:
        if self.blocks and self.blocks[-1].ended_at is None:
            self.blocks[-1].ended_at = event.at
        known: dict[str, object] = {"given_at": event.at, "given_by": event.actor_name}
        block = Block(**{**known, **facts})  # type: ignore[arg-type]
        self.blocks.append(block)
        return block

    def accepted(self, event: DossierEvent) -> None:
        """From the applicant to the counter."""
        dossier = self._dossier
        self._open(
            event,
            place=dossier.counter.name,
            given_at=dossier.submitted_at or event.at,
            given_by=dossier.delegate_name or dossier.applicant_name,
            received_at=event.at,
            received_by=event.actor_name,
            due_at=dossier.transfer_by,
        )

    def transferred(self, event: DossierEvent) -> None:
        """From the counter to the agency; an officer takes it up later."""
        self._open(event, place=self._dossier.agency.name, due_at=self._due.get(StepRole.OFFICER))

    def assigned(self, event: DossierEvent) -> None:
        """An officer has it: the first of the agency, or from another officer."""
        self._officer = str(event.data.get("officer", event.actor_name))
        waits = self.blocks and self.blocks[-1].received_at is None
        block = self.blocks[-1] if waits else self._to_officer(event)
        if previous := event.data.get("previous"):
            block.given_by = str(previous)
        block.received_at, block.received_by = event.at, self._officer

    def sent_back(self, event: DossierEvent) -> None:
        """From the head to the officer again."""
        self._decided(event)
        block = self._to_officer(event)
        block.received_at, block.received_by = event.at, self._officer
        block.notes.append(_remark(event))

    def _to_officer(self, event: DossierEvent) -> Block:
        due_at = self._due.get(StepRole.OFFICER)
        return self._open(event, place=self._dossier.agency.name, due_at=due_at)

    def proposed(self, event: DossierEvent) -> None:
        """From the officer to the head; who of the heads decides is known when they do."""
        place = f"Lãnh đạo {self._dossier.agency.name}"
        self._open(event, place=place, due_at=self._due.get(StepRole.HEAD), received_at=event.at)

    def ended(self, event: DossierEvent) -> None:
        """From the agency back to the counter, with a result or a notice."""
        self._decided(event)
        block = self._open(event, place=self._dossier.counter.name, received_at=event.at)
        block.notes.append(_remark(event))

    def _decided(self, event: DossierEvent) -> None:
        if self.blocks and not self.blocks[-1].received_by:
            self.blocks[-1].received_by = event.actor_name

    def returned(self, event: DossierEvent) -> None:
        """The citizen has the result."""
        if self.blocks:
            last = self.blocks[-1]
            last.received_by = last.received_by or event.actor_name
            last.ended_at = event.at
            last.notes.append(_remark(event))


def _remark(event: DossierEvent) -> str:
    """What happened, as the history tells it, with its reason."""
    why = f" {narrating.reason_word(event)}: {event.reason}" if event.reason else ""
    return f"{moment(event.at)}: {narrating.event(event)}{why}"


_OPENERS: dict[EventKind, Callable[[_Walk, DossierEvent], None]] = {
    EventKind.ACCEPTED: _Walk.accepted,
    EventKind.TRANSFERRED: _Walk.transferred,
    EventKind.ASSIGNED: _Walk.assigned,
    EventKind.PROPOSED: _Walk.proposed,
    EventKind.SENT_BACK: _Walk.sent_back,
    EventKind.APPROVED: _Walk.ended,
    EventKind.DECLINED: _Walk.ended,
    EventKind.STOPPED: _Walk.ended,
    EventKind.WITHDRAWN: _Walk.ended,
    EventKind.RETURNED: _Walk.returned,
}
_REMARKED = {
    EventKind.NOT_TRANSFERRED,
    EventKind.OVERDUE,
    EventKind.DUE_MOVED,
    EventKind.RESCHEDULED,
    EventKind.SUPPLEMENT_ASKED,
    EventKind.SUPPLEMENT_RECEIVED,
    EventKind.PAUSED,
    EventKind.RESUMED,
    EventKind.CONSULTED,
    EventKind.CONSULTATION_ANSWERED,
    EventKind.CONSULTATION_LATE,
    EventKind.HANDOVER,
    EventKind.HANDOVER_CONFIRMED,
}
