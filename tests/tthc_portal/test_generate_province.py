"""A drawn province obeys every rule: constraints, ledger, deadlines, transitions, codes."""

import os
import signal
import time
from datetime import timedelta
from io import StringIO
from itertools import pairwise
from multiprocessing import active_children
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apologies.models import ApologyLetter, LetterCounter
from dossiers import deadlines, narrating, recalculation, rules, sealing, steps
from dossiers.clock_facts import Changes, clock
from dossiers.deadlines import Halt
from dossiers.models import (
    CodeCounter,
    Dossier,
    DossierEvent,
    DossierPaper,
    Fee,
    Pause,
    Reschedule,
    Result,
    SupplementRequest,
)
from dossiers.statuses import TRANSITIONS, DossierStatus, EventKind, PaymentMethod
from feedback import deadlines as petition_deadlines
from feedback.models import Petition, PetitionEvent, Rating
from organizations.models import Membership
from procedures.models import ClockRule
from procedures.statuses import ChannelKind, ClockEffect
from reporting import tallies
from tests.conftest import NOW, make_version
from tthc_portal.demonstration import batches, generation, moments, staffing
from tthc_portal.demonstration.batches import Cell, Order, produce
from tthc_portal.demonstration.desks import agencies_at_work, desk_of
from tthc_portal.demonstration.generation import ProvinceRefused, Wish, generate
from tthc_portal.demonstration.life import Life
from tthc_portal.demonstration.parallel import ProcessDied, in_processes
from tthc_portal.demonstration.progress import Bar
from tthc_portal.demonstration.stories import tell
from workdays.loading import calendar_for

# What no act of the portal does by itself yet, or what needs a file or a partner.
pytestmark = pytest.mark.slow

NOT_DRAWN = {
    EventKind.FILE_ADDED,
    EventKind.DUE_MOVED,
    EventKind.WARNED,
    EventKind.EXTENSION_ASKED,
    EventKind.EXTENSION_REFUSED,
    EventKind.APOLOGY_WITHDRAWN,
    EventKind.CONSULTED,
    EventKind.CONSULTATION_ANSWERED,
    EventKind.CONSULTATION_LATE,
    EventKind.FEE_PAID,
    EventKind.SUPPLEMENT_PARTLY,
    EventKind.IMPORTED,
    EventKind.CORRECTION_PROPOSED,
    EventKind.CORRECTION_ACCEPTED,
    EventKind.CORRECTION_REFUSED,
    EventKind.HANDOVER,
    EventKind.HANDOVER_CONFIRMED,
}
DRAWN = {
    "submitted", "accepted", "refused", "transferred", "assigned", "proposed", "sent_back",
    "approved", "returned", "due_soon", "overdue", "not_transferred", "not_accepted_in_time",
    "supplement_asked", "supplement_received", "paused", "resumed", "declined", "stopped",
    "withdrawn", "rescheduled", "apology_signed",
}  # fmt: skip


FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, attname, confrelid::regclass::text
    FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
    WHERE contype = 'f' AND conrelid::regclass::text ~ '^(dossiers|feedback|apologies)_'
"""


@pytest.fixture
def staffed(desk, second_officer, deputy_head, commune, commune_clerk, administrator, supervisor):
    """Justice with four people behind the centre, a commune, and a procedure of each effect."""
    for effect, code in (
        (ClockEffect.SUBTRACT, "1.000123"),
        (ClockEffect.SHIFT, "1.000456"),
        (None, "1.000789"),
    ):
        version = make_version(desk.agency, commune, code=code, name=f"Thủ tục {code}")
        if effect:
            ClockRule.objects.create(
                version=version, effect=effect, in_force_from=NOW.date() - timedelta(days=500),
                basis="Luật", decided_by=administrator, decided_at=NOW - timedelta(days=501),
            )  # fmt: skip
    return desk


def drawn(count=400, **more):
    wish = Wish(**{"dossiers": count, "months": 4, "seed": 7, "is_trusted": False, **more})
    return generate(wish=wish, at=NOW)


def require_constraints():
    """What the database would only look at when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


