"""Queries whose SQL is put together once for each authority."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet, Value
from django.test.utils import CaptureQueriesContext

from organizations.compiling import MOMENT, row_for, rows_for
from organizations.models import Membership, User
from organizations.roles import Role
from tests.conftest import NOW, Desk


def people_here(user: User) -> QuerySet[Any]:
    """How many work in the person's agencies, and when that was asked."""
    agencies = user.agency_ids_for(*Role)
    here = Membership.objects.filter(agency__in=agencies, user__created_at__lt=MOMENT)
    return here.order_by().annotate(all=Value(1)).values("all").values(people=Count("user"))


def anew(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_each_asks_for_what_their_own_roles_reach(desk: Desk):
    later = NOW + timedelta(days=4000)
    everybody = Membership.objects.count()

    assert row_for(desk.officer, people_here, at=later)["people"] < everybody
    assert row_for(desk.clerk, people_here, at=later)["people"] == everybody


def test_a_moment_is_that_of_the_question(desk: Desk):
    before = row_for(desk.officer, people_here, at=NOW - timedelta(days=4000))
    after = row_for(desk.officer, people_here, at=NOW + timedelta(days=4000))

    assert (before["people"], after["people"] > 0) == (0, True)


def test_a_role_that_is_given_or_taken_counts_at_once(desk: Desk):
    later = NOW + timedelta(days=4000)
    alone = row_for(anew(desk.officer), people_here, at=later)["people"]
    given = Membership.objects.create(
        user=desk.officer, agency=desk.agency.parent or desk.agency, role=Role.SUPERVISOR
    )
    with_it = row_for(anew(desk.officer), people_here, at=later)["people"]
    given.delete()

    assert with_it > alone
    assert row_for(anew(desk.officer), people_here, at=later)["people"] == alone


def test_who_reaches_nothing_counts_nought(desk: Desk):
    Membership.objects.filter(user=desk.officer).delete()

    assert row_for(anew(desk.officer), people_here, at=NOW) == {"people": 0}


def test_it_is_one_query(desk: Desk):
    officer = anew(desk.officer)
    assert officer.authority

    with CaptureQueriesContext(connection) as queries:
        row_for(officer, people_here, at=NOW)

    assert len(queries) == 1


def colleagues_of_a_role(user: User) -> QuerySet[Any]:
    agencies = user.agency_ids_for(*Role)
    here = Membership.objects.filter(agency__in=agencies, role__in=[Role.OFFICER, Role.HEAD])
    named = here.exclude(user=user).filter(user__full_name__contains="%")
    return named.order_by().annotate(all=Value(7)).values("all").values(people=Count("user"))


def test_people_of_like_roles_share_a_statement_that_is_planned_once(desk: Desk):
    officer, head = anew(desk.officer), anew(desk.head)
    for person in (officer, head, anew(desk.clerk)):
        assert row_for(person, colleagues_of_a_role, at=NOW) == {"people": 0}

    with connection.cursor() as cursor:
        cursor.execute("SELECT statement, parameter_types::text FROM pg_prepared_statements")
        # Words stay as they are: they choose partial indexes.
        (types,) = [types for text, types in cursor.fetchall() if "IN ('officer', 'head')" in text]
    assert types == "{bigint[],bigint}"


def test_rows_come_as_often_as_there_are(desk: Desk):
    def names(user: User) -> QuerySet[Any]:
        return User.objects.filter(pk__in=[desk.officer.pk, desk.head.pk]).values_list("username")

    found = rows_for(anew(desk.clerk), names, at=NOW)

    assert sorted(found) == sorted([(desk.officer.username,), (desk.head.username,)])
