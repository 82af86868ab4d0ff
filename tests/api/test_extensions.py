"""Extensions and the ladder through the API: the acts of the pages, the same refusals."""

from datetime import timedelta

import time_machine

from apologies import ladder
from apologies.models import ApologyLetter, ExtensionViolation
from tests.apologies.conftest import _own_keys, certificate, late  # noqa: F401 (fixtures)
from tests.apologies.writing import THURSDAY, drafted, signed
from tests.conftest import NOW, Desk

WEDNESDAY = NOW + timedelta(days=5)
ASKED = {"reason_kind": "workload", "fault": "agency", "new_day": "2026-11-26"}


def post(client, code, act, at=WEDNESDAY, **data):
    with time_machine.travel(at, tick=False):
        return client.post(f"/api/v1/extensions/{code}/{act}/", data, format="json")


def test_a_request_goes_its_way_through_the_api(api, desk: Desk, late):  # noqa: F811
    officer, head = api(desk.officer), api(desk.head)

    asked = post(officer, late.code, "ask", **ASKED)
    accepted = post(head, late.code, "accept", new_day="2026-11-27")

    assert (asked.status_code, accepted.status_code) == (200, 200)
    assert asked.json()["reason"] == "Số lượng hồ sơ tăng đột biến"
    assert accepted.json()["granted_day"] == "2026-11-27"
    assert ApologyLetter.objects.get().fault == "agency"
    rows = officer.get("/api/v1/extensions/").json()["results"]
    assert [row["status"] for row in rows] == ["accepted"]


def test_the_api_refuses_a_second_extension(api, desk: Desk, late, certificate):  # noqa: F811
    signed(drafted(late), desk.head)

    answer = post(api(desk.officer), late.code, "ask", THURSDAY + timedelta(hours=1), **ASKED)

    assert (answer.status_code, answer.json()["code"]) == (400, "extended_before")
    assert ExtensionViolation.objects.count() == 1


def test_a_refusal_is_told_with_its_reason(api, desk: Desk, late):  # noqa: F811
    post(api(desk.officer), late.code, "ask", **ASKED)

    answer = post(api(desk.head), late.code, "refuse", reason="Còn đủ thời gian.")

    assert answer.json()["decision_reason"] == "Còn đủ thời gian."


def test_nonsense_is_answered_with_fields(api, desk: Desk, late):  # noqa: F811
    answer = post(api(desk.officer), late.code, "ask", reason_kind="x", fault="y", new_day="z")

    assert answer.status_code == 400
    assert set(answer.json()["fields"]) == {"reason_kind", "fault", "new_day"}


def test_the_ladder_is_told_to_those_who_see_the_dossier(api, desk: Desk, late, foreign_head):  # noqa: F811
    ladder.climb(at=THURSDAY)

    [row] = api(desk.head).get("/api/v1/apology-ladder/?rung=centre").json()["results"]

    assert (row["code"], row["rung"], row["place"]) == (late.code, "centre", -1)
    assert api(desk.head).get("/api/v1/apology-ladder/?rung=late").json()["results"] == []
    assert api(foreign_head).get("/api/v1/apology-ladder/").json()["results"] == []
    assert api(desk.head).get("/api/v1/apology-ladder/?rung=x").status_code == 400
