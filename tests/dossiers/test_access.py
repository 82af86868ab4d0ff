"""Who may see a dossier and do what with it: a table of every act by everyone of the cast."""

from dataclasses import dataclass

import pytest
from django.core.exceptions import PermissionDenied

from dossiers import access, intake, lifecycle, worklists
from dossiers.access import RULES, Act
from dossiers.holding import Target
from dossiers.lifecycle import Proposal
from dossiers.models import Dossier
from dossiers.statuses import TRANSITIONS, DossierStatus
from organizations.models import Agency, Membership, User
from organizations.roles import Role
from tests.conftest import (
    NOW,
    make_agency,
    make_counter,
    make_request,
    make_user,
    make_version,
)


@dataclass
class World:
    """Everyone, and a dossier of each agency."""

    people: dict[str, User]
    justice: Dossier
    construction: Dossier
    commune: Dossier
    division: Dossier

    @property
    def dossiers(self) -> dict[str, Dossier]:
        names = ("justice", "construction", "commune", "division")
        return {name: getattr(self, name) for name in names}


@pytest.fixture
def people(  # the whole cast, by the names that the tables use
    province, justice, centre, clerk, commune_clerk, officer, second_officer, foreign_officer,
    head, deputy_head, foreign_head, supervisor, administrator,
) -> dict[str, User]:  # fmt: skip
    return {
        "clerk": clerk,
        "clerk_beside": make_user(
            "be", "Lê Bê", province, Role.COUNTER, counter=make_counter(province, "Quầy số 2")
        ),
        "commune_clerk": commune_clerk,
        "officer": officer,
        "second_officer": second_officer,
        "foreign_officer": foreign_officer,
        "head": head,
        "deputy_head": deputy_head,
        "foreign_head": foreign_head,
        "province_head": make_user("chu-tich", "Lê Chủ", province, Role.HEAD),
        "province_officer": make_user("chi", "Lê Chi", province, Role.OFFICER),
        "supervisor": supervisor,
        "department_supervisor": make_user("giam-sat", "Lê Giám", justice, Role.SUPERVISOR),
        "administrator": administrator,
        "nobody": User.objects.create(username="ai", full_name="Ai"),
    }


@pytest.fixture
def world(schedule, people, justice, construction, commune, centre, commune_counter) -> World:
    division = make_agency(schedule, code="H41.15.01", name="Phòng Hộ tịch", parent=justice)
    people["division_officer"] = make_user("du", "Lê Du", division, Role.OFFICER)
    people["division_head"] = make_user("dung", "Lê Dũng", division, Role.HEAD)
    version = make_version(justice, construction, commune, division)

    def accepted(agency: Agency, counter, by: str) -> Dossier:
        request = make_request(version, agency, counter)
        return intake.accept(request=request, actor=people[by], at=NOW)

    return World(
        people=people,
        justice=accepted(justice, centre, "clerk"),
        construction=accepted(construction, centre, "clerk"),
        commune=accepted(commune, commune_counter, "commune_clerk"),
        division=accepted(division, centre, "clerk"),
    )


EVERYTHING = {"justice", "construction", "commune", "division"}
AT_THE_CENTRE = {"justice", "construction", "division"}
SEES = {
    "clerk": AT_THE_CENTRE,
    "clerk_beside": AT_THE_CENTRE,
    "commune_clerk": {"commune"},
    "officer": {"justice"},
    "second_officer": {"justice"},
    "foreign_officer": {"construction"},
    "head": {"justice", "division"},
    "deputy_head": {"justice", "division"},
    "foreign_head": {"construction"},
    "province_head": EVERYTHING,
    "province_officer": set(),
    "supervisor": EVERYTHING,
    "department_supervisor": {"justice", "division"},
    "administrator": set(),
    "nobody": set(),
    "division_officer": {"division"},
    "division_head": {"division"},
}


def opens(user: User, dossier: Dossier) -> bool:
    try:
        return access.get_for(user, dossier.code) == dossier
    except Dossier.DoesNotExist:
        return False


@pytest.mark.parametrize("who", SEES)
def test_sets_rows_and_counts_agree_on_what_a_person_sees(world, who):
    user = world.people[who]
    expected = {world.dossiers[name] for name in SEES[who]}

    assert set(Dossier.objects.visible_to(user)) == expected
    assert {dossier for dossier in world.dossiers.values() if opens(user, dossier)} == expected
    listed = worklists.dossiers_of(worklists.ALL, user=user, at=NOW)
    assert listed.count() == len(expected)


def test_the_table_of_sight_names_everyone(world):
    assert set(SEES) == set(world.people)


