"""Paper files of the demonstration on their way, by the portal's own acts at past moments."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from dossiers.models import Dossier
from liaison import confirming, handing, handover_worklists
from liaison.confirming import Findings
from liaison.handing import Consignment
from liaison.handover_worklists import Waiting
from liaison.models import HandoverBatch
from liaison.places import Place
from liaison.statuses import HandoverWay
from organizations.models import User
from tthc_portal.demonstration.histories import Office

# A bag carries so many dossiers at most; one alone waits for the next.
IN_A_BAG = 5
_ON_THE_ROAD = timedelta(hours=3)
_WHOLE, _SHORT, _ON_ITS_WAY = "whole", "short", "on its way"
_FATES = (_WHOLE, _SHORT, _ON_ITS_WAY, _WHOLE)
_MISSING = "Không có trong túi khi mở."


def hand_over_some(*, offices: Sequence[Office], until: datetime, random: Random) -> int:
    """Bags from each counter to its agency and back; how many.

    Of four bags two came whole, of one a dossier is missing, one is still on its way.
    """
    made = 0
    for office in offices:
        for giver, receiver, origin in _ways(office, random):
            for waiting in _between(office, giver, origin):
                for bag in _bags(waiting, until):
                    batch = _given(waiting, bag, giver, random)
                    _opened(batch, bag, _FATES[made % len(_FATES)], receiver, until)
                    made += 1
    return made


def _between(office: Office, giver: User, origin: Place) -> list[Waiting]:
    """What waits at one side of this office for the other."""
    sides = (Place(agency=office.agency), Place(counter=office.counter))
    waits = handover_worklists.ready(giver, origin=origin)
    return [waiting for waiting in waits if waiting.destination in sides]


def _ways(office: Office, random: Random) -> Iterator[tuple[User, User, Place]]:
    clerk, officer = random.choice(office.clerks), random.choice(office.officers)
    yield clerk, officer, Place(counter=office.counter)
    yield officer, clerk, Place(agency=office.agency)


def _bags(waiting: Waiting, until: datetime) -> list[Sequence[Dossier]]:
    """Those whose last act is long enough ago, the earliest first, by the bag."""
    pks = [dossier.pk for dossier in waiting.dossiers]
    settled = Dossier.objects.filter(pk__in=pks, changed_at__lt=until - _ON_THE_ROAD)
    dossiers = list(settled.order_by("changed_at"))
    bags = [dossiers[first : first + IN_A_BAG] for first in range(0, len(dossiers), IN_A_BAG)]
    return [bag for bag in bags if len(bag) > 1]


def _given(waiting: Waiting, bag: Sequence[Dossier], giver: User, random: Random) -> HandoverBatch:
    way = random.choice((HandoverWay.BY_HAND, HandoverWay.INTERNAL_MAIL, HandoverWay.POST))
    number = f"EI{random.randrange(10**9):09d}VN" if way == HandoverWay.POST else ""
    consignment = Consignment(
        origin=waiting.origin,
        destination=waiting.destination,
        codes=[dossier.code for dossier in bag],
        carries=waiting.carries,
        way=way,
        submission_key=UUID(int=random.getrandbits(128), version=4),
        tracking_number=number,
    )
    at = max(dossier.changed_at for dossier in bag) + timedelta(minutes=random.randrange(5, 60))
    return handing.hand_over(consignment=consignment, actor=giver, at=at)


def _opened(
    batch: HandoverBatch, bag: Sequence[Dossier], fate: str, receiver: User, until: datetime
) -> None:
    """Whole, without its last dossier, or not yet."""
    at = batch.given_at + timedelta(hours=1, minutes=30)
    if fate == _ON_ITS_WAY or at >= until:
        return
    if fate == _WHOLE:
        findings = Findings(rest_is_received=True)
    else:
        findings = Findings(
            received=[dossier.code for dossier in bag[:-1]],
            rest_is_missing=True,
            missing_reason=_MISSING,
        )
    confirming.confirm(pk=batch.pk, findings=findings, actor=receiver, at=at)
