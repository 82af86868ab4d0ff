"""Each rule that the database keeps of organizations, asked of the database itself."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from organizations.models import (
    AdministrationEntry,
    Agency,
    Membership,
    ServiceCounter,
    Substitution,
    User,
)
from organizations.roles import Role
from tests.conftest import NOW


def agency(schedule, **overrides) -> Agency:
    facts = {"code": "H42", "name": "A", "short_name": "A", "sort_key": "a", "kind": "department",
             "schedule": schedule, "place": "A"}  # fmt: skip
    return Agency(**(facts | overrides))


def below_itself(agency) -> Agency:
    agency.parent = agency
    return agency


def leave(cast, **overrides) -> Substitution:
    facts = {"absent": cast.officer, "substitute": cast.head, "agency": cast.agency,
             "first_day": NOW.date(), "last_day": NOW.date(), "named_by": cast.head,
             "named_at": NOW}  # fmt: skip
    return Substitution(**(facts | overrides))


def second_leave(cast) -> Substitution:
    leave(cast).save()
    return leave(cast, last_day=NOW.date() + timedelta(3))


CASES = {
    "administration_subject_is_known": lambda cast: AdministrationEntry(
        subject="moon", subject_id=1, sentence="x", made_at=NOW
    ),
    "agency_code_is_an_identifier": lambda cast: agency(cast.schedule, code="h42"),
    "agency_kind_is_known": lambda cast: agency(cast.schedule, kind="ministry"),
    "agency_reminds_one_to_thirty_days_before": (
        lambda cast: agency(cast.schedule, due_soon_days=31)
    ),
    "agency_is_not_below_itself": lambda cast: below_itself(cast.agency),
    "counter_name_unique_in_agency": lambda cast: ServiceCounter(
        agency=cast.counter.agency, name=cast.counter.name, address="x", phone="1"
    ),
    "username_is_plain": lambda cast: User(username="Đào", full_name="Đào", password="x"),
    "membership_once_per_role": lambda cast: Membership(
        user=cast.officer, agency=cast.agency, role=Role.OFFICER
    ),
    "membership_role_is_known": lambda cast: Membership(
        user=cast.officer, agency=cast.agency, role="king"
    ),
    "membership_counter_for_counter_staff_only": lambda cast: Membership(
        user=cast.officer, agency=cast.agency, role=Role.COUNTER
    ),
    "substitution_by_another_person": lambda cast: leave(cast, substitute=cast.officer),
    "substitution_days_in_order": lambda cast: leave(cast, last_day=NOW.date() - timedelta(1)),
    "substitution_ended_by_somebody": lambda cast: leave(cast, ended_at=NOW),
    "substitution_one_at_a_time": lambda cast: second_leave(cast),
}


@pytest.fixture
def cast(desk, schedule):
    desk.schedule = schedule
    return desk


def test_every_constraint_has_a_case():
    names = {
        constraint.name
        for model in apps.get_app_config("organizations").get_models()
        for constraint in model._meta.constraints
    }

    assert names == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses_it(cast, name):
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        CASES[name](cast).save()


@pytest.mark.parametrize("name", CASES)
def test_a_form_says_why_in_vietnamese(cast, name):
    row = CASES[name](cast)
    message = next(
        str(constraint.violation_error_message)
        for constraint in row._meta.constraints
        if constraint.name == name
    )

    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()

    assert message in refused.value.messages


@pytest.mark.parametrize("days", [0, 31])
def test_reminders_lie_between_one_and_thirty_days(cast, days):
    with pytest.raises(IntegrityError), transaction.atomic():
        agency(cast.schedule, due_soon_days=days).save()


def test_codes_and_names_are_unique(cast):
    with pytest.raises(IntegrityError, match="code"), transaction.atomic():
        agency(cast.schedule, code="H41.15").save()
    with pytest.raises(IntegrityError, match="username"), transaction.atomic():
        User(username="binh", full_name="B", password="x").save()
