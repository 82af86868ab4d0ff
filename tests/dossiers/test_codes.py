"""Dossier codes: one after another for an agency and a day, given back when nothing was made."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from dossiers import intake
from dossiers.codes import MOST_A_DAY, CodesExhausted
from dossiers.deadlines import HERE
from dossiers.models import CodeCounter, Dossier
from organizations.models import Agency
from tests.conftest import NOW, Desk, make_version

DAY = date(2026, 11, 13)


def next_code(desk: Desk, *, day: date = DAY, agency: Agency | None = None) -> str:
    """The code of a dossier that is refused on that day; a refusal asks for no calendar."""
    request = replace(desk.request(), agency=agency or desk.agency)
    at = datetime.combine(day, time(9), tzinfo=HERE)
    reason = "Không thuộc thẩm quyền."
    return intake.refuse(request=request, reason=reason, actor=desk.clerk, at=at).code


def test_codes_follow_each_other_by_agency_and_day(desk, justice, construction):
    desk.version = make_version(justice, construction, code="1.002300")

    given = [
        next_code(desk, agency=agency, day=day)
        for agency, day in (
            (justice, DAY), (justice, DAY), (construction, DAY), (justice, DAY + timedelta(days=1)),
            (justice, DAY),
        )
    ]  # fmt: skip

    assert given == [
        "H41.15-261113-0001", "H41.15-261113-0002", "H41.16-261113-0001", "H41.15-261114-0001",
        "H41.15-261113-0003",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2027, 1, 1), "270101"),
        (date(2026, 12, 31), "261231"),
        (date(2028, 2, 29), "280229"),
        (date(2030, 10, 9), "301009"),
    ],
)
def test_the_day_is_written_with_the_year_first(desk, day, written):
    assert next_code(desk, day=day) == f"H41.15-{written}-0001"


def test_a_number_of_an_act_that_failed_is_given_again(desk):
    with transaction.atomic():
        given = next_code(desk)
        transaction.set_rollback(True)

    assert given == "H41.15-261113-0001"
    assert next_code(desk) == "H41.15-261113-0001"


def test_an_intake_that_the_database_refuses_leaves_no_gap(desk: Desk):
    assert desk.accept().code.endswith("0001")
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=desk.accept().pk).update(sets=0)

    assert desk.accept().code.endswith("0002")


def test_the_last_number_of_a_day_is_9999(desk, justice):
    CodeCounter.objects.create(agency=justice, day=DAY, last=MOST_A_DAY - 1)

    assert next_code(desk) == "H41.15-261113-9999"


def test_after_the_last_number_a_sentence_says_what_to_do(desk: Desk, justice):
    CodeCounter.objects.create(agency=justice, day=DAY, last=MOST_A_DAY)

    for _ in range(2):
        with pytest.raises(CodesExhausted) as refused:
            desk.accept()
        assert refused.value.code == "codes_exhausted"
        assert refused.value.messages == [
            "Sở Tư pháp tỉnh Nghệ An đã cấp đủ 9999 mã hồ sơ trong ngày. "
            "Hãy tiếp nhận hồ sơ này vào ngày làm việc tiếp theo."
        ]
    assert CodeCounter.objects.get().last == MOST_A_DAY
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2026-11-13T23:59:59.999999+07:00", "H41.15-261113-0001"),
        ("2026-11-14T00:00:00+07:00", "H41.15-261114-0001"),
        ("2026-11-13T17:00:00+00:00", "H41.15-261114-0001"),
        ("2026-11-13T16:59:59+00:00", "H41.15-261113-0001"),
        ("2026-12-31T17:00:00+00:00", "H41.15-270101-0001"),
    ],
)
def test_the_day_turns_at_local_midnight(desk: Desk, at, code):
    assert desk.accept(at=datetime.fromisoformat(at)).code == code


def test_every_code_given_is_one_that_the_database_takes(desk: Desk, justice):
    for last in (0, 9, 99, 999, 9998):
        CodeCounter.objects.update_or_create(agency=justice, day=DAY, defaults={"last": last})

        assert desk.accept(at=NOW).code == f"H41.15-261113-{last + 1:04d}"
