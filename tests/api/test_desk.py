"""The desk and administration over the API: the acts of the pages under the same rules."""

from uuid import uuid4

import pytest

from desk import export_work
from desk.models import BulkRun, ListExport
from dossiers.models import Dossier, RuleBook
from dossiers.rules import KINDS
from organizations.models import Membership, User
from procedures.models import Decision
from tests.conftest import Desk, make_version
from tests.desk.conftest import worked_off
from tests.procedures.decisions import publish_again

V1 = "/api/v1"


def marked(*dossiers: Dossier) -> list[dict]:
    return [{"code": dossier.code, "version": dossier.event_count} for dossier in dossiers]


def test_a_bulk_run_is_started_followed_and_tried_again(desk: Desk, api) -> None:
    program, dossiers = api(desk.clerk), [desk.accept(), desk.accept()]
    sent = {"act": "transfer", "dossiers": marked(*dossiers), "submission_key": str(uuid4())}

    begun = program.post(f"{V1}/bulk-runs/", sent, format="json")
    again = program.post(f"{V1}/bulk-runs/", sent, format="json")

    assert begun.status_code == 201
    assert again.json()["id"] == begun.json()["id"]
    run = BulkRun.objects.get()
    worked_off(run, at=run.asked_at)
    told = program.get(f"{V1}/bulk-runs/{begun.json()['id']}/").json()
    assert (told["total"], told["done"], told["refused"]) == (2, 2, 0)
    assert {item["state"] for item in told["items"]} == {"done"}
    assert program.get(f"{V1}/bulk-runs/").json()[0]["id"] == told["id"]
    retried = program.post(f"{V1}/bulk-runs/{told['id']}/retry/")
    assert retried.status_code == 400


def test_dossiers_that_are_not_ones_own_are_not_run(desk: Desk, api, commune_clerk) -> None:
    sent = {
        "act": "transfer",
        "dossiers": marked(desk.accept()),
        "submission_key": str(uuid4()),
    }

    answer = api(commune_clerk).post(f"{V1}/bulk-runs/", sent, format="json")

    assert answer.status_code == 400
    assert answer.json()["code"] == "not_visible"
    assert not BulkRun.objects.exists()


def test_a_list_is_exported_and_fetched_by_whoever_asked(desk: Desk, api, supervisor) -> None:
    desk.accept()
    program = api(desk.clerk)
    sent = {"query": "tab=tat-ca", "columns": ["code"], "submission_key": str(uuid4())}

    asked = program.post(f"{V1}/exports/", sent, format="json").json()

    assert not asked["is_ready"]
    assert program.get(f"{V1}/exports/{asked['id']}/file/").status_code == 404
    export = ListExport.objects.get()
    export_work.write(export_id=export.pk, at=export.asked_at)
    assert program.get(f"{V1}/exports/{asked['id']}/").json()["is_ready"]
    answer = program.get(f"{V1}/exports/{asked['id']}/file/")
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert api(supervisor).get(f"{V1}/exports/{asked['id']}/").status_code == 404


def test_notes_are_written_and_read_by_who_sees_the_dossier(desk: Desk, api, foreign_officer):
    code = desk.accept().code
    program = api(desk.clerk)

    written = program.post(f"{V1}/dossiers/{code}/notes/", {"text": "Đã gọi điện."}, format="json")

    assert written.status_code == 201
    assert [note["text"] for note in program.get(f"{V1}/dossiers/{code}/notes/").json()] == [
        "Đã gọi điện."
    ]
    assert api(foreign_officer).get(f"{V1}/dossiers/{code}/notes/").status_code == 404


# -- Administration ------------------------------------------------------------------------------


def rule_set(**facts) -> dict:
    book = RuleBook.objects.in_order().last()
    values = [
        {"key": value.key, "text": value.text, "article": value.article}
        for value in book.values.all()
    ]
    known = {"code": "nd-moi", "title": "Nghị định mới", "in_force_from": "2030-01-01"}
    return known | {"values": values} | facts


