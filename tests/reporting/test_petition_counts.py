"""Components 5.2, 5.3 and 5.4 hear of petitions and ratings as of the day that is asked."""

from datetime import timedelta

import pytest

from feedback import voting
from feedback.models import Rating
from reporting import drilling, figures, tallies
from reporting.models import WaitingDossier
from reporting.periods import ReportPeriod
from reporting.statuses import Part
from tests.conftest import NOW
from tests.dossiers.moving import walked
from tests.feedback.conftest import _limits_begin_anew, hands  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db
NOVEMBER = ReportPeriod.parse("2026-11")
DAY = timedelta(days=1)


@pytest.fixture
def pairs(province):
    """Numerator and denominator of 5.2, 5.3 and 5.4 of the province, as of a day."""

    def asked(at=NOW + 60 * DAY, as_of=None):
        counts = figures.of(agency=province, period=NOVEMBER, at=at, as_of=as_of).counts
        return {
            code: (counts[code].numerator, counts[code].denominator)
            for code in ("5.2", "5.3", "5.4")
        }

    return asked


def test_an_answered_petition_is_on_time_and_content(hands, pairs):  # noqa: F811
    hands.published()

    assert pairs() == {"5.2": (1, 1), "5.3": (1, 1), "5.4": (0, 0)}


def test_a_petition_that_nobody_answers_is_late_from_its_term_on(hands, pairs):  # noqa: F811
    petition = hands.received()

    assert pairs(as_of=(petition.answer_by - DAY).date())["5.2"] == (1, 1)
    assert pairs(as_of=(petition.answer_by + DAY).date())["5.2"] == (0, 1)


def test_dislikes_count_from_the_day_of_the_vote(hands, pairs):  # noqa: F811
    petition = hands.published()
    voted_at = NOW + 5 * DAY
    voting.vote(code=petition.code, voter="a", likes=False, at=voted_at)

    assert pairs(as_of=(voted_at - DAY).date())["5.3"] == (1, 1)
    assert pairs(as_of=voted_at.date())["5.3"] == (0, 1)


def test_the_petitions_behind_a_figure(hands, pairs, province, supervisor, foreign_head):  # noqa: F811
    late = hands.received()
    kept = hands.published()

    def behind(part, user=supervisor):
        found = drilling.petitions_behind(
            component="5.2",
            agency=province,
            period=NOVEMBER,
            part=part,
            user=user,
            at=NOW + 60 * DAY,
        )
        return set(found)

    assert behind(Part.REST) == {late}
    assert behind(Part.NUMERATOR) == {kept}
    assert behind(Part.DENOMINATOR) == {late, kept}
    assert behind(Part.DENOMINATOR, foreign_head) == set()


def test_a_dislike_after_the_end_counts_from_its_day(desk, pairs):
    dossier = walked(desk, "return")
    tallies.advance()
    given_at = NOW + 40 * DAY
    Rating.objects.create(
        dossier=dossier, agency=desk.agency, satisfaction=2, source="link", given_at=given_at
    )

    assert WaitingDossier.objects.get().dossier_id == dossier.pk
    tallies.advance()
    assert pairs(as_of=(given_at - DAY).date())["5.4"] == (1, 1)
    assert pairs(as_of=given_at.date())["5.4"] == (0, 1)


def test_a_petition_about_a_dossier_counts_once_it_is_admitted(desk, hands, pairs):  # noqa: F811
    dossier = walked(desk, "return")
    petition = hands.received(at=NOW + 2 * DAY)
    tallies.advance()
    assert pairs()["5.4"] == (1, 1)

    petition.dossier = dossier
    petition.save(update_fields=["dossier"])
    tallies.advance()

    assert pairs()["5.4"] == (0, 1)
    assert tallies.first_difference() is None
