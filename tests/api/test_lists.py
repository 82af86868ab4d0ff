"""Lists of the API: who sees what, filters, pages by key, and how many queries they take."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dossiers.api.answers import DossierOutput, DossierRow
from dossiers.api.serializers import DossierQuery
from dossiers.filters import DossierFilter
from dossiers.requests import Applicant
from dossiers.statuses import ApplicantKind

URL = "/api/v1/dossiers/"


def applicant(name: str) -> Applicant:
    return Applicant(kind=ApplicantKind.PERSON, name=name)


def names(answer) -> list[str]:
    return [row["applicant_name"] for row in answer.json()["results"]]


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("clerk", 1),
        ("commune_clerk", 0),
        ("officer", 1),
        ("foreign_officer", 0),
        ("head", 1),
        ("foreign_head", 0),
        ("supervisor", 1),
        ("administrator", 0),
    ],
)
def test_each_sees_the_dossiers_that_are_theirs_to_see(api, dossier, request, who, seen) -> None:
    client = api(request.getfixturevalue(who))

    assert len(client.get(URL).json()["results"]) == seen


def test_pages_go_there_and_back_without_a_gap(api, desk) -> None:
    codes = [desk.accept(applicant=applicant(f"Người {number}")).code for number in range(103)]
    client = api(desk.clerk)

    first = client.get(URL, {"status": "accepted"}).json()
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()

    read = [row["code"] for page in (first, second, third) for row in page["results"]]
    assert read == codes[::-1]
    assert third["next"] is None
    assert first["previous"] is None
    assert "status=accepted" in second["next"]
    assert client.get(second["previous"]).json()["results"] == first["results"]


def test_lists_and_dossiers_take_few_queries(api, desk, dossier) -> None:
    client = api(desk.head)
    addresses = [URL, f"{URL}?tab=can-xu-ly&q=dao&agency=H41.15", f"{URL}{dossier.code}/"]

    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert len(queries) <= 6, address


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=dao", ["Nguyễn Thị Đào"]),
        ("q=%25", []),
        ("q=_", []),
        ("q=100%25", ["Hộ 100% Xanh"]),
        ("q=H41.15-%25", []),
        ("channel=direct", ["Hộ 100% Xanh", "Nguyễn Thị Đào"]),
        ("status=resolved&status=returned", []),
        ("agency=H41.15&procedure=1.001193", ["Hộ 100% Xanh", "Nguyễn Thị Đào"]),
        ("due_after=2026-11-20&due_before=2026-11-20", ["Hộ 100% Xanh", "Nguyễn Thị Đào"]),
        ("accepted_before=2026-11-12", []),
    ],
)
def test_filters_narrow_and_wildcards_are_plain_letters(api, desk, query, found) -> None:
    desk.accept(applicant=applicant("Nguyễn Thị Đào"))
    desk.accept(applicant=applicant("Hộ 100% Xanh"))

    assert names(api(desk.clerk).get(f"{URL}?{query}")) == found


@pytest.mark.parametrize(
    "query",
    [
        "after=x",
        "after=~%C2%B2",
        "before=~99999999999999999999",
        "after=2026-13-45T00:00~1",
        "tab=khong-co",
        "status=unknown",
        "agency=H99",
        "due_after=hom-nay",
        "q=%00",
    ],
)
def test_addresses_changed_by_hand_are_refused(api, desk, dossier, query) -> None:
    answer = api(desk.clerk).get(f"{URL}?{query}")

    assert answer.status_code == 400
    assert answer.json()["message"].endswith(".")


@pytest.mark.parametrize("cursor", ["~999999999999999999", "9999-12-31T23:59:59+00:00~1"])
def test_a_cursor_beyond_the_end_finds_nothing_or_everything(api, desk, dossier, cursor) -> None:
    for tab in ("tat-ca", "can-xu-ly"):
        answer = api(desk.clerk).get(URL, {"after": cursor, "tab": tab})
        assert answer.status_code == 200


def test_worklists_count_what_waits(api, desk, dossier) -> None:
    told = {tab["key"]: tab["count"] for tab in api(desk.clerk).get("/api/v1/worklists/").json()}

    assert told["can-xu-ly"] == 1
    assert told["tat-ca"] is None


def test_the_document_names_what_is_told_and_no_more(api, desk, dossier) -> None:
    client = api(desk.clerk)

    row = client.get(URL).json()["results"][0]
    whole = client.get(f"{URL}{dossier.code}/").json()

    assert set(row) == set(DossierRow().fields)
    assert set(whole) == set(DossierOutput().fields)
    for part in ("applicant", "counter"):
        assert set(whole[part]) == set(DossierOutput().fields[part].fields)
    for part in ("papers", "fees", "acts"):
        assert set(whole[part][0]) == set(DossierOutput().fields[part].child.fields)


def test_the_document_names_every_filter_of_the_page() -> None:
    own = {"tab", "after", "before"}
    ranges = {"accepted", "due", "resolved"}
    filters = set(DossierFilter.base_filters) - ranges
    filters |= {f"{name}_{end}" for name in ranges for end in ("after", "before")}

    assert set(DossierQuery().fields) - own == filters