# -- By the same rules --------------------------------------------------------------------


def test_every_constraint_and_trigger_and_the_ledger_hold(staffed):
    assert drawn() == 400
    require_constraints()

    verdict = sealing.verify()

    assert (verdict.dossiers, verdict.broken) == (400, None)
    assert verdict.seals > 100
    assert list(recalculation.shifts()) == []
    for name in ("papers", "steps", "events"):
        assert Dossier.objects.filter(**{f"{name}__isnull": False}).exists(), name


def test_what_is_written_without_asking_keeps_every_foreign_key(staffed):
    drawn(1500, is_trusted=True)
    require_constraints()

    with connection.cursor() as cursor:
        cursor.execute(FOREIGN_KEYS)
        keys = cursor.fetchall()
        assert len(keys) > 50
        for table, column, other in keys:
            cursor.execute(
                f"SELECT count(*) FROM {table} WHERE {column} IS NOT NULL"
                f" AND {column} NOT IN (SELECT id FROM {other})"
            )
            assert cursor.fetchone() == (0,), (table, column)
    assert sealing.verify().broken is None
    assert tallies.first_difference() is None


def test_a_second_run_with_the_same_seed_adds_as_many_again(staffed):
    for _ in range(2):
        assert drawn(1500) == 1500
    require_constraints()

    assert Dossier.objects.count() == 3000
    assert Petition.objects.count() > 10
    assert sealing.verify().broken is None


def test_every_stored_promise_follows_from_the_clock(staffed):
    drawn()
    calendar = calendar_for(staffed.agency.schedule_id)
    waiting = Pause.objects.filter(ended_at__isnull=True).values("dossier")

    for dossier in Dossier.objects.filter(accepted_at__isnull=False).exclude(pk__in=waiting):
        promised = deadlines.promise(clock=clock(dossier), calendar=calendar, remind_days=1)
        assert (dossier.due_at, dossier.remind_at) == (promised.due_at, promised.remind_at)


def test_every_other_moment_that_is_promised_follows_from_the_rules(staffed):
    drawn()
    calendar = calendar_for(staffed.agency.schedule_id)
    straight = Dossier.objects.filter(pauses__isnull=True, reschedule__isnull=True)

    for dossier in straight:
        if dossier.submitted_at:
            book = rules.in_force_on(deadlines.local_date(dossier.submitted_at))
            by = deadlines.accept_by(
                submitted_at=dossier.submitted_at, calendar=calendar, rules=book
            )
            assert dossier.accept_by == by
        if dossier.accepted_at:
            book = rules.BY_CODE[dossier.rule_set]
            by = deadlines.transfer_by(
                accepted_at=dossier.accepted_at, calendar=calendar, rules=book
            )
            assert dossier.transfer_by == by
        kept = list(dossier.steps.order_by("position"))
        shares = [step.share_until for step in kept]
        assert [step.due_at for step in kept] == steps.due_moments(dossier, shares, calendar)


def test_desks_follow_a_promise_that_a_halt_has_moved(staffed):
    drawn(800)
    calendar = calendar_for(staffed.agency.schedule_id)
    halted = Dossier.objects.filter(pauses__ended_at__isnull=False, reschedule__isnull=True)

    for dossier in halted:
        halt = dossier.pauses.get()
        changed = Changes((Halt(halt.started_at, halt.ended_at, ClockEffect(halt.effect)),), None)
        later = list(dossier.steps.exclude(finished_at__lt=halt.ended_at).order_by("position"))
        shares = [step.share_until for step in later]
        moments_due = steps.due_moments(dossier, shares, calendar, changed)
        assert [step.due_at for step in later] == moments_due
    assert set(halted.values_list("pauses__effect", flat=True)) == set(ClockEffect.values)


