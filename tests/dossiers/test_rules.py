"""Rules as dated data: read once for a day, entered before their day, never changed after."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.urls import reverse

from dossiers import intake, rule_scheduling, rules
from dossiers.models import RuleBook, RuleValue
from dossiers.rule_scheduling import Given, Plan, RuleRefused
from dossiers.rules import KINDS
from procedures.statuses import ClockEffect
from tests.conftest import NOW
from tests.dossiers.moving import asked_to_supplement, supplemented

pytestmark = pytest.mark.usefixtures("schedule")

NEW_DAY = date(2027, 1, 4)
NEW_YEAR = NOW.replace(year=2027, month=1, day=5)


def plan(**facts) -> Plan:
    latest = RuleBook.objects.in_order().last()
    values = {
        value.key: Given(text=value.text, article=value.article) for value in latest.values.all()
    }
    changed = facts.pop("texts", {})
    values |= {key: replace(values[key], text=text) for key, text in changed.items()}
    known = {"code": "nd99-2027", "title": "Nghị định 99/2027", "in_force_from": NEW_DAY}
    return Plan(**(known | facts), values=values)


def test_the_database_holds_what_is_shipped():
    assert [rules.BY_CODE[shipped.code] for shipped in rules.shipped()] == list(rules.shipped())
    assert set(rules.BY_CODE) == {"nd61-2018", "nd118-2025"}
    assert {value.key for value in RuleValue.objects.all()} == set(KINDS)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2018, 6, 21), "nd61-2018"),
        (date(2025, 6, 30), "nd61-2018"),
        (date(2025, 7, 1), "nd118-2025"),
    ],
)
def test_the_day_of_acceptance_decides(day, code):
    assert rules.in_force_on(day).code == code


def test_before_the_first_decree_there_is_no_rule():
    with pytest.raises(ValueError, match="20/06/2018"):
        rules.in_force_on(date(2018, 6, 20))


def test_a_day_that_was_read_costs_no_query(django_assert_num_queries):
    rules.in_force_on(NOW.date())

    with django_assert_num_queries(0):
        rules.in_force_on(NOW.date())
        assert rules.BY_CODE["nd61-2018"].stop_form == ""


def test_a_database_without_rules_answers_with_the_shipped_ones():
    with connection.cursor() as cursor:
        # Past the triggers, as after a flush.
        cursor.execute("SET LOCAL session_replication_role = replica")
        RuleValue.objects.all().delete()
        RuleBook.objects.all().delete()
        cursor.execute("SET LOCAL session_replication_role = origin")

    assert rules.in_force_on(NOW.date()).code == "nd118-2025"


def test_a_new_set_governs_what_is_accepted_from_its_day(desk, administrator):
    old = desk.accept()
    made = plan(texts={"supplement_effect": "shift", "supplements_allowed": "2"})
    rule_scheduling.schedule(plan=made, actor=administrator, at=NOW)

    new = intake.accept(request=desk.request(), actor=desk.clerk, at=NEW_YEAR)

    assert (old.rule_set, new.rule_set) == ("nd118-2025", "nd99-2027")
    governing = rules.BY_CODE["nd99-2027"]
    assert governing.supplement_effect == ClockEffect.SHIFT
    counted = rule_scheduling.governed()
    assert [(row.agency, row.count) for row in counted["nd99-2027"]] == [
        (desk.agency.short_name, 1)
    ]


def test_a_dossier_keeps_its_set_however_many_come_after(desk, administrator):
    waiting = asked_to_supplement(desk)
    rule_scheduling.schedule(
        plan=plan(texts={"supplement_effect": "shift"}), actor=administrator, at=NOW
    )

    after = supplemented(desk, waiting, at=NOW + timedelta(days=6))

    assert after.rule_set == "nd118-2025"
    assert after.pauses.get().effect == ClockEffect.RESTART


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"in_force_from": date(2026, 11, 14)}, "in_force_from"),
        ({"in_force_from": date(2025, 1, 1)}, "in_force_from"),
        ({"code": "nd61-2018"}, "code"),
        ({"texts": {"supplements_allowed": "hai"}}, "text_supplements_allowed"),
        ({"texts": {"supplements_allowed": "-1"}}, "text_supplements_allowed"),
        ({"texts": {"transfer_cutoff": "25:00"}}, "text_transfer_cutoff"),
        ({"texts": {"acceptance_working_hours": "NaN"}}, "text_acceptance_working_hours"),
    ],
)
def test_what_will_not_do_is_refused_and_nothing_kept(administrator, facts, code):
    with pytest.raises(RuleRefused) as refusal:
        rule_scheduling.schedule(plan=plan(**facts), actor=administrator, at=NOW)

    assert refusal.value.code == code
    assert RuleBook.objects.count() == 2


def test_only_an_administrator_enters_rules(desk):
    with pytest.raises(PermissionDenied):
        rule_scheduling.schedule(plan=plan(), actor=desk.head, at=NOW)


def test_a_set_to_come_is_taken_back_and_one_in_force_is_not(administrator):
    rule_scheduling.schedule(plan=plan(), actor=administrator, at=NOW)

    with pytest.raises(RuleRefused):
        rule_scheduling.cancel(code="nd118-2025", actor=administrator, at=NOW)
    rule_scheduling.cancel(code="nd99-2027", actor=administrator, at=NOW)

    assert set(RuleBook.objects.values_list("code", flat=True)) == {"nd61-2018", "nd118-2025"}


def test_the_database_itself_keeps_what_is_in_force():
    for rows in (RuleBook.objects, RuleValue.objects):
        with pytest.raises(IntegrityError, match="đã có hiệu lực"), transaction.atomic():
            rows.all().update(id=F("id"))
        with pytest.raises(IntegrityError, match="đã có hiệu lực"), transaction.atomic():
            rows.all()._raw_delete("default")


def test_the_page_shows_the_sets_side_by_side(sign_in, administrator, dossier):
    text = sign_in(administrator).get(reverse("dossiers:rule_sets")).content.decode()

    assert "Nghị định 61/2018/NĐ-CP" in text
    assert text.count("rules__differs") >= 4
    assert "chưa kiểm chứng" in text
    assert f"{dossier.agency.short_name}: 1" in text


def test_a_set_is_scheduled_on_its_page(sign_in, administrator):
    browser, address = sign_in(administrator), reverse("dossiers:schedule_rule_set")
    with time_machine.travel(NOW, tick=False):
        form = browser.get(address).context["form"]
        entered = {field.name: field.value() or "" for field in form if field.value()}
        entered |= {"code": "nd99-2027", "title": "Nghị định 99", "in_force_from": "14/11/2026"}
        refused = browser.post(address, entered)
        done = browser.post(address, entered | {"in_force_from": "04/01/2027"})

    assert (refused.status_code, done.status_code) == (400, 302)
    assert "ít nhất 2 ngày" in refused.content.decode()
    assert RuleBook.objects.get(code="nd99-2027").scheduled_by == administrator
