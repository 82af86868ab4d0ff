"""Receiving a dossier: the code, the promise, the first event, and every refusal."""

from datetime import datetime

from dossiers.statuses import DossierStatus
from tests.conftest import Desk


def test_acceptance_gives_code_promise_and_first_event(desk: Desk):
    dossier = desk.accept()

    dossier.refresh_from_db()
    assert dossier.code == "H41.15-261113-0001"
    assert dossier.status == DossierStatus.ACCEPTED
    assert dossier.due_at == datetime.fromisoformat("2026-11-20T17:00:00+07:00")
    assert dossier.first_due_at == dossier.due_at
    event = dossier.events.get()
    assert (event.sequence, event.kind, event.actor_name) == (1, "accepted", "Trần Thị Bình")
    assert dossier.last_hash == event.hash