def test_each_history_walks_through_the_table_of_transitions(staffed):
    drawn()

    for dossier in Dossier.objects.all():
        events = list(dossier.events.order_by("sequence"))
        for before, after in pairwise([None, *events]):
            state = DossierStatus(before.to_status) if before else None
            assert TRANSITIONS[EventKind(after.kind)][state] == after.to_status
            assert before is None or before.recorded_at <= after.recorded_at
        assert events[-1].recorded_at <= NOW


def test_the_sweeps_find_nothing_left_to_note(staffed):
    drawn()
    open_ones = Dossier.objects.all().open()

    assert not open_ones.filter(due_at__lt=NOW, overdue_noted=False).exists()
    assert not open_ones.filter(remind_at__lt=NOW, due_soon_noted=False).exists()


def test_a_real_life_is_drawn_in_all_its_kinds(staffed):
    drawn(3000)

    assert set(Dossier.objects.values_list("status", flat=True)) == set(DossierStatus.values)
    assert set(Dossier.objects.values_list("channel", flat=True)) == set(ChannelKind.values)
    assert set(Pause.objects.values_list("effect", flat=True)) == set(ClockEffect.values)
    assert set(DossierEvent.objects.values_list("kind", flat=True)) == DRAWN
    assert set(EventKind.values) - DRAWN == NOT_DRAWN
    assert set(Fee.objects.values_list("method", flat=True)) - {""} == set(PaymentMethod.values)
    for model in (SupplementRequest, Reschedule, ApologyLetter, Rating, Petition, Result):
        assert model.objects.exists(), model
    for flag in ("is_digitised", "is_reused", "is_from_store"):
        assert set(DossierPaper.objects.values_list(flag, flat=True)) == {True, False}
    for flag in ("is_identity_verified", "uses_population_data"):
        assert set(Dossier.objects.values_list(flag, flat=True)) == {True, False}
    late = Dossier.objects.filter(resolved_at__gt=F("first_due_at")).count()
    assert 60 < late < 900
    require_constraints()


# -- Codes, numbers, seeds ----------------------------------------------------------------


def test_codes_of_an_agency_and_day_have_no_gaps_and_the_next_acceptance_goes_on(staffed):
    drawn()
    numbers = {}
    for code in Dossier.objects.values_list("code", flat=True):
        day, number = code.rsplit("-", 1)
        numbers.setdefault(day, []).append(int(number))

    assert all(sorted(of_day) == list(range(1, len(of_day) + 1)) for of_day in numbers.values())
    for counter in CodeCounter.objects.select_related("agency"):
        assert counter.last == len(numbers[f"{counter.agency.code}-{counter.day:%y%m%d}"])

    day = CodeCounter.objects.filter(agency=staffed.agency).order_by("-last").first()
    at = NOW.replace(year=day.day.year, month=day.day.month, day=day.day.day)
    assert staffed.accept(at=at).code.endswith(f"-{day.last + 1:04d}")


def test_letters_are_numbered_in_order_of_signing(staffed):
    drawn(3000)

    for counter in LetterCounter.objects.all():
        letters = ApologyLetter.objects.filter(agency=counter.agency_id, year=counter.year)
        found = list(letters.order_by("signed_at").values_list("number", flat=True))
        assert sorted(found) == list(range(1, counter.last + 1))
        told = [
            letter.dossier.events.get(kind="apology_signed").data["number"] for letter in letters
        ]
        assert told == [letter.full_number for letter in letters]


def test_the_same_seed_draws_the_same_codes_and_hashes(staffed):
    staffing.post_everywhere(seed=7)
    found = []
    for seed in (7, 7, 8):
        mark = transaction.savepoint()
        drawn(120, seed=seed)
        found.append(set(Dossier.objects.values_list("code", "last_hash", "changed_at")))
        transaction.savepoint_rollback(mark)

    assert found[0] == found[1]
    assert not found[0] & found[2]


def test_a_second_run_adds_and_slips_nothing_under_a_seal(staffed):
    drawn(100)
    drawn(100, seed=8)
    require_constraints()

    assert Dossier.objects.count() == 200
    assert sealing.verify().broken is None
    added = DossierEvent.objects.order_by("-id").first()
    assert added.recorded_at == NOW


