"""Finding a procedure: code first, then words, with marks, without, or decomposed."""

import unicodedata

import pytest
from django.db import connection

from organizations.folding import vn_key
from organizations.models import Agency, User
from procedures import catalog
from procedures.models import Procedure, ProcedureVersion
from procedures.parsing.facts import ProcedureFacts
from procedures.statuses import ProcedureLevel
from tests.conftest import DEFAULT_STEPS
from tests.procedures.pages import AT

pytestmark = pytest.mark.django_db
NAMES = {
    "1.001193": "Thủ tục đăng ký khai sinh",
    "2.000528": "Thủ tục đăng ký khai sinh có yếu tố nước ngoài",
    "1.004222": "Đăng ký thường trú",
    "1.000894": "Thủ tục đăng ký kết hôn",
    "1.003583": "Khai báo sinh vật",
}


def make(code: str, name: str, field: str = "Hộ tịch") -> ProcedureVersion:
    facts = ProcedureFacts(code=code, name=name, field_name=field, levels=(ProcedureLevel.COMMUNE,))
    return catalog.publish(facts=facts, actor=None, at=AT)


@pytest.fixture(autouse=True)
def _catalogue() -> None:
    for code, name in NAMES.items():
        make(code, name)


def found(text: str) -> list[str]:
    return list(Procedure.objects.published().search(text).values_list("code", flat=True))


@pytest.mark.parametrize(
    "text",
    [
        "khai sinh",
        "KHAI SINH",
        "  khai   sinh ",
        unicodedata.normalize("NFD", "đăng ký khai sinh"),
        "dang ky khai sinh",
        "ĐĂNG KÝ KHAI SINH",
    ],
)
def test_marks_case_and_composition_do_not_matter(text: str) -> None:
    assert found(text)[:2] == ["1.001193", "2.000528"]


def test_a_phrase_comes_before_scattered_words() -> None:
    assert found("khai sinh") == ["1.001193", "2.000528", "1.003583"]


def test_the_beginning_of_a_word_is_enough() -> None:
    assert found("thuong tr") == ["1.004222"]


def test_the_middle_of_a_word_is_not() -> None:
    assert found("uong") == []


@pytest.mark.parametrize("text", ["1.001193", "1.001193.000.00.00.H41", " 1.001193 "])
def test_a_whole_code_finds_one(text: str) -> None:
    assert found(text) == ["1.001193"]


def test_the_first_digits_of_a_code_come_before_other_digits() -> None:
    assert found("1.00") == ["1.000894", "1.001193", "1.003583", "1.004222"]
    assert found("000528") == ["2.000528"]


@pytest.mark.parametrize("text", ["%", "_", "'; DROP TABLE", "\\m(", "\0", "." * 50, "(((", "*"])
def test_signs_that_mean_something_to_a_database_find_nothing_and_break_nothing(text: str) -> None:
    assert set(found(text)) <= set(NAMES)


def test_no_words_list_everything_by_code() -> None:
    assert found("") == sorted(NAMES)


def test_the_key_of_the_database_is_the_key_of_python() -> None:
    version = ProcedureVersion.objects.get(procedure__code="1.004222")

    assert version.name_key == vn_key(version.name)


def test_only_what_an_agency_handles_today_is_its_own(
    justice: Agency, construction: Agency
) -> None:
    procedure = Procedure.objects.get(code="1.001193")
    assignment = catalog.assign(
        procedure=procedure, agency=justice, steps=DEFAULT_STEPS, actor=None, at=AT
    )

    assert list(Procedure.objects.handled_by([justice.pk])) == [procedure]
    assert not Procedure.objects.handled_by([construction.pk]).exists()
    assignment.is_active = False
    assignment.save(update_fields=["is_active"])
    assert not Procedure.objects.handled_by([justice.pk]).exists()


def test_a_search_by_words_can_use_the_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM procedures_procedureversion WHERE name_key ~ '\\mkhai'"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "version_name_words" in plan


def test_a_retired_procedure_is_not_found(administrator: User) -> None:
    catalog.retire(
        procedure=Procedure.objects.get(code="1.004222"), actor=administrator, at=AT, reason="x"
    )

    assert found("thuong tru") == []
