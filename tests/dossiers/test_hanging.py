"""What hangs on a dossier, as the ORM loads it, in one query that is planned once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dossiers.hanging import Hanging
from dossiers.models import DossierEvent, DossierPaper, PrintedForm
from tests.conftest import Desk
from tests.dossiers.moving import walked

KINDS = [
    (DossierEvent, "sequence DESC", "-sequence"),
    (DossierPaper, "position", "position"),
    (PrintedForm, "id", "id"),
]


@pytest.mark.parametrize(("model", "order", "orm_order"), KINDS)
def test_the_rows_are_those_of_the_orm_in_their_order(desk: Desk, model, order, orm_order):
    dossier = walked(desk, "return")
    walked(desk, "take")
    slow = list(model.objects.filter(dossier=dossier).order_by(orm_order))

    quick = Hanging(model, order).of(dossier)

    assert quick == slow
    assert [columns_of(row) for row in quick] == [columns_of(row) for row in slow]


def test_each_row_has_its_dossier_at_hand(desk: Desk):
    dossier, kind = desk.accept(), Hanging(DossierEvent)
    kind.of(dossier)

    with CaptureQueriesContext(connection) as queries:
        (event,) = kind.of(dossier)
        assert event.dossier is dossier

    assert len(queries) == 1


def columns_of(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
