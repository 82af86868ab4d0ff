"""Taking over an old system's export: what becomes of rows, and what the ledger says of them."""

from datetime import datetime, timedelta

import pytest

from apologies import drafting, ladder
from dossiers import recalculation, reminders, sealing
from dossiers.models import Dossier
from dossiers.statuses import DossierStatus, EventKind
from legacy import running, work
from legacy.models import ImportRun, Origin
from legacy.statuses import RowOutcome
from tests.conftest import NOW, Desk
from tests.legacy.conftest import IN_HAND, RETURNED, begun, told

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


def test_a_returned_dossier_comes_with_the_moments_that_are_claimed(export, take, desk: Desk):
    run = take(export(RETURNED))

    dossier = Dossier.objects.get()
    assert (run.taken, run.refused, run.repeated) == (1, 0, 0)
    assert dossier.status == DossierStatus.RETURNED
    assert dossier.agency == desk.agency
    assert dossier.version == desk.version
    assert dossier.imported_at == NOW
    assert dossier.accepted_at == at("2023-01-05T08:30:00")
    assert dossier.resolved_at == at("2023-01-11T15:00:00")
    assert dossier.returned_at == at("2023-01-13T00:00:00")
    assert dossier.result.number == "Không rõ"


def test_the_promise_is_the_day_that_the_old_system_gave(export, take):
    take(export(IN_HAND))

    dossier = Dossier.objects.get()
    assert dossier.first_due_at == dossier.due_at == at("2023-01-12T23:59:59")
    assert (dossier.time_limit, dossier.time_unit) == (7, "calendar_day")


def test_history_begins_with_the_import_and_pretends_nothing(export, take, administrator):
    run = take(export(RETURNED))

    event = Dossier.objects.get().events.get()
    assert event.kind == EventKind.IMPORTED
    assert event.at == event.recorded_at == NOW
    assert event.actor == administrator
    assert event.from_status == ""
    assert event.data["source"] == "Một cửa điện tử cũ"
    assert event.data["legacy_code"] == "000.15.H41-230105-0007"
    assert event.data["file_sha256"] == run.digest
    assert event.data["claimed"]["accepted_at"] == "2023-01-05T08:30:00+07:00"
    assert event.data["day_only"] == ["due_at", "returned_at"]
    assert "transferred_at" in event.data["unknown"]


def test_the_ledger_verifies_with_imported_dossiers_in_it(export, take, desk: Desk):
    desk.accept()
    take(export(RETURNED, {**IN_HAND, "Mã hồ sơ": "HS-2"}))
    sealing.seal_until(at=NOW + timedelta(days=1))

    verdict = sealing.verify()

    assert verdict.broken is None
    assert verdict.events == 3


@pytest.mark.parametrize(
    ("word", "facts", "status"),
    [
        ("1", {}, DossierStatus.SUBMITTED),
        ("Được tiếp nhận", {}, DossierStatus.ACCEPTED),
        ("Từ chối tiếp nhận", {}, DossierStatus.NOT_ACCEPTED),
        ("ĐANG THỤ LÝ", {}, DossierStatus.PROCESSING),
        ("Chờ bổ sung", {}, DossierStatus.PROCESSING),
        ("6", {}, DossierStatus.PROCESSING),
        ("Rút hồ sơ", {"Ngày trả": "12/01/2023"}, DossierStatus.WITHDRAWN),
        ("Dừng xử lý", {"Ngày trả": "12/01/2023"}, DossierStatus.STOPPED),
        ("Chờ trả kết quả", {"Ngày kết thúc xử lý": "11/01/2023"}, DossierStatus.RESOLVED),
        (10, {"Ngày trả": "12/01/2023"}, DossierStatus.RETURNED),
        (None, {"Ngày trả": "12/01/2023"}, DossierStatus.RETURNED),
        (None, {}, DossierStatus.PROCESSING),
    ],
)
def test_each_state_of_the_old_system_becomes_one_of_ours(export, take, word, facts, status):
    run = take(export({**IN_HAND, "Trạng thái": word, **facts}))

    assert told(run) == [] or run.refused == 0, told(run)
    assert Dossier.objects.get().status == status


def test_a_word_of_the_old_system_is_learnt_for_its_next_file(export, take):
    odd = {**IN_HAND, "Trạng thái": "Phòng TN&MT xử lý"}
    assert "Không hiểu trạng thái" in told(take(export(odd)))[0][2]

    take(export(odd), words="Phòng TN&MT xử lý = 4")
    next_file = take(export({**odd, "Mã hồ sơ": "HS-2"}), words="Phòng TN&MT xử lý=4")

    assert next_file.taken == 1
    assert next_file.system.states == {"phongtnmtxuly": 4}


def test_the_same_file_again_imports_nothing_twice(export, take):
    path = export(RETURNED, {**IN_HAND, "Mã hồ sơ": "HS-2"})
    take(path)

    again = take(path)

    assert (again.taken, again.repeated, again.refused) == (0, 2, 0)
    assert Dossier.objects.count() == Origin.objects.count() == 2


