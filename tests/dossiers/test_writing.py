"""Writing a dossier and what hangs on it in one statement, as faithfully as `save` would."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import DataError
from django.test.utils import CaptureQueriesContext

from dossiers import intake, ledger, opening
from dossiers.deadlines import HERE
from dossiers.holding import ActRefused
from dossiers.models import Dossier, DossierPaper, Fee
from dossiers.requests import FeeFacts, Paper
from dossiers.statuses import PaymentMethod
from tests.conftest import NOW, Desk
from workdays import loading
from workdays.kinds import DayOffKind
from workdays.models import Holiday
from workdays.refusals import CalendarGap

FEE = FeeFacts(amount=Decimal(200_000), method=PaymentMethod.CASH)
PAPERS = [Paper(name=f"Giấy tờ số {number}", copies=number) for number in range(1, 60)]


def columns_of(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_the_dossier_at_hand_is_the_dossier_that_was_kept(desk: Desk):
    dossier = desk.accept(fee=FEE)

    assert columns_of(dossier) == columns_of(Dossier.objects.get(pk=dossier.pk))
    assert dossier.applicant_key == "nguyen thi dao"
    assert not dossier._state.adding


def test_children_hang_on_the_dossier_in_their_order(desk: Desk):
    dossier = desk.accept(papers=PAPERS, fee=FEE)

    kept = DossierPaper.objects.filter(dossier=dossier).order_by("id")
    assert [(row.position, row.name, row.copies) for row in kept] == [
        (number, f"Giấy tờ số {number}", number) for number in range(1, 60)
    ]
    assert Fee.objects.get(dossier=dossier).paid_at == NOW
    assert dossier.events.get().data["due_at"] == dossier.due_at.isoformat()


def test_dossier_event_papers_fee_and_form_are_one_insert(desk: Desk):
    desk.accept(fee=FEE)

    with CaptureQueriesContext(connection) as queries:
        desk.accept(fee=FEE)

    written = [query["sql"] for query in queries if "EXECUTE insert_" in query["sql"]]
    assert len(written) == 1
    assert not [query for query in queries if "INSERT INTO" in query["sql"]][1:]


def test_text_that_is_too_long_is_refused_not_cut(desk: Desk):
    with pytest.raises(DataError):
        desk.accept(fee=FeeFacts(amount=Decimal(1), name="x" * 201))


@pytest.mark.django_db(transaction=True)
def test_what_comes_at_the_counter_is_one_statement_and_that_is_its_transaction(desk: Desk):
    desk.accept(fee=FEE)
    request = desk.request(papers=PAPERS, fee=FEE)

    with CaptureQueriesContext(connection) as queries:
        intake.accept(request=request, actor=desk.clerk, at=NOW)

    sql = [query["sql"] for query in queries]
    assert len(sql) == 1, sql
    assert "EXECUTE insert_" in sql[0]


@pytest.mark.django_db(transaction=True)
def test_the_database_hashes_the_first_event_as_the_ledger_does(desk: Desk):
    dossier = desk.accept(summary='Ông nói: "một, hai" \\ ba 🙂')

    event = dossier.events.get()
    assert event.hash == ledger.content_hash(event, dossier.code)
    assert dossier.last_hash == event.hash
    assert Dossier.objects.get().last_hash == event.hash


@pytest.mark.django_db(transaction=True)
def test_a_statement_that_fails_gives_its_number_back(desk: Desk):
    key = uuid4()
    first = desk.accept(submission_key=key)

    assert desk.accept(submission_key=key).pk == first.pk
    with pytest.raises(DataError):
        desk.accept(fee=FeeFacts(amount=Decimal(1), name="x" * 201))

    assert desk.accept().code == "H41.15-261113-0002"
    assert Dossier.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_promise_on_a_calendar_that_was_edited_elsewhere_is_made_anew(desk: Desk):
    before = desk.accept()
    # Another process adds a day off: this one still keeps the calendar without it.
    Holiday.objects.create(date=date(2026, 11, 17), kind=DayOffKind.HOLIDAY, name="Nghỉ bão")

    after = desk.accept()

    assert before.due_at.astimezone(HERE).date() == date(2026, 11, 20)
    assert after.due_at.astimezone(HERE).date() == date(2026, 11, 23)
    assert after.events.get().data["due_at"] == after.due_at.isoformat()
    assert after.code == "H41.15-261113-0002"


def test_a_year_that_was_entered_elsewhere_is_promised_on(desk: Desk):
    keep_a_calendar_without_this_year(desk)

    assert desk.accept().due_at.astimezone(HERE).date() == date(2026, 11, 20)


def test_an_online_dossier_is_answered_by_a_year_that_was_entered_elsewhere(desk: Desk):
    keep_a_calendar_without_this_year(desk)

    submitted = intake.submit(request=desk.request(channel="online"), at=NOW)

    assert submitted.accept_by is not None


def test_a_year_that_nobody_entered_is_told(desk: Desk):
    Holiday.objects.filter(date__year__gte=2026).delete()

    with pytest.raises(CalendarGap):
        desk.accept()

    assert not Dossier.objects.exists()


def keep_a_calendar_without_this_year(desk: Desk) -> None:
    """As a process does that promised before the year was entered, by another process."""
    with transaction.atomic():
        Holiday.objects.filter(date__year__gte=2026).delete()
        loading.calendar_for(desk.agency.schedule_id)
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_a_calendar_that_never_stands_still_is_told(desk: Desk, monkeypatch):
    old = loading.kept_for(desk.agency.schedule_id)._replace(version=-1)
    monkeypatch.setattr(opening, "kept_for", lambda _: old)

    with pytest.raises(ActRefused) as refused:
        desk.accept()

    assert refused.value.code == "calendar_busy"
    assert not Dossier.objects.exists()
