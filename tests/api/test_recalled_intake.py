"""An acceptance on what the process remembers: one statement, and never on what no longer stands."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from knox.models import AuthToken
from rest_framework.test import APIClient

from dossiers.models import Dossier
from organizations import recalling
from organizations.models import Agency, User
from procedures.models import Channel, Procedure, RequiredPaper
from tests.conftest import Desk

URL = "/api/v1/dossiers/"


@pytest.fixture
def client(api: Callable[[User], APIClient], clerk: User, body: dict[str, Any]) -> APIClient:
    """A program that has accepted before, so that its process remembers everything."""
    recalling._kept.clear()
    warm = api(clerk)
    assert [warm.post(URL, body).status_code for _ in range(2)] == [201, 201]
    assert recalling._kept
    return warm


def test_accepting_again_is_one_statement(client, body) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(URL, body)

    assert answer.status_code == 201
    told = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(told) == 1
    assert "EXECUTE insert_" in told[0]


CHANGES = {
    "a token taken back": (401, lambda desk: AuthToken.objects.all().delete()),
    "a person barred": (401, lambda desk: User.objects.update(is_active=False)),
    "a password to choose": (403, lambda desk: User.objects.update(must_change_password=True)),
    "a posting taken back": (403, lambda desk: desk.clerk.memberships.all().delete()),
    "an agency closed": (400, lambda desk: Agency.objects.update(is_active=False)),
    "a procedure retired": (
        400,
        lambda desk: Procedure.objects.update(retired_at="2026-01-01T00:00:00Z"),
    ),
    "a procedure taken from the agency": (
        400,
        lambda desk: desk.version.procedure.assignments.update(is_active=False),
    ),
    "a second case": (
        400,
        lambda desk: Channel.objects.create(
            version=desk.version, kind="direct", position=90, time_limit=3, time_unit="working_day"
        ),
    ),
}


@pytest.mark.parametrize("address", ["", "refusals/", "submissions/"])
@pytest.mark.parametrize(("status", "change"), CHANGES.values(), ids=CHANGES)
def test_what_changed_is_seen_at_once(client, body, desk: Desk, address, status, change) -> None:
    change(desk)
    before = Dossier.objects.count()

    answer = client.post(URL + address, body | {"reason": "Thiếu giấy tờ."})

    assert answer.status_code == status
    assert Dossier.objects.count() == before


def test_a_refusal_is_given_on_what_is_read_anew(client, body, desk: Desk) -> None:
    """What was refused from memory may have been allowed since."""
    desk.clerk.memberships.update(agency=desk.agency, role="officer", counter=None)
    assert client.post(URL, body).status_code == 403
    desk.clerk.memberships.update(agency=desk.counter.agency, role="counter", counter=desk.counter)

    assert client.post(URL, body).status_code == 201


def test_what_is_new_is_accepted(client, body, desk: Desk) -> None:
    paper = RequiredPaper.objects.create(version=desk.version, position=90, name="Giấy tờ mới")
    brought = {"name": paper.name, "required_paper": paper.pk, "copies": 1}

    answer = client.post(URL, body | {"papers": [brought]})

    assert answer.status_code == 201
    kept = Dossier.objects.get(code=answer.json()["code"])
    assert [row.required_paper_id for row in kept.papers.all()] == [paper.pk]


def test_the_name_that_the_ledger_keeps_is_the_one_of_now(client, body, desk: Desk) -> None:
    User.objects.filter(pk=desk.clerk.pk).update(full_name="Trần Thị Bình")

    code = client.post(URL, body).json()["code"]

    assert Dossier.objects.get(code=code).events.get().actor_name == "Trần Thị Bình"


def test_a_key_used_before_finds_its_dossier_and_makes_no_other(client, body) -> None:
    body["submission_key"] = str(uuid4())
    before = Dossier.objects.count()

    answers = [client.post(URL, body) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [201, 200, 200]
    assert len({answer.json()["code"] for answer in answers}) == 1
    assert Dossier.objects.count() == before + 1


def test_after_a_change_the_process_remembers_again(client, body, desk: Desk) -> None:
    desk.counter.save()
    client.post(URL, body)
    client.post(URL, body)

    with CaptureQueriesContext(connection) as queries:
        client.post(URL, body)

    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) == 1


def test_other_acts_are_done_once(client, body, desk: Desk) -> None:
    """They prove nothing, so nothing is recalled for them and nothing done again."""
    code = client.post(URL, body).json()["code"]

    answer = client.post(f"{URL}{code}/transfer/", {"version": 1})

    assert answer.status_code == 200
    assert Dossier.objects.get(code=code).event_count == 2
