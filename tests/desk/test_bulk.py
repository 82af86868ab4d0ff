"""Bulk runs: through the acts of one dossier, each item accounted for, once, whatever happens."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from desk import bulk, bulk_work
from desk.bulk import BulkRefused, Mark
from desk.models import BulkItem, BulkRun
from desk.statuses import BulkAct
from dossiers import lifecycle
from dossiers.holding import Target
from dossiers.models import Dossier
from dossiers.statuses import DossierStatus
from tests.conftest import NOW, Desk
from tests.desk.conftest import asked, outcomes, worked_off
from tests.dossiers.moving import PDF, walked

DONE = ("done", "")


def test_a_bulk_transfer_writes_the_ordinary_event_with_its_reason(desk: Desk, three, begin):
    run = worked_off(begin(BulkAct.TRANSFER, three, desk.clerk, reason="Chuyến chiều."))

    assert outcomes(run) == [DONE] * 3
    assert run.finished_at == NOW
    for dossier in Dossier.objects.all():
        last = dossier.events.order_by("-sequence").first()
        assert (dossier.status, last.kind) == (DossierStatus.PROCESSING, "transferred")
        assert (last.actor, last.reason) == (desk.clerk, "Chuyến chiều.")
    call_command("verify_ledger")


def test_a_bulk_assignment_gives_all_to_one_officer(desk: Desk, second_officer, begin):
    dossiers = [walked(desk, "transfer"), walked(desk, "take")]

    run = worked_off(
        begin(BulkAct.ASSIGN, dossiers, desk.head, officer=second_officer), NOW + timedelta(days=1)
    )

    assert outcomes(run) == [DONE] * 2
    assert set(Dossier.objects.values_list("assignee", flat=True)) == {second_officer.pk}


def test_a_bulk_return_gives_to_the_delegate_or_else_the_applicant(desk: Desk, begin):
    dossiers = [walked(desk, "approve"), walked(desk, "approve")]
    Dossier.objects.filter(pk=dossiers[1].pk).update(delegate_name="Hoàng Văn Lễ")

    worked_off(begin(BulkAct.RETURN, dossiers, desk.clerk), NOW + timedelta(days=1))

    returned = Dossier.objects.order_by("pk")
    assert [dossier.result.recipient_name for dossier in returned] == [
        "Nguyễn Thị Đào",
        "Hoàng Văn Lễ",
    ]
    assert {dossier.status for dossier in returned} == {DossierStatus.RETURNED}


def test_each_refusal_keeps_its_sentence_and_stops_nobody_else(desk: Desk, three, begin):
    run = begin(BulkAct.TRANSFER, three, desk.clerk)
    lifecycle.transfer(target=Target(code=three[1].code), actor=desk.clerk, at=NOW)

    worked_off(run)

    states = outcomes(run)
    assert [state for state, _ in states] == ["done", "refused", "done"]
    assert "người khác cập nhật" in states[1][1]


def test_an_act_of_another_role_is_refused_at_the_start(desk: Desk, three):
    with pytest.raises(BulkRefused) as refusal:
        bulk.start(wanted=asked(BulkAct.RETURN, three), actor=desk.officer, at=NOW)

    assert refusal.value.code == "not_yours"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"marks": []}, "nothing"),
        (
            {"marks": [Mark(code=f"H41.15-261113-{n:04}", version=1) for n in range(501)]},
            "too_many",
        ),
        ({"marks": [Mark(code="H41.15-261113-9999", version=1)]}, "not_visible"),
    ],
)
def test_what_cannot_be_done_changes_nothing(desk: Desk, three, facts, code):
    with pytest.raises(BulkRefused) as refusal:
        bulk.start(wanted=asked(BulkAct.TRANSFER, three, **facts), actor=desk.clerk, at=NOW)

    assert refusal.value.code == code
    assert not BulkRun.objects.exists()


def test_an_assignment_needs_an_officer(desk: Desk, three):
    with pytest.raises(BulkRefused) as refusal:
        bulk.start(wanted=asked(BulkAct.ASSIGN, three), actor=desk.head, at=NOW)

    assert refusal.value.code == "officer"


def test_a_dossier_of_another_agency_is_not_even_named(desk: Desk, three, foreign_head, officer):
    with pytest.raises(BulkRefused) as refusal:
        bulk.start(wanted=asked(BulkAct.ASSIGN, three, officer=officer), actor=foreign_head, at=NOW)

    assert refusal.value.code == "not_visible"
    assert three[0].code not in " ".join(refusal.value.messages)


def test_a_double_click_starts_one_run(desk: Desk, three):
    wanted = asked(BulkAct.TRANSFER, three)

    first = bulk.start(wanted=wanted, actor=desk.clerk, at=NOW)
    second = bulk.start(wanted=wanted, actor=desk.clerk, at=NOW)

    assert first == second
    assert BulkItem.objects.count() == 3


def test_anothers_key_starts_nothing_and_shows_nothing(desk: Desk, three, supervisor):
    wanted = asked(BulkAct.PRINT, three)
    bulk.start(wanted=wanted, actor=desk.clerk, at=NOW)

    with pytest.raises(BulkRefused) as refusal:
        bulk.start(wanted=wanted, actor=supervisor, at=NOW)

    assert refusal.value.code == "key_used"


def test_two_clicks_at_once_start_one_run(transactional_db, desk: Desk):
    wanted = asked(BulkAct.TRANSFER, [desk.accept()])
    found: list[int] = []

    def click() -> None:
        try:
            found.append(bulk.start(wanted=wanted, actor=desk.clerk, at=NOW).pk)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()

    assert len(found) == 4
    assert len(set(found)) == 1
    assert BulkItem.objects.count() == 1


def test_somebody_who_was_locked_out_meanwhile_does_nothing_more(desk: Desk, three, begin):
    run = begin(BulkAct.TRANSFER, three, desk.clerk)
    desk.clerk.is_active = False
    desk.clerk.save(update_fields=["is_active"])

    worked_off(run)

    assert {state for state, _ in outcomes(run)} == {"refused"}
    assert set(Dossier.objects.values_list("status", flat=True)) == {DossierStatus.ACCEPTED}


def test_an_unforeseen_error_is_told_and_the_next_dossier_has_its_turn(
    desk: Desk, three, begin, monkeypatch
):
    ordinary = lifecycle.transfer

    def broken(*, target, **facts):
        if target.code == three[0].code:
            raise RuntimeError("disk")
        return ordinary(target=target, **facts)

    monkeypatch.setattr(lifecycle, "transfer", broken)

    run = worked_off(begin(BulkAct.TRANSFER, three, desk.clerk))

    assert outcomes(run) == [("refused", bulk_work.BROKEN), DONE, DONE]


def test_two_workers_share_a_run_and_do_nothing_twice(transactional_db, desk: Desk):
    dossiers = [desk.accept() for _ in range(12)]
    run = bulk.start(wanted=asked(BulkAct.TRANSFER, dossiers), actor=desk.clerk, at=NOW)

    def work() -> None:
        try:
            while bulk_work.do_next(run_id=run.pk, at=NOW):
                pass
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    bulk_work.finish(run_id=run.pk, at=NOW)

    run.refresh_from_db()
    assert run.finished_at == NOW
    assert outcomes(run) == [DONE] * 12
    assert all(dossier.events.count() == 2 for dossier in Dossier.objects.all())


def test_a_run_is_not_closed_while_another_worker_holds_an_item(transactional_db, desk: Desk):
    run = bulk.start(wanted=asked(BulkAct.TRANSFER, [desk.accept()]), actor=desk.clerk, at=NOW)
    held, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                BulkItem.objects.select_for_update().get(run=run)
                held.set()
                go_on.wait(10)
        finally:
            connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    assert bulk_work.do_next(run_id=run.pk, at=NOW) is False
    bulk_work.finish(run_id=run.pk, at=NOW)
    go_on.set()
    holder.join()

    run.refresh_from_db()
    assert run.finished_at is None
    assert worked_off(run).finished_at == NOW


KILLED = """
import os, signal
import django
django.setup()
from django.utils import timezone
from desk import bulk_work
from dossiers import lifecycle
ordinary = lifecycle.transfer
done = []
def until_the_third(**facts):
    ordinary(**facts)
    done.append(1)
    if len(done) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
