"""Guidance before acceptance over the API: the slip, its PDF, and the applicant who comes back."""

from uuid import uuid4

import pytest
import time_machine

from desk import guidance_drawing
from desk.models import Guidance
from tests.conftest import NOW, Desk

V1 = "/api/v1"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def slip(desk: Desk, **facts) -> dict:
    known = {
        "submission_key": str(uuid4()),
        "procedure": desk.version.procedure.code,
        "counter": desk.counter.pk,
        "applicant": {"name": "Nguyễn Thị Đào", "phone": "0912345678"},
        "items": [{"name": "Bản sao thẻ căn cước", "copies": 1}],
        "reason": "Thiếu giấy tờ.",
    }
    return known | facts


def test_a_slip_is_given_found_drawn_and_gone_once_the_applicant_is_received(
    desk: Desk, api, body
) -> None:
    clerk, sent = api(desk.clerk), slip(desk)

    given = clerk.post(f"{V1}/guidances/", sent, format="json")
    again = clerk.post(f"{V1}/guidances/", sent, format="json")

    assert given.status_code == 201
    told = given.json()
    assert again.json()["id"] == told["id"]
    assert told["items"] == [{"name": "Bản sao thẻ căn cước", "originals": 0, "copies": 1}]
    assert told["content"]["name"] == "Nguyễn Thị Đào"
    found = clerk.post(f"{V1}/guidances/search/", {"text": "dao"}, format="json").json()
    assert [each["id"] for each in found] == [told["id"]]
    page = f"{V1}/guidances/{told['id']}/"
    assert clerk.get(f"{page}file/").status_code == 404
    guidance_drawing.draw_waiting(at=NOW)
    assert b"".join(clerk.get(f"{page}file/").streaming_content).startswith(b"%PDF")
    key = {"submission_key": sent["submission_key"]}
    assert clerk.post(f"{V1}/dossiers/", body | key, format="json").status_code == 201
    assert clerk.get(f"{V1}/guidances/").json() == []


def test_the_page_goes_on_where_the_program_began(desk: Desk, api, sign_in) -> None:
    given = api(desk.clerk).post(f"{V1}/guidances/", slip(desk), format="json").json()

    page = sign_in(desk.clerk).get(f"/tiep-nhan/huong-dan/{given['id']}/tiep/").content.decode()

    assert 'value="Nguyễn Thị Đào"' in page
    assert 'value="0912345678"' in page


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"items": []}, "items"),
        ({"procedure": "9.999999"}, ""),
        ({"counter": 999}, "counter"),
        ({"applicant": {"name": " "}}, "applicant.name"),
        ({"applicant": {"name": "Đào", "identity_number": "12"}}, ""),
    ],
)
def test_a_slip_that_cannot_be_is_refused(desk: Desk, api, facts, field) -> None:
    answer = api(desk.clerk).post(f"{V1}/guidances/", slip(desk, **facts), format="json")

    assert answer.status_code == 400
    assert not field or field in answer.json()["fields"]
    assert not Guidance.objects.exists()


def test_slips_of_another_counter_are_not_there(desk: Desk, api, commune_clerk, officer) -> None:
    given = api(desk.clerk).post(f"{V1}/guidances/", slip(desk), format="json").json()

    assert api(commune_clerk).get(f"{V1}/guidances/{given['id']}/").status_code == 404
    assert api(commune_clerk).get(f"{V1}/guidances/").json() == []
    assert api(officer).get(f"{V1}/guidances/").status_code == 403
