"""Rows that are made quickly are those that the constructor of their model makes."""

import pytest
from django.apps import apps

from dossiers.making import made
from dossiers.models import Dossier, DossierEvent, DossierPaper
from tests.conftest import Desk

MODELS = list(apps.get_app_config("dossiers").get_models())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_row_of_which_nothing_is_known_is_the_constructor_s(model):
    quick, slow = made(model), model()

    assert quick.get_deferred_fields() == slow.get_deferred_fields()
    assert columns_of(quick) == columns_of(slow)
    assert quick._state.adding
    assert quick._state.db is None


def test_what_is_given_stands_in_the_row(desk: Desk):
    facts = {"agency": desk.agency, "counter_id": desk.counter.pk, "case": None, "sets": 3}
    quick, slow = made(Dossier, **facts), Dossier(**facts)

    assert columns_of(quick) == columns_of(slow)
    assert quick.agency is desk.agency
    assert quick.case is None
    assert quick.counter == desk.counter


def test_a_row_may_hang_on_one_that_is_not_kept_yet():
    dossier = made(Dossier)
    paper = made(DossierPaper, dossier=dossier)

    assert paper.dossier is dossier
    assert paper.dossier_id is None


def test_two_rows_share_no_default():
    first, second = made(DossierEvent), made(DossierEvent)
    first.data["due_at"] = "2026-11-30"

    assert second.data == {}


def test_a_name_that_the_model_does_not_have_is_refused():
    with pytest.raises(TypeError, match="Dossier has no field colour"):
        made(Dossier, colour="red")


def columns_of(row):
    fields = [field for field in row._meta.concrete_fields if not field.generated]
    return {field.attname: getattr(row, field.attname) for field in fields}