def test_rows_stand_in_the_order_in_which_the_dossiers_came(staffed):
    drawn(200)
    begun = [
        deadlines.local_date(dossier.submitted_at or dossier.accepted_at or dossier.refused_at)
        for dossier in Dossier.objects.order_by("id")
    ]

    assert begun == sorted(begun)


# -- What is seen of it -------------------------------------------------------------------


def test_every_history_tells_itself(staffed):
    drawn()

    for event in DossierEvent.objects.all():
        assert narrating.event(event).endswith(".")


def test_the_page_of_a_dossier_of_each_state_opens(staffed, sign_in, supervisor):
    drawn(1500)
    browser = sign_in(supervisor)

    for status in DossierStatus.values:
        dossier = Dossier.objects.filter(status=status).order_by("-event_count").first()
        if dossier:
            assert browser.get(dossier.get_absolute_url()).status_code == 200, status


def test_petitions_keep_their_terms(staffed):
    drawn(3000)
    calendar = calendar_for(staffed.agency.schedule_id)

    for petition in Petition.objects.filter(asked_at__isnull=True):
        terms = petition_deadlines.terms(start=petition.sent_at, calendar=calendar)
        assert petition.answer_by == terms.answer_by
        assert petition.event_count == PetitionEvent.objects.filter(petition=petition).count()
        assert petition.likes + petition.dislikes == petition.votes.count()


# -- Asking for it ------------------------------------------------------------------------


def test_an_agency_without_people_gets_its_staff_once(staffed, commune):
    assert staffing.post_everywhere(seed=1) == 3
    assert staffing.post_everywhere(seed=1) == 0
    posted = Membership.objects.filter(agency=commune, user__username__startswith="h41.101.")
    assert {posting.role for posting in posted} == {"counter", "officer", "head"}
    assert not any(posting.user.has_usable_password() for posting in posted)


def test_without_anybody_to_work_nothing_is_drawn(province):
    with pytest.raises(ProvinceRefused, match="seed_demo"):
        drawn(10)


@pytest.mark.parametrize(("wish", "word"), [
    ({"months": 200}, "ít tháng hơn"),
    ({"dossiers": 3_000_000, "months": 1}, "nhiều tháng hơn"),
])  # fmt: skip
def test_a_province_that_cannot_be_is_refused(staffed, wish, word):
    with pytest.raises(ProvinceRefused, match=word):
        drawn(**wish)
    assert not Dossier.objects.exists()


def test_real_data_is_not_mixed_with_drawn_data_by_mistake(dossier, settings):
    settings.DATABASE_URL, settings.DEBUG = "postgres://example/tthc", False

    with pytest.raises(CommandError, match="--into-real-data"):
        call_command("generate_province", dossiers=10, stdout=StringIO())
    assert Dossier.objects.count() == 1


def test_the_command_shows_its_progress_and_says_what_it_did(staffed):
    out = StringIO()

    call_command("generate_province", dossiers=30, months=2, processes=1, stdout=out)

    assert "Đã thêm 30 hồ sơ" in out.getvalue()
    assert "100%" in out.getvalue()
    assert Dossier.objects.count() == 30
    assert tallies.first_difference() is None


def test_what_is_drawn_is_tallied(staffed):
    drawn()

    assert tallies.first_difference() is None


def _counts(share):
    """Some batches, then what the share says."""
    yield 3
    if share == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if share == "broken":
        raise ValueError(share)
    yield 4


def test_processes_tell_what_they_have_done():
    assert sorted(in_processes(_counts, ["one", "two"])) == [3, 3, 4, 4]


def test_what_a_process_raises_is_raised_here():
    with pytest.raises(ValueError, match="broken"):
        list(in_processes(_counts, ["broken"]))


def test_a_killed_process_ends_the_others_and_the_run():
    began = time.monotonic()

    with pytest.raises(ProcessDied) as death:
        list(in_processes(_counts_or_waits, ["waits", "killed"]))

    assert time.monotonic() - began < 30
    assert 3 <= death.value.done <= 3 + 4 + 3
    assert not active_children()


