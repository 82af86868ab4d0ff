"""One dossier at hand and a list of dossiers are seen by the same rule."""

import pytest

from dossiers.models import Dossier
from dossiers.querysets import Sight
from tests.conftest import Desk

EVERYBODY = (
    "clerk", "commune_clerk", "officer", "second_officer", "foreign_officer", "head",
    "deputy_head", "foreign_head", "supervisor", "administrator",
)  # fmt: skip


@pytest.mark.parametrize("who", EVERYBODY)
def test_sight_of_one_dossier_is_the_door_of_lists(desk: Desk, request, who):
    dossier = desk.accept()
    user = request.getfixturevalue(who)

    assert Sight.of(user).covers(dossier) == Dossier.objects.visible_to(user).exists()


def test_some_see_the_dossier_and_some_do_not(desk: Desk, clerk, foreign_officer):
    dossier = desk.accept()

    assert Sight.of(clerk).covers(dossier)
    assert not Sight.of(foreign_officer).covers(dossier)
