"""What a supplement does to the promised day: decided by version and day, and never rewritten."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from organizations.models import User
from procedures import catalog, clock_rules, versions
from procedures.clock_rules import ClockRuleRefusal
from procedures.models import ClockRule, ProcedureVersion
from procedures.statuses import ClockEffect
from tests.conftest import NOW, make_version

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 13)
BASIS = "Khoản 4 Điều 19 Nghị định 61/2018/NĐ-CP"


def decide(
    version: ProcedureVersion,
    actor: User,
    effect: ClockEffect = ClockEffect.SUBTRACT,
    day: date = TODAY,
    basis: str = BASIS,
    at: datetime = NOW,
) -> ClockRule:
    return clock_rules.decide(
        version=version, effect=effect, in_force_from=day, basis=basis, actor=actor, at=at
    )


def test_without_a_rule_the_rule_set_decides(version: ProcedureVersion) -> None:
    assert clock_rules.effect_for(version, TODAY) is None


def test_the_rule_that_began_latest_holds_from_its_first_day_on(
    version: ProcedureVersion, administrator: User
) -> None:
    decide(version, administrator, ClockEffect.SUBTRACT, TODAY)
    decide(version, administrator, ClockEffect.SHIFT, TODAY + timedelta(days=10))

    held = [
        clock_rules.effect_for(version, TODAY + timedelta(days=days)) for days in (-1, 0, 9, 10)
    ]

    assert held == [None, "subtract", "subtract", "shift"]


def test_a_rule_belongs_to_one_version(version: ProcedureVersion, administrator: User) -> None:
    other = make_version(code="1.000002", name="Thủ tục khác")

    decide(version, administrator)

    assert clock_rules.effect_for(other, TODAY) is None


def test_a_new_version_keeps_the_rules_of_the_one_it_replaces(
    version: ProcedureVersion, administrator: User
) -> None:
    decide(version, administrator, ClockEffect.SHIFT)

    revised = catalog.revise(
        procedure=version.procedure,
        facts=versions.read(version),
        actor=administrator,
        at=NOW,
        reason="Sửa tên.",
    )

    assert clock_rules.effect_for(revised, TODAY) == "shift"
    assert revised.clock_rules.get().decided_by == administrator


def test_a_version_that_was_replaced_may_still_get_a_rule(
    version: ProcedureVersion, administrator: User
) -> None:
    make_version(name="Tên mới")

    decide(version, administrator)

    assert clock_rules.effect_for(version, TODAY) == "subtract"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"day": TODAY - timedelta(days=1)}, "in_the_past"),
        ({"basis": "  "}, "basis_missing"),
        ({}, "rule_exists"),
    ],
)
def test_what_looks_back_has_no_basis_or_is_there_already_is_refused(
    version: ProcedureVersion, administrator: User, given: dict[str, object], code: str
) -> None:
    decide(version, administrator)

    with pytest.raises(ClockRuleRefusal) as refusal:
        decide(version, administrator, **given)  # type: ignore[arg-type]

    assert refusal.value.code == code
    assert version.clock_rules.count() == 1


def test_just_after_midnight_here_yesterday_is_the_past(
    version: ProcedureVersion, administrator: User
) -> None:
    midnight = datetime.fromisoformat("2026-11-14T00:05:00+07:00")

    with pytest.raises(ClockRuleRefusal):
        decide(version, administrator, day=TODAY, at=midnight)

    assert decide(version, administrator, day=date(2026, 11, 14), at=midnight).pk


def test_nobody_but_an_administrator_decides(version: ProcedureVersion, head: User) -> None:
    with pytest.raises(PermissionDenied):
        decide(version, head)


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"in_force_from": TODAY}, "clock_rule_unique_for_day"),
        ({"effect": "stop"}, "clock_rule_effect_is_known"),
        ({"basis": ""}, "clock_rule_has_a_basis"),
        ({"in_force_from": TODAY - timedelta(days=1)}, "clock_rule_never_looks_back"),
    ],
)
def test_the_database_refuses_a_rule_that_makes_no_sense(
    version: ProcedureVersion, administrator: User, wrong: dict[str, object], constraint: str
) -> None:
    decide(version, administrator)
    facts = {
        "version": version,
        "effect": ClockEffect.SHIFT,
        "in_force_from": TODAY + timedelta(days=1),
        "basis": BASIS,
        "decided_by": administrator,
        "decided_at": NOW,
    } | wrong
    row = ClockRule(**facts)
    message = next(
        str(each.violation_error_message)
        for each in ClockRule._meta.constraints
        if each.name == constraint
    )

    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()
    assert message in refused.value.messages
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()


def test_the_database_refuses_to_change_or_delete_a_rule(
    version: ProcedureVersion, administrator: User
) -> None:
    decide(version, administrator)

    with pytest.raises(DatabaseError, match="không sửa"), transaction.atomic():
        ClockRule.objects.update(effect=ClockEffect.RESTART)
    with pytest.raises(DatabaseError, match="không sửa"), transaction.atomic():
        ClockRule.objects.all().delete()


def test_the_api_decides_and_tells_the_rules_and_refuses_in_its_own_shape(
    sign_in: Any, administrator: User, version: ProcedureVersion
) -> None:
    address = "/api/v1/procedures/1.001193/clock-rules/"
    rule = {"effect": "shift", "in_force_from": "2026-11-13", "basis": BASIS}
    browser = sign_in(administrator)

    with time_machine.travel(NOW, tick=False):
        made = browser.post(address, rule, content_type="application/json")
        twice = browser.post(address, rule, content_type="application/json")
    listed = browser.get(address).json()

    assert made.status_code == 201
    assert twice.json()["code"] == "rule_exists"
    assert [each["effect"] for each in listed] == ["shift"]
