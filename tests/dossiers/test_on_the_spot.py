"""4 tại chỗ: one page from reception to return, two persons, every event in the ledger."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from dossiers import lifecycle, on_the_spot, sealing, worklists
from dossiers.holding import ActRefused, Target
from dossiers.lifecycle import Proposal
from dossiers.models import Dossier
from procedures.models import ProcedureAssignment
from tests.conftest import NOW, Desk

HOUR = timedelta(hours=1)
OPINION = {"stage": "appraise", "opinion": "Đủ điều kiện."}
RESULT = {
    "stage": "approve",
    "number": "12/KQ-STP",
    "issued_date": "13/11/2026",
    "signer_name": "Nguyễn Thị Hòa",
    "signer_title": "Giám đốc Sở",
}
RECIPIENT = {"stage": "return", "recipient_name": "Nguyễn Thị Đào", "method": "counter"}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW + HOUR, tick=False):
        yield


@pytest.fixture
def given(desk: Desk) -> Dossier:
    """A dossier of a procedure whose authority the counter has."""
    ProcedureAssignment.objects.update(on_the_spot=True)
    return desk.accept()


def address(dossier: Dossier) -> str:
    return reverse("dossiers:on_the_spot", args=[dossier.code])


def sent(client, dossier: Dossier, facts: dict):
    version = Dossier.objects.get(pk=dossier.pk).event_count
    return client.post(address(dossier), {**facts, "version": version}, follow=True)


def test_one_page_leads_from_reception_to_return(desk, given, sign_in):
    clerk = sign_in(desk.clerk)
    assert address(given) in clerk.get(given.get_absolute_url()).content.decode()

    waits = sent(clerk, given, OPINION).content.decode()
    assert "Chờ lãnh đạo Sở Tư pháp tỉnh Nghệ An ký" in waits
    signed = sent(sign_in(desk.head), given, RESULT).content.decode()
    assert "Đã phê duyệt kết quả." in signed
    done = sent(sign_in(desk.clerk), given, RECIPIENT).content.decode()

    assert "Hồ sơ được giải quyết xong tại chỗ." in done
    given.refresh_from_db()
    assert given.status == "returned"
    assert (given.proposed_by, given.approved_by) == (desk.clerk, desk.head)
    assert given.result.signer_name == "Nguyễn Thị Hòa"
    assert list(given.events.order_by("sequence").values_list("kind", "actor_name")) == [
        ("accepted", "Trần Thị Bình"),
        ("transferred", "Trần Thị Bình"),
        ("assigned", "Trần Thị Bình"),
        ("proposed", "Trần Thị Bình"),
        ("approved", "Nguyễn Thị Hòa"),
        ("returned", "Trần Thị Bình"),
    ]
    assert given.steps.filter(finished_at__isnull=True).count() == 0
    assert sealing.verify().broken is None


def test_without_authority_there_is_no_such_page_and_no_such_act(desk, sign_in):
    dossier = desk.accept()

    assert sign_in(desk.clerk).get(address(dossier)).status_code == 404
    with pytest.raises(ActRefused, match="không được giao giải quyết tại chỗ"):
        on_the_spot.appraise(
            target=Target(code=dossier.code),
            proposal=Proposal(opinion="Đủ."),
            actor=desk.clerk,
            at=NOW,
        )
    assert dossier.events.count() == 1


def test_each_stage_belongs_to_its_own_people(desk, given, sign_in, commune_clerk, supervisor):
    assert sent(sign_in(desk.head), given, OPINION).status_code == 403
    assert sent(sign_in(supervisor), given, OPINION).status_code == 403
    assert sign_in(commune_clerk).get(address(given)).status_code == 404
    sent(sign_in(desk.clerk), given, OPINION)

    assert sent(sign_in(desk.clerk), given, RESULT).status_code == 403


def test_a_second_click_and_a_stale_page_change_nothing(desk, given, sign_in):
    client = sign_in(desk.clerk)
    first = {**OPINION, "version": given.event_count}

    client.post(address(given), first)
    again = client.post(address(given), first, follow=True)

    assert "Hồ sơ vừa sang bước khác." in again.content.decode()
    assert given.events.filter(kind="proposed").count() == 1


def test_faults_are_said_and_what_was_entered_is_kept(desk, given, sign_in):
    client = sign_in(desk.clerk)

    empty = client.post(address(given), {"stage": "appraise", "version": given.event_count})
    sent(client, given, OPINION)
    early = sent(sign_in(desk.head), given, {**RESULT, "issued_date": "12/11/2026"})

    assert empty.status_code == early.status_code == 400
    assert "Hãy ghi ý kiến thẩm định" in empty.content.decode()
    assert "Ngày ban hành phải từ ngày tiếp nhận" in early.content.decode()
    assert "12/KQ-STP" in early.content.decode()


def test_what_the_head_sends_back_is_the_counters_again(desk, given, sign_in):
    client = sign_in(desk.clerk)
    sent(client, given, OPINION)
    lifecycle.send_back(
        target=Target(code=given.code), reason="Làm rõ.", actor=desk.head, at=NOW + HOUR
    )

    mine = worklists.dossiers_of(worklists.MINE, user=desk.clerk, at=NOW)
    assert given in mine
    assert "Đã thẩm định và trình" in sent(sign_in(desk.clerk), given, OPINION).content.decode()


def test_the_waiting_page_asks_again_and_hears_nothing_until_something_happened(
    desk, given, sign_in
):
    sent(sign_in(desk.clerk), given, OPINION)
    count = Dossier.objects.get(pk=given.pk).event_count
    part = {"HX-Request": "true"}

    same = sign_in(desk.clerk).get(address(given), {"da": count}, headers=part)
    fresh = sign_in(desk.clerk).get(address(given), {"da": count - 1}, headers=part)

    assert same.status_code == 204
    assert fresh.content.decode().startswith('<ol class="timeline">')


def test_the_page_of_the_dossier_has_one_first_thing_to_do(desk, given, sign_in):
    """The act of the state and the way to the one page were both drawn as the first."""
    shown = sign_in(desk.clerk).get(given.get_absolute_url()).content.decode()
    # What only shows when an act is unfolded has a button of its own.
    unfolded = re.sub(r'<form class="confirm__question".*?</form>', "", shown, flags=re.DOTALL)

    assert "Việc tiếp theo" in unfolded
    assert re.findall(r'<\w+ class="[^"]*button--primary[^"]*"', unfolded) == [
        '<a class="button button--primary button--wide"'
    ]
