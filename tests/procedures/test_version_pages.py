"""The page of one version, and the page that writes a rule on it."""

import unicodedata
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from organizations.models import User
from procedures import clock_rules
from procedures.models import ClockRule, ProcedureVersion
from tests.conftest import NOW, make_version

pytestmark = pytest.mark.django_db
RULE = {"effect": "shift", "in_force_from": "16/11/2026", "basis": "Nghị định 61/2018/NĐ-CP"}


def text_of(response: Any) -> str:
    return unicodedata.normalize("NFC", response.content.decode())


def address(name: str, version: ProcedureVersion) -> str:
    return reverse(f"procedures:{name}", args=[version.procedure.code, version.number])


@time_machine.travel(NOW, tick=False)
def test_an_administrator_writes_a_rule_and_reads_it_on_the_version(
    sign_in: Any, administrator: User, version: ProcedureVersion
) -> None:
    browser = sign_in(administrator)

    page = text_of(browser.post(address("clock_rule", version), RULE, follow=True))

    assert "Lùi ngày hẹn theo thời gian chờ" in page
    assert "16/11/2026" in page
    assert "theo quy định chung" in page
    assert clock_rules.effect_for(version, NOW.date().replace(day=16)) == "shift"


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"in_force_from": "12/11/2026"}, "chỉ áp dụng từ hôm nay trở đi"),
        ({"in_force_from": "32/11/2026"}, "Áp dụng từ ngày"),
        ({"effect": "stop"}, "thời hạn"),
        ({"basis": " "}, "Căn cứ pháp lý"),
    ],
)
def test_bad_input_changes_nothing_and_keeps_what_was_typed(
    sign_in: Any,
    administrator: User,
    version: ProcedureVersion,
    wrong: dict[str, str],
    said: str,
) -> None:
    answer = sign_in(administrator).post(address("clock_rule", version), RULE | wrong)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not ClockRule.objects.exists()


def test_sent_twice_the_second_is_refused(
    sign_in: Any, administrator: User, version: ProcedureVersion
) -> None:
    browser = sign_in(administrator)

    with time_machine.travel(NOW, tick=False):
        answers = [browser.post(address("clock_rule", version), RULE) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 422]
    assert ClockRule.objects.count() == 1


def test_a_version_that_was_replaced_says_so(
    sign_in: Any, administrator: User, version: ProcedureVersion
) -> None:
    make_version(name="Tên mới")

    page = text_of(sign_in(administrator).get(address("version", version)))

    assert "Đã có phiên bản mới hơn" in page


def test_a_number_that_is_not_there_is_missing(
    sign_in: Any, administrator: User, version: ProcedureVersion
) -> None:
    version.number = 9

    assert sign_in(administrator).get(address("version", version)).status_code == 404
