"""What citizens say of each agency in public, and the two measures that are only shown."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback import rating
from feedback.rating import Answers
from feedback.statuses import Category, Satisfaction
from reporting import published_ratings, shown_measures
from reporting.periods import ReportPeriod
from reporting.windows import Window
from tests.conftest import NOW
from tests.dossiers import moving
from tests.dossiers.moving import asked_to_supplement, supplemented, walked
from tests.feedback.conftest import Hands
from workdays.loading import calendar_for

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=14)
WINDOW = Window.of(ReportPeriod.parse("2026-11"), at=LATER)
PAGE = "/ket-qua/danh-gia/"


@pytest.fixture
def rate(desk):
    """So many ratings of this kind, each of a dossier of its own."""

    def given(number, satisfaction, **answers):
        for _ in range(number):
            dossier = walked(desk, "return")
            rating.give_by_link(
                token=rating.token_for(dossier),
                answers=Answers(satisfaction=satisfaction, **answers),
                at=NOW + timedelta(hours=6),
            )

    return given


def test_shares_of_each_agency_stand_in_public(rate, client, time_machine):
    rate(3, Satisfaction.VERY_SATISFIED, attitude=Satisfaction.VERY_SATISFIED)
    rate(1, Satisfaction.NEUTRAL)
    rate(1, Satisfaction.DISSATISFIED, attitude=Satisfaction.NEUTRAL, remark="Ông Ba rất chậm.")
    time_machine.move_to(LATER, tick=False)

    text = client.get(PAGE).content.decode()

    assert "Sở Tư pháp tỉnh Nghệ An" in text
    assert "60 %" in text
    assert "4,5" in text
    assert "Ông Ba" not in text
    assert "Nguyễn Thị Đào" not in text
    assert "H41.15-" not in text


def test_a_few_ratings_are_not_told_apart(rate, client, time_machine):
    rate(published_ratings.FEWEST - 1, Satisfaction.VERY_DISSATISFIED)
    time_machine.move_to(LATER, tick=False)

    text = client.get(PAGE).content.decode()

    assert "1 cơ quan có dưới 5 lượt đánh giá" in text
    assert "0 %" not in text
    assert "Chưa đủ lượt đánh giá" in text


def test_a_crowd_costs_one_computation(rate, client, time_machine):
    rate(1, Satisfaction.SATISFIED)
    time_machine.move_to(LATER, tick=False)
    client.get(PAGE)

    with CaptureQueriesContext(connection) as queries:
        client.get(PAGE)

    assert [one["sql"] for one in queries if "feedback_" in one["sql"]] == []


def test_ratings_of_another_period_are_not_counted(rate, client, time_machine):
    rate(5, Satisfaction.SATISFIED)
    time_machine.move_to(LATER, tick=False)

    assert "Sở Tư pháp" not in client.get(f"{PAGE}?ky=2026-10").content.decode()


def test_the_mean_time_is_told_in_the_unit_of_the_procedure(desk, supervisor, version):
    """Four working hours of an eight-hour day."""
    walked(desk, "return")

    found = shown_measures.mean_time(WINDOW, supervisor, version.procedure)

    assert (found.unit.label, found.finished) == ("ngày làm việc", 1)
    assert found.mean == _days(desk, NOW, NOW + timedelta(hours=4))


def test_time_on_hold_is_left_out_of_the_mean(desk, supervisor, version):
    dossier = asked_to_supplement(desk)
    back = NOW + timedelta(days=7)
    supplemented(desk, dossier, at=back)
    target = moving.Target(code=dossier.code)
    moving._propose(desk, target, back + timedelta(hours=1))
    moving._approve(desk, target, back + timedelta(hours=2))

    found = shown_measures.mean_time(WINDOW, supervisor, version.procedure)

    before = _days(desk, NOW, NOW + timedelta(hours=5))
    assert found.mean == before + _days(desk, back, back + timedelta(hours=2))


def _days(desk, start, end):
    return Decimal(calendar_for(desk.agency.schedule_id).working_days(start, end))


def test_petitions_are_told_by_category(desk):
    hands = Hands(desk.agency, desk.clerk, desk.officer, desk.head)
    hands.sent(category=Category.FEE)
    hands.published()

    told = {row.category: row for row in shown_measures.petitions(WINDOW, None)}

    assert (told[Category.FEE].sent, told[Category.DELAY].published) == (1, 1)
    assert sum(row.sent for row in told.values()) == 2
    assert sum(row.sent for row in shown_measures.petitions(WINDOW, {0})) == 0


def test_the_page_says_that_they_are_not_scored(
    desk, supervisor, foreign_head, client, time_machine
):
    walked(desk, "return")
    time_machine.move_to(LATER, tick=False)
    client.force_login(supervisor)

    text = client.get("/chi-so/hien-thi/?ky=2026-11&thu-tuc=1.001193").content.decode()

    assert "không tính điểm theo Quyết định 766/QĐ-TTg" in text
    assert "1 hồ sơ đã giải quyết xong" in text
    assert "ngày làm việc" in text
    client.force_login(foreign_head)
    other = client.get("/chi-so/hien-thi/?ky=2026-11&thu-tuc=1.001193").content.decode()
    assert "đã giải quyết xong" not in other.split('id="main"')[1].split("<footer")[0].replace(
        "Chưa giải quyết xong hồ sơ nào", ""
    )
