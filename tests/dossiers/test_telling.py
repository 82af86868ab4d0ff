"""Sentences: every event, state, stage and act has its words; lengths and badges are right."""

from datetime import timedelta

import pytest

from dossiers import lifecycle, narrating, public_telling, telling, timing
from dossiers.access import Act
from dossiers.holding import Target
from dossiers.models import Dossier, DossierEvent
from dossiers.statuses import DossierStatus, EventKind
from tests.conftest import NOW
from tests.dossiers.moving import walked
from workdays.loading import calendar_for

EIGHT_HOURS = timedelta(hours=8)
# What the events of each kind carry, where their sentence needs it.
CORRECTION = {
    "moment": "ended",
    "before": "2026-11-25T09:00:00+07:00",
    "after": "2026-11-19T15:30:00+07:00",
}
DATA = {
    EventKind.APPROVED: {"number": "15", "issued_date": "2026-11-13", "signer": "Nguyễn Thị Hòa"},
    EventKind.RETURNED: {"recipient": "Nguyễn Thị Đào", "method": "post"},
    EventKind.ASSIGNED: {"officer_id": 7, "officer": "Lê Thị Oanh", "previous": ""},
    EventKind.FILE_ADDED: {"name": "tờ khai.pdf"},
    EventKind.IMPORTED: {"source": "Hệ thống cũ", "legacy_code": "1/2025", "national_state": 4},
    EventKind.CORRECTION_PROPOSED: CORRECTION,
    EventKind.CORRECTION_ACCEPTED: CORRECTION,
    EventKind.CORRECTION_REFUSED: CORRECTION,
}


def event(kind, **data) -> DossierEvent:
    return DossierEvent(kind=kind, actor_id=1, actor_name="Trần Thị Bình", data=data)


@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_of_event_has_a_sentence(kind):
    sentence = narrating.event(event(kind, **DATA.get(kind, {})))

    assert sentence.endswith(".")
    assert sentence[0].isupper()


@pytest.mark.parametrize("kind", EventKind)
def test_no_public_sentence_names_anybody(kind):
    sentence = public_telling.event(event(kind, **DATA.get(kind, {})))

    for name in ("Bình", "Oanh", "Hòa", "Đào"):
        assert name not in sentence
    assert not sentence or sentence.endswith(".")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            {"officer_id": 1, "officer": "Trần Thị Bình", "previous": ""},
            "Trần Thị Bình nhận xử lý hồ sơ.",
        ),
        (
            {"officer_id": 7, "officer": "Lê Thị Oanh", "previous": ""},
            "Trần Thị Bình phân công Lê Thị Oanh xử lý hồ sơ.",
        ),
        (
            {"officer_id": 7, "officer": "Lê Thị Oanh", "previous": "Hồ Hữu Phúc"},
            "Trần Thị Bình chuyển hồ sơ từ Hồ Hữu Phúc sang Lê Thị Oanh xử lý.",
        ),
    ],
)
def test_taking_giving_and_passing_on_are_told_apart(data, sentence):
    assert narrating.event(event(EventKind.ASSIGNED, **data)) == sentence


def test_an_acceptance_without_a_limit_promises_nothing():
    assert narrating.event(event(EventKind.ACCEPTED, due_at=None)) == (
        "Trần Thị Bình tiếp nhận hồ sơ; thủ tục không quy định thời hạn."
    )


@pytest.mark.parametrize("status", DossierStatus)
def test_every_state_has_a_place_in_the_progress_and_public_words(status):
    progress = public_telling.progress(status)

    assert progress.sentence.endswith(".")
    assert 0 <= progress.stages_done <= len(public_telling.STAGES)
    assert public_telling.standing(Dossier(status=status)).endswith(".")


@pytest.mark.parametrize(
    ("last", "place", "turn"),
    [
        (
            "accept",
            "Bộ phận một cửa",
            "Chờ chuyển cơ quan giải quyết trước 17:00 ngày 13/11/2026",
        ),
        ("transfer", "Sở Tư pháp tỉnh Nghệ An", "Chờ phân công hoặc nhận xử lý"),
        ("take", "Sở Tư pháp tỉnh Nghệ An", "Lê Thị Oanh đang xử lý"),
        ("propose", "Sở Tư pháp tỉnh Nghệ An", "Chờ lãnh đạo phê duyệt"),
        ("approve", "Bộ phận một cửa", "Chờ trả kết quả cho người nộp"),
        ("return", "Đã xong", "Đã trả kết quả lúc 14:00 ngày 13/11/2026"),
    ],
)
def test_a_dossiers_place_and_turn_follow_its_life(desk, last, place, turn):
    standing = telling.standing(walked(desk, last))

    assert (standing.place, standing.turn) == (place, turn)


def test_every_act_tells_what_it_did(desk):
    dossier = walked(desk, "return")

    for act in Act:
        sentence = telling.done(act, dossier)
        assert sentence.startswith(f"Hồ sơ {dossier.code} ")
        assert sentence.endswith(".")
        assert "thành công" not in sentence


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(hours=11), "1 ngày 3 giờ"),
        (timedelta(hours=-11), "1 ngày 3 giờ"),
        (timedelta(hours=16, minutes=20), "2 ngày 20 phút"),
        (timedelta(minutes=59), "59 phút"),
        (timedelta(seconds=59), "dưới 1 phút"),
        (timedelta(hours=8), "1 ngày"),
        (timedelta(hours=25, minutes=5), "3 ngày 1 giờ"),
    ],
)
def test_working_time_is_told_in_its_two_largest_units(span, said):
    assert telling.length(span, EIGHT_HOURS) == said


def badge(dossier, at):
    return timing.deadline(dossier, calendar=calendar_for(dossier.agency.schedule_id), at=at)


@pytest.mark.parametrize(
    ("days", "state", "text"),
    [
        (0, "on_time", "Còn 5 ngày 6 giờ"),
        (7, "due_soon", "Sắp đến hạn: còn 6 giờ"),
        (10, "overdue", "Quá hạn 2 giờ"),
    ],
)
def test_a_running_promise_is_word_colour_and_length_at_once(dossier, days, state, text):
    found = badge(dossier, NOW + timedelta(days=days))

    assert (found.state, found.text) == (state, text)


def test_a_late_result_says_how_late(desk):
    dossier = walked(desk, "propose")
    result = lifecycle.ResultFacts(
        number="1", issued_date=NOW.date(), signer_name="Hòa", signer_title="Giám đốc"
    )
    late = dossier.due_at + timedelta(days=3)

    lifecycle.approve(target=Target(code=dossier.code), result=result, actor=desk.head, at=late)

    dossier.refresh_from_db()
    assert badge(dossier, late).text == "Trễ hạn 1 ngày"
    assert badge(dossier, late).state == "overdue"


def test_a_year_without_a_calendar_is_said_not_guessed(dossier):
    found = badge(dossier, NOW.replace(year=2040))

    assert found.state == "overdue"
    assert found.text == "Quá hạn (lịch làm việc chưa đủ để tính)"
