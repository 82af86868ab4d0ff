"""The acts on one dossier through the API: the way of a dossier, and what is refused on it."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dossiers import intake, lifecycle
from dossiers.holding import Target
from dossiers.models import Attachment
from procedures.statuses import ChannelKind
from tests.conftest import NOW

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
RESULT = {
    "number": "12/KQ-STP",
    "issued_date": NOW.date().isoformat(),
    "signer_name": "Nguyễn Thị Hòa",
    "signer_title": "Giám đốc Sở",
}


def url(code: str, act: str = "") -> str:
    return f"/api/v1/dossiers/{code}/{act}"


@pytest.fixture
def code(dossier: Any) -> str:
    return dossier.code


@pytest.fixture
def proposed(desk: Any, code: str) -> str:
    """A dossier that waits for the head."""
    target = Target(code=code)
    lifecycle.transfer(target=target, actor=desk.clerk, at=NOW)
    lifecycle.take(target=target, actor=desk.officer, at=NOW)
    proposal = lifecycle.Proposal(opinion="Đủ điều kiện.")
    lifecycle.propose(target=target, proposal=proposal, actor=desk.officer, at=NOW)
    return code


def test_a_dossier_goes_its_way_from_desk_to_desk(api, desk, code) -> None:
    draft = SimpleUploadedFile("du-thao.pdf", PDF)
    way = [
        (desk.clerk, "transfer/", {}, "processing"),
        (desk.officer, "take/", {}, "processing"),
        (desk.officer, "propose/", {"opinion": "Đạt.", "draft": draft}, "awaiting_approval"),
        (desk.head, "send-back/", {"reason": "Làm rõ thêm."}, "processing"),
        (desk.officer, "propose/", {"opinion": "Đã làm rõ."}, "awaiting_approval"),
        (desk.head, "approve/", RESULT, "resolved"),
        (desk.clerk, "return/", {"recipient_name": "Nguyễn Thị Đào"}, "returned"),
    ]  # fmt: skip

    for actor, act, facts, status in way:
        form = "multipart" if "draft" in facts else "json"
        answer = api(actor).post(url(code, act), facts, format=form)
        assert (answer.status_code, answer.json().get("status")) == (200, status), answer.json()

    told = api(desk.clerk).get(url(code)).json()
    assert told["result"]["recipient_name"] == "Nguyễn Thị Đào"
    assert told["result"]["file"] == told["files"][0]["id"]
    assert told["national_state"] == 10
    assert [step["finished_at"] is not None for step in told["steps"]] == [True] * 4


def test_the_head_assigns_an_officer_by_name(api, desk, code, second_officer) -> None:
    lifecycle.transfer(target=Target(code=code), actor=desk.clerk, at=NOW)

    answer = api(desk.head).post(url(code, "assign/"), {"officer": "phuc"}, format="json")

    assert answer.json()["assignee"] == "Hồ Hữu Phúc"


@pytest.mark.parametrize(
    ("officer", "code_told"), [("ngoc", "not_an_officer_here"), ("x", "invalid")]
)
def test_only_officers_of_the_agency_are_assigned(
    api, desk, code, foreign_officer, officer, code_told
) -> None:
    lifecycle.transfer(target=Target(code=code), actor=desk.clerk, at=NOW)

    answer = api(desk.head).post(url(code, "assign/"), {"officer": officer}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (400, code_told)


def test_what_came_online_is_accepted_or_refused(api, desk) -> None:
    first, second = (
        intake.submit(request=desk.request(channel=ChannelKind.ONLINE), at=NOW).code
        for _ in range(2)
    )
    client = api(desk.clerk)

    accepted = client.post(url(first, "accept/"), {}, format="json")
    refused = client.post(url(second, "refuse/"), {"reason": "Sai thẩm quyền."}, format="json")

    assert accepted.json()["status"] == "accepted"
    assert accepted.json()["due_at"] is not None
    assert refused.json()["status"] == "not_accepted"


def test_a_stale_version_is_a_conflict_and_changes_nothing(api, desk, code) -> None:
    client = api(desk.clerk)
    client.post(url(code, "transfer/"), {"version": 1}, format="json")

    answer = client.post(url(code, "transfer/"), {"version": 1}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (409, "stale")
    assert len(client.get(url(code, "events/")).json()) == 2


@pytest.mark.parametrize(
    ("who", "act", "facts"),
    [
        ("clerk", "accept/", {}),
        ("clerk", "return/", {"recipient_name": "Nguyễn Thị Đào"}),
        ("clerk", "refuse/", {"reason": "Muộn."}),
        ("officer", "take/", {}),
        ("head", "approve/", RESULT),
        ("head", "send-back/", {"reason": "Muộn."}),
    ],
)
def test_an_act_out_of_its_turn_is_a_conflict(api, code, request, who, act, facts) -> None:
    answer = api(request.getfixturevalue(who)).post(url(code, act), facts, format="json")

    assert answer.json()["code"] in {"wrong_state", "no_result"}
    assert answer.status_code == 409
    assert answer.json()["message"].endswith(".")


def test_who_proposed_does_not_approve(api, desk, proposed) -> None:
    desk.officer.memberships.create(agency=desk.agency, role="head")

    answer = api(desk.officer).post(url(proposed, "approve/"), RESULT, format="json")

    assert answer.status_code == 403
    assert answer.json()["message"].startswith("Người trình không được tự phê duyệt.")


@pytest.mark.parametrize("act", ["", "events/", "deadline/", "transfer/", "take/", "accept/"])
def test_a_foreign_dossier_does_not_exist(api, code, foreign_officer, act) -> None:
    client = api(foreign_officer)

    ask = client.post if act in {"transfer/", "take/", "accept/"} else client.get
    answer = ask(url(code, act), {} if ask == client.post else None, format="json")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_file_is_added_and_read_back_by_those_who_see_the_dossier(
    api, desk, code, foreign_officer
) -> None:
    form = {"file": SimpleUploadedFile("Căn cước.pdf", PDF)}

    added = api(desk.clerk).post(url(code, "files/"), form, format="multipart")

    assert added.status_code == 201
    address = url(code, f"files/{added.json()['id']}/")
    read = api(desk.officer).get(address)
    assert b"".join(read.streaming_content) == PDF
    assert read["Content-Type"] == "application/pdf"
    assert read["Content-Disposition"].startswith("attachment;")
    assert api(foreign_officer).get(address).status_code == 404
    assert api(desk.officer).get(url(code, f"files/{10**17}/")).status_code == 404


def test_a_file_of_another_kind_is_refused(api, desk, code) -> None:
    form = {"file": SimpleUploadedFile("can-cuoc.pdf", b"<html><script>")}

    answer = api(desk.clerk).post(url(code, "files/"), form, format="multipart")

    assert (answer.status_code, answer.json()["code"]) == (400, "file_type")
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "size"), [("multipart/form-data; boundary=x", 50), ("application/json", 3)]
)
def test_a_body_that_is_too_large_is_refused_before_it_is_read(api, desk, code, kind, size) -> None:
    class Unread:
        def read(self, *_: object) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    client = api(desk.clerk)
    act = "files/" if kind.startswith("multipart") else "transfer/"
    length = {"CONTENT_LENGTH": str(size * 1024 * 1024), "wsgi.input": Unread()}

    answer = client.generic("POST", url(code, act), b"x", content_type=kind, **length)

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_the_ledger_is_told_link_by_link(api, desk, proposed) -> None:
    events = api(desk.head).get(url(proposed, "events/")).json()

    assert [event["kind"] for event in events] == [
        "accepted",
        "transferred",
        "assigned",
        "proposed",
    ]
    assert [event["previous_hash"] for event in events] == [
        "", *(event["hash"] for event in events[:-1])
    ]  # fmt: skip


def test_the_deadline_explains_itself(api, desk, code) -> None:
    told = api(desk.head).get(url(code, "deadline/")).json()

    assert told["due_at"] == "2026-11-20T17:00:00+07:00"
    assert [step["date"] for step in told["steps"] if step["counts"]] == [
        f"2026-11-{day}" for day in (16, 17, 18, 19, 20)
    ]


def test_a_dossier_tells_who_may_do_what(api, desk, code) -> None:
    acts = {act["act"]: act for act in api(desk.officer).get(url(code)).json()["acts"]}

    assert acts["transfer"]["is_allowed"] is False
    assert acts["transfer"]["objection"].startswith("Chỉ cán bộ của bộ phận một cửa")
