"""What a process remembers is used only by acts that prove it, and the stamp tells every change."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from knox.models import AuthToken

from organizations import recalling
from organizations.models import Agency, Membership, ReferenceStamp, Substitution, User
from organizations.recalling import NoLongerSo, Recallable
from procedures.models import Channel, RequiredPaper
from tests.conftest import NOW, Desk

TODAY = date(2026, 11, 23)
NAME = Recallable(
    "name_of_agency", ["bigint"], "agency.name", "FROM organizations_agency agency WHERE id = $1"
)


@pytest.fixture(autouse=True)
def nothing_remembered():
    recalling._kept.clear()


def version() -> dict[str, int]:
    return dict(ReferenceStamp.objects.values_list("table", "version"))


def asked(agency_id: int, day: date = TODAY) -> tuple[list, int]:
    """What is told within an act, and the queries that it took."""
    with recalling.recalling(day), CaptureQueriesContext(connection) as queries:
        return NAME.rows(agency_id), len(queries)


def test_an_act_asks_the_server_once(justice):
    told = [(justice.name,)]

    assert [asked(justice.pk), asked(justice.pk)] == [(told, 1), (told, 0)]


def test_who_proves_nothing_is_told_what_is(justice):
    asked(justice.pk)
    Agency.objects.update(name="Sở khác")

    assert NAME.rows(justice.pk) == [("Sở khác",)]


def test_the_day_is_part_of_the_question(justice):
    asked(justice.pk)

    assert asked(justice.pk, TODAY + timedelta(1))[1] == 1


def test_what_was_not_found_is_not_remembered(justice):
    with recalling.recalling(TODAY) as act:
        assert NAME.rows(justice.pk + 1_000_000) == []

    assert act.is_empty
    assert not recalling._kept


def test_answers_of_two_versions_do_not_stand_together(justice, commune):
    asked(justice.pk)
    Agency.objects.update(phone="1")

    with recalling.recalling(TODAY) as act:
        NAME.rows(justice.pk)
        NAME.rows(commune.pk)
        with pytest.raises(NoLongerSo):
            _ = act.version


def test_what_did_not_stand_is_asked_anew(justice):
    with recalling.recalling(TODAY) as act:
        NAME.rows(justice.pk)
    act.forget()

    assert asked(justice.pk)[1] == 1


def test_memory_is_bounded(justice, monkeypatch):
    monkeypatch.setattr(recalling, "_MOST_KEPT", 3)
    for number in range(5):
        asked(justice.pk, TODAY + timedelta(number))

    assert len(recalling._kept) == 2


CHANGES = {
    "a token": lambda desk: AuthToken.objects.create(user=desk.clerk),
    "a token taken back": lambda desk: AuthToken.objects.all().delete(),
    "a new person": lambda desk: User.objects.create(username="moi", full_name="Mới"),
    "a posting": lambda desk: desk.clerk.memberships.create(agency=desk.agency, role="head"),
    "a posting taken back": lambda desk: Membership.objects.filter(user=desk.clerk).delete(),
    "an agency": lambda desk: Agency.objects.filter(pk=desk.agency.pk).update(is_active=False),
    "a counter": lambda desk: desk.counter.save(),
    "a substitution": lambda desk: Substitution.objects.create(
        absent=desk.officer, substitute=desk.head, agency=desk.agency, first_day=NOW.date(),
        last_day=NOW.date(), named_by=desk.head, named_at=NOW,
    ),
    "a procedure": lambda desk: desk.version.procedure.save(),
    "a time limit": lambda desk: Channel.objects.create(
        version=desk.version, kind="direct", position=90, time_limit=3, time_unit="working_day"
    ),
    "a paper": lambda desk: RequiredPaper.objects.create(
        version=desk.version, position=90, name="Giấy tờ khác"
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_renews_the_stamp(desk: Desk, change):
    AuthToken.objects.create(user=desk.officer)
    before = version()

    change(desk)

    assert version() != before


@pytest.mark.parametrize("field", [field.name for field in User._meta.concrete_fields])
def test_every_fact_of_a_person_renews_the_stamp_but_their_last_sign_in(desk: Desk, field):
    before = version()
    with connection.cursor() as cursor:
        column = User._meta.get_field(field).column
        cursor.execute(f"UPDATE organizations_user SET {column} = {column}")

    assert (version() == before) is (field == "last_login")


def test_a_change_that_was_undone_gives_its_version_to_no_other(justice):
    before = version()
    with transaction.atomic():
        Agency.objects.update(phone="1")
        seen = version()
        transaction.set_rollback(True)
    Agency.objects.update(phone="2")

    assert len({stamps["organizations_agency"] for stamps in (before, seen, version())}) == 3


def test_a_change_renews_the_stamp_of_its_own_table_alone(justice):
    before = version()
    Agency.objects.update(phone="1")
    changed = {table for table, number in version().items() if before.get(table) != number}

    assert changed == {"organizations_agency"}


def test_signing_in_costs_nobody_their_memory(desk: Desk):
    before = version()
    desk.clerk.last_login = timezone.now()
    desk.clerk.save(update_fields=["last_login"])

    assert version() == before
