"""The one new day: who moves what, what is refused, and that the first promise is kept."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from dossiers import recalculation, sealing
from dossiers.deadlines import local_date
from dossiers.holding import ActRefused, record
from dossiers.ledger import TransitionRefused
from dossiers.models import Dossier, Reschedule
from dossiers.rescheduling import NewAppointment, reschedule
from dossiers.statuses import EventKind, Fault
from tests.conftest import NOW


def put_off(dossier, head, day, at=NOW) -> Reschedule:
    appointment = NewAppointment(day=day, reason="Chờ xác minh", fault=Fault.AGENCY)
    with transaction.atomic():
        held = Dossier.objects.select_for_update().get(pk=dossier.pk)
        return reschedule(dossier=held, appointment=appointment, actor=head, at=at)


def later(dossier, days: int = 7) -> date:
    """A working day after the promise."""
    day = local_date(dossier.due_at) + timedelta(days=days)
    while day.isoweekday() > 5:
        day += timedelta(days=1)
    return day


def test_the_promise_moves_and_the_first_one_stays(dossier, head):
    put_off(dossier, head, later(dossier))

    moved = Dossier.objects.get(pk=dossier.pk)
    assert local_date(moved.due_at) == later(dossier)
    assert moved.first_due_at == dossier.first_due_at
    assert moved.remind_at < moved.due_at
    event = moved.events.latest("sequence")
    assert event.kind == EventKind.RESCHEDULED
    assert event.data["due_at"].startswith(later(dossier).isoformat())
    assert list(recalculation.shifts()) == []
    assert sealing.verify().broken is None


def test_a_second_new_day_is_refused_by_the_act_and_by_the_database(dossier, head):
    kept = put_off(dossier, head, later(dossier))

    with pytest.raises(ActRefused) as refusal:
        put_off(dossier, head, later(dossier, 20))
    with pytest.raises(IntegrityError), transaction.atomic():
        Reschedule.objects.create(
            dossier=dossier,
            at=NOW,
            previous_due_at=kept.new_due_at,
            new_due_at=kept.new_due_at + timedelta(days=7),
            reason="A",
            fault=Fault.AGENCY,
            decided_by=head,
        )

    assert refusal.value.code == "rescheduled_before"
    assert "hẹn lại một lần" in refusal.value.messages[0]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 11, 28), "rest_day"),
        (date(2026, 11, 24), "rest_day"),
        (date(2026, 11, 12), "day_too_early"),
    ],
)
def test_a_day_that_will_not_do_changes_nothing(dossier, head, day, code):
    with pytest.raises(ActRefused) as refusal:
        put_off(dossier, head, day)

    assert refusal.value.code == code
    unmoved = Dossier.objects.get(pk=dossier.pk)
    assert (unmoved.due_at, unmoved.event_count) == (dossier.due_at, dossier.event_count)


def test_an_ended_dossier_is_not_put_off(dossier, head):
    dossier.resolved_at = NOW
    record(dossier, EventKind.WITHDRAWN, head, NOW, saves=("resolved_at",), reason="Đơn xin rút")

    with pytest.raises(TransitionRefused):
        put_off(dossier, head, later(dossier))

    assert not Reschedule.objects.exists()
