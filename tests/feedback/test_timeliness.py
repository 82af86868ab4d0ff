"""On time and late: by example, and SQL against Python over random histories, as of any moment."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback import deadlines, following, handling
from feedback.following import Proof
from feedback.holding import PetitionRefused, Target
from feedback.models import Petition
from tests.conftest import NOW

DAY = timedelta(days=1)
LONG_AFTER = NOW + 40 * DAY


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


def on_time(petition: Petition, at: datetime = LONG_AFTER) -> bool:
    return Petition.objects.on_time(at=at).filter(pk=petition.pk).exists()


def test_handled_and_published_in_time(hands):
    assert on_time(hands.published())


@pytest.mark.parametrize(
    ("refused_at", "in_time"), [("2026-11-17T17:00", True), ("2026-11-17T17:00:01", False)]
)
def test_refusing_takes_two_working_days(hands, refused_at, in_time):
    petition = hands.sent()
    handling.refuse(
        target=Target(code=petition.code),
        reason="Không thuộc thẩm quyền.",
        actor=hands.clerk,
        at=moment(refused_at),
    )

    assert on_time(petition) is in_time


@pytest.mark.parametrize(
    ("asked_at", "in_time"), [("2026-11-20T17:00", True), ("2026-11-20T17:00:01", False)]
)
def test_asking_for_more_takes_five_working_days(hands, asked_at, in_time):
    assert on_time(hands.ask(hands.sent(), at=moment(asked_at))) is in_time


@pytest.mark.parametrize(
    ("answered_at", "in_time"), [("2026-12-07T17:00", True), ("2026-12-07T17:00:01", False)]
)
def test_answering_takes_fifteen_working_days(hands, answered_at, in_time):
    petition = hands.answer(hands.received(), at=moment(answered_at))
    hands.publish(petition, at=moment(answered_at))

    assert on_time(petition) is in_time


@pytest.mark.parametrize(
    ("published_at", "in_time"), [("2026-11-18T17:00", True), ("2026-11-18T17:00:01", False)]
)
def test_publishing_takes_two_working_days(hands, published_at, in_time):
    petition = hands.answer(hands.received(), at=moment("2026-11-16T10:00"))
    hands.publish(petition, at=moment(published_at))

    assert on_time(petition) is in_time


def test_an_open_petition_is_in_time_until_its_term_ends(hands):
    petition = hands.received()

    assert on_time(petition, moment("2026-12-07T17:00"))
    assert not on_time(petition, moment("2026-12-07T17:00:01"))
    assert list(Petition.objects.overdue(at=moment("2026-12-07T17:00:01"))) == [petition]
    assert not Petition.objects.overdue(at=moment("2026-12-07T17:00"))


def test_three_working_days_before_the_end_it_is_near(hands):
    hands.received()

    assert not Petition.objects.due_soon(at=moment("2026-12-02T16:59"))
    assert Petition.objects.due_soon(at=moment("2026-12-02T17:00")).count() == 1


def test_lateness_is_not_lost_when_the_petition_is_complained_of_again(hands):
    sent = hands.send()
    hands.receive(sent.petition, at=NOW)
    late = moment("2026-12-09T09:00")
    hands.publish(hands.answer(sent.petition, at=late), at=late)

    following.complain_again(
        proof=Proof(code=sent.petition.code, secret=sent.secret), reason="Sai.", at=late + DAY
    )

    assert not on_time(sent.petition, late + 2 * DAY)
    assert on_time(sent.petition, moment("2026-12-07T16:00"))


def test_content_with_handling_counts_each_petition_once(hands):
    liked, disliked, again = hands.published(), hands.published(), hands.published()
    Petition.objects.filter(pk=liked.pk).update(likes=2, dislikes=2)
    Petition.objects.filter(pk=disliked.pk).update(likes=1, dislikes=2)
    Petition.objects.filter(pk=again.pk).update(complained_again_at=NOW)

    assert list(Petition.objects.content_with_handling(at=LONG_AFTER)) == [liked]
    assert list(Petition.objects.disliked()) == [disliked]
    assert list(Petition.objects.complained_again()) == [again]


# Each act is tried; one that the state does not allow is left out of the history.
ACTS = ("receive", "refuse", "ask", "supplement", "answer", "send_back", "publish", "reopen")
STEPS = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(min_value=1, max_value=6 * 24)),
    min_size=1,
    max_size=9,
)
USUAL = st.sampled_from(
    [
        ["receive", "answer", "publish", "reopen", "answer", "publish"],
        ["ask", "supplement", "receive", "answer", "send_back", "answer", "publish"],
        ["ask", "refuse"],
        ["receive", "answer", "send_back", "answer", "publish", "reopen"],
    ]
)


def _try(hands, sent, act: str, at: datetime) -> None:
    target, proof = Target(code=sent.petition.code), Proof(
        code=sent.petition.code, secret=sent.secret
    )  # fmt: skip
    words = {"reason": "Vì thế.", "at": at}
    acts = {
        "receive": lambda: hands.receive(sent.petition, at=at),
        "refuse": lambda: handling.refuse(target=target, actor=hands.clerk, **words),
        "ask": lambda: hands.ask(sent.petition, at=at),
        "supplement": lambda: following.supplement(proof=proof, text="Đây.", at=at),
        "answer": lambda: hands.answer(sent.petition, at=at),
        "send_back": lambda: handling.send_back(target=target, actor=hands.head, **words),
        "publish": lambda: hands.publish(sent.petition, at=at),
        "reopen": lambda: following.complain_again(proof=proof, **words),
    }
    try:
        acts[act]()
    except PetitionRefused:
        return


def _agree(petition: Petition, at: datetime) -> None:
    petition.refresh_from_db()
    mine = Petition.objects.filter(pk=petition.pk)
    expected = deadlines.is_late(petition, at=at)
    assert mine.late(at=at).exists() is expected
    assert mine.on_time(at=at).exists() is not expected


@given(
    way=USUAL,
    waits=st.lists(st.integers(min_value=1, max_value=20 * 24), min_size=7, max_size=7),
    asks=st.lists(st.integers(min_value=-48, max_value=120 * 24), min_size=1, max_size=4),
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_sql_and_python_agree_along_every_usual_way(hands, way, waits, asks):
    sent, at = hands.send(), NOW
    was_late: list[datetime] = []
    for act, wait in zip(way, waits, strict=False):
        at += timedelta(hours=wait)
        _try(hands, sent, act, at)
        _agree(sent.petition, at)
        if deadlines.is_late(sent.petition, at=at):
            was_late.append(at)
    for hours in asks:
        _agree(sent.petition, NOW + timedelta(hours=hours))

    # Nothing that happens later makes a late petition timely again, nor timely the past.
    assert all(deadlines.is_late(sent.petition, at=moment) for moment in was_late)


@given(steps=STEPS, hours=st.integers(min_value=-24, max_value=90 * 24))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_sql_and_python_agree_whatever_is_tried(hands, steps, hours):
    sent, at = hands.send(), NOW
    for act, wait in steps:
        at += timedelta(hours=wait)
        _try(hands, sent, act, at)

    _agree(sent.petition, at)
    _agree(sent.petition, NOW + timedelta(hours=hours))
