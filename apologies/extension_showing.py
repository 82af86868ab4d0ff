"""What the pages show of a request for a new day: the request, and what this person may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from apologies import drafting, extending
from apologies.models import ExtensionRequest, LadderWarning
from apologies.statuses import ExtensionStatus
from dossiers.hanging import Hanging
from dossiers.models import Dossier, Reschedule
from dossiers.statuses import OPEN_STATUSES
from organizations.models import User
from workdays.loading import calendar_for


@dataclass(frozen=True, kw_only=True)
class Extension:
    """Where the matter of a new day stands for one dossier."""

    requests: list[ExtensionRequest]
    is_running: bool
    # A day was set or agreed to: another is not to be had.
    was_extended: bool
    objection_to_ask: str
    objection_to_decide: str

    @property
    def waiting(self) -> ExtensionRequest | None:
        """The request that waits for the head."""
        latest = self.requests[0] if self.requests else None
        return latest if latest and latest.status == ExtensionStatus.ASKED else None

    @property
    def may_ask(self) -> bool:
        """May this person ask now?"""
        nothing_stands = self.waiting is None and not self.was_extended
        return self.is_running and nothing_stands and not self.objection_to_ask

    @property
    def may_decide(self) -> bool:
        """Does a request wait for this person?"""
        return self.is_running and self.waiting is not None and not self.objection_to_decide


_REQUESTS = Hanging(ExtensionRequest, "id DESC")
_RESCHEDULED, _CLIMBED = Hanging(Reschedule), Hanging(LadderWarning, "place")


def extension_of(dossier: Dossier, viewer: User) -> Extension:
    """Everything of the dossier's extension, in two queries."""
    requests = _REQUESTS.of(dossier)
    accepted = any(request.status == ExtensionStatus.ACCEPTED for request in requests)
    return Extension(
        requests=requests,
        is_running=dossier.status in OPEN_STATUSES and dossier.due_at is not None,
        was_extended=accepted or bool(_RESCHEDULED.of(dossier)),
        objection_to_ask=extending.objection_to_ask(viewer, dossier),
        objection_to_decide=extending.objection_to_decide(viewer, dossier),
    )


def suggested_day(dossier: Dossier, at: datetime) -> date | None:
    """The day that the calendar proposes; none without a promise or beyond its years."""
    if dossier.due_at is None:
        return None
    calendar = calendar_for(dossier.agency.schedule_id)
    return drafting.proposed_day(promised_at=dossier.due_at, calendar=calendar, at=at)


def extension_panel(dossier: Dossier, viewer: User, at: datetime) -> Mapping[str, Any] | None:
    """On the page of a dossier: its request, its rungs, and the way to ask or decide."""
    extension = extension_of(dossier, viewer)
    rungs = [rung for rung in _CLIMBED.of(dossier) if rung.promised_at == dossier.due_at]
    if not (extension.requests or rungs or extension.may_ask):
        return None
    return {"extension": extension, "rungs": rungs}
