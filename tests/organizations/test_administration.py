"""Administrators manage people and agencies: what they may, what is refused, what is noted."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from knox.models import AuthToken

from organizations import administration
from organizations.administration import AdministrationRefusal
from organizations.folding import sort_key
from organizations.models import (
    AdministrationEntry,
    Agency,
    Membership,
    ServiceCounter,
    User,
)
from organizations.roles import Role
from organizations.statuses import AgencyKind
from organizations.structure import AgencyFacts
from tests.conftest import NOW, make_counter, make_user

pytestmark = pytest.mark.django_db
FACTS = {
    "username": "tuphap.cv9",
    "full_name": "Nguyễn Thị Đào",
    "title": "Chuyên viên",
    "phone": "",
    "email": "",
}


def notes() -> list[str]:
    return list(AdministrationEntry.objects.order_by("id").values_list("sentence", flat=True))


def add(actor: User, agency: Agency, **overrides: Any) -> tuple[User, str]:
    membership = {"role": Role.OFFICER, "agency": agency, "counter": None} | overrides
    return administration.add_user(facts=FACTS, membership=membership, actor=actor, at=NOW)


@pytest.fixture
def local(commune: Agency) -> User:
    """Administers one commune and nothing else."""
    return make_user("sen", "Hồ Thị Sen", commune, Role.ADMINISTRATOR)


# -- People ------------------------------------------------------------------------


def test_a_new_person_signs_in_once_with_the_password_and_must_change_it(
    administrator: User, justice: Agency
) -> None:
    user, password = add(administrator, justice)

    browser = Client()
    answer = browser.post(
        reverse("organizations:sign_in"), {"username": user.username, "password": password}
    )
    after = browser.get(reverse("dossiers:worklist"))

    assert answer.status_code == 302
    assert after["Location"] == reverse("organizations:password_change")
    assert notes() == [
        "Thêm người dùng Nguyễn Thị Đào (tuphap.cv9).",
        "Thêm vai trò Công chức giải quyết tại Sở Tư pháp tỉnh Nghệ An.",
    ]


def test_a_refused_role_leaves_no_person_behind(administrator: User, justice: Agency) -> None:
    with pytest.raises(ValidationError):
        add(administrator, justice, role=Role.COUNTER)

    assert not User.objects.filter(username="tuphap.cv9").exists()
    assert notes() == []


def test_a_counter_of_another_agency_is_refused(
    administrator: User, justice: Agency, centre: ServiceCounter
) -> None:
    with pytest.raises(AdministrationRefusal) as refusal:
        add(administrator, justice, role=Role.COUNTER, counter=centre)

    assert refusal.value.code == "counter_elsewhere"


def test_a_reset_password_ends_sessions_and_tokens_and_is_nowhere_written(
    administrator: User, officer: User
) -> None:
    browser = Client()
    browser.force_login(officer, backend="organizations.backends.MembershipBackend")
    AuthToken.objects.create(user=officer)

    password = administration.reset_password(user=officer, actor=administrator, at=NOW)

    officer.refresh_from_db()
    assert officer.check_password(password)
    assert officer.must_change_password
    assert browser.get(reverse("dossiers:worklist")).status_code == 302
    assert not AuthToken.objects.exists()
    assert password not in " ".join(notes())


def test_one_time_passwords_differ_and_can_be_read_aloud() -> None:
    made = {administration.one_time_password() for _ in range(50)}

    assert len(made) == 50
    assert all(len(password) == 14 and not set("01lio") & set(password) for password in made)


def test_a_barred_person_is_out_at_once(administrator: User, officer: User) -> None:
    browser = Client()
    browser.force_login(officer, backend="organizations.backends.MembershipBackend")

    administration.change_user(
        user=officer, changed={"is_active": False}, actor=administrator, at=NOW
    )

    assert browser.get(reverse("dossiers:worklist")).status_code == 302
    assert notes() == ["Sửa Lê Thị Oanh: được đăng nhập: có → không."]


def test_what_did_not_change_leaves_no_note(administrator: User, officer: User) -> None:
    administration.change_user(
        user=officer, changed={"full_name": officer.full_name}, actor=administrator, at=NOW
    )

    assert notes() == []


def test_nobody_bars_themselves_or_gives_up_their_own_administration(administrator: User) -> None:
    with pytest.raises(AdministrationRefusal) as barred:
        administration.change_user(
            user=administrator, changed={"is_active": False}, actor=administrator, at=NOW
        )
    with pytest.raises(AdministrationRefusal) as given_up:
        administration.unpost(
            membership=administrator.memberships.get(), actor=administrator, at=NOW
        )

    assert (barred.value.code, given_up.value.code) == ("own_account", "own_account")


def test_roles_come_and_go_with_a_note(administrator: User, officer: User, justice: Agency) -> None:
    membership = administration.post(
        user=officer,
        membership={"role": Role.HEAD, "agency": justice, "counter": None},
        actor=administrator,
        at=NOW,
    )
    administration.unpost(membership=membership, actor=administrator, at=NOW)

    assert [note.split()[0] for note in notes()] == ["Thêm", "Bỏ"]
    assert officer.memberships.count() == 1


def test_a_local_administrator_reaches_no_further_than_their_agency(
    local: User, officer: User, justice: Agency, commune: Agency, administrator: User
) -> None:
    mine, _ = add(local, commune)

    with pytest.raises(AdministrationRefusal) as elsewhere:
        administration.post(
            user=mine,
            membership={"role": Role.OFFICER, "agency": justice, "counter": None},
            actor=local,
            at=NOW,
        )
    with pytest.raises(AdministrationRefusal) as others:
        administration.reset_password(user=officer, actor=local, at=NOW)
    with pytest.raises(AdministrationRefusal):
        administration.reset_password(user=administrator, actor=local, at=NOW)
    with pytest.raises(AdministrationRefusal):
        administration.change_agency(agency=justice, changed={"phone": "1"}, actor=local, at=NOW)

    assert {elsewhere.value.code, others.value.code} == {"out_of_reach"}


def test_one_who_works_in_two_places_is_not_for_the_administrator_of_one(
    local: User, officer: User, commune: Agency
) -> None:
    Membership.objects.create(user=officer, agency=commune, role=Role.OFFICER)

    with pytest.raises(AdministrationRefusal):
        administration.reset_password(user=officer, actor=local, at=NOW)


@pytest.mark.parametrize("who", ["clerk", "officer", "head", "supervisor"])
def test_no_other_role_administers(
    request: pytest.FixtureRequest, who: str, second_officer: User, justice: Agency
) -> None:
    actor = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        administration.reset_password(user=second_officer, actor=actor, at=NOW)
    with pytest.raises(PermissionDenied):
        administration.change_agency(agency=justice, changed={"phone": "1"}, actor=actor, at=NOW)


# -- Agencies ----------------------------------------------------------------------


def test_an_agency_is_added_below_and_changed_with_before_and_after(
    administrator: User, province: Agency
) -> None:
    facts = AgencyFacts(
        code="H41.99", name="Sở Mới", short_name="Sở Mới", kind=AgencyKind.DEPARTMENT, place="Vinh"
    )
    agency = administration.add_agency(
        facts=facts, parent=province, schedule=province.schedule, actor=administrator, at=NOW
    )

    # The next request asks anew what this person reaches.
    later = User.objects.get(pk=administrator.pk)
    administration.change_agency(
        agency=agency, changed={"name": "Ban Mới", "phone": "0238"}, actor=later, at=NOW
    )

    agency.refresh_from_db()
    assert agency.path
    assert agency.path.startswith(str(province.path))
    assert agency.sort_key == sort_key("Ban Mới")
    assert notes()[-1] == (
        "Sửa Ban Mới: tên cơ quan: “Sở Mới” → “Ban Mới”; điện thoại: trống → “0238”."
    )


def test_an_agency_with_working_agencies_below_it_is_not_closed(
    administrator: User, province: Agency, justice: Agency
) -> None:
    with pytest.raises(AdministrationRefusal) as refusal:
        administration.change_agency(
            agency=province, changed={"is_active": False}, actor=administrator, at=NOW
        )

    assert refusal.value.code == "has_children"


# -- The pages ---------------------------------------------------------------------


def test_a_person_is_added_in_the_browser_and_the_password_is_shown_once(
    sign_in: Any, administrator: User, justice: Agency
) -> None:
    browser = sign_in(administrator)
    form = {**FACTS, "role": "officer", "agency": justice.pk}

    shown = browser.post(reverse("organizations:add_person"), form)
    again = browser.post(reverse("organizations:add_person"), form)

    user = User.objects.get(username="tuphap.cv9")
    assert user.check_password(shown.context["password"])
    assert shown.context["password"] in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert again.status_code == 422
    page = browser.get(reverse("organizations:person", args=[user.pk])).content.decode()
    assert shown.context["password"] not in page
    assert "Thêm người dùng Nguyễn Thị Đào (tuphap.cv9)." in page


@pytest.mark.parametrize(
    "wrong", [{"username": "Đào"}, {"role": "king"}, {"agency": "0"}, {"email": "x"}]
)
def test_bad_input_adds_nobody(
    sign_in: Any, administrator: User, justice: Agency, wrong: dict[str, str]
) -> None:
    form = {**FACTS, "role": "officer", "agency": justice.pk, **wrong}

    answer = sign_in(administrator).post(reverse("organizations:add_person"), form)

    assert answer.status_code == 422
    assert not User.objects.filter(full_name="Nguyễn Thị Đào").exists()


def test_places_and_people_out_of_reach_are_missing(
    sign_in: Any, local: User, officer: User, justice: Agency, centre: ServiceCounter
) -> None:
    browser = sign_in(local)

    answers = [
        browser.get(reverse("organizations:person", args=[officer.pk])),
        browser.post(reverse("organizations:reset_password", args=[officer.pk])),
        browser.get(reverse("organizations:agency", args=[justice.pk])),
        browser.get(reverse("organizations:counter", args=[centre.pk])),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert "Lê Thị Oanh" not in browser.get("/quan-tri/nguoi-dung/").content.decode()


def test_roles_and_facts_change_on_the_page_of_a_person(
    sign_in: Any, administrator: User, officer: User, justice: Agency
) -> None:
    browser = sign_in(administrator)
    page = reverse("organizations:person", args=[officer.pk])
    role = {"role": "head", "agency": justice.pk}

    browser.post(reverse("organizations:post_person", args=[officer.pk]), role)
    twice = browser.post(reverse("organizations:post_person", args=[officer.pk]), role)
    browser.post(page, {"full_name": "Lê Thị Oanh", "title": "Trưởng phòng", "is_active": "on"})
    held = officer.memberships.get(role=Role.HEAD)
    browser.post(reverse("organizations:unpost_person", args=[officer.pk, held.pk]))

    officer.refresh_from_db()
    assert twice.status_code == 422
    assert "Người này đã có vai trò đó tại cơ quan." in twice.content.decode()
    assert officer.title == "Trưởng phòng"
    assert not officer.memberships.filter(role=Role.HEAD).exists()


def test_counters_are_added_and_closed_on_their_pages(
    sign_in: Any, administrator: User, commune: Agency
) -> None:
    browser = sign_in(administrator)
    form = {"name": "Trung tâm", "address": "Xóm Sen", "phone": "0238", "is_active": "on"}

    browser.post(reverse("organizations:add_counter", args=[commune.pk]), form)
    counter = ServiceCounter.objects.get(name="Trung tâm")
    browser.post(reverse("organizations:counter", args=[counter.pk]), {**form, "is_active": ""})

    counter.refresh_from_db()
    assert not counter.is_active


def test_an_agency_is_added_and_changed_on_its_pages(
    sign_in: Any, administrator: User, province: Agency
) -> None:
    browser = sign_in(administrator)
    form = {
        "parent": province.pk,
        "code": "H41.99",
        "kind": "department",
        "name": "Sở Mới",
        "short_name": "Sở Mới",
        "place": "Vinh",
        "schedule": province.schedule_id,
    }

    wrong = browser.post(reverse("organizations:add_agency"), {**form, "code": "x"})
    browser.post(reverse("organizations:add_agency"), form)
    twice = browser.post(reverse("organizations:add_agency"), form)

    assert (wrong.status_code, twice.status_code) == (422, 422)
    assert Agency.objects.get(code="H41.99").parent == province


def test_the_lists_ask_few_questions(
    sign_in: Any, administrator: User, justice: Agency, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        make_user(f"nguoi{number}", f"Người {number}", justice, Role.OFFICER)
        make_counter(justice, f"Quầy {number}")
    browser = sign_in(administrator)
    browser.get("/quan-tri/nguoi-dung/")

    for address in ("/quan-tri/nguoi-dung/?q=người", "/quan-tri/co-quan/?q=tư",
                    reverse("organizations:agency", args=[justice.pk])):  # fmt: skip
        with django_assert_max_num_queries(8):
            assert browser.get(address).status_code == 200


# -- The journal -------------------------------------------------------------------


def test_the_journal_refuses_change_and_unknown_subjects(
    administrator: User, officer: User
) -> None:
    administration.reset_password(user=officer, actor=administrator, at=NOW)
    odd = AdministrationEntry(subject="moon", subject_id=1, sentence="x", made_at=NOW)

    with pytest.raises(DatabaseError, match="không sửa"), transaction.atomic():
        AdministrationEntry.objects.update(sentence="khác")
    with pytest.raises(DatabaseError, match="không sửa"), transaction.atomic():
        AdministrationEntry.objects.all().delete()
    with pytest.raises(ValidationError, match="Đối tượng của nhật ký"):
        odd.validate_constraints()
    with pytest.raises(IntegrityError, match="administration_subject_is_known"):
        odd.save()
