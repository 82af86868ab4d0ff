"""Petitions and ratings through the API: the same rule of sight, the same acts and refusals."""

from datetime import timedelta

import pytest
import time_machine

from feedback import rating
from feedback.models import Petition, RatingModeration
from feedback.rating import Answers
from feedback.statuses import PetitionStatus, Satisfaction
from tests.conftest import NOW
from tests.feedback.conftest import hands, return_dossier  # noqa: F401 (fixtures)

URL = "/api/v1/petitions/"


def post(client, path, at=NOW + timedelta(hours=4), **data):
    with time_machine.travel(at, tick=False):
        return client.post(path, data, format="json")


@pytest.mark.parametrize(
    ("who", "seen"),
    [("clerk", 1), ("commune_clerk", 0), ("officer", 1), ("foreign_officer", 0), ("head", 1),
     ("foreign_head", 0), ("supervisor", 1), ("administrator", 0)],
)  # fmt: skip
def test_each_sees_the_petitions_that_are_theirs_to_see(api, hands, request, who, seen):  # noqa: F811
    code = hands.received().code
    client = api(request.getfixturevalue(who))

    assert len(client.get(URL).json()["results"]) == seen
    assert client.get(f"{URL}{code}/").status_code == (200 if seen else 404)


def test_a_petition_goes_its_way_through_the_api(api, hands):  # noqa: F811
    path = f"{URL}{hands.sent().code}/"

    received = post(api(hands.clerk), f"{path}receive/", category="fee", agency="H41.15", version=1)
    answered = post(api(hands.officer), f"{path}answer/", text="Đã hoàn phí.", version=2)
    published = post(api(hands.head), f"{path}publish/", subject="Phí", content="Thu sai.")

    assert [r.status_code for r in (received, answered, published)] == [200] * 3
    body = published.json()
    assert (body["status"], body["version"], body["is_late"]) == ("published", 4, False)
    assert [event["kind"] for event in body["events"]][-1] == "published"


@pytest.mark.parametrize(
    ("act", "data", "status", "code"),
    [
        ("receive", {"category": "x", "agency": "H41.15"}, 400, "invalid"),
        ("receive", {"category": "fee", "agency": "H99"}, 400, "invalid"),
        ("refuse", {"text": ""}, 400, "invalid"),
        ("refuse", {"text": "a\x00b"}, 400, "invalid"),
        ("refuse", {"text": "Không.", "version": 9}, 409, "stale"),
        ("answer", {"text": "Không."}, 403, "permission_denied"),
        ("hide", {"text": "Không."}, 403, "permission_denied"),
    ],
)
def test_refusals_have_the_one_shape_and_change_nothing(api, hands, act, data, status, code):  # noqa: F811
    petition = hands.sent()

    answer = post(api(hands.clerk), f"{URL}{petition.code}/{act}/", **data)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert set(answer.json()) == {"code", "message", "fields"}
    assert Petition.objects.get().status == PetitionStatus.SENT


def test_lists_follow_the_tabs_and_cost_few_queries(api, hands, django_assert_max_num_queries):  # noqa: F811
    for _ in range(3):
        hands.received()
    client = api(hands.officer)

    with django_assert_max_num_queries(4):
        found = client.get(f"{URL}?tab=can-xu-ly").json()

    assert len(found["results"]) == 3
    assert client.get(f"{URL}?tab=lost").status_code == 400
    assert client.get(f"{URL}?after=x").status_code == 400


def test_ratings_and_their_moderation(api, return_dossier, head, supervisor, foreign_officer):  # noqa: F811
    given = rating.give_by_link(
        token=rating.token_for(return_dossier()),
        answers=Answers(satisfaction=Satisfaction.DISSATISFIED, remark="Nói tục."),
        at=NOW,
    )
    path = f"/api/v1/ratings/{given.pk}/moderate/"

    assert api(foreign_officer).get("/api/v1/ratings/").json()["results"] == []
    assert post(api(foreign_officer), path, hides=True, reason="a").status_code == 404
    assert post(api(head), path, hides=True, reason="a").status_code == 403
    hidden = post(api(supervisor), path, hides=True, reason="Xúc phạm.")
    assert hidden.json()["is_hidden"] is True
    assert post(api(supervisor), path, hides=True, reason="Lại.").json()["code"] == "wrong_state"
    assert RatingModeration.objects.count() == 1
    shown = api(head).get("/api/v1/ratings/").json()["results"][0]
    assert (shown["remark"], shown["is_hidden"]) == ("Nói tục.", True)
