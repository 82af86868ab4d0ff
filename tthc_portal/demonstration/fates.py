"""What a history has in store: drawn first, so that a plain one need not be lived act by act."""

from math import exp
from random import Random
from typing import NamedTuple

from tthc_portal.demonstration.cases import Case
from tthc_portal.demonstration.desks import Desk

# Shares of all dossiers, or of those that come so far.
REFUSED_AT_COUNTER, REFUSED_ONLINE, WITHDRAWN_EARLY = 0.015, 0.035, 0.004
WITHDRAWN, ASSIGNED_AGAIN, SENT_BACK, DECLINED, FORGOTTEN = 0.012, 0.015, 0.04, 0.018, 0.004
SUPPLEMENTED, STAYS_AWAY, PAYS, STOPPED = 0.06, 0.06, 0.04, 0.003
DETOURS = SUPPLEMENTED + PAYS + STOPPED
LATE_TRANSFER, NEVER_FETCHED = 0.03, 0.01
STAYS = 2.0
_SPREAD = 0.42


class Fate(NamedTuple):
    """One draw for each fork of the way."""

    beginning: float
    # How quick the desks are with it, in deviations.
    luck: float
    # The part of the way on which the applicant takes it back; beyond its end: never.
    leaves_at: float
    is_forgotten: bool
    # A supplement, a payment, a stop, or none of them.
    detour: float
    is_assigned_again: bool
    is_sent_back: bool
    is_declined: bool
    # Never brings what is missing.
    stays_away: bool
    # If it comes too late.
    is_apologised_for: bool

    @property
    def is_plain(self) -> bool:
        """Neither withdrawn nor stopped, unless at the very beginning; halted once at most."""
        if self.leaves_at != STAYS:
            return False
        if self.detour < SUPPLEMENTED:
            return not self.stays_away
        return not SUPPLEMENTED + PAYS <= self.detour < DETOURS

    def pace(self, desk: Desk, case: Case, season: float) -> float:
        """The part of the promised time that it takes; above one it is late."""
        return exp(self.luck * _SPREAD - 0.85 + desk.slowness + case.slowness + season)


def drawn(desk: Desk, random: Random) -> Fate:
    """The fate of one dossier of this desk."""
    draw = random.random
    return Fate(
        draw(),
        random.gauss(0, 1),
        random.uniform(0.1, 0.9) if draw() < WITHDRAWN else STAYS,
        draw() < FORGOTTEN,
        draw(),
        draw() < ASSIGNED_AGAIN,
        draw() < SENT_BACK,
        draw() < DECLINED,
        draw() < STAYS_AWAY,
        draw() < desk.apologises,
    )
