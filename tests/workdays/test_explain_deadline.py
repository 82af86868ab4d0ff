"""The command that explains a promised day, as a supervisor or a script calls it."""

import json

import pytest
from django.core.management import call_command

from workdays import seeding
from workdays.models import WorkSchedule

pytestmark = pytest.mark.django_db
GOOD = ("--accepted", "2026-04-24T09:00", "--limit", "5", "--unit", "working_day")


def run(capsys, *arguments):
    call_command("explain_deadline", *arguments)
    return capsys.readouterr()


def test_json_has_the_due_moment_and_the_steps(capsys):
    seeding.load_calendar()
    seeding.standard_schedule()

    printed = run(capsys, *GOOD, "--json")

    answer = json.loads(printed.out)
    assert list(answer) == ["due_at", "steps"]
    assert answer["due_at"] == "2026-05-06T17:00:00+07:00"
    assert [list(step) for step in answer["steps"]] == [["date", "counts", "why"]] * 13
    assert answer["steps"][0]["date"] == "2026-04-24"
    assert printed.err == ""


def test_an_empty_database_falls_back_to_the_shipped_calendar_and_says_so(capsys):
    printed = run(capsys, *GOOD)

    assert "Hẹn trả: 17:00 ngày 06/05/2026." in printed.out
    assert "chưa có lịch làm việc" in printed.err


def test_the_text_has_a_line_for_each_step(capsys):
    printed = run(capsys, *GOOD, "--pause", "2026-04-28T07:00", "2026-04-28T17:00")

    lines = printed.out.splitlines()
    assert "Tạm dừng từ 07:00 ngày 28/04/2026 đến 17:00 ngày 28/04/2026" in printed.out
    assert lines[-1] == "Hẹn trả: 17:00 ngày 07/05/2026."
    assert len(lines) == 16


def test_another_schedule_is_chosen_by_its_code(capsys):
    seeding.load_calendar()
    seeding.standard_schedule()
    WorkSchedule.objects.filter(code="standard").update(code="short", day_ends_at_close=False)

    printed = run(capsys, *GOOD, "--json", "--schedule", "short")

    assert json.loads(printed.out)["due_at"] == "2026-05-06T09:00:00+07:00"


def test_a_decimal_comma_and_an_offset_are_understood(capsys):
    printed = run(
        capsys, "--accepted", "2026-06-10T02:00+00:00", "--limit", "1,5",
        "--unit", "working_day", "--json",
    )  # fmt: skip

    assert json.loads(printed.out)["due_at"] == "2026-06-12T11:00:00+07:00"


@pytest.mark.parametrize(
    "changed",
    [
        {"--accepted": "2026-02-30T09:00"},
        {"--accepted": "2026-04-24"},
        {"--accepted": "0001-01-01T00:00+14:00"},
        {"--accepted": "9999-12-31T23:59"},
        {"--accepted": "hôm nay"},
        {"--accepted": "2031-04-24T09:00"},
        {"--limit": "0"},
        {"--limit": "-5"},
        {"--limit": "NaN"},
        {"--limit": "1e999999"},
        {"--limit": "năm"},
        {"--limit": "9000"},
        {"--unit": "fortnight"},
        {"--unit": "WORKING_DAY"},
        {"--schedule": "absent"},
        {"--pause": ("2026-04-28T10:00", "2026-04-28T09:00")},
        {"--pause": ("2026-04-23T10:00", "2026-04-28T09:00")},
        {"--pause": ("2026-04-28T10:00", "2029-04-28T09:00")},
        {"--pause": ("2026-04-28T10:00", "sau")},
        {"--pause": ("2026-04-28T10:00",)},
    ],
    ids=str,
)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_impossible_input_ends_with_status_2_and_one_sentence(capsys, changed, form):
    arguments = dict(zip(GOOD[::2], GOOD[1::2], strict=True)) | changed
    words = []
    for name, value in arguments.items():
        words += [name, *value] if isinstance(value, tuple) else [name, value]

    with pytest.raises(SystemExit) as stopped:
        call_command("explain_deadline", *words, *form)

    printed = capsys.readouterr()
    assert stopped.value.code == 2
    assert printed.out == ""
    (sentence,) = printed.err.splitlines()
    assert sentence.endswith(".")
    assert ": hãy " in sentence or ": cần " in sentence


def test_a_missing_option_is_named_in_vietnamese(capsys):
    with pytest.raises(SystemExit) as stopped:
        call_command("explain_deadline", "--accepted", "2026-04-24T09:00")

    assert stopped.value.code == 2
    assert "cần --accepted, --limit và --unit" in capsys.readouterr().err
