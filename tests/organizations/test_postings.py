"""What a person's roles reach: their own agency, those below it, the counters beside theirs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organizations.models import Membership, User
from organizations.roles import Role
from tests.conftest import make_agency, make_counter, make_user


@pytest.fixture
def division(schedule, justice):
    return make_agency(schedule, code="H41.15.01", name="Phòng Hộ tịch", parent=justice)


def again(user: User) -> User:
    """The person as the next request sees them."""
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("role", [Role.HEAD, Role.SUPERVISOR])
def test_heads_and_supervisors_reach_the_agencies_below(justice, construction, division, role):
    user = make_user("ai", "Ai", justice, role)

    assert user.agency_ids_for(role) == {justice.pk, division.pk}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMINISTRATOR])
def test_officers_and_administrators_reach_their_own_agency_alone(justice, division, role):
    user = make_user("ai", "Ai", justice, role)

    assert user.agency_ids_for(role) == {justice.pk}


def test_counter_staff_receive_for_everyone_below(clerk, province, justice, commune, division):
    assert clerk.agency_ids_for(Role.COUNTER) == {province.pk, justice.pk, commune.pk, division.pk}


def test_counter_staff_of_a_commune_receive_for_the_commune(commune_clerk, commune, justice):
    assert commune_clerk.agency_ids_for(Role.COUNTER) == {commune.pk}


@pytest.mark.parametrize("role", Role)
def test_nobody_reaches_anything_by_a_role_they_do_not_hold(justice, officer, role):
    expected = {justice.pk} if role == Role.OFFICER else set()

    assert officer.agency_ids_for(role) == expected
    assert officer.has_role(role) is (role == Role.OFFICER)


def test_several_roles_add_up_and_stay_apart(officer, justice, construction):
    Membership.objects.create(user=officer, agency=construction, role=Role.HEAD)
    officer = again(officer)

    assert officer.agency_ids_for(Role.OFFICER) == {justice.pk}
    assert officer.agency_ids_for(Role.HEAD) == {construction.pk}
    assert officer.agency_ids_for(Role.OFFICER, Role.HEAD) == {justice.pk, construction.pk}


def test_counters_beside_ones_own_share_its_work(clerk, centre, province, commune_counter):
    beside = make_counter(province, "Quầy số 2")

    assert clerk.counter_ids == {centre.pk, beside.pk}
    assert clerk.counters == [centre]


def test_without_a_counter_there_is_nothing_to_return(officer, centre):
    assert officer.counter_ids == frozenset()
    assert officer.counters == []


def test_who_answers_for_the_root_sees_everything(supervisor, administrator, clerk, head, province):
    assert supervisor.sees_everything
    assert make_user("chu-tich", "Chủ tịch", province, Role.HEAD).sees_everything
    assert not any(user.sees_everything for user in (administrator, clerk, head))


def test_a_person_without_postings_reaches_nothing(db):
    nobody = User.objects.create(username="ai", full_name="Ai")

    assert nobody.postings == []
    assert nobody.main_posting is None
    assert nobody.agency_ids_for(*Role) == frozenset()
    assert not nobody.sees_everything


def test_the_oldest_posting_is_the_main_one(officer, construction, justice):
    Membership.objects.create(user=officer, agency=construction, role=Role.HEAD)

    assert again(officer).main_posting.agency == justice


def test_everything_about_postings_costs_one_query(clerk, centre, justice, officer):
    Membership.objects.create(user=clerk, agency=justice, role=Role.HEAD)
    user = again(clerk)

    with CaptureQueriesContext(connection) as queries:
        assert user.has_role(Role.COUNTER)
        assert user.agency_ids_for(Role.HEAD) == {justice.pk}
        assert user.counter_ids == {centre.pk}
        assert [str(counter.agency) for counter in user.counters] == [str(centre.agency)]
        assert not user.sees_everything
        assert str(user.main_posting.agency) == str(centre.agency)

    assert len(queries) == 1
