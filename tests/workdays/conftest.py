"""Tests of the calendar begin with an empty one."""

import pytest

from workdays.models import Holiday, MakeUpDay, WorkingHours, WorkSchedule


@pytest.fixture(autouse=True)
def _no_shipped_days(request: pytest.FixtureRequest) -> None:
    """Without the days and the hours that every other test finds entered."""
    asked = {"db", "transactional_db"} & set(request.fixturenames)
    if not asked and not request.node.get_closest_marker("django_db"):
        return
    request.getfixturevalue("db")
    for model in (Holiday, MakeUpDay, WorkingHours, WorkSchedule):
        model.objects.all().delete()
