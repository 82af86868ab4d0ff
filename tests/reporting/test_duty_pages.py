"""Units and officers are scored from what happened; each lost point leads to its dossiers."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from dossiers.models import Dossier
from feedback import rating
from feedback.rating import Answers
from feedback.statuses import Satisfaction
from reporting import asking, tallies
from reporting.duty import grading, results
from reporting.duty.scoring import DutyIndex
from reporting.models import DutyGrade
from reporting.periods import PeriodLength, ReportPeriod
from reporting.refusals import GradeRefused
from reporting.sight import Sight
from tests.conftest import NOW
from tests.dossiers import moving
from tests.dossiers.moving import asked_to_supplement, supplemented, walked
from tests.feedback.conftest import Hands

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=14)
QUARTER = ReportPeriod.containing(NOW, PeriodLength.QUARTER)
WHOLE = Sight(is_whole=True, agencies=frozenset())


@pytest.fixture
def worked(desk, time_machine):
    """Three dossiers resolved early the same day; a fourth still in hand and overdue."""
    for _ in range(3):
        walked(desk, "return")
    open_one = walked(desk, "take")
    tallies.advance()
    time_machine.move_to(LATER, tick=False)
    return open_one


def asked():
    return asking.read({}, at=LATER, usual=PeriodLength.QUARTER)


def of_unit(agency):
    return results.unit(asked(), agency)


def page(client, user, path, status=200):
    client.force_login(user)
    response = client.get(path)
    assert response.status_code == status, response.status_code
    return response.content.decode()


def test_a_unit_without_fault_gets_two_points_in_every_index_that_has_data(worked, justice):
    unit = of_unit(justice)

    assert unit.work.number == 3
    assert {index: unit.score.indices[index] for index in results.DRILLED} == dict.fromkeys(
        results.DRILLED, Decimal("2.0")
    )
    assert unit.score.left_out == (DutyIndex.ORGANISATION, DutyIndex.PUBLICATION)


def test_a_supplement_is_one_contact_and_costs_a_point(desk, justice, time_machine):
    dossier = asked_to_supplement(desk)
    supplemented(desk, dossier, at=NOW + timedelta(hours=6))
    _finish(desk, dossier)
    time_machine.move_to(LATER, tick=False)

    unit = of_unit(justice)

    assert unit.score.indices[DutyIndex.CONTACTS] == Decimal("1.0")
    assert unit.score.indices[DutyIndex.AGENCIES_CONTACTED] == Decimal("1.0")


def _finish(desk, dossier, hours=8):
    target = moving.Target(code=dossier.code)
    for number, act in enumerate((moving._propose, moving._approve), start=hours):
        act(desk, target, NOW + timedelta(hours=number))


def test_a_late_dossier_gets_nothing_for_time_and_attitude(desk, justice, officer, time_machine):
    dossier = walked(desk, "take")
    _finish(desk, dossier, hours=24 * 12)
    time_machine.move_to(LATER, tick=False)

    unit = of_unit(justice)

    for index in (DutyIndex.TOTAL_TIME, DutyIndex.OWN_TIME, DutyIndex.ATTITUDE):
        assert unit.score.indices[index] == Decimal("0.0"), index
    assert list(
        results.missing_points(
            index=DutyIndex.TOTAL_TIME, asked=asked(), reader=officer, agency=justice, officer=None
        )
    ) == [dossier]


def test_an_admitted_petition_costs_attitude_and_a_refused_one_does_not(worked, desk, justice):
    hands = Hands(desk.agency, desk.clerk, desk.officer, desk.head)
    dossier = Dossier.objects.filter(status="returned").first()
    petition = hands.received()
    type(petition).objects.filter(pk=petition.pk).update(dossier=dossier, received_at=NOW)

    assert of_unit(justice).score.indices[DutyIndex.ATTITUDE] == Decimal("1.3")

    type(petition).objects.update(received_at=None)
    assert of_unit(justice).score.indices[DutyIndex.ATTITUDE] == Decimal("2.0")


def test_officers_are_scored_by_their_own_dossiers(worked, justice, officer, second_officer):
    found = {one.officer: one for one in results.officers(asked(), justice)}

    assert found[officer].work.number == 3
    assert found[officer].score.total == Decimal("10.0")
    assert found[officer].score.band.name == "Hoàn thành 100% nhiệm vụ"
    assert found[second_officer].work.number == 0
    assert found[second_officer].score.band is None


def test_what_is_resolved_in_another_quarter_does_not_count(worked, justice):
    before = asking.read({"ky": QUARTER.previous().code}, at=LATER)

    assert results.unit(before, justice).work.number == 0


def test_grades_raise_the_total_and_the_latest_stands(worked, justice, supervisor):
    before = of_unit(justice).score.total
    for points in (0, 2):
        grading.grade(
            agency=justice,
            period=QUARTER,
            index=DutyIndex.PUBLICATION,
            points=points,
            reason="Niêm yết đủ.",
            actor=supervisor,
            at=LATER - timedelta(hours=1),
        )

    assert of_unit(justice).score.total == before + 2
    assert DutyGrade.objects.count() == 2


def test_only_the_provinces_office_grades_and_only_what_is_not_counted(justice, head, supervisor):
    facts = {
        "agency": justice,
        "period": QUARTER,
        "index": DutyIndex.ORGANISATION,
        "points": 2,
        "reason": "Đủ phòng, đủ người.",
        "at": NOW,
    }
    with pytest.raises(PermissionDenied):
        grading.grade(**facts, actor=head)
    for wrong in ({"index": DutyIndex.ONLINE}, {"points": 3}, {"reason": "  "}):
        with pytest.raises(GradeRefused):
            grading.grade(**(facts | wrong), actor=supervisor)
    assert DutyGrade.objects.count() == 0


def make_grade(agency, user, **facts):
    base = {"period": "2026-Q4", "index": 5, "points": 1, "reason": "Căn cứ.", "graded_at": NOW}
    named = {"agency": agency, "graded_by": user, "graded_by_name": user.full_name}
    return DutyGrade.objects.create(**(base | named | facts))


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("duty_grade_is_of_its_scale", {"index": 4}),
        ("duty_grade_is_of_its_scale", {"points": 3}),
        ("duty_grade_says_why", {"reason": ""}),
    ],
)
def test_the_database_refuses(justice, supervisor, name, facts):
    with pytest.raises(IntegrityError, match=name):
        make_grade(justice, supervisor, **facts)


@pytest.mark.parametrize("statement", ["UPDATE {} SET points = 2", "DELETE FROM {}", "TRUNCATE {}"])
def test_a_grade_is_never_changed(justice, supervisor, statement):
    make_grade(justice, supervisor)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format("reporting_dutygrade"))


def test_the_pages_lead_from_units_to_officers_and_dossiers(
    worked, desk, justice, officer, supervisor, client
):
    late = walked(desk, "take", at=NOW + timedelta(hours=1))
    _finish(desk, late, hours=24 * 12)

    text = page(client, supervisor, "/chi-so/cham-diem/")
    assert "Quý IV năm 2026" in text
    assert "/chi-so/cham-diem/H41.15/?ky=2026-Q4" in text
    unit = page(client, supervisor, "/chi-so/cham-diem/H41.15/?ky=2026-Q4")
    assert f"/chi-so/cham-diem/H41.15/can-bo/{officer.pk}/?ky=2026-Q4" in unit
    assert "/chi-so/cham-diem/H41.15/chi-so/1/?ky=2026-Q4" in unit
    person = page(client, supervisor, f"/chi-so/cham-diem/H41.15/can-bo/{officer.pk}/?ky=2026-Q4")
    link = f"/chi-so/cham-diem/H41.15/chi-so/1/?ky=2026-Q4&amp;can-bo={officer.pk}"
    assert link in person
    rows = page(client, supervisor, link.replace("&amp;", "&"))
    assert late.code in rows
    assert worked.code not in rows


def test_what_is_said_of_persons_is_for_those_who_answer_for_them(
    worked, justice, officer, second_officer, head, foreign_head, client
):
    own = f"/chi-so/cham-diem/H41.15/can-bo/{officer.pk}/"
    page(client, head, own)
    page(client, officer, own)
    page(client, second_officer, own, 404)
    page(client, foreign_head, own, 404)
    text = page(client, second_officer, "/chi-so/cham-diem/H41.15/")
    assert officer.full_name not in text
    page(client, second_officer, f"/chi-so/cham-diem/H41.15/chi-so/1/?can-bo={officer.pk}", 404)
    page(client, head, "/chi-so/cham-diem/H41.15/chi-so/9/", 404)
    page(client, head, "/chi-so/cham-diem/H41.15/chi-so/1/?can-bo=x", 404)


def test_the_provinces_office_grades_on_the_page(worked, justice, supervisor, head, client):
    path = "/chi-so/cham-diem/H41.15/cham/?ky=2026-Q4"
    given = {"index": "5", "points": "2", "reason": "Đủ phòng, đủ người."}
    client.force_login(head)
    assert client.post(path, given).status_code == 403
    client.force_login(supervisor)
    wrong = client.post(path, {**given, "reason": ""})
    assert wrong.status_code == 400
    assert "Hãy ghi rõ căn cứ chấm điểm." in wrong.content.decode()

    done = client.post(path, given, follow=True).content.decode()

    assert "Điểm đã chấm; người chấm và căn cứ được lưu lại." in done
    assert "Đủ phòng, đủ người." in done


def test_an_officer_sees_their_work(worked, desk, officer, head, client):
    dossier = Dossier.objects.filter(status="returned").first()
    rating.give_by_link(
        token=rating.token_for(dossier),
        answers=Answers(satisfaction=Satisfaction.VERY_SATISFIED, attitude=Satisfaction.SATISFIED),
        at=NOW + timedelta(hours=6),
    )

    client.force_login(officer)
    response = client.get("/chi-so/cong-viec/?ky=2026-11")
    text = response.content.decode()

    assert response.context["live"] == {"every": 1, "overdue": 1, "due_soon": 0}
    assert "Đã giải quyết 3 hồ sơ: 3 trước hạn, 0 đúng hạn, 0 quá hạn." in text
    assert [row["number"] for row in response.context["steps"]] == [3]
    assert response.context["ratings"].number == response.context["ratings"].satisfied == 1
    assert "Thái độ phục vụ trung bình 4,0 trên 5." in text
    page(client, head, "/chi-so/cong-viec/", 403)


def test_the_pages_take_few_queries(
    worked, supervisor, officer, client, django_assert_max_num_queries
):
    client.force_login(supervisor)
    for path, most in (
        ("/chi-so/cham-diem/", 17),
        ("/chi-so/cham-diem/H41.15/", 21),
        ("/chi-so/cham-diem/H41.15/chi-so/1/", 8),
    ):
        client.get(path)
        with django_assert_max_num_queries(most):
            client.get(path)
    client.force_login(officer)
    with django_assert_max_num_queries(12):
        client.get("/chi-so/cong-viec/")
