"""A kept connection that was lost is noticed and replaced before a person's next query."""

import psycopg2
import pytest
from django.db import connection


def end_this_session() -> None:
    """As a restart of the server does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    facts = connection.get_connection_params()
    facts.pop("cursor_factory")
    other = psycopg2.connect(**facts)
    with other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    other.close()


@pytest.mark.django_db(transaction=True)
def test_the_health_of_an_idle_connection_is_read_from_its_socket():
    connection.ensure_connection()
    assert connection.is_usable()

    end_this_session()

    assert not connection.is_usable()
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_request_after_a_restart_of_the_server_is_answered(client):
    connection.ensure_connection()
    end_this_session()

    connection.close_if_unusable_or_obsolete()  # what begins each request

    assert client.get("/suc-khoe/").status_code == 200


@pytest.mark.django_db
def test_a_healthy_connection_is_asked_nothing(django_assert_num_queries):
    connection.health_check_enabled = True
    connection.health_check_done = False

    with django_assert_num_queries(1), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
