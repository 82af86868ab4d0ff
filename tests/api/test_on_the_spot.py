"""4 tại chỗ and printed forms over the API: the stages and the papers of the pages."""

import pytest
import time_machine

from dossiers import lifecycle, rendering, sealing
from dossiers.holding import Target
from dossiers.models import Dossier, PrintedForm
from procedures.models import ProcedureAssignment
from tests.conftest import NOW, Desk

V1 = "/api/v1/dossiers"
OPINION = {"opinion": "Đủ điều kiện."}
RESULT = {
    "number": "12/KQ-STP",
    "issued_date": "2026-11-13",
    "signer_name": "Nguyễn Thị Hòa",
    "signer_title": "Giám đốc Sở",
}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def given(desk: Desk) -> Dossier:
    """A dossier of a procedure whose authority the counter has."""
    ProcedureAssignment.objects.update(on_the_spot=True)
    return desk.accept()


def stages(client, dossier: Dossier) -> list[tuple[str, bool]]:
    told = client.get(f"{V1}/{dossier.code}/on-the-spot/").json()
    return [(each["stage"], each["is_current"]) for each in told["stages"]]


def test_a_dossier_goes_from_reception_to_return_at_the_counter(desk, given, api) -> None:
    clerk, head, page = api(desk.clerk), api(desk.head), f"{V1}/{given.code}"

    assert stages(clerk, given)[1] == ("appraise", True)
    appraised = clerk.post(f"{page}/on-the-spot/appraise/", OPINION, format="json")
    assert appraised.json()["status"] == "awaiting_approval"
    assert head.post(f"{page}/approve/", RESULT, format="json").status_code == 200
    handed = {"recipient_name": "Nguyễn Thị Đào"}
    assert clerk.post(f"{page}/return/", handed, format="json").status_code == 200

    assert not any(is_current for _, is_current in stages(clerk, given))
    kinds = given.events.order_by("sequence").values_list("kind", flat=True)
    assert list(kinds) == [
        "accepted",
        "transferred",
        "assigned",
        "proposed",
        "approved",
        "returned",
    ]
    assert sealing.verify().broken is None


def test_a_second_appraisal_is_a_conflict_and_changes_nothing(desk, given, api) -> None:
    clerk, address = api(desk.clerk), f"{V1}/{given.code}/on-the-spot/appraise/"
    clerk.post(address, OPINION, format="json")

    again = clerk.post(address, OPINION, format="json")

    assert (again.status_code, again.json()["code"]) == (409, "wrong_state")
    assert given.events.filter(kind="proposed").count() == 1


def test_what_the_head_sent_back_is_appraised_again(desk, given, api) -> None:
    clerk, address = api(desk.clerk), f"{V1}/{given.code}/on-the-spot/appraise/"
    clerk.post(address, OPINION, format="json")
    target = Target(code=given.code)
    lifecycle.send_back(target=target, reason="Làm rõ.", actor=desk.head, at=NOW)

    assert clerk.post(address, OPINION, format="json").status_code == 200
    assert given.events.filter(kind="proposed").count() == 2


def test_the_head_does_not_appraise_and_without_authority_there_is_nothing(
    desk, given, api
) -> None:
    address = f"{V1}/{given.code}/on-the-spot/appraise/"
    told = api(desk.head).get(f"{V1}/{given.code}/on-the-spot/").json()

    assert told["objection"]
    assert api(desk.head).post(address, OPINION, format="json").status_code == 403
    ProcedureAssignment.objects.update(on_the_spot=False)
    assert api(desk.clerk).post(address, OPINION, format="json").status_code == 404
    assert given.events.count() == 1


def test_the_control_sheet_is_asked_for_once_for_one_history_and_fetched(desk, api) -> None:
    dossier, clerk = desk.accept(), api(desk.clerk)
    page = f"{V1}/{dossier.code}"

    asked = clerk.post(f"{page}/control-sheet/")
    again = clerk.post(f"{page}/control-sheet/")

    assert (asked.status_code, asked.json()["kind"]) == (201, "control_sheet")
    assert again.json()["id"] == asked.json()["id"]
    address = f"{page}/forms/{asked.json()['id']}/file/"
    assert clerk.get(address).status_code == 404
    rendering.render_waiting(at=NOW)
    assert {form["kind"] for form in clerk.get(f"{page}/forms/").json()} == {
        "receipt",
        "control_sheet",
    }
    assert b"".join(clerk.get(address).streaming_content).startswith(b"%PDF")


def test_a_form_that_was_given_up_is_tried_again_when_somebody_asks(desk, api) -> None:
    dossier = desk.accept()
    form = PrintedForm.objects.get(dossier=dossier)
    PrintedForm.objects.filter(pk=form.pk).update(attempts=5, failure="Hỏng.")
    page = f"{V1}/{dossier.code}/forms/"
    assert api(desk.clerk).get(page).json()[0]["is_given_up"]

    answer = api(desk.clerk).post(f"{page}{form.pk}/again/")

    assert not answer.json()["is_given_up"]


def test_a_dossier_that_nobody_accepted_has_no_control_sheet(desk, api, commune_clerk) -> None:
    submitted = desk.accept()

    assert api(commune_clerk).post(f"{V1}/{submitted.code}/control-sheet/").status_code == 404
