"""The lists that people work from: what each role finds in each, and that the counts agree."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dossiers import intake, lifecycle, worklists
from dossiers.holding import Target
from dossiers.models import Dossier
from organizations.models import Membership, User
from organizations.roles import Role
from procedures.statuses import ChannelKind
from tests.conftest import NOW, Desk, make_request, make_version
from tests.dossiers.moving import walked

DUE_DAY = NOW + timedelta(days=7)  # Friday 09:00; promised for 17:00
AFTER = NOW + timedelta(days=8)


@pytest.fixture
def everything(desk: Desk, construction) -> dict[str, Dossier]:
    """A dossier in every state, all of Justice but one."""
    online = desk.request(channel=ChannelKind.ONLINE)
    foreign = make_version(construction, code="1.009999", name="Cấp giấy phép xây dựng")
    found = {name: walked(desk, act) for name, act in (
        ("accepted", "accept"), ("unassigned", "transfer"), ("taken", "take"),
        ("proposed", "propose"), ("resolved", "approve"), ("returned", "return"),
    )}  # fmt: skip
    found["submitted"] = intake.submit(request=online, at=NOW)
    found["refused"] = intake.refuse(
        request=desk.request(), reason="Thiếu giấy tờ.", actor=desk.clerk, at=NOW
    )
    found["foreign"] = intake.accept(
        request=make_request(foreign, construction, desk.counter), actor=desk.clerk, at=NOW
    )
    return found


@pytest.fixture
def people(
    desk, second_officer, foreign_officer, deputy_head, foreign_head, commune_clerk, supervisor,
    administrator,
) -> dict[str, User]:  # fmt: skip
    return {
        "clerk": desk.clerk, "commune_clerk": commune_clerk, "officer": desk.officer,
        "second_officer": second_officer, "foreign_officer": foreign_officer, "head": desk.head,
        "deputy_head": deputy_head, "foreign_head": foreign_head, "supervisor": supervisor,
        "administrator": administrator,
    }  # fmt: skip


OF_JUSTICE = {"accepted", "unassigned", "taken", "proposed", "resolved", "returned", "submitted",
              "refused"}  # fmt: skip
RUNNING = {"accepted", "unassigned", "taken", "proposed"}
NEEDS = {
    "clerk": {"submitted", "accepted", "resolved", "foreign"},
    "commune_clerk": set(),
    "officer": {"unassigned", "taken"},
    "second_officer": {"unassigned"},
    "foreign_officer": set(),
    "head": {"unassigned", "proposed"},
    "deputy_head": {"unassigned", "proposed"},
    "foreign_head": set(),
    "supervisor": set(),
    "administrator": set(),
}
SEES = {
    "clerk": OF_JUSTICE | {"foreign"},
    "commune_clerk": set(),
    "officer": OF_JUSTICE,
    "second_officer": OF_JUSTICE,
    "foreign_officer": {"foreign"},
    "head": OF_JUSTICE,
    "deputy_head": OF_JUSTICE,
    "foreign_head": {"foreign"},
    "supervisor": OF_JUSTICE | {"foreign"},
    "administrator": set(),
}


def listed(tab, user, everything, at=NOW):
    """The names of the dossiers in a list."""
    names = {dossier.pk: name for name, dossier in everything.items()}
    return {names[row.pk] for row in worklists.dossiers_of(tab, user=user, at=at)}


@pytest.mark.parametrize("who", NEEDS)
def test_each_person_finds_what_waits_for_them(everything, people, who):
    assert listed(worklists.MINE, people[who], everything) == NEEDS[who]


@pytest.mark.parametrize("who", SEES)
def test_the_other_lists_show_what_the_person_may_see(everything, people, who):
    user, open_of_theirs = people[who], SEES[who] & (RUNNING | {"foreign"})

    assert listed(worklists.ALL, user, everything) == SEES[who]
    assert listed(worklists.OVERDUE, user, everything) == set()
    assert listed(worklists.OVERDUE, user, everything, AFTER) == open_of_theirs
    assert listed(worklists.DUE_SOON, user, everything) == set()
    assert listed(worklists.DUE_SOON, user, everything, DUE_DAY) == open_of_theirs
    assert listed(worklists.TO_RETURN, user, everything) == SEES[who] & {"resolved"}


@pytest.mark.parametrize("at", [NOW, DUE_DAY, AFTER])
@pytest.mark.parametrize("who", NEEDS)
def test_counts_are_the_lengths_of_the_lists(everything, people, who, at):
    user = people[who]

    counted = worklists.counts(user, at=at)

    lengths = {
        tab.key: worklists.dossiers_of(tab, user=user, at=at).count()
        for tab in worklists.TABS
        if tab is not worklists.ALL
    }
    assert counted == lengths
    assert worklists.waiting(user)["dossiers"].count() == lengths[worklists.MINE.key]


def test_the_promised_moment_itself_is_not_late(desk, everything):
    due = Dossier.objects.get(pk=everything["taken"].pk).due_at

    assert "taken" in listed(worklists.DUE_SOON, desk.officer, everything, due)
    assert "taken" not in listed(worklists.OVERDUE, desk.officer, everything, due)


def test_due_soon_begins_at_its_moment(desk, everything):
    begins = Dossier.objects.get(pk=everything["taken"].pk).remind_at
    moment = timedelta(microseconds=1)

    assert "taken" not in listed(worklists.DUE_SOON, desk.officer, everything, begins - moment)
    assert "taken" in listed(worklists.DUE_SOON, desk.officer, everything, begins)


def test_what_one_proposed_oneself_does_not_wait_for_oneself(desk, justice):
    Membership.objects.create(user=desk.head, agency=justice, role=Role.OFFICER)
    both = User.objects.get(pk=desk.head.pk)
    target = Target(code=walked(desk, "transfer").code)
    lifecycle.take(target=target, actor=both, at=NOW)
    assert worklists.dossiers_of(worklists.MINE, user=both, at=NOW).count() == 1

    lifecycle.propose(target=target, proposal=lifecycle.Proposal(opinion="Đủ."), actor=both, at=NOW)

    assert worklists.dossiers_of(worklists.MINE, user=both, at=NOW).count() == 0


def test_several_roles_add_up_without_doubles(everything, people, justice):
    clerk = people["clerk"]
    Membership.objects.create(user=clerk, agency=justice, role=Role.HEAD)
    both = User.objects.get(pk=clerk.pk)
    mine = worklists.dossiers_of(worklists.MINE, user=both, at=NOW)

    assert listed(worklists.MINE, both, everything) == NEEDS["clerk"] | NEEDS["head"]
    assert mine.count() == len(NEEDS["clerk"] | NEEDS["head"])


def test_what_waits_is_sorted_by_when_one_must_act(everything, people):
    order = worklists.MINE.order
    rows = worklists.dossiers_of(worklists.MINE, user=people["clerk"], at=NOW)

    moments = [row.act_by for row in rows.order_by(*order.forward())]

    assert moments == sorted(moments)
    assert None not in moments


def test_all_counts_cost_one_query(everything, people):
    head = people["head"]
    assert head.postings

    with CaptureQueriesContext(connection) as queries:
        worklists.counts(head, at=NOW)

    assert len(queries) == 1


@pytest.mark.parametrize(
    ("who", "tab"),
    [
        ("clerk", worklists.MINE),
        ("officer", worklists.MINE),
        ("head", worklists.MINE),
        ("supervisor", worklists.OVERDUE),
        ("administrator", worklists.OVERDUE),
    ],
)
def test_each_role_begins_with_its_own_list(people, who, tab):
    assert worklists.home_tab(people[who]) is tab


def test_every_list_has_a_word_and_says_what_its_emptiness_means():
    assert len(worklists.BY_KEY) == len(worklists.TABS) == 6
    assert all(tab.label and tab.empty.endswith(".") for tab in worklists.TABS)
