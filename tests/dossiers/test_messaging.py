"""Telling the applicant: what is written to whom, in the act itself, and on the timeline."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse

from dossiers import intake, lifecycle, presenting
from dossiers.holding import Target
from dossiers.lifecycle import Proposal, ResultFacts
from dossiers.models import Dossier
from dossiers.statuses import ReturnMethod
from notifications.models import Message
from notifications.statuses import ChannelPreference, MessageChannel
from procedures.statuses import ChannelKind
from tests.conftest import APPLICANT, NOW, Desk

REACHABLE = replace(APPLICANT, phone="0912 345 678", email="dao@example.vn")


def resolve(desk: Desk, dossier: Dossier) -> Dossier:
    target = Target(code=dossier.code)
    lifecycle.transfer(target=target, actor=desk.clerk, at=NOW)
    lifecycle.take(target=target, actor=desk.officer, at=NOW)
    lifecycle.propose(
        target=target, proposal=Proposal(opinion="Đủ điều kiện"), actor=desk.officer, at=NOW
    )
    facts = ResultFacts(
        number="12/KQ", issued_date=date(2026, 11, 13), signer_name="A", signer_title="Giám đốc"
    )
    return lifecycle.approve(target=target, result=facts, actor=desk.head, at=NOW)


def test_at_the_counter_the_receipt_is_the_notice(desk: Desk):
    desk.accept(applicant=REACHABLE)

    assert not Message.objects.exists()


@pytest.mark.parametrize("channel", [ChannelKind.POSTAL, ChannelKind.ONLINE])
def test_who_is_not_there_is_told_of_acceptance(desk: Desk, channel):
    dossier = desk.accept(applicant=REACHABLE, channel=channel, case=None)

    message = Message.objects.get()
    assert (message.subject, message.channel) == (dossier.code, MessageChannel.SMS)
    assert dossier.code in message.body
    assert message.recipient == "84912345678"


def test_the_applicant_is_told_once_that_the_result_is_there(desk: Desk):
    dossier = resolve(desk, desk.accept(applicant=REACHABLE))

    message = Message.objects.get()
    assert message.template == "ready"
    assert message.key.startswith("event:")
    assert desk.counter.name.split()[0] in message.body or "nhan" in message.body.lower()
    lines = presenting.timeline(dossier, dossier.events.order_by("-sequence"))
    assert any("0912***678" in line.sentence for line in lines)


def test_by_post_the_message_says_so(desk: Desk):
    resolve(
        desk,
        desk.accept(
            applicant=replace(REACHABLE, contact_preference=ChannelPreference.EMAIL),
            return_method=ReturnMethod.POST,
            return_address="Vinh",
        ),
    )

    message = Message.objects.get()
    assert message.channel == MessageChannel.EMAIL
    assert "qua dịch vụ bưu chính" in message.body


def test_who_wants_no_messages_gets_none(desk: Desk):
    silent = replace(REACHABLE, contact_preference=ChannelPreference.NONE)

    resolve(desk, desk.accept(applicant=silent))

    assert not Message.objects.exists()


def test_no_address_is_no_obstacle(desk: Desk):
    dossier = resolve(desk, desk.accept(applicant=replace(APPLICANT, phone="", email="")))

    assert dossier.resolved_at == NOW
    assert not Message.objects.exists()


def test_an_act_undone_tells_nobody(desk: Desk):
    request = desk.request(applicant=REACHABLE, channel=ChannelKind.POSTAL, case=None)

    with pytest.raises(RuntimeError, match="power"), transaction.atomic():
        intake.accept(request=request, actor=desk.clerk, at=NOW)
        raise RuntimeError("power")

    assert not Message.objects.exists()
    assert not Dossier.objects.exists()


def test_the_link_is_the_public_page_of_this_dossier(desk: Desk):
    dossier = resolve(desk, desk.accept(applicant=REACHABLE))

    assert reverse("dossiers:look_up_code", args=[dossier.code]) in Message.objects.get().body
