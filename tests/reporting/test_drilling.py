"""From a figure to what stands behind it, as far as the person may see."""

from datetime import timedelta

import pytest

from dossiers.models import Dossier
from reporting import drilling, figures, tallies
from reporting.periods import ReportPeriod
from reporting.refusals import UnknownComponent
from reporting.statuses import Part
from tests.conftest import NOW
from tests.dossiers.moving import walked

pytestmark = pytest.mark.django_db
NOVEMBER = ReportPeriod.parse("2026-11")
LATER = NOW + timedelta(days=12)
# While the period runs, and when it has long been over: the list is read in two ways.
MOMENTS = (LATER, LATER + timedelta(days=60))


def behind(component, agency, user, part, at=LATER, **more):
    found = drilling.dossiers_behind(
        component=component,
        agency=agency,
        period=NOVEMBER,
        part=part,
        user=user,
        at=at,
        **more,
    )
    return set(found.values_list("code", flat=True))


@pytest.fixture
def two(desk):
    """One returned on the day, one that nobody touched and that is late by now."""
    return walked(desk, "return"), desk.accept()


@pytest.mark.parametrize("at", MOMENTS)
def test_the_late_dossier_is_what_the_figure_lacks(two, province, supervisor, at):
    done, late = two

    assert behind("2.1", province, supervisor, Part.NUMERATOR, at) == {done.code}
    assert behind("2.1", province, supervisor, Part.REST, at) == {late.code}
    assert behind("2.1", province, supervisor, Part.DENOMINATOR, at) == {done.code, late.code}


@pytest.mark.parametrize("at", MOMENTS)
def test_the_list_is_as_long_as_the_figure(two, desk, supervisor, at):
    tallies.advance()
    counts = figures.of(agency=desk.agency, period=NOVEMBER, at=at).counts

    for code in drilling.OF_DOSSIERS - {"1.4"}:
        parts = [behind(code, desk.agency, supervisor, part, at) for part in Part]

        assert [len(part) for part in parts] == [
            counts[code].numerator,
            counts[code].denominator,
            counts[code].rest,
        ]


def test_a_stranger_to_the_agency_sees_none_of_them(two, province, foreign_officer):
    assert behind("2.1", province, foreign_officer, Part.DENOMINATOR) == set()


def test_the_list_is_as_of_the_same_day(two, province, supervisor):
    done, late = two

    told = behind("2.1", province, supervisor, Part.NUMERATOR, as_of=NOW.date())

    assert told == {done.code, late.code}
    assert Dossier.objects.overdue(at=LATER).get() == late


@pytest.mark.parametrize("component", ["1.1", "3.1", "5.2", "9.9"])
def test_a_component_that_counts_no_dossiers_is_refused(component, province, supervisor):
    with pytest.raises(UnknownComponent, match="không đếm hồ sơ"):
        behind(component, province, supervisor, Part.REST)


def test_procedures_behind_a_figure(two, desk, version, province):
    def found(part, component):
        return list(
            drilling.procedures_behind(
                component=component, agency=province, period=NOVEMBER, part=part, at=LATER
            )
        )

    assert found(Part.DENOMINATOR, "3.1") == [version.procedure]
    assert found(Part.NUMERATOR, "3.1") == []
    assert found(Part.REST, "3.5a") == [version.procedure]


def test_procedures_do_not_stand_behind_dossiers(province):
    with pytest.raises(UnknownComponent, match="không đếm thủ tục"):
        drilling.procedures_behind(
            component="2.1", agency=province, period=NOVEMBER, part=Part.REST, at=LATER
        )
