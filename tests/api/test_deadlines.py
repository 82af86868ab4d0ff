"""Computing a due moment through the API."""

import pytest

URL = "/api/v1/deadlines/"
ASKED = {"start": "2026-11-13T09:00:00", "limit": "5", "unit": "working_day", "agency": "H41.15"}


def test_a_due_moment_comes_with_its_reasons(api, clerk, justice) -> None:
    told = api(clerk).get(URL, ASKED).json()

    assert told["due_at"] == "2026-11-20T17:00:00+07:00"
    assert told["steps"][0]["counts"] is False
    assert sum(step["counts"] for step in told["steps"]) == 5


def test_pauses_move_it(api, clerk, justice) -> None:
    pause = "2026-11-16T08:00/2026-11-18T08:00:00+07:00"

    told = api(clerk).get(URL, ASKED | {"pause": [pause]}).json()

    assert told["due_at"] == "2026-11-25T17:00:00+07:00"  # 24/11 is a holiday


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"limit": "0"}, "impossible_limit"),
        ({"limit": "999"}, "calendar_gap"),
        ({"start": "1999-01-01T08:00"}, "calendar_gap"),
        ({"start": "0001-01-01T00:00"}, None),
        ({"start": "9999-12-31T23:59"}, None),
        ({"limit": "nhiều"}, "invalid"),
        ({"unit": "year"}, "invalid"),
        ({"agency": "H99"}, "invalid"),
        ({"pause": "2026-11-16"}, "invalid"),
        ({"pause": "2026-11-18T08:00/2026-11-16T08:00"}, "impossible_pause"),
    ],
)
def test_what_cannot_be_counted_is_refused(api, clerk, justice, change, code) -> None:
    answer = api(clerk).get(URL, ASKED | change)

    assert answer.status_code == 400
    assert code in {None, answer.json()["code"]}