def test_the_same_code_of_another_old_system_is_another_dossier(export, take):
    take(export(RETURNED))

    other = take(export(RETURNED), source="Phần mềm hộ tịch")

    assert other.taken == 1


def test_a_trial_tells_all_and_changes_nothing(export, take):
    run = take(export(RETURNED, {**IN_HAND, "Mã hồ sơ": ""}), is_dry=True)

    assert (run.taken, run.refused) == (1, 1)
    assert not Dossier.objects.exists()
    assert [row.outcome for row in run.rows.order_by("number")] == ["ready", "refused"]


def test_a_killed_worker_leaves_every_row_accounted_for_once(
    export, administrator, desk, monkeypatch
):
    """The worker dies after two batches, in the middle of the third."""
    monkeypatch.setattr(running, "BATCH", 3)
    run = begun(export(*({**IN_HAND, "Mã hồ sơ": f"HS-{n}"} for n in range(10))), administrator)
    batches = []

    class Killed(BaseException):
        pass

    def dies(self, batch, judged, moment):
        batches.append(batch)
        if len(batches) == 3:
            raise Killed
        return advance(self, batch, judged, moment)

    advance = running.Session._advance
    with monkeypatch.context() as patch:
        patch.setattr(running.Session, "_advance", dies)
        with pytest.raises(Killed):
            work.work(run_id=run.pk, clock=lambda: NOW)
    assert Dossier.objects.count() == 6

    work.work(run_id=run.pk, clock=lambda: NOW)

    run.refresh_from_db()
    assert run.finished_at
    assert run.settled == run.total == run.taken == 10
    assert Dossier.objects.count() == run.rows.count() == 10
    assert sealing.verify().broken is None


def test_two_workers_do_not_do_one_row_twice(export, administrator, desk, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 2)
    path = export(*({**IN_HAND, "Mã hồ sơ": f"HS-{n}"} for n in range(4)))
    run = begun(path, administrator)
    runs = [ImportRun.objects.select_related("system", "actor").get(pk=run.pk) for _ in range(2)]

    with (
        running.Session(run=runs[0], path=path, at=NOW) as first,
        running.Session(run=runs[1], path=path, at=NOW) as second,
    ):
        assert first.step(at=NOW)
        assert not second.step(at=NOW)
        assert not second.is_at_end

    assert Dossier.objects.count() == 2


def test_a_lawful_code_of_the_same_agency_goes_on(export, take):
    take(export({**RETURNED, "Mã hồ sơ": "H41.15-230105-0007"}))

    assert Dossier.objects.get().code == "H41.15-230105-0007"


@pytest.mark.parametrize("code", ["H41.15-261113-0001", "H41.16-230105-0007", "HS 7/2023"])
def test_any_other_gets_a_code_of_a_series_apart(export, take, code):
    """One of today could be given out here in a moment; one of another agency is not ours."""
    take(export({**RETURNED, "Mã hồ sơ": code}))

    assert Dossier.objects.get().code.startswith("H41.15.NC-230105-")
    assert Origin.objects.get().legacy_code == code


def test_a_code_that_another_dossier_bears_is_refused(export, take, desk: Desk):
    earlier = desk.accept(at=NOW - timedelta(days=1))

    run = take(export({**RETURNED, "Mã hồ sơ": earlier.code}))

    assert run.refused == 1
    assert "đã là mã của một hồ sơ khác" in told(run)[0][2]


def test_a_code_twice_in_one_file_is_refused_the_second_time(export, take):
    run = take(export(RETURNED, RETURNED))

    assert [row.outcome for row in run.rows.order_by("number")] == [
        RowOutcome.IMPORTED,
        RowOutcome.REFUSED,
    ]


# -- What an imported dossier must not set off -----------------------------------------------


def test_what_ran_out_in_the_old_system_is_warned_of_nowhere(export, take):
    take(export(IN_HAND))

    assert reminders.record_overdue(at=NOW) == 0
    assert reminders.record_due_soon(at=NOW) == 0
    assert drafting.draft_endangered(at=NOW) == 0
    assert ladder.climb(at=NOW) == 0
    assert list(recalculation.shifts()) == []


def test_what_still_runs_is_warned_of_like_any_other(export, take):
    take(export({**IN_HAND, "Ngày tiếp nhận": "10/11/2026", "Ngày hẹn trả": "16/11/2026"}))

    assert reminders.record_overdue(at=NOW + timedelta(days=4)) == 1
    assert drafting.draft_endangered(at=NOW + timedelta(days=4)) == 1


def test_the_calendar_never_moves_a_claimed_promise(export, take):
    """The day is no working day, and the limit was never counted here."""
    take(export({**IN_HAND, "Ngày tiếp nhận": "10/11/2026", "Ngày hẹn trả": "21/11/2026"}))

    assert list(recalculation.shifts()) == []
