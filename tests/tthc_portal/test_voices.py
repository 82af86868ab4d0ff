"""The petitions and ratings of the demonstration: by the rules, and at every stage."""

from datetime import timedelta
from random import Random

from feedback.models import Petition, Rating
from tests.conftest import NOW
from tests.feedback.conftest import hands, return_dossier  # noqa: F401 (fixtures)
from tthc_portal.demonstration import voices
from tthc_portal.demonstration.histories import offices


def test_petitions_of_the_demonstration_stand_at_every_stage(version, hands):  # noqa: F811
    voices.complain_some(offices=offices(), count=40, until=NOW, random=Random(7))

    statuses = set(Petition.objects.values_list("status", flat=True))
    assert {"processing", "published"} <= statuses
    assert Petition.objects.late(at=NOW).exists()
    assert Petition.objects.on_time(at=NOW).exists()
    assert not Petition.objects.filter(sent_at__gt=NOW).exists()


def test_some_returned_dossiers_are_rated_and_none_in_the_future(return_dossier):  # noqa: F811
    for _ in range(12):
        return_dossier(at=NOW - timedelta(hours=3))

    given = voices.rate_some(until=NOW, random=Random(7))

    assert 0 < given < 12
    assert Rating.objects.filter(given_at__lte=NOW).count() == given
