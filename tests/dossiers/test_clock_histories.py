"""Random lives of a dossier: database and code agree at each moment, and the clock adds up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossiers import endings, halting, lifecycle, recalculation, sealing, supplements, timing
from dossiers.deadlines import local_date, timeliness
from dossiers.endings import Withdrawal
from dossiers.holding import Target
from dossiers.models import Dossier, Pause, Reschedule, SupplementItem
from dossiers.rescheduling import NewAppointment, promise_again, reschedule
from dossiers.statuses import DossierStatus, Fault, Timeliness
from dossiers.supplements import Missing, Need
from procedures.models import ClockRule
from procedures.statuses import ClockEffect
from tests.conftest import NOW, Desk
from tests.dossiers.moving import asked_to_supplement, supplemented, walked
from workdays.calendar import CalendarGap
from workdays.loading import calendar_for

ACTS = ("ask", "bring_one", "bring_all", "pause", "resume", "put_off", "propose", "approve",
        "decline", "stop", "withdraw")  # fmt: skip


@dataclass
class Life:
    """A dossier in the hands of the cast; what may not be done now is simply not done."""

    desk: Desk
    code: str

    @property
    def dossier(self) -> Dossier:
        return Dossier.objects.select_related("agency").get(code=self.code)

    def do(self, act: str, at: datetime) -> None:
        try:
            with transaction.atomic():
                getattr(self, act)({"target": Target(code=self.code), "at": at})
        except (ValidationError, PermissionDenied):
            pass

    def ask(self, by):
        need = Need(items=[Missing(name="A"), Missing(name="B")], reason="Thiếu.", basis="Luật")
        supplements.request_supplement(need=need, actor=self.desk.officer, **by)

    def bring_one(self, by):
        self._bring(by, 1)

    def bring_all(self, by):
        self._bring(by, 2)

    def _bring(self, by, most):
        waiting = SupplementItem.objects.filter(
            request__dossier__code=self.code, received_at__isnull=True
        )
        brought = {item.position: [] for item in waiting.order_by("position")[:most]}
        supplements.receive_supplement(brought=brought, actor=self.desk.clerk, **by)

    def pause(self, by):
        halting.pause_for_payment(reason="Thông báo", actor=self.desk.officer, **by)

    def resume(self, by):
        halting.resume(reason="Biên lai", actor=self.desk.clerk, **by)

    def put_off(self, by):
        held = Dossier.objects.select_for_update(of=("self",)).get(code=self.code)
        day = local_date(max(held.due_at, by["at"])) + timedelta(days=10)
        while day.isoweekday() > 5:
            day += timedelta(days=1)
        appointment = NewAppointment(day=day, reason="Chờ xác minh", fault=Fault.AGENCY)
        reschedule(dossier=held, appointment=appointment, actor=self.desk.head, at=by["at"])

    def propose(self, by):
        proposal = lifecycle.Proposal(opinion="Đủ điều kiện.")
        lifecycle.propose(proposal=proposal, actor=self.desk.officer, **by)

    def approve(self, by):
        result = lifecycle.ResultFacts(
            number="1", issued_date=local_date(by["at"]), signer_name="A", signer_title="B"
        )
        lifecycle.approve(result=result, actor=self.desk.head, **by)

    def decline(self, by):
        endings.decline(reason="Không đủ điều kiện.", actor=self.desk.head, **by)

    def stop(self, by):
        endings.stop(reason="Tranh chấp.", actor=self.desk.head, **by)

    def withdraw(self, by):
        wish = Withdrawal(reference="Đơn")
        endings.withdraw(withdrawal=wish, actor=self.desk.clerk, **by)


def said_by_the_database(dossier: Dossier, at: datetime) -> set[Timeliness]:
    mine = Dossier.objects.filter(pk=dossier.pk)
    asked = {
        Timeliness.OVERDUE: mine.overdue(at=at),
        Timeliness.DUE_SOON: mine.due_soon(at=at),
        Timeliness.PAUSED: mine.paused(),
        Timeliness.EARLY: mine.early(),
        Timeliness.ON_TIME: mine.on_time(),
        Timeliness.LATE: mine.late(),
    }
    return {word for word, rows in asked.items() if rows.exists()}


STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 70)), max_size=9)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(effect=st.sampled_from(ClockEffect), steps=STEPS)
def test_whatever_happens_all_agree_on_how_the_dossier_stands(desk, administrator, effect, steps):
    with transaction.atomic():
        ClockRule.objects.create(
            version=desk.version, effect=effect, in_force_from=NOW.date(), basis="QĐ",
            decided_by=administrator, decided_at=NOW,
        )  # fmt: skip
        life = Life(desk, walked(desk, "take").code)
        first, at = life.dossier.first_due_at, NOW + timedelta(hours=3)
        for act, hours in steps:
            at += timedelta(hours=hours)
            life.do(act, at)
            _all_agree(life.dossier, at)
        assert life.dossier.first_due_at == first
        assert sealing.verify().broken is None
        transaction.set_rollback(True)


def _all_agree(dossier: Dossier, at: datetime) -> None:
    said = timeliness(dossier, at=at)
    quiet = {Timeliness.RUNNING, Timeliness.NO_LIMIT}
    assert said_by_the_database(dossier, at) == {said} - quiet
    assert list(recalculation.shifts()) == []
    is_paused = dossier.status in {"awaiting_supplement", "awaiting_payment"}
    assert Pause.objects.running().filter(dossier=dossier).exists() == is_paused
    assert (said == Timeliness.PAUSED) == is_paused
    assert dossier.due_at >= dossier.first_due_at
    calendar = calendar_for(dossier.agency.schedule_id)
    assert (timing.deadline(dossier, calendar=calendar, at=at).state == "paused") == is_paused
    if is_paused:
        assert {
            timing.step_deadline(step, calendar=calendar, at=at).state
            for step in dossier.steps.select_related("dossier")
            if step.started_at and not step.finished_at
        } <= {"paused"}


def test_removing_the_new_day_restores_the_day_before_it(desk):
    life = Life(desk, walked(desk, "take").code)
    before = life.dossier.due_at

    life.do("put_off", NOW + timedelta(hours=4))
    put_off = life.dossier
    Reschedule.objects.filter(dossier=put_off).delete()
    promise_again(put_off, calendar_for(put_off.agency.schedule_id))

    assert life.dossier.due_at > before
    assert put_off.due_at == before


@pytest.mark.parametrize("effect", ["subtract", "shift"])
def test_a_pause_within_a_holiday_adds_nothing(desk, administrator, effect):
    ClockRule.objects.create(
        version=desk.version, effect=effect, in_force_from=NOW.date(), basis="QĐ",
        decided_by=administrator, decided_at=NOW,
    )  # fmt: skip
    # Tuesday 24/11 is off: asked and brought within that day.
    friday = datetime.fromisoformat("2026-11-20T09:00:00+07:00")
    dossier = walked(desk, "take", at=friday)
    holiday = datetime.fromisoformat("2026-11-24T08:00:00+07:00")
    life = Life(desk, dossier.code)

    life.do("ask", holiday)
    assert life.dossier.status == DossierStatus.AWAITING_SUPPLEMENT
    life.do("bring_all", holiday + timedelta(hours=9))

    assert life.dossier.status == DossierStatus.PROCESSING
    assert life.dossier.due_at == dossier.due_at


def test_the_calendar_that_changes_while_the_clock_stands_counts_at_its_end(desk):
    waiting = asked_to_supplement(desk)

    with pytest.raises(CalendarGap):
        supplemented(desk, waiting, at=datetime.fromisoformat("2031-01-06T09:00:00+07:00"))

    # Nothing was changed: a calendar without that year is no reason to lose what came.
    assert Dossier.objects.get(pk=waiting.pk).event_count == waiting.event_count
