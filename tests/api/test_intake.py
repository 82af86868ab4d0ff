"""Receiving through the API: once, by the counter's own staff, with every refusal in one shape."""

import json
from typing import Any
from unicodedata import normalize
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dossiers.models import Attachment, Dossier
from workdays.loading import calendar_for

URL = "/api/v1/dossiers/"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def test_a_clerk_accepts_a_dossier(api, clerk, body) -> None:
    answer = api(clerk).post(URL, body, format="json")

    assert answer.status_code == 201
    told = answer.json()
    kept = Dossier.objects.get(code=told["code"])
    assert told["status"] == kept.status == "accepted"
    assert told["version"] == kept.event_count == 1
    assert told["agency"] == {"code": "H41.15", "name": "Sở Tư pháp tỉnh Nghệ An"}
    assert told["procedure"]["code"] == "1.001193"
    assert kept.papers.count() == 2
    assert kept.fees.get().amount == 200_000


def test_accepting_takes_few_queries(api, clerk, body, desk) -> None:
    client = api(clerk)
    calendar_for(desk.agency.schedule_id)

    with CaptureQueriesContext(connection) as queries:
        client.post(URL, body, format="json")

    # The two of the test's own savepoint left out.
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) <= 14


def test_the_same_key_sent_twice_makes_one_dossier(api, clerk, body) -> None:
    client = api(clerk)
    body["submission_key"] = str(uuid4())

    first, second = (client.post(URL, body, format="json") for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["code"] == second.json()["code"]
    assert Dossier.objects.count() == 1


def test_a_key_is_no_door_to_the_dossier_of_another_counter(
    api, clerk, commune_clerk, body, commune, commune_counter, desk
) -> None:
    body["submission_key"] = str(uuid4())
    api(clerk).post(URL, body, format="json")
    desk.version.procedure.assignments.create(agency=commune)
    theirs = body | {"agency": commune.code, "counter": commune_counter.pk}

    answer = api(commune_clerk).post(URL, theirs, format="json")

    assert answer.status_code == 400
    assert answer.json()["code"] == "submission_key"
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize("address", ["", "refusals/", "submissions/"])
@pytest.mark.parametrize("who", ["commune_clerk", "officer", "head", "supervisor", "administrator"])
def test_only_the_staff_of_the_counter_receive(api, body, request, address, who) -> None:
    client = api(request.getfixturevalue(who))

    answer = client.post(URL + address, body | {"reason": "Thiếu giấy tờ."}, format="json")

    assert answer.status_code == 403
    assert answer.json()["code"] == "permission_denied"
    assert answer.json()["message"] == "Bạn không trực tại bộ phận một cửa này."
    assert Dossier.objects.count() == 0


def test_a_stranger_is_asked_to_sign_in(stranger, body) -> None:
    answer = stranger.post(URL, body, format="json")

    assert answer.status_code == 401
    assert answer.json()["code"] == "not_authenticated"
    assert answer["WWW-Authenticate"] == "Token"


def test_refusing_at_the_counter_keeps_the_reason(api, clerk, body) -> None:
    answer = api(clerk).post(f"{URL}refusals/", body | {"reason": "Thiếu giấy tờ."}, format="json")

    assert answer.status_code == 201
    refused = Dossier.objects.get(code=answer.json()["code"])
    assert refused.status == "not_accepted"
    assert refused.events.get().reason == "Thiếu giấy tờ."


def test_registering_online_waits_for_the_counter(api, clerk, body) -> None:
    client = api(clerk)

    answer = client.post(f"{URL}submissions/", body | {"channel": "online"}, format="json")

    assert answer.status_code == 201
    assert answer.json()["status"] == "submitted"
    assert answer.json()["due_at"] is None


def test_decomposed_letters_are_kept_composed(api, clerk, body) -> None:
    body["applicant"]["name"] = normalize("NFD", "Nguyễn Thị Đào")

    answer = api(clerk).post(URL, body, format="json")

    assert answer.json()["applicant_name"] == normalize("NFC", "Nguyễn Thị Đào")


def test_letters_that_grow_when_composed_are_measured_as_they_are_kept(api, clerk, body) -> None:
    body["applicant"]["name"] = "\u0958" * 200

    answer = api(clerk).post(URL, body, format="json")

    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == ["applicant.name"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"procedure": "9.999999"}, "procedure"),
        ({"agency": "H41.99"}, "agency"),
        ({"counter": 2**62}, "counter"),
        ({"case": 10**30}, "case"),
        ({"papers": [{"name": "Tờ khai", "required_paper": 10**30}]}, "papers"),
        ({"papers": [{"name": "Tờ khai", "scans": ["to-khai.pdf"]}]}, "papers.0.scans"),
        ({"applicant": {"kind": "person"}}, "applicant.name"),
        ({"sets": 0}, "sets"),
        ({"channel": "pigeon"}, "channel"),
        ({"summary": "\ud800"}, "summary"),
        ({"summary": "a\0b"}, "summary"),
    ],
)
def test_wrong_facts_are_named_by_field_and_change_nothing(api, clerk, body, change, field) -> None:
    answer = api(clerk).post(URL, json.dumps(body | change), content_type="application/json")

    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid"
    assert list(answer.json()["fields"]) == [field]
    assert Dossier.objects.count() == 0


def test_a_rule_of_intake_keeps_its_code_and_sentence(api, clerk, body) -> None:
    body["applicant"]["identity_number"] = "999999999999"

    answer = api(clerk).post(URL, body, format="json")

    assert answer.status_code == 400
    assert answer.json()["code"] == "identity_number"
    assert answer.json()["message"].startswith("Số định danh phải có 12 chữ số")


def test_scans_come_in_the_same_request(api, clerk, body) -> None:
    body["papers"][0]["scans"] = ["to-khai.pdf"]
    form = {"dossier": json.dumps(body), "scans": [SimpleUploadedFile("to-khai.pdf", PDF)]}

    answer = api(clerk).post(URL, form, format="multipart")

    assert answer.status_code == 201
    scan = Attachment.objects.get(dossier__code=answer.json()["code"])
    assert (scan.name, scan.content_type, scan.paper.position) == (
        "to-khai.pdf",
        "application/pdf",
        1,
    )


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("to-khai.pdf", b"MZ\x90\x00 not a PDF at all", "file_type"),
        ("to-khai.pdf", PDF + b"0" * (20 * 1024 * 1024), "file_too_large"),
    ],
)
def test_a_bad_scan_refuses_the_whole_intake(api, clerk, body, name, content, code) -> None:
    body["papers"][0]["scans"] = [name]
    form = {"dossier": json.dumps(body), "scans": [SimpleUploadedFile(name, content)]}

    answer = api(clerk).post(URL, form, format="multipart")

    assert answer.status_code == 400
    assert answer.json()["code"] == code
    assert Dossier.objects.count() == 0


def test_a_scan_that_no_paper_names_is_refused(api, clerk, body) -> None:
    form = {"dossier": json.dumps(body), "scans": [SimpleUploadedFile("la.pdf", PDF)]}

    answer = api(clerk).post(URL, form, format="multipart")

    assert answer.json()["fields"] == {"scans": ["Tệp “la.pdf” không thuộc giấy tờ nào."]}


@pytest.mark.parametrize("part", ["{", "NaN", '{"procedure": NaN}', "[" * 100_000])
def test_a_form_whose_json_cannot_be_read_is_refused(api, clerk, part: Any) -> None:
    answer = api(clerk).post(URL, {"dossier": part}, format="multipart")

    assert answer.status_code == 400
    assert answer.json()["code"] == "parse_error"
