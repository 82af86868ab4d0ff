"""Prepared statements: planned once for a connection, anew when the connection was lost."""

import pytest
from django.db import connection
from django.db.utils import DataError
from django.test.utils import CaptureQueriesContext

from organizations.models import Agency
from organizations.statements import Columns, Statement

NEXT = Statement("number_after", ["bigint"], "SELECT $1 + 1")


def prepared() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.django_db
def test_a_statement_is_one_query_and_is_told_to_the_server_once():
    with CaptureQueriesContext(connection) as queries:
        assert [NEXT.row(number) for number in (1, 2)] == [(2,), (3,)]

    assert len(queries) == 2
    assert prepared().count("number_after") == 1


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_is_told_again():
    NEXT.row(1)
    connection.close()

    assert NEXT.row(1) == (2,)


@pytest.mark.django_db
def test_errors_of_the_server_come_as_those_of_the_orm():
    with pytest.raises(DataError):
        NEXT.row(2**63 - 1)


def test_an_instance_is_as_the_orm_loads_it(justice):
    columns = Columns(Agency, "agency")
    read = Statement(
        "one_agency",
        ["bigint"],
        f"SELECT {columns.sql} FROM organizations_agency agency WHERE agency.id = $1",
    )

    (row,) = read.rows(justice.pk)
    agency = columns.built(row)

    assert agency == justice
    assert not agency._state.adding
    assert agency.get_deferred_fields() == set()


def test_columns_left_out_are_loaded_when_they_are_asked_for(justice):
    columns = Columns(Agency, "agency", "code")
    agency = columns.built((justice.pk, justice.code))

    assert agency.get_deferred_fields() >= {"name", "path"}
    assert agency.name == justice.name
