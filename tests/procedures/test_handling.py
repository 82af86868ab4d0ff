"""Giving a procedure to agencies in the browser, with its internal steps, and taking it away."""

import unicodedata
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from organizations.models import Agency, User
from procedures import handling
from procedures.catalog import CatalogRefusal
from procedures.handling import Handling
from procedures.models import Procedure, ProcedureVersion
from procedures.statuses import OnlineLevel
from tests.conftest import DEFAULT_STEPS, NOW, Desk

pytestmark = pytest.mark.django_db
CODE = "1.001193"
STEPS = [("Tiếp nhận", "counter", "10"), ("Giải quyết", "officer", "90")]


def text_of(response: Any) -> str:
    return unicodedata.normalize("NFC", response.content.decode())


def sent(*agencies: Agency, steps: list[tuple[str, str, str]] = STEPS, **more: str) -> Any:
    """The form as a browser sends it."""
    rows = {
        f"buoc-{number}-{name}": value
        for number, step in enumerate(steps)
        for name, value in zip(("name", "role", "share"), step, strict=True)
    }
    order = {f"buoc-{number}-ORDER": str(number + 1) for number in range(len(steps))}
    return {
        "buoc-TOTAL_FORMS": str(len(steps)),
        "buoc-INITIAL_FORMS": "0",
        "agencies": [agency.pk for agency in agencies],
        "online_level": "full",
        **rows,
        **order,
        **more,
    }


def address(name: str, *more: int) -> str:
    return reverse(f"procedures:{name}", args=[CODE, *more])


def test_a_procedure_is_given_to_agencies_with_its_steps(
    sign_in: Any,
    administrator: User,
    version: ProcedureVersion,
    construction: Agency,
    commune: Agency,
) -> None:
    browser = sign_in(administrator)
    form = sent(construction, every_commune="on", on_the_spot="on")

    page = text_of(browser.post(address("assign"), form, follow=True))

    assert "cho 2 cơ quan" in page
    assert "Tiếp nhận 10 % → Giải quyết 90 %" in page
    made = version.procedure.assignments.get(agency=commune)
    assert (made.online_level, made.on_the_spot) == (OnlineLevel.FULL, True)
    assert list(Procedure.objects.handled_by([construction.pk])) == [version.procedure]


def test_how_an_agency_handles_it_is_changed_from_what_it_is(
    sign_in: Any, administrator: User, version: ProcedureVersion, justice: Agency
) -> None:
    browser = sign_in(administrator)

    page = text_of(browser.get(address("assign"), {"co-quan": justice.pk}))
    browser.post(address("assign"), sent(justice))

    assert 'value="Thẩm định hồ sơ"' in page
    steps = version.procedure.assignments.get().steps.order_by("position")
    assert [step.name for step in steps] == ["Tiếp nhận", "Giải quyết"]


def test_a_running_dossier_keeps_its_steps(desk: Desk, administrator: User) -> None:
    dossier = desk.accept()
    before = list(dossier.steps.order_by("position").values_list("name", flat=True))

    handling.assign(
        procedure=desk.version.procedure,
        agencies=[desk.agency],
        handling=Handling(steps=DEFAULT_STEPS[::-1]),
        actor=administrator,
        at=NOW,
    )

    assert list(dossier.steps.order_by("position").values_list("name", flat=True)) == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"steps": [("Tiếp nhận", "counter", "10")]}, "cộng đủ 100"),
        ({"steps": [("Tiếp nhận", "king", "100")]}, "Bước 1, Người thực hiện"),
        ({"steps": [("Tiếp nhận", "counter", "101")]}, "Bước 1, Tỷ lệ thời gian"),
        ({"steps": []}, "ít nhất một bước"),
        ({"online_level": "partial"}, "Hãy ghi lý do."),
        ({"online_level": "moon"}, "Dịch vụ công trực tuyến"),
    ],
)
def test_bad_input_changes_nothing_and_says_what_to_do(
    sign_in: Any,
    administrator: User,
    version: ProcedureVersion,
    construction: Agency,
    wrong: dict[str, Any],
    said: str,
) -> None:
    answer = sign_in(administrator).post(address("assign"), sent(construction, **wrong))

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert version.procedure.assignments.count() == 1


def test_without_an_agency_nothing_is_given(
    sign_in: Any, administrator: User, version: ProcedureVersion
) -> None:
    answer = sign_in(administrator).post(address("assign"), sent())

    assert "Hãy chọn ít nhất một cơ quan." in text_of(answer)


def test_taken_away_once_and_no_more(
    sign_in: Any, administrator: User, version: ProcedureVersion, justice: Agency
) -> None:
    browser = sign_in(administrator)
    act = address("withdraw", justice.pk)

    first = text_of(browser.post(act, follow=True))
    second = text_of(browser.post(act, follow=True))

    assert "không nhận hồ sơ mới của 1.001193" in first
    assert "không còn được giao" in second
    assert not Procedure.objects.handled_by([justice.pk]).exists()


def test_a_retired_procedure_is_given_to_nobody(
    version: ProcedureVersion, administrator: User, justice: Agency
) -> None:
    Procedure.objects.update(retired_at=NOW)
    facts: dict[str, Any] = {
        "procedure": version.procedure,
        "agencies": [justice],
        "handling": Handling(steps=DEFAULT_STEPS),
        "at": NOW,
    }

    with pytest.raises(CatalogRefusal) as refusal:
        handling.assign(actor=administrator, **facts)

    assert refusal.value.code == "not_in_force"


def test_only_administrators_give_and_take(
    version: ProcedureVersion, head: User, justice: Agency
) -> None:
    with pytest.raises(PermissionDenied):
        handling.withdraw(procedure=version.procedure, agency=justice, actor=head)


def test_the_list_asks_few_questions_for_many_agencies(
    sign_in: Any,
    administrator: User,
    version: ProcedureVersion,
    commune: Agency,
    construction: Agency,
    django_assert_max_num_queries: Any,
) -> None:
    browser = sign_in(administrator)
    browser.post(address("assign"), sent(construction, commune))

    with django_assert_max_num_queries(8):
        assert browser.get(address("handlers")).status_code == 200
