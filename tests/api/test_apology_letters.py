"""Letters, runs and notices through the API: the acts of the pages, the same refusals."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from apologies import drafting_runs, runs
from apologies.models import ApologyLetter, CentreNotice
from dossiers.models import Dossier
from tests.apologies.conftest import _own_keys, certificate, draft, late  # noqa: F401 (fixtures)
from tests.apologies.writing import THURSDAY, drafted, endangered, sealed, signed
from tests.conftest import Desk

LETTERS = "/api/v1/apology-letters/"
SIGNING = "/api/v1/apology-signing-runs/"
DRAFTING = "/api/v1/apology-drafting-runs/"
NOTICES = "/api/v1/apology-notices/"


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


def test_a_head_revises_and_signs(api, desk: Desk, draft):  # noqa: F811
    head, page = api(desk.head), f"{LETTERS}{draft.pk}/"
    text = {"reason": "Chờ xác minh", "fault": "other_agency", "new_day": "2026-11-27"}

    revised = head.post(f"{page}revise/", text | {"revision": 0}, format="json").json()
    stale = head.post(f"{page}sign/", {"revision": 0}, format="json")
    kept = head.post(f"{page}sign/", {"revision": revised["revision"]}, format="json").json()

    assert (stale.status_code, stale.json()["code"]) == (409, "stale")
    assert (kept["number"], kept["status"], kept["new_day"]) == ("01/PXL", "signed", "2026-11-27")
    assert head.get(page).json() == kept
    assert [row["id"] for row in head.get(f"{LETTERS}?status=signed").json()["results"]] == [
        draft.pk
    ]
    assert head.get(f"{LETTERS}?status=draft").json()["results"] == []


def test_the_pdf_is_given_to_those_who_see_the_dossier(api, desk, draft, foreign_head):  # noqa: F811
    letter, page = signed(draft, desk.head), f"{LETTERS}{draft.pk}/pdf/"
    assert api(desk.clerk).get(page).status_code == 404
    sealed(letter)

    given = api(desk.clerk).get(page)

    assert given["Content-Type"] == "application/pdf"
    assert b"".join(given.streaming_content).startswith(b"%PDF")
    assert api(foreign_head).get(page).status_code == 404


def test_others_neither_see_nor_sign(api, desk: Desk, draft, foreign_head):  # noqa: F811
    page = f"{LETTERS}{draft.pk}/"
    assert api(foreign_head).get(LETTERS).json()["results"] == []
    assert api(foreign_head).post(f"{page}sign/").status_code == 404

    refused = api(desk.officer).post(f"{page}sign/")

    assert refused.status_code == 403
    assert ApologyLetter.objects.get(pk=draft.pk).status == "draft"


def test_without_a_certificate_the_sentence_is_the_pages(api, desk: Desk, late):  # noqa: F811
    letter = drafted(late)

    refused = api(desk.head).post(f"{LETTERS}{letter.pk}/sign/")

    assert (refused.status_code, refused.json()["code"]) == (400, "certificate_missing")
    assert "Hãy báo quản trị hệ thống cài chứng thư số" in refused.json()["message"]


def test_a_withdrawal_needs_a_reason(api, desk: Desk, draft):  # noqa: F811
    signed(draft, desk.head)
    head, page = api(desk.head), f"{LETTERS}{draft.pk}/withdraw/"

    assert head.post(page, {"reason": ""}, format="json").status_code == 400
    assert head.post(page, {"reason": "Sai tên"}, format="json").json()["status"] == "withdrawn"


def test_many_are_signed_in_a_run_found_again_by_its_key(api, desk: Desk, certificate):  # noqa: F811
    drafts = [drafted(endangered(desk)) for _ in range(2)]
    head = api(desk.head)
    body = {"key": str(uuid4()), "letters": [{"id": letter.pk} for letter in drafts]}

    started = head.post(SIGNING, body, format="json")
    again = head.post(SIGNING, body, format="json")
    runs.advance(run_id=started.json()["id"], at=THURSDAY)
    told = head.get(f"{SIGNING}{started.json()['id']}/").json()

    assert (started.status_code, again.json()["id"]) == (201, started.json()["id"])
    assert (told["total"], told["signed"], told["is_over"]) == (2, 2, False)
    assert [item["number"] for item in told["items"]] == ["01/PXL", "02/PXL"]
    assert api(desk.officer).post(SIGNING, body, format="json").status_code == 403


def test_a_month_is_drafted_in_a_run(api, desk: Desk, late, foreign_head):  # noqa: F811
    head = api(desk.head)
    body = {"key": str(uuid4()), "agency": desk.agency.code, "month": "2026-11"}

    started = head.post(DRAFTING, body, format="json")
    drafting_runs.advance(run_id=started.json()["id"], at=THURSDAY)
    told = head.get(f"{DRAFTING}{started.json()['id']}/").json()

    assert (told["total"], told["drafted"], told["drawn"]) == (1, 1, 0)
    assert told["items"][0]["code"] == late.code
    assert head.post(DRAFTING, body | {"month": "2026-13"}, format="json").status_code == 400
    elsewhere = api(foreign_head).post(DRAFTING, body, format="json")
    assert (elsewhere.status_code, "agency" in elsewhere.json()["fields"]) == (400, True)


def test_the_counter_reads_its_notice_once(api, desk: Desk, draft, commune_clerk):  # noqa: F811
    signed(draft, desk.head)
    clerk = api(desk.clerk)
    (row,) = clerk.get(NOTICES).json()["results"]
    assert (row["number"], row["kind"], row["read_at"]) == ("01/PXL", "signed", None)
    assert api(commune_clerk).get(NOTICES).json()["results"] == []
    assert api(commune_clerk).post(f"{NOTICES}{row['id']}/read/").status_code == 404

    first = clerk.post(f"{NOTICES}{row['id']}/read/").json()
    with time_machine.travel(THURSDAY + timedelta(hours=1), tick=False):
        second = clerk.post(f"{NOTICES}{row['id']}/read/").json()

    assert first["read_at"] == second["read_at"] is not None
    assert CentreNotice.objects.get().read_by == desk.clerk
    assert clerk.get(NOTICES).json()["results"] == []


def test_lists_cost_the_same_however_long(
    api,
    desk: Desk,
    certificate,  # noqa: F811
    django_assert_max_num_queries,
):
    for _ in range(3):
        signed(drafted(endangered(desk)), desk.head)
    assert Dossier.objects.count() == 3

    for person, page in ((desk.head, LETTERS), (desk.clerk, NOTICES)):
        program = api(person)
        with django_assert_max_num_queries(8):
            assert len(program.get(page).json()["results"]) == 3