lifecycle.transfer = until_the_third
while bulk_work.do_next(run_id={run_id}, at=timezone.now()):
    pass
"""


def test_a_worker_killed_in_the_middle_leaves_every_dossier_whole(
    transactional_db, desk: Desk, settings
):
    dossiers = [desk.accept() for _ in range(5)]
    run = bulk.start(wanted=asked(BulkAct.TRANSFER, dossiers), actor=desk.clerk, at=NOW)
    name = connection.settings_dict["NAME"]
    script = KILLED.format(run_id=run.pk).replace(
        "django.setup()",
        "from django.conf import settings\n"
        f"settings.DATABASES['default']['NAME'] = {name!r}\ndjango.setup()",
    )

    killed = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tthc_portal.settings"},
        check=False,
    )

    assert killed.returncode == -signal.SIGKILL
    _wait_until_the_lock_is_gone(run)
    assert [state for state, _ in outcomes(run)] == ["done", "done", *["pending"] * 3]
    assert Dossier.objects.filter(status=DossierStatus.PROCESSING).count() == 2
    # The moment of the killed worker was this machine's, after the story's.
    assert bulk_work.forsaken(at=time_after_silence()) == [run.pk]
    assert outcomes(worked_off(run)) == [DONE] * 5
    assert all(dossier.events.count() == 2 for dossier in Dossier.objects.all())


def _wait_until_the_lock_is_gone(run: BulkRun) -> None:
    """The server notices in its own time that a client has died."""
    for _ in range(100):
        with transaction.atomic():
            rows = BulkItem.objects.filter(run=run).select_for_update(skip_locked=True)
            if len(rows) == 5:
                return
        time.sleep(0.1)


def time_after_silence():
    return timezone.now() + bulk_work.SILENCE + timedelta(seconds=1)


def test_the_sweep_wakes_what_stands_still_and_leaves_what_moves(desk: Desk, three, begin):
    run = begin(BulkAct.TRANSFER, three, desk.clerk)
    later = NOW + timedelta(minutes=1)

    assert bulk_work.forsaken(at=NOW + timedelta(seconds=5)) == []
    assert bulk_work.forsaken(at=later) == [run.pk]
    bulk_work.do_next(run_id=run.pk, at=later)
    assert bulk_work.forsaken(at=later + timedelta(seconds=5)) == []
    worked_off(run, later)
    assert bulk_work.forsaken(at=later + timedelta(hours=1)) == []


def test_the_refused_are_tried_again_as_they_stand_now(desk: Desk, three, begin):
    run = begin(BulkAct.TRANSFER, three, desk.clerk)
    lifecycle.add_file(target=Target(code=three[0].code), upload=_scan(), actor=desk.clerk, at=NOW)
    worked_off(run)

    again = bulk.retry(run=run, actor=desk.clerk, at=NOW)
    same = bulk.retry(run=run, actor=desk.clerk, at=NOW)

    assert again == same
    assert again.retries == run
    assert outcomes(worked_off(again)) == [DONE]
    assert Dossier.objects.filter(status=DossierStatus.PROCESSING).count() == 3


def _scan():
    return SimpleUploadedFile("giay-to.pdf", PDF)


def test_many_receipts_become_one_file(desk: Desk, three, begin):
    run = worked_off(begin(BulkAct.PRINT, three, desk.clerk))

    assert outcomes(run) == [DONE] * 3
    with run.file.open("rb") as file:
        document = pypdfium2.PdfDocument(BytesIO(file.read()))
    texts = [page.get_textpage().get_text_bounded() for page in document]
    assert len(texts) == 6
    assert [three[n // 2].code in text for n, text in enumerate(texts)] == [True] * 6


def test_a_dossier_without_a_receipt_is_left_out_of_the_file_and_told(desk: Desk, three, begin):
    three[1].forms.all().delete()

    run = worked_off(begin(BulkAct.PRINT, three, desk.clerk))

    assert [state for state, _ in outcomes(run)] == ["done", "refused", "done"]
    assert run.file


def test_a_file_that_kills_its_worker_is_given_up(desk: Desk, three, begin):
    run = begin(BulkAct.PRINT, three[:1], desk.clerk)
    bulk_work.do_next(run_id=run.pk, at=NOW)
    BulkRun.objects.update(attempts=bulk_work.MAX_ATTEMPTS)

    bulk_work.finish(run_id=run.pk, at=NOW)

    run.refresh_from_db()
    assert run.finished_at == NOW
    assert "in từng hồ sơ" in run.failure


def test_500_dossiers_are_asked_for_in_a_few_queries(desk: Desk, django_assert_max_num_queries):
    dossiers = [desk.accept() for _ in range(10)]
    wanted = asked(BulkAct.TRANSFER, dossiers, submission_key=uuid4())

    with django_assert_max_num_queries(9):
        bulk.start(wanted=wanted, actor=desk.clerk, at=NOW)
