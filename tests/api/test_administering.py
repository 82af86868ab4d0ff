"""People page by page, agencies and counters, and standing in for a colleague, over the API."""

import pytest
import time_machine

from organizations.models import Agency, ServiceCounter, Substitution
from organizations.roles import Role
from tests.conftest import NOW, Desk, make_user

V1 = "/api/v1"
AGENCY = {
    "parent": "H41",
    "code": "H41.99",
    "kind": "department",
    "name": "Sở Mới tỉnh Nghệ An",
    "short_name": "Sở Mới",
    "place": "Nghệ An",
}


def test_people_are_read_to_their_end_and_found_by_name(desk: Desk, administrator, api) -> None:
    for number in range(60):
        make_user(f"u{number}", f"Người {number:02d}", desk.agency, Role.OFFICER)
    program = api(administrator)

    first = program.get(f"{V1}/people/").json()
    second = program.get(first["next"]).json()

    assert first["count"] == len(first["results"]) + len(second["results"]) == 64
    assert second["next"] is None
    assert second["previous"] == f"http://testserver{V1}/people/"
    found = program.get(f"{V1}/people/?q=người 07").json()["results"]
    assert [each["username"] for each in found] == ["u7"]
    assert program.get(f"{V1}/people/?page=9").status_code == 404


def test_an_agency_and_its_counter_are_added_changed_and_closed(
    desk: Desk, administrator, api
) -> None:
    program = api(administrator)

    added = program.post(f"{V1}/agencies/", AGENCY, format="json")

    assert added.status_code == 201
    assert (added.json()["parent_code"], added.json()["counters"]) == ("H41", [])
    place = {"name": "Một cửa Sở Mới", "address": "Số 1", "phone": "0238 1"}
    counter = program.post(f"{V1}/agencies/H41.99/counters/", place, format="json").json()
    changed = program.patch(f"{V1}/counters/{counter['id']}/", {"phone": "0238 2"}, format="json")
    assert (changed.json()["phone"], changed.json()["address"]) == ("0238 2", "Số 1")
    closed = program.patch(f"{V1}/agencies/H41.99/", {"is_active": False}, format="json").json()
    assert (closed["is_active"], closed["name"]) == (False, AGENCY["name"])
    assert "H41.99" not in [each["code"] for each in program.get(f"{V1}/agencies/").json()]
    assert program.get(f"{V1}/agencies/H41.99/").json()["counters"][0]["phone"] == "0238 2"


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"code": "h41"}, 400),
        ({"code": "H41.15"}, 400),
        ({"parent": "H99"}, 400),
        ({"name": ""}, 400),
    ],
)
def test_an_agency_that_cannot_be_is_refused(desk: Desk, administrator, api, facts, status) -> None:
    answer = api(administrator).post(f"{V1}/agencies/", AGENCY | facts, format="json")

    assert answer.status_code == status
    assert not Agency.objects.filter(name=AGENCY["name"]).exists()


def test_a_province_with_departments_is_not_closed(desk: Desk, administrator, api) -> None:
    answer = api(administrator).patch(f"{V1}/agencies/H41/", {"is_active": False}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (400, "has_children")


def test_an_administrator_of_one_agency_changes_no_other(desk: Desk, api, construction) -> None:
    own = make_user("rieng", "Quản trị riêng", construction, Role.ADMINISTRATOR)
    program = api(own)

    assert program.get(f"{V1}/agencies/H41.15/").status_code == 404
    change = {"phone": "1"}
    assert program.patch(f"{V1}/agencies/H41.15/", change, format="json").status_code == 404
    address = f"{V1}/counters/{desk.counter.pk}/"
    assert program.patch(address, change, format="json").status_code == 404
    assert program.post(f"{V1}/agencies/", AGENCY, format="json").status_code == 400
    assert ServiceCounter.objects.get().phone == "0238 000 0001"


# -- Standing in -----------------------------------------------------------------------------------


@pytest.fixture
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def away(**facts) -> dict:
    known = {
        "absent": "oanh",
        "substitute": "phuc",
        "agency": "H41.15",
        "first_day": "2026-11-13",
        "last_day": "2026-11-20",
    }
    return known | facts


@pytest.mark.usefixtures("_now")
def test_a_substitute_is_named_seen_and_ended(desk: Desk, api, second_officer) -> None:
    officer = api(desk.officer)

    named = officer.post(f"{V1}/substitutions/", away(), format="json")

    assert named.status_code == 201
    assert named.json()["substitute"]["full_name"] == "Hồ Hữu Phúc"
    seen = api(second_officer).get(f"{V1}/substitutions/").json()
    assert [each["id"] for each in seen] == [named.json()["id"]]
    address = f"{V1}/substitutions/{named.json()['id']}/end/"
    assert api(second_officer).post(address).status_code == 403
    assert api(desk.head).post(address).json()["ended_at"]
    assert officer.get(f"{V1}/substitutions/").json() == []


@pytest.mark.usefixtures("_now")
@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"first_day": "2026-11-12"}, "first_day"),
        ({"last_day": "2026-11-12"}, "last_day"),
        ({"substitute": "oanh"}, "substitute"),
        ({"substitute": "khong-co"}, "invalid"),
    ],
)
def test_a_substitute_who_cannot_be_is_refused(
    desk: Desk, api, second_officer, facts, code
) -> None:
    answer = api(desk.officer).post(f"{V1}/substitutions/", away(**facts), format="json")

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert not Substitution.objects.exists()


@pytest.mark.usefixtures("_now")
def test_nobody_names_a_substitute_for_another_agency(desk: Desk, api, foreign_head) -> None:
    make_user("phuc", "Hồ Hữu Phúc", desk.agency, Role.OFFICER)

    answer = api(foreign_head).post(f"{V1}/substitutions/", away(), format="json")

    assert answer.status_code == 403
    assert not Substitution.objects.exists()
