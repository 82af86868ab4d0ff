"""Sweeps: each promise that comes near or runs out is recorded once, whoever sweeps."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from dossiers import intake, lifecycle, reminders
from dossiers.holding import Target
from dossiers.models import Dossier, DossierEvent
from procedures.statuses import ChannelKind
from tests.conftest import NOW, Desk
from tests.dossiers.test_lifecycle import approved

DUE = datetime.fromisoformat("2026-11-20T17:00:00+07:00")
SECOND = timedelta(seconds=1)


def test_overdue_is_recorded_once_with_the_moment_it_happened(dossier: Dossier):
    assert reminders.record_overdue(at=DUE) == 0
    assert reminders.record_overdue(at=DUE + timedelta(hours=2)) == 1
    assert reminders.record_overdue(at=DUE + timedelta(hours=3)) == 0

    event = dossier.events.get(kind="overdue")
    assert event.at == DUE
    assert event.recorded_at == DUE + timedelta(hours=2)


def test_due_soon_begins_the_agencys_days_before(dossier: Dossier):
    dossier.refresh_from_db()
    begins = dossier.remind_at
    assert begins == datetime.fromisoformat("2026-11-19T17:00:00+07:00")

    assert reminders.record_due_soon(at=begins - SECOND) == 0
    assert reminders.record_due_soon(at=begins + SECOND) == 1
    assert reminders.record_due_soon(at=begins + SECOND) == 0


def test_a_resolved_dossier_is_not_swept(desk: Desk):
    approved(desk)

    assert reminders.record_overdue(at=DUE + timedelta(days=9)) == 0


def test_papers_left_at_the_counter_are_recorded_once(desk: Desk):
    dossier = desk.accept()
    closing = datetime.fromisoformat("2026-11-13T17:00:00+07:00")

    assert reminders.record_not_transferred(at=closing) == 0
    assert reminders.record_not_transferred(at=closing + SECOND) == 1
    assert reminders.record_not_transferred(at=closing + SECOND) == 0
    assert dossier.events.filter(kind="not_transferred").count() == 1


def test_transferred_in_time_is_not_recorded(desk: Desk):
    dossier = desk.accept()
    lifecycle.transfer(target=Target(code=dossier.code), actor=desk.clerk, at=NOW)

    assert reminders.record_not_transferred(at=NOW + timedelta(days=2)) == 0


def test_online_dossiers_left_unanswered_are_recorded_once(desk: Desk):
    intake.submit(request=desk.request(channel=ChannelKind.ONLINE), at=NOW)
    deadline = datetime.fromisoformat("2026-11-16T09:00:00+07:00")

    assert reminders.record_not_accepted(at=deadline) == 0
    assert reminders.record_not_accepted(at=deadline + SECOND) == 1
    assert reminders.record_not_accepted(at=deadline + SECOND) == 0


def test_more_than_a_batch_is_swept_in_one_call(desk: Desk, monkeypatch):
    monkeypatch.setattr(reminders, "BATCH", 2)
    for _ in range(5):
        desk.accept()

    assert reminders.record_overdue(at=DUE + SECOND) == 5
    assert DossierEvent.objects.filter(kind="overdue").count() == 5


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_share_the_work(desk: Desk, monkeypatch):
    monkeypatch.setattr(reminders, "BATCH", 3)
    for _ in range(12):
        desk.accept()
    swept: list[int] = []

    def sweep() -> None:
        try:
            swept.append(reminders.record_overdue(at=DUE + SECOND))
        finally:
            connection.close()

    threads = [threading.Thread(target=sweep) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(swept) == 12
    assert DossierEvent.objects.filter(kind="overdue").count() == 12


@pytest.mark.django_db(transaction=True)
def test_a_row_that_someone_holds_is_passed_over_and_found_the_next_time(desk: Desk):
    held, free = desk.accept(), desk.accept()
    swept: list[int] = []

    def sweep() -> None:
        try:
            swept.append(reminders.record_overdue(at=DUE + SECOND))
        finally:
            connection.close()

    with transaction.atomic():
        Dossier.objects.select_for_update().get(pk=held.pk)
        thread = threading.Thread(target=sweep)
        thread.start()
        thread.join()

    assert swept == [1]
    assert free.events.filter(kind="overdue").exists()
    assert reminders.record_overdue(at=DUE + SECOND) == 1


@pytest.mark.django_db(transaction=True)
def test_a_sweep_that_dies_in_the_middle_leaves_nothing_half_done(desk: Desk, monkeypatch):
    desk.accept()

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(reminders, "update_many", die)
        with pytest.raises(KeyboardInterrupt):
            reminders.record_overdue(at=DUE + SECOND)

    assert not DossierEvent.objects.filter(kind="overdue").exists()
    assert reminders.record_overdue(at=DUE + SECOND) == 1
