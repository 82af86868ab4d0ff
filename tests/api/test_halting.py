"""The acts that halt a dossier through the API: a whole way, and what is refused on it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.conftest import NOW
from tests.dossiers.moving import asked_to_supplement, walked


def url(code: str, act: str = "") -> str:
    return f"/api/v1/dossiers/{code}/{act}"


def post(client: Any, code: str, act: str, facts: dict[str, Any], hours: int) -> Any:
    with time_machine.travel(NOW + timedelta(hours=hours), tick=False):
        return client.post(url(code, act), facts, format="json")


def test_a_dossier_is_supplemented_paid_for_and_declined(api, desk) -> None:
    code = walked(desk, "take").code
    missing = {"reason": "Thiếu.", "items": [{"name": "A", "copies": 1}, {"name": "B"}]}
    way = [
        (desk.officer, "request-supplement/", missing, "awaiting_supplement"),
        (desk.clerk, "receive-supplement/", {"items": [2]}, "awaiting_supplement"),
        (desk.clerk, "receive-supplement/", {"items": [1]}, "processing"),
        (desk.officer, "pause/", {"reason": "Thông báo 12"}, "awaiting_payment"),
        (desk.clerk, "resume/", {"reason": "Biên lai 3"}, "processing"),
        (desk.officer, "propose/", {"opinion": "Không đủ điều kiện."}, "awaiting_approval"),
        (desk.head, "decline/", {"reason": "Không đủ điều kiện."}, "declined"),
    ]  # fmt: skip

    for hours, (actor, act, facts, status) in enumerate(way, start=5):
        answer = post(api(actor), code, act, facts, hours)
        assert (answer.status_code, answer.json().get("status")) == (200, status), answer.json()

    told = api(desk.clerk).get(url(code)).json()
    assert told["national_state"] == 3
    assert [paper["name"] for paper in told["papers"]][-2:] == ["B", "A"]


@pytest.mark.parametrize(
    ("who", "act", "facts", "code_told"),
    [
        ("head", "stop/", {"reason": "A"}, "wait_not_over"),
        ("clerk", "receive-supplement/", {"items": [9]}, "items"),
        ("clerk", "receive-supplement/", {"items": []}, "invalid"),
        ("clerk", "withdraw/", {}, "reference"),
        ("officer", "request-supplement/", {"reason": "A", "items": []}, "invalid"),
    ],
)
def test_what_will_not_do_is_told(api, desk, who, act, facts, code_told) -> None:
    waiting = asked_to_supplement(desk)

    answer = post(api(getattr(desk, who)), waiting.code, act, facts, 7)

    assert (answer.status_code, answer.json()["code"]) == (400, code_told)


def test_a_paused_dossier_is_overdue_nowhere(api, desk) -> None:
    waiting = asked_to_supplement(desk)

    with time_machine.travel(waiting.due_at + timedelta(days=5), tick=False):
        client = api(desk.clerk)
        row = client.get("/api/v1/dossiers/?tab=cho-bo-sung").json()["results"][0]
        overdue = client.get("/api/v1/dossiers/?tab=qua-han").json()["results"]
        counts = {tab["key"]: tab["count"] for tab in client.get("/api/v1/worklists/").json()}

    assert (row["timeliness"], overdue) == ("paused", [])
    assert (counts["qua-han"], counts["cho-bo-sung"]) == (0, 1)
