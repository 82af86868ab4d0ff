"""The register and the minutes of handovers over the API."""

from uuid import uuid4

import pytest
import time_machine

from dossiers import lifecycle
from dossiers.holding import Target
from liaison import drawing
from liaison.models import PrintOrder
from tests.conftest import NOW, Desk

V1 = "/api/v1"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def order(desk: Desk, **facts) -> dict:
    known = {
        "submission_key": str(uuid4()),
        "place": {"counter": desk.counter.pk},
        "first_day": "2026-11-01",
        "last_day": "2026-11-13",
    }
    return known | facts


def test_a_register_is_ordered_followed_and_fetched_by_whoever_asked(
    desk: Desk, api, supervisor
) -> None:
    desk.accept()
    clerk, sent = api(desk.clerk), order(desk)

    asked = clerk.post(f"{V1}/registers/", sent, format="json")
    again = clerk.post(f"{V1}/registers/", sent, format="json")

    assert asked.status_code == 201
    assert again.json()["id"] == asked.json()["id"]
    assert asked.json()["place"]["name"] == desk.counter.name
    page = f"{V1}/registers/{asked.json()['id']}/"
    assert clerk.get(f"{page}books/1/").status_code == 404
    drawing.draw(order_id=asked.json()["id"], at=NOW)
    told = clerk.get(page).json()
    assert told["finished_at"]
    assert [book["last_entry"] for book in told["books"]] == [1]
    assert b"".join(clerk.get(f"{page}books/1/").streaming_content).startswith(b"%PDF")
    assert [each["id"] for each in clerk.get(f"{V1}/registers/").json()] == [told["id"]]
    assert api(supervisor).get(page).status_code == 404


@pytest.mark.parametrize(
    ("facts", "status", "code"),
    [
        ({"first_day": "2025-12-31"}, 400, "last_day"),
        ({"first_day": "2026-11-13", "last_day": "2026-11-01"}, 400, "last_day"),
        ({"place": {}}, 400, "invalid"),
        ({"place": {"agency": "H41.15"}}, 403, "permission_denied"),
    ],
)
def test_a_register_that_cannot_be_is_refused(desk: Desk, api, facts, status, code) -> None:
    answer = api(desk.clerk).post(f"{V1}/registers/", order(desk, **facts), format="json")

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not PrintOrder.objects.exists()


def test_the_minutes_of_a_handover_are_fetched_once_drawn(desk: Desk, api, foreign_officer) -> None:
    dossier, clerk = desk.accept(), api(desk.clerk)
    lifecycle.transfer(target=Target(code=dossier.code), actor=desk.clerk, at=NOW)
    batch = clerk.post(
        f"{V1}/handovers/",
        {
            "submission_key": str(uuid4()),
            "origin": {"counter": desk.counter.pk},
            "destination": {"agency": desk.agency.code},
            "codes": [dossier.code],
        },
        format="json",
    ).json()
    address = f"{V1}/handovers/{batch['id']}/minutes/"
    assert clerk.get(address).status_code == 404

    drawing.draw(order_id=PrintOrder.objects.get().pk, at=NOW)

    assert b"".join(clerk.get(address).streaming_content).startswith(b"%PDF")
    assert api(foreign_officer).get(address).status_code == 404