def test_a_set_of_rules_is_entered_read_and_taken_back(schedule, administrator, api) -> None:
    program = api(administrator)

    entered = program.post(f"{V1}/rule-sets/", rule_set(), format="json")

    assert entered.status_code == 201
    assert [value["key"] for value in entered.json()["values"]] == list(KINDS)
    assert "nd-moi" in [each["code"] for each in program.get(f"{V1}/rule-sets/").json()]
    assert program.get(f"{V1}/rule-sets/nd-moi/").json()["title"] == "Nghị định mới"
    assert program.delete(f"{V1}/rule-sets/nd-moi/").status_code == 204
    assert not RuleBook.objects.filter(code="nd-moi").exists()


@pytest.mark.parametrize("facts", [{"values": []}, {"in_force_from": "2020-01-01"}])
def test_a_set_that_cannot_be_is_refused(schedule, administrator, api, facts) -> None:
    answer = api(administrator).post(f"{V1}/rule-sets/", rule_set(**facts), format="json")

    assert answer.status_code == 400
    assert not RuleBook.objects.filter(code="nd-moi").exists()


def test_a_decision_is_read_and_made_public(desk: Desk, administrator, api) -> None:
    publish_again(make_version(code="1.000002").procedure, administrator)
    program, decision = api(administrator), Decision.objects.get()

    told = program.get(f"{V1}/decisions/{decision.pk}/").json()
    (item,) = told["items"]
    answer = program.post(
        f"{V1}/decisions/{decision.pk}/make-public/", {"items": [item["id"]]}, format="json"
    )

    assert item["procedure"] == "1.000002"
    assert item["made_public_at"] is None
    assert answer.json()["items"][0]["made_public_at"]
    assert [each["id"] for each in program.get(f"{V1}/decisions/").json()["results"]] == [
        decision.pk
    ]


def test_a_person_is_added_changed_posted_and_barred(desk: Desk, administrator, api) -> None:
    program = api(administrator)
    added = program.post(
        f"{V1}/people/",
        {"username": "moi", "full_name": "Người Mới", "role": "officer", "agency": "H41.15"},
        format="json",
    )
    person = User.objects.get(username="moi")
    page = f"{V1}/people/{person.pk}/"

    assert added.status_code == 201
    assert person.check_password(added.json()["password"])
    changed = program.patch(page, {"title": "Chuyên viên chính"}, format="json").json()
    assert (changed["title"], changed["full_name"]) == ("Chuyên viên chính", "Người Mới")
    posted = program.post(f"{page}roles/", {"role": "head", "agency": "H41.15"}, format="json")
    # Its row now lies behind that of the head: the answer keeps the order all the same.
    Membership.objects.filter(user=person, role="officer").update(role="officer")
    again = program.get(page)
    for told in (posted, again):
        assert [each["role"] for each in told.json()["postings"]] == ["officer", "head"]
    held = Membership.objects.get(user=person, role="head")
    assert program.delete(f"{page}roles/{held.pk}/").status_code == 204
    assert program.post(f"{page}password/").json()["password"] != added.json()["password"]
    assert not program.patch(page, {"is_active": False}, format="json").json()["is_active"]


def test_the_list_of_people_takes_as_many_queries_whoever_is_there(
    desk: Desk, administrator, api, second_officer, deputy_head, django_assert_max_num_queries
) -> None:
    program = api(administrator)

    with django_assert_max_num_queries(8):
        told = program.get(f"{V1}/people/").json()

    assert "oanh" in [each["username"] for each in told["results"]]


@pytest.mark.parametrize("path", ["rule-sets", "decisions", "people"])
def test_nobody_else_administers(desk: Desk, api, head, path) -> None:
    assert api(head).get(f"{V1}/{path}/").status_code == 403


def test_what_is_refused_on_the_page_is_refused_here(desk: Desk, administrator, api) -> None:
    """Nobody bars themselves."""
    answer = api(administrator).patch(
        f"{V1}/people/{administrator.pk}/", {"is_active": False}, format="json"
    )

    assert answer.status_code == 400
    assert answer.json()["code"] == "own_account"