def test_two_roles_see_what_both_see(world, construction):
    officer = world.people["officer"]
    Membership.objects.create(user=officer, agency=construction, role=Role.HEAD)
    officer = User.objects.get(pk=officer.pk)

    assert set(Dossier.objects.visible_to(officer)) == {world.justice, world.construction}


def test_a_clerk_who_is_also_an_officer_sees_each_dossier_once(world, justice):
    clerk = world.people["clerk"]
    Membership.objects.create(user=clerk, agency=justice, role=Role.OFFICER)
    clerk = User.objects.get(pk=clerk.pk)

    seen = list(Dossier.objects.visible_to(clerk))

    assert sorted(seen, key=lambda dossier: dossier.pk) == [
        world.justice, world.construction, world.division
    ]  # fmt: skip


def test_a_code_that_does_not_exist_looks_like_one_that_may_not_be_seen(world):
    officer = world.people["officer"]

    with pytest.raises(Dossier.DoesNotExist):
        access.get_for(officer, "H41.15-261113-9999")
    with pytest.raises(Dossier.DoesNotExist):
        access.get_for(officer, world.construction.code)


COUNTER_STAFF = {"clerk", "clerk_beside"}
HEADS = {"head", "deputy_head", "province_head"}
ONLY_COUNTER = "Chỉ cán bộ của bộ phận một cửa đã tiếp nhận"
ONLY_HEAD = "Chỉ lãnh đạo cơ quan giải quyết"
# Who may, once the officer has proposed; what all others are told.
TABLE = {
    Act.ACCEPT: (COUNTER_STAFF, ONLY_COUNTER),
    Act.REFUSE: (COUNTER_STAFF, ONLY_COUNTER),
    Act.TRANSFER: (COUNTER_STAFF, ONLY_COUNTER),
    Act.RETURN: (COUNTER_STAFF, ONLY_COUNTER),
    Act.ASSIGN: (HEADS, ONLY_HEAD),
    Act.SEND_BACK: (HEADS, ONLY_HEAD),
    Act.APPROVE: (HEADS, ONLY_HEAD),
    Act.PROPOSE: ({"officer"}, "Chỉ công chức được phân công mới trình được"),
    Act.ADD_FILE: (COUNTER_STAFF | {"officer"}, "mới thêm được tệp"),
    Act.TAKE: (set(), "Chỉ công chức của cơ quan giải quyết mới nhận xử lý"),
    Act.REQUEST_SUPPLEMENT: ({"officer"}, "Chỉ công chức được phân công mới làm được"),
    Act.PAUSE: ({"officer"}, "Chỉ công chức được phân công mới làm được"),
    Act.RECEIVE_SUPPLEMENT: (COUNTER_STAFF, ONLY_COUNTER),
    Act.RESUME: (COUNTER_STAFF | {"officer"}, "hoặc công chức được phân công mới làm được"),
    Act.DECLINE: (HEADS, ONLY_HEAD),
    Act.STOP: (HEADS, ONLY_HEAD),
    Act.SETTLE_FEES: (COUNTER_STAFF, ONLY_COUNTER),
    Act.WITHDRAW: (COUNTER_STAFF, ONLY_COUNTER),
}
TOLD_OTHERWISE = {
    (Act.APPROVE, "officer"): "Người trình không được tự phê duyệt.",
    (Act.DECLINE, "officer"): "Người trình không được tự quyết định từ chối.",
    (Act.TAKE, "officer"): "Hồ sơ này đã do bạn xử lý.",
    (Act.TAKE, "second_officer"): "Hồ sơ đã có người xử lý.",
}


def moved(dossier: Dossier, people: dict[str, User]) -> Dossier:
    """The dossier transferred, taken and proposed."""
    target = Target(code=dossier.code)
    lifecycle.transfer(target=target, actor=people["clerk"], at=NOW)
    lifecycle.take(target=target, actor=people["officer"], at=NOW)
    return lifecycle.propose(
        target=target, proposal=Proposal(opinion="Đủ điều kiện."), actor=people["officer"], at=NOW
    )


def test_the_table_of_acts_names_every_act():
    assert set(TABLE) == set(Act) == set(RULES)


@pytest.mark.parametrize("act", Act)
def test_every_act_by_everyone(world, act):
    dossier = moved(world.justice, world.people)
    allowed, reason = TABLE[act]
    sentences = {who: reason for who in world.people if who not in allowed}
    sentences |= {who: said for (told, who), said in TOLD_OTHERWISE.items() if told == act}

    objections = {who: RULES[act].objection(user, dossier) for who, user in world.people.items()}

    assert {who for who, objection in objections.items() if not objection} == allowed
    assert {
        who: objections[who] for who, said in sentences.items() if said not in objections[who]
    } == {}
    assert all(objection.endswith(".") for objection in objections.values() if objection)


