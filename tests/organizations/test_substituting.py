"""Standing in for a colleague: whose work it is, for how long, and what is recorded of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from dossiers import access, lifecycle, sealing, worklists
from dossiers.access import Act
from dossiers.holding import Target
from dossiers.models import Dossier
from organizations import substituting
from organizations.models import AdministrationEntry, Membership, Substitution, User
from organizations.roles import Role
from organizations.substituting import Leave, SubstitutionRefused
from tests.conftest import NOW, Desk
from tests.organizations.leave import leave_of

OPINION = lifecycle.Proposal(opinion="Đủ điều kiện.")


def again(user: User) -> User:
    """The person as the next request finds them."""
    return User.objects.get(pk=user.pk)


def taken(desk: Desk) -> Dossier:
    dossier = desk.accept()
    lifecycle.transfer(target=Target(code=dossier.code), actor=desk.clerk, at=NOW)
    return lifecycle.take(target=Target(code=dossier.code), actor=desk.officer, at=NOW)


def to_do(user: User) -> list[str]:
    listed = worklists.dossiers_of(worklists.MINE, user=again(user), at=NOW)
    return list(listed.values_list("code", flat=True))


def test_the_work_of_the_absent_one_shows_in_the_substitutes_list(desk: Desk, second_officer):
    dossier = taken(desk)
    assert dossier.code not in to_do(second_officer)

    leave_of(desk)

    assert dossier.code in to_do(second_officer)
    assert dossier.code in to_do(desk.officer)


def test_new_work_during_the_leave_shows_too(desk: Desk, second_officer):
    leave_of(desk)

    dossier = taken(desk)

    assert dossier.code in to_do(second_officer)


def test_an_act_records_on_whose_behalf_it_was_done(desk: Desk, second_officer, sign_in):
    dossier = taken(desk)
    leave_of(desk)

    lifecycle.propose(
        target=Target(code=dossier.code), proposal=OPINION, actor=again(second_officer), at=NOW
    )

    event = dossier.events.order_by("sequence").last()
    assert event.actor == second_officer
    assert event.data["on_behalf_of"] == "Lê Thị Oanh"
    assert event.data["on_behalf_of_id"] == desk.officer.pk
    assert sealing.verify().broken is None
    page = sign_in(desk.head).get(dossier.get_absolute_url()).content.decode()
    assert "Xử lý thay Lê Thị Oanh." in page


def test_ones_own_act_is_on_nobodys_behalf(desk: Desk, second_officer):
    dossier = taken(desk)
    leave_of(desk)

    lifecycle.propose(
        target=Target(code=dossier.code), proposal=OPINION, actor=again(desk.officer), at=NOW
    )

    assert "on_behalf_of" not in dossier.events.order_by("sequence").last().data


@pytest.mark.parametrize("days", [(1, 3), (-3, -1)], ids=["not begun", "over"])
def test_it_begins_and_ends_by_itself_with_its_days(desk: Desk, second_officer, days):
    dossier = taken(desk)
    standing, today = leave_of(desk), timezone.localdate()
    Substitution.objects.filter(pk=standing.pk).update(
        first_day=today + timedelta(days=days[0]), last_day=today + timedelta(days=days[1])
    )

    assert dossier.code not in to_do(second_officer)
    with pytest.raises(PermissionDenied):
        access.require(again(second_officer), dossier, Act.PROPOSE)


def test_ended_early_it_is_over_at_once_and_stays_on_record(desk: Desk, second_officer):
    dossier, standing = taken(desk), leave_of(desk)

    substituting.end(pk=standing.pk, actor=desk.head, at=timezone.now(), today=timezone.localdate())

    assert dossier.code not in to_do(second_officer)
    assert Substitution.objects.get().ended_by == desk.head
    sentences = AdministrationEntry.objects.order_by("pk").values_list("sentence", flat=True)
    assert [sentence.split(" tại ")[0] for sentence in sentences] == [
        "Hồ Hữu Phúc xử lý thay",
        "Thôi phân công Hồ Hữu Phúc xử lý thay.",
    ]


def test_who_loses_the_post_loses_the_work(desk: Desk, second_officer):
    """The role is asked each time, not kept with the substitution."""
    dossier = taken(desk)
    leave_of(desk)

    Membership.objects.filter(user=second_officer).delete()

    assert dossier.code not in to_do(second_officer)


def test_standing_in_raises_nobodys_role(desk: Desk, second_officer):
    leave_of(desk)
    substitute = again(second_officer)

    assert not substitute.has_role(Role.HEAD)
    assert substitute.agency_ids_for(Role.OFFICER) == {desk.agency.pk}


def test_who_handles_a_dossier_for_another_does_not_sign_its_apology(desk: Desk, second_officer):
    """Both in one person: the rule for the assignee holds for who stands in."""
    dossier = taken(desk)
    leave_of(desk)

    assert access.handles(again(second_officer), dossier)


def refused(desk: Desk, actor: User, **facts) -> str:
    today = timezone.localdate()
    known = {"absent": desk.officer, "agency": desk.agency, "first_day": today, "last_day": today}
    with pytest.raises(ValidationError) as refusal:
        substituting.name(
            leave=Leave(**(known | facts)), actor=actor, at=timezone.now(), today=today
        )
    return " ".join(refusal.value.messages)


def test_what_cannot_be_is_refused_in_a_sentence(desk: Desk, second_officer, foreign_officer):
    today = timezone.localdate()
    ask = desk.officer

    assert "cùng cơ quan" in refused(desk, ask, substitute=foreign_officer)
    assert "cùng cơ quan" in refused(desk, ask, substitute=desk.head)
    assert "người khác" in refused(desk, ask, substitute=desk.officer)
    yesterday = today - timedelta(days=1)
    assert "trước hôm nay" in refused(desk, ask, substitute=second_officer, first_day=yesterday)
    long = today + timedelta(days=400)
    assert "sáu tháng" in refused(desk, ask, substitute=second_officer, last_day=long)


def test_one_substitute_at_a_time(desk: Desk, second_officer, commune_clerk):
    leave_of(desk)

    sentence = refused(desk, desk.officer, substitute=second_officer)

    assert "đã có người xử lý thay" in sentence


def test_a_substitute_who_is_away_too_is_refused(desk: Desk, second_officer):
    leave_of(desk)
    today = timezone.localdate()
    back = Leave(
        absent=second_officer,
        substitute=desk.officer,
        agency=desk.agency,
        first_day=today,
        last_day=today,
    )

    with pytest.raises(SubstitutionRefused, match="cũng nghỉ"):
        substituting.name(leave=back, actor=second_officer, at=timezone.now(), today=today)


@pytest.mark.parametrize("who", ["head", "administrator", "officer"])
def test_the_person_the_head_and_the_administrator_may_name(
    desk: Desk, second_officer, administrator, who
):
    actor = {"head": desk.head, "administrator": administrator, "officer": desk.officer}[who]
    today = timezone.localdate()
    leave = Leave(
        absent=desk.officer,
        substitute=second_officer,
        agency=desk.agency,
        first_day=today,
        last_day=today,
    )

    assert substituting.name(leave=leave, actor=actor, at=timezone.now(), today=today).pk


def test_nobody_else_may(desk: Desk, second_officer, foreign_head):
    today = timezone.localdate()
    leave = Leave(
        absent=desk.officer,
        substitute=second_officer,
        agency=desk.agency,
        first_day=today,
        last_day=today,
    )
    for actor in (second_officer, foreign_head):
        with pytest.raises(PermissionDenied):
            substituting.name(leave=leave, actor=actor, at=timezone.now(), today=today)


# -- The page ----------------------------------------------------------------------------------


def test_a_person_names_and_ends_on_the_page(desk: Desk, second_officer, sign_in):
    client, today = sign_in(desk.officer), timezone.localdate()
    sent = {
        "post": desk.officer.memberships.get().pk,
        "substitute": second_officer.pk,
        "first_day": f"{today:%d/%m/%Y}",
        "last_day": f"{today + timedelta(days=2):%d/%m/%Y}",
    }

    assert client.post("/nghi-phep/", sent)["Location"] == "/nghi-phep/"
    page = client.get("/nghi-phep/").content.decode()
    assert "Hồ Hữu Phúc" in page
    assert client.post("/nghi-phep/", sent).status_code == 422
    standing = Substitution.objects.get()
    assert sign_in(second_officer).post(f"/nghi-phep/{standing.pk}/thoi/").status_code == 403
    assert sign_in(desk.officer).post(f"/nghi-phep/{standing.pk}/thoi/").status_code == 302

    assert Substitution.objects.get().ended_by == desk.officer


def test_an_officer_is_offered_nobody_elses_leave(desk: Desk, second_officer, sign_in):
    page = sign_in(second_officer).get("/nghi-phep/").content.decode()

    assert "Lê Thị Oanh – " not in page


def test_an_officer_is_not_offered_as_the_own_substitute(desk: Desk, second_officer, sign_in):
    names = {
        user: sign_in(user).get("/nghi-phep/").context["form"] for user in (desk.officer, desk.head)
    }

    assert list(names[desk.officer].fields["substitute"].queryset) == [second_officer]
    assert set(names[desk.head].fields["substitute"].queryset) == {desk.officer, second_officer}
