"""Writing a dossier and what hangs on it in one statement, as faithfully as `save` would."""

from decimal import Decimal

import pytest
from django.db import connection
from django.db.utils import DataError
from django.test.utils import CaptureQueriesContext

from dossiers.models import Dossier, DossierPaper, Fee
from dossiers.requests import FeeFacts, Paper
from dossiers.statuses import PaymentMethod
from tests.conftest import NOW, Desk

FEE = FeeFacts(amount=Decimal(200_000), method=PaymentMethod.CASH)
PAPERS = [Paper(name=f"Giấy tờ số {number}", copies=number) for number in range(1, 60)]


def columns_of(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_the_dossier_at_hand_is_the_dossier_that_was_kept(desk: Desk):
    dossier = desk.accept(fee=FEE)

    assert columns_of(dossier) == columns_of(Dossier.objects.get(pk=dossier.pk))
    assert dossier.applicant_key == "nguyen thi dao"
    assert not dossier._state.adding


def test_children_hang_on_the_dossier_in_their_order(desk: Desk):
    dossier = desk.accept(papers=PAPERS, fee=FEE)

    kept = DossierPaper.objects.filter(dossier=dossier).order_by("id")
    assert [(row.position, row.name, row.copies) for row in kept] == [
        (number, f"Giấy tờ số {number}", number) for number in range(1, 60)
    ]
    assert Fee.objects.get(dossier=dossier).paid_at == NOW
    assert dossier.events.get().data["due_at"] == dossier.due_at.isoformat()


def test_dossier_event_papers_fee_and_form_are_one_insert(desk: Desk):
    desk.accept(fee=FEE)

    with CaptureQueriesContext(connection) as queries:
        desk.accept(fee=FEE)

    written = [query["sql"] for query in queries if "EXECUTE insert_" in query["sql"]]
    assert len(written) == 1
    assert not [query for query in queries if "INSERT INTO" in query["sql"]][1:]


def test_text_that_is_too_long_is_refused_not_cut(desk: Desk):
    with pytest.raises(DataError):
        desk.accept(fee=FeeFacts(amount=Decimal(1), name="x" * 201))
