"""The catalogue and the agencies through the API."""

import pytest

PROCEDURES = "/api/v1/procedures/"


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 1), ("q=ly%20lich", 1), ("q=1.001193", 1), ("q=khai%20sinh", 0), ("level=commune", 0)],
)
def test_procedures_are_found(api, clerk, version, query, count) -> None:
    told = api(clerk).get(f"{PROCEDURES}?{query}").json()

    assert (told["count"], len(told["results"])) == (count, count)
    assert told["next"] is None


@pytest.mark.parametrize("query", ["level=moon", "agency=x", "field=99999999999999999999"])
def test_filters_that_make_no_sense_are_refused(api, clerk, version, query) -> None:
    answer = api(clerk).get(f"{PROCEDURES}?{query}")

    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [query.split("=")[0]]


@pytest.mark.parametrize("page", ["0", "2", "x", "9" * 400])
def test_a_page_that_is_not_there_is_not_found(api, clerk, version, page) -> None:
    assert api(clerk).get(PROCEDURES, {"page": page}).status_code == 404


def test_a_procedure_tells_what_an_intake_needs(api, clerk, version) -> None:
    told = api(clerk).get(f"{PROCEDURES}1.001193/").json()

    assert [case["channel"] for case in told["cases"]] == ["direct", "online", "postal"]
    assert told["cases"][0]["time_limit"] == "5.000"
    assert [paper["originals"] for paper in told["papers"]] == [1, 0]
    assert told["handlers"][0]["code"] == "H41.15"


def test_a_procedure_that_is_not_there_is_not_found(api, clerk) -> None:
    assert api(clerk).get(f"{PROCEDURES}9.999999/").status_code == 404


def test_agencies_stand_in_the_order_of_the_dictionary(api, clerk, justice, construction) -> None:
    told = api(clerk).get("/api/v1/agencies/").json()

    assert [agency["code"] for agency in told] == ["H41.15", "H41.16", "H41"]
    assert told[0]["parent_code"] == "H41"
