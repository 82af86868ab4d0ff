"""The paper files of the demonstration: at every stage of their way, by the rules."""

from datetime import timedelta
from random import Random

from django.db import connection

from dossiers import sealing
from liaison.models import HandoverBatch, HandoverItem, PaperFile
from tests.conftest import NOW, Desk
from tests.liaison.handing_over import resolved, transferred
from tthc_portal.demonstration import bags
from tthc_portal.demonstration.histories import offices

DAY = timedelta(days=1)


def test_bags_of_the_demonstration_stand_at_every_stage(desk: Desk) -> None:
    for _ in range(13):
        transferred(desk, at=NOW - 3 * DAY)
    for _ in range(6):
        resolved(desk, at=NOW - 3 * DAY)

    made = bags.hand_over_some(offices=offices(), until=NOW, random=Random(7))

    assert made == HandoverBatch.objects.count()
    assert HandoverBatch.objects.too_long(at=NOW).exists()
    outcomes = set(HandoverItem.objects.values_list("outcome", flat=True))
    assert outcomes == {"", "received", "missing"}
    assert set(HandoverBatch.objects.values_list("carries", flat=True)) == {"papers", "result"}
    assert not HandoverBatch.objects.filter(given_at__gt=NOW).exists()
    assert PaperFile.objects.exists()
    connection.check_constraints()
    assert sealing.verify().broken is None


def test_what_moved_just_now_is_left_to_be_handed_over_by_hand(desk: Desk) -> None:
    for _ in range(2):
        transferred(desk)

    assert bags.hand_over_some(offices=offices(), until=NOW, random=Random(7)) == 0
