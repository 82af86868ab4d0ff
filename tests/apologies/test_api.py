"""Letters in the API: the same rule of sight, the same refusals, in the API's one shape."""

from collections.abc import Iterator

import pytest
import time_machine

from apologies.models import ApologyLetter
from tests.apologies.writing import THURSDAY, drafted, signed
from tests.conftest import Desk

LIST = "/api/v1/apologies/"
JSON = "application/json"


@pytest.fixture(autouse=True)
def _on_thursday() -> Iterator[None]:
    with time_machine.travel(THURSDAY, tick=False):
        yield


def send(client, pk: int, act: str, **body):
    return client.post(f"{LIST}{pk}/{act}/", body, content_type=JSON)


def test_the_two_lists(sign_in, desk: Desk, draft):
    client = sign_in(desk.head)
    (row,) = client.get(LIST).json()["results"]
    assert (row["dossier"], row["status"], row["number"]) == (draft.dossier.code, "draft", "")

    signed(draft, desk.head)

    assert client.get(LIST).json()["results"] == []
    (row,) = client.get(LIST, {"list": "signed"}).json()["results"]
    assert (row["number"], row["sent_at"], row["new_day"]) == ("01/PXL", None, "2026-11-26")


def test_a_letter_is_changed_signed_and_withdrawn(sign_in, desk: Desk, draft):
    client = sign_in(desk.head)
    text = {"reason": "Chờ ý kiến", "fault": "other_agency", "new_day": "2026-11-27"}

    changed = send(client, draft.pk, "revise", revision=0, **text).json()
    assert (changed["reason"], changed["revision"]) == ("Chờ ý kiến", 1)
    assert send(client, draft.pk, "sign", revision=1).json()["number"] == "01/PXL"
    withdrawn = send(client, draft.pk, "withdraw", reason="Sai tên").json()
    assert (withdrawn["status"], withdrawn["withdrawal_reason"]) == ("withdrawn", "Sai tên")


def test_refusals_have_a_code_and_a_sentence(sign_in, desk: Desk, draft):
    client = sign_in(desk.head)
    stale = send(client, draft.pk, "sign", revision=4)
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")

    rest_day = {"reason": "A", "fault": "agency", "new_day": "2026-11-28"}
    refused = send(client, draft.pk, "revise", **rest_day)
    assert (refused.status_code, refused.json()["code"]) == (400, "rest_day")

    send(client, draft.pk, "sign")
    again = send(client, draft.pk, "sign")
    assert (again.status_code, again.json()["code"]) == (409, "wrong_state")


def test_without_a_certificate_nothing_is_signed(sign_in, desk: Desk, late):
    letter = drafted(late)

    refused = send(sign_in(desk.head), letter.pk, "sign")

    assert refused.json()["code"] == "certificate_missing"
    assert ApologyLetter.objects.get(pk=letter.pk).status == "draft"


def test_other_agencies_do_not_see_the_letter(sign_in, foreign_head, draft):
    assert sign_in(foreign_head).get(f"{LIST}{draft.pk}/").status_code == 404