def _counts_or_waits(share):
    yield from _counts(share)
    time.sleep(600)


@pytest.mark.django_db(transaction=True)
def test_a_killed_process_refuses_the_province_and_leaves_whole_dossiers(staffed, monkeypatch):
    staffing.post_everywhere(seed=1)
    monkeypatch.setattr(batches, "BATCH", 20)
    monkeypatch.setattr(generation, "produce", _killed_after_a_batch)

    with pytest.raises(ProvinceRefused, match=r"bị dừng đột ngột.*chạy lại lệnh"):
        drawn(400, processes=2)

    assert 0 < Dossier.objects.count() < 400
    assert sealing.verify().broken is None
    assert tallies.first_difference() is None
    monkeypatch.undo()
    assert drawn(50) == 50


def _killed_after_a_batch(order):
    for number, done in enumerate(produce(order)):
        if number == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        yield done


@pytest.mark.parametrize("option", ["dossiers", "months", "processes"])
def test_none_of_something_is_no_province(staffed, option):
    wanted = {"dossiers": 1, "months": 1, "processes": 1, option: 0}
    with pytest.raises(CommandError, match="từ 1 trở lên"):
        call_command("generate_province", **wanted, stdout=StringIO())


def test_the_bar_says_how_far_how_fast_and_how_long():
    line = Bar(total=10_000, stream=StringIO(), is_live=False).line(5_000, 0.5)

    assert "50%  5.000/10.000  10.000 hồ sơ/giây, còn 0 giây" in line


# -- Parts --------------------------------------------------------------------------------


@given(
    total=st.integers(0, 10_000),
    shares=st.lists(st.integers(1, 1000), min_size=1, max_size=20),
)
def test_nothing_is_lost_when_a_total_is_shared_out(total, shares):
    counts = moments.shared_out(total, shares)

    assert sum(counts) == total
    assert min(counts) >= 0


def test_tet_brings_hardly_anybody_and_the_day_after_it_a_crowd(schedule):
    calendar = calendar_for(schedule.pk)
    days = dict(
        moments.weights(
            calendar=calendar,
            first=NOW.date().replace(month=2, day=1),
            last=NOW.date().replace(month=2, day=28),
        )
    )

    of_tet, after = days[NOW.date().replace(month=2, day=17)], NOW.date().replace(month=2, day=23)
    assert of_tet < 0.1
    assert days[after] == max(days.values())


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(seed=st.integers(0, 10**9), minutes=st.integers(1, 60 * 24 * 200))
def test_any_life_seen_at_any_moment_walks_and_keeps_time(staffed, seed, minutes):
    agency = staffed.agency
    desk = desk_of(agency, seed=seed)
    random = Random(seed)
    begun = moments.of_the_counter(NOW.date() - timedelta(days=190), random)
    life = Life(
        desk=desk, case=random.choice(desk.cases), begun_at=begun,
        until=begun + timedelta(minutes=minutes), random=random,
    )  # fmt: skip
    life.columns = {"applicant_name": "Nguyễn Thị Đào", "return_method": "counter"}

    tell(life)

    state = None
    for happened in life.events:
        state = TRANSITIONS[happened.kind][state]
        assert happened.at <= happened.recorded_at <= life.until
    assert state == life.status


def test_each_batch_is_whole(staffed, monkeypatch):
    monkeypatch.setattr(batches, "BATCH", 20)
    staffing.post_everywhere(seed=1)
    agency = next(agency for agency, _ in agencies_at_work() if agency == staffed.agency)
    days = {number: NOW.date() - timedelta(days=number) for number in (30, 29, 28)}
    cells = [Cell(agency.pk, day, 20, 1000 + 20 * number) for number, day in days.items()]

    for done in produce(Order(cells, NOW, 1, is_trusted=False)):
        assert done
        require_constraints()
        assert sealing.verify().broken is None
