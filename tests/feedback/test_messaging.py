"""Senders of petitions are told, and those whose result was returned are invited to rate once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dossiers.holding import Target
from feedback import handling, inviting, rating
from feedback.holding import PetitionRefused
from feedback.rating import Answers
from feedback.statuses import Satisfaction
from notifications.models import Message
from notifications.statuses import ChannelPreference, MessageChannel
from tests.conftest import APPLICANT, NOW
from tests.dossiers.moving import walked

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(hours=6)
MAIL = "sau@example.vn"


def told(template):
    return list(Message.objects.filter(template=template))


def test_the_sender_is_told_of_the_reception_and_by_when_an_answer_comes(hands):
    petition = hands.received()

    (message,) = told("petition_received")
    assert (message.channel, message.recipient) == (MessageChannel.SMS, "84988777666")
    assert message.subject == petition.code
    assert petition.code in message.body
    assert f"{petition.answer_by:%d/%m/%Y}" in message.body


def test_the_answer_goes_out_when_it_is_published_and_not_before(hands):
    petition = hands.received(phone="", email=MAIL)
    hands.answer(petition, at=NOW + timedelta(hours=2))
    assert told("petition_answered") == []

    hands.publish(petition, at=NOW + timedelta(hours=3))

    (message,) = told("petition_answered")
    assert message.recipient == MAIL
    assert "Sở đã xin lỗi và trả kết quả ngày 16/11/2026." in message.body


def test_a_refusal_and_a_question_reach_the_sender_too(hands, clerk):
    hands.ask(hands.sent(phone="", email=MAIL), at=NOW + timedelta(hours=1))
    refused = hands.sent(phone="", email=MAIL)
    handling.refuse(
        target=Target(code=refused.code), reason="Không thuộc thẩm quyền.", actor=clerk, at=SOON
    )

    assert "Mã hồ sơ nào?" in told("petition_asked")[0].body
    assert "Lý do: Không thuộc thẩm quyền." in told("petition_refused")[0].body


def test_the_secret_code_stands_in_no_message(hands):
    sent = hands.send(phone="", email=MAIL)
    hands.receive(sent.petition, at=SOON)

    (message,) = told("petition_received")
    assert sent.secret not in message.body
    assert "/phan-anh/theo-doi/" in message.body


def test_an_act_that_is_refused_tells_nobody(hands, clerk):
    petition = hands.received()
    with pytest.raises(PetitionRefused):
        hands.ask(petition, at=SOON)

    assert Message.objects.count() == 1


def returned(desk, **overrides):
    return walked(desk, "return", applicant=replace(APPLICANT, **overrides))


def test_who_got_the_result_is_invited_once_with_a_link_that_opens(desk, client):
    dossier = returned(desk)

    assert inviting.invite(at=SOON) == 1
    assert inviting.invite(at=SOON + timedelta(minutes=5)) == 0

    (message,) = told("rate")
    assert rating.link_for(dossier) in message.body
    assert client.get(f"/danh-gia/{rating.token_for(dossier)}/").status_code == 200


@pytest.mark.parametrize(
    ("preference", "channels"),
    [
        (ChannelPreference.NONE, []),
        (ChannelPreference.EMAIL, ["email"]),
        (ChannelPreference.BOTH, ["email", "sms"]),
        (ChannelPreference.ANY, ["sms"]),
    ],
)
def test_the_way_is_the_one_that_the_applicant_chose(desk, preference, channels):
    returned(desk, contact_preference=preference)

    inviting.invite(at=SOON)
    inviting.invite(at=SOON)

    assert sorted(message.channel for message in told("rate")) == channels


def test_who_rated_at_the_counter_or_left_no_address_is_not_asked(desk):
    rated = returned(desk)
    rating.give_by_link(
        token=rating.token_for(rated), answers=Answers(satisfaction=Satisfaction.SATISFIED), at=SOON
    )
    returned(desk, phone="", email="")
    walked(desk, "approve")

    assert inviting.invite(at=SOON) == 0


def test_a_result_of_long_ago_is_left_in_peace(desk):
    returned(desk)

    assert inviting.invite(at=SOON + inviting.LOOKS_BACK) == 0