@pytest.mark.parametrize("act", Act)
def test_what_is_objected_to_is_forbidden_with_the_same_sentence(world, act):
    dossier = moved(world.justice, world.people)
    allowed, _ = TABLE[act]

    for who, user in world.people.items():
        if who in allowed:
            access.require(user, dossier, act)
        else:
            with pytest.raises(PermissionDenied) as refused:
                access.require(user, dossier, act)
            assert str(refused.value) == RULES[act].objection(user, dossier)


def test_officers_of_the_agency_alone_may_take_what_nobody_has(world):
    dossier = lifecycle.transfer(
        target=Target(code=world.justice.code), actor=world.people["clerk"], at=NOW
    )

    takers = {
        who for who, user in world.people.items() if not RULES[Act.TAKE].objection(user, dossier)
    }

    assert takers == {"officer", "second_officer"}


def test_who_proposed_does_not_approve_even_as_a_head(world, justice):
    officer = world.people["officer"]
    Membership.objects.create(user=officer, agency=justice, role=Role.HEAD)
    officer = User.objects.get(pk=officer.pk)
    dossier = moved(world.justice, world.people | {"officer": officer})

    assert "Người trình không được tự phê duyệt" in RULES[Act.APPROVE].objection(officer, dossier)
    assert not RULES[Act.SEND_BACK].objection(officer, dossier)


_WAITS = {Act.STOP, Act.WITHDRAW}
OFFERED = {
    DossierStatus.SUBMITTED: {Act.ACCEPT, Act.REFUSE, Act.ADD_FILE, Act.WITHDRAW},
    DossierStatus.ACCEPTED: {Act.TRANSFER, Act.ADD_FILE, Act.WITHDRAW},
    DossierStatus.NOT_ACCEPTED: set(),
    DossierStatus.PROCESSING: {
        Act.TAKE, Act.ASSIGN, Act.PROPOSE, Act.ADD_FILE, Act.REQUEST_SUPPLEMENT, Act.PAUSE,
        *_WAITS,
    },
    DossierStatus.AWAITING_APPROVAL: {
        Act.APPROVE, Act.SEND_BACK, Act.ADD_FILE, Act.DECLINE, Act.WITHDRAW,
    },
    DossierStatus.RESOLVED: {Act.RETURN, Act.ADD_FILE},
    DossierStatus.RETURNED: set(),
    DossierStatus.AWAITING_SUPPLEMENT: {Act.RECEIVE_SUPPLEMENT, *_WAITS},
    DossierStatus.AWAITING_PAYMENT: {Act.RESUME, *_WAITS},
    DossierStatus.DECLINED: set(),
    DossierStatus.STOPPED: set(),
    DossierStatus.WITHDRAWN: set(),
}  # fmt: skip


@pytest.mark.parametrize("status", DossierStatus)
def test_each_state_offers_its_acts_and_no_other(world, status):
    world.justice.status = status

    offered = {offer.act for offer in access.offers(world.people["head"], world.justice)}

    assert offered == OFFERED[status]


def test_ones_own_acts_come_first_and_the_others_say_why_not(world):
    dossier = moved(world.justice, world.people)

    offers = access.offers(world.people["head"], dossier)

    assert [(offer.act, offer.is_allowed) for offer in offers] == [
        (Act.APPROVE, True), (Act.SEND_BACK, True), (Act.DECLINE, True), (Act.ADD_FILE, False),
        (Act.WITHDRAW, False),
    ]  # fmt: skip
    assert offers[-2].objection.endswith("mới thêm được tệp.")


def test_the_likelier_act_comes_first(world):
    world.justice.status = DossierStatus.SUBMITTED

    offers = access.offers(world.people["clerk"], world.justice)

    assert [offer.act for offer in offers] == [
        Act.ACCEPT, Act.REFUSE, Act.ADD_FILE, Act.WITHDRAW,
    ]  # fmt: skip


def test_every_rule_writes_an_event_that_some_state_allows():
    assert all(TRANSITIONS[rule.event] for rule in RULES.values())


def test_people_receive_at_their_own_counter_alone(world, centre, commune_counter, justice):
    access.require_counter(world.people["clerk"], counter=centre, agency=justice)

    for who in set(world.people) - {"clerk"}:
        with pytest.raises(PermissionDenied, match="không trực tại bộ phận một cửa này"):
            access.require_counter(world.people[who], counter=centre, agency=justice)


def test_a_counter_receives_for_the_agencies_that_it_serves(world, commune_counter, justice):
    with pytest.raises(PermissionDenied, match="không tiếp nhận hồ sơ của cơ quan đã chọn"):
        access.require_counter(
            world.people["commune_clerk"], counter=commune_counter, agency=justice
        )
