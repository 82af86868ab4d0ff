"""Counts that follow along: right, cheap, and silent while nothing changes."""

from django.core.cache import cache

from tests.conftest import Desk


def test_the_counts_are_those_of_the_page_and_answer_304_while_nothing_changes(desk: Desk, sign_in):
    client = sign_in(desk.clerk)
    desk.accept()

    first = client.get("/so-dem/")
    again = client.get("/so-dem/", headers={"If-None-Match": first["ETag"]})

    assert first.json()["dossiers"] == 1
    assert first.json()["can-xu-ly"] == 1
    assert (again.status_code, again.content) == (304, b"")
    desk.accept()
    cache.clear()
    client.force_login(desk.clerk, backend="organizations.backends.MembershipBackend")
    changed = client.get("/so-dem/", headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed.json()["dossiers"]) == (200, 2)


def test_many_open_pages_of_one_person_count_once(
    desk: Desk, sign_in, django_assert_max_num_queries
):
    client = sign_in(desk.clerk)
    client.get("/so-dem/")

    with django_assert_max_num_queries(3):
        client.get("/so-dem/")
