"""The tree of agencies: codes, paths that the database keeps, and moves that it refuses."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from organizations.models import Agency, Membership
from organizations.roles import MAY, Role
from organizations.statuses import AgencyKind
from organizations.structure import AgencyFacts, create_agency, create_user, post
from tests.conftest import make_agency


def facts(**overrides) -> AgencyFacts:
    known = {
        "code": "H41.77",
        "name": "Sở Thử nghiệm tỉnh Nghệ An",
        "short_name": "Sở Thử nghiệm",
        "kind": AgencyKind.DEPARTMENT,
        "place": "Nghệ An",
    }
    return AgencyFacts(**(known | overrides))


@pytest.fixture
def division(schedule, justice):
    return make_agency(schedule, code="H41.15.01", name="Phòng Hộ tịch", parent=justice)


def test_a_path_names_everyone_from_the_root_down(province, justice, division):
    assert province.path == f"/{province.pk}/"
    assert justice.path == f"/{province.pk}/{justice.pk}/"
    assert division.path == f"/{province.pk}/{justice.pk}/{division.pk}/"


def test_within_finds_the_agency_and_everything_below(province, justice, construction, division):
    assert set(Agency.objects.within(justice.path)) == {justice, division}
    assert set(Agency.objects.within(province.path)) == {province, justice, construction, division}


def test_a_number_that_begins_another_is_not_its_parent(schedule, province):
    agencies = [
        make_agency(schedule, code=f"H41.{number}", name=f"Sở {number}", parent=province)
        for number in range(500, 512)
    ]

    found = {agency.pk: set(Agency.objects.within(agency.path)) for agency in agencies}

    assert all(found[agency.pk] == {agency} for agency in agencies)


def test_an_agency_without_children_moves_and_its_path_follows(justice, construction, division):
    division.parent = construction
    division.save(update_fields=["parent"])

    division.refresh_from_db()
    assert division.path == f"{construction.path}{division.pk}/"


def test_an_agency_with_children_does_not_move(justice, construction, division):
    justice.parent = construction

    with pytest.raises(IntegrityError, match="còn cơ quan trực thuộc"), transaction.atomic():
        justice.save(update_fields=["parent"])

    division.refresh_from_db()
    assert division.path.startswith(f"/{justice.parent.parent_id}/{justice.pk}/")


def test_no_agency_gets_below_itself(province, justice):
    """A cycle needs a node that has children at the moment it moves, or points at itself."""
    province.parent = justice
    with pytest.raises(IntegrityError, match="còn cơ quan trực thuộc"), transaction.atomic():
        province.save(update_fields=["parent"])

    justice.parent = justice
    with pytest.raises(IntegrityError, match="agency_is_not_below_itself"), transaction.atomic():
        justice.save(update_fields=["parent"])


def test_other_changes_leave_the_path_alone(justice, division):
    before = justice.path

    justice.name = "Sở Tư pháp"
    justice.save(update_fields=["name"])

    justice.refresh_from_db()
    assert justice.path == before


@pytest.mark.parametrize("code", ["H41", "H41.15", "H41.15.101.G2", "A00", f"H41.{'9' * 31}"])
def test_lawful_codes_are_taken(schedule, code):
    assert create_agency(facts=facts(code=code), parent=None, schedule=schedule).code == code


@pytest.mark.parametrize(
    "code",
    ["", "41", "h41", "H4", "H411", "Z41", "H41.", ".H41", "H41..15", "H41.15 ", "H41-15", "H41.a",
     "H41.Đ", "H41.15\n", f"H41.{'9' * 32}"],
)  # fmt: skip
def test_bad_codes_are_refused(schedule, code):
    with pytest.raises(ValidationError) as refused:
        create_agency(facts=facts(code=code), parent=None, schedule=schedule)

    assert not Agency.objects.exists()
    assert "code" in refused.value.message_dict or "dạng H41.15" in refused.value.messages[0]


def test_a_code_is_given_once(schedule, justice):
    with pytest.raises(ValidationError, match="Mã định danh"):
        create_agency(facts=facts(code="H41.15"), parent=None, schedule=schedule)


def test_an_unknown_kind_is_refused(schedule):
    with pytest.raises(ValidationError, match="kind"):
        create_agency(facts=facts(kind="ministry"), parent=None, schedule=schedule)


def test_the_longest_name_still_has_a_place_in_the_order(schedule):
    agency = create_agency(
        facts=facts(name="Trường Đại học " + "Ế" * 185), parent=None, schedule=schedule
    )

    assert len(agency.name) == 200
    assert agency.sort_key.startswith("t0r0")


def test_lists_follow_the_order_of_the_dictionary(schedule, province):
    for number, name in enumerate(["Em", "Đức", "Dũng", "Ân", "Ăn", "Ánh", "An"], start=1):
        make_agency(schedule, code=f"H41.{number}", name=name, parent=province)

    names = [agency.name for agency in Agency.objects.filter(parent=province).in_order()]

    assert names == ["An", "Ánh", "Ăn", "Ân", "Dũng", "Đức", "Em"]


def test_closed_agencies_are_not_active(justice, construction, province):
    construction.is_active = False
    construction.save(update_fields=["is_active"])

    assert set(Agency.objects.active()) == {province, justice}


def test_a_person_is_created_once_with_a_plain_name(db):
    about = {"full_name": "Lê Thị Oanh", "title": "Chuyên viên", "must_change_password": True}
    user = create_user(username="Le.Thi-Oanh_1", password="cánh-đồng-sen", **about)

    assert user.username == "le.thi-oanh_1"
    assert user.check_password("cánh-đồng-sen")
    with pytest.raises(ValidationError, match="Tên đăng nhập"):
        create_user(username="LE.THI-OANH_1", password=None, **about)


@pytest.mark.parametrize("username", ["", "đào", "a b", "-a", "a@b", "x" * 61])
def test_impossible_sign_in_names_are_refused(db, username):
    with pytest.raises(ValidationError, match=r"username|Tên đăng nhập"):
        create_user(
            username=username, full_name="A", title="", password=None, must_change_password=False
        )


def test_without_a_password_nobody_can_sign_in_yet(db):
    user = create_user(
        username="moi", full_name="A", title="", password=None, must_change_password=True
    )

    assert not user.has_usable_password()


def test_people_are_posted_with_a_role(officer, justice, centre, province):
    membership = post(user=officer, agency=province, role=Role.COUNTER, counter=centre)

    assert str(membership) == "Lê Thị Oanh – Cán bộ một cửa"
    with pytest.raises(ValidationError, match="đã có vai trò đó"):
        post(user=officer, agency=province, role=Role.COUNTER, counter=centre)


def test_counter_staff_need_a_counter_and_others_must_not_have_one(officer, province, centre):
    with pytest.raises(ValidationError, match="phải gắn với một bộ phận một cửa"):
        post(user=officer, agency=province, role=Role.COUNTER)
    with pytest.raises(ValidationError, match="vai trò khác thì không"):
        post(user=officer, agency=province, role=Role.HEAD, counter=centre)

    assert Membership.objects.filter(user=officer).count() == 1


def test_each_role_says_what_it_may_do():
    assert set(MAY) == set(Role)
    assert all(sentence.endswith(".") for sentence in MAY.values())
