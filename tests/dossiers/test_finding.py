"""The dossier that a page begins with is the one that the ORM loads, and nothing is asked twice."""

from functools import reduce

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dossiers import finding
from dossiers.models import Dossier, Result
from tests.conftest import NOW, Desk
from tests.dossiers.moving import walked

NEIGHBOURS = [
    "agency", "agency.schedule", "counter", "version", "version.procedure", "version.field",
    "case", "assignee", "proposed_by", "approved_by", "result", "result.attachment",
]  # fmt: skip


def at_hand(row):
    """What the row holds without asking the database."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in row.get_deferred_fields()
    }


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    """Returned, with a result that stands in a file."""
    kept = walked(desk, "return")
    file = kept.attachments.create(
        kind="result", file="a.pdf", name="Phiếu.pdf", content_type="application/pdf", size=5,
        sha256="0" * 64, added_at=NOW,
    )  # fmt: skip
    Result.objects.filter(dossier=kept).update(attachment=file)
    return kept


@pytest.mark.parametrize("path", NEIGHBOURS)
def test_each_neighbour_is_at_hand_as_the_orm_loads_it(dossier, path):
    slow = reduce(getattr, path.split("."), Dossier.objects.get(pk=dossier.pk))
    found = finding.by_code(dossier.code)

    with CaptureQueriesContext(connection) as queries:
        quick = reduce(getattr, path.split("."), found)

    assert not queries
    assert quick == slow
    assert at_hand(quick).items() <= at_hand(slow).items()


def test_the_dossier_itself_is_whole(dossier):
    found = finding.by_code(dossier.code)

    assert at_hand(found) == at_hand(Dossier.objects.get(pk=dossier.pk))
    assert not found.get_deferred_fields()
    assert found.version.get_deferred_fields() >= {"source", "process_text"}


def test_of_a_new_dossier_nobody_and_nothing_is_known_yet(desk: Desk):
    found = finding.by_code(desk.accept().code)

    with CaptureQueriesContext(connection) as queries:
        assert (found.assignee, found.proposed_by, found.approved_by) == (None, None, None)
        with pytest.raises(Result.DoesNotExist):
            _ = found.result
    assert not queries


@pytest.mark.parametrize("is_given", [True, False])
def test_it_is_known_whether_the_counter_may_decide(dossier, is_given):
    dossier.version.procedure.assignments.update(on_the_spot=is_given)

    assert finding.by_code(dossier.code).on_the_spot is is_given


def test_an_unknown_code_finds_nothing(db):
    assert finding.by_code("H41.15-260424-9999") is None


def test_it_is_one_query(dossier):
    finding.by_code(dossier.code)

    with CaptureQueriesContext(connection) as queries:
        finding.by_code(dossier.code)

    assert len(queries) == 1
