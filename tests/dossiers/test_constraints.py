"""Each rule that the database keeps of dossiers, asked of the database itself and in words."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from dossiers import ledger
from dossiers.models import (
    Attachment,
    CalendarEdit,
    CodeCounter,
    Correction,
    Dossier,
    DossierEvent,
    DossierPaper,
    DossierStep,
    Fee,
    Pause,
    PrintedForm,
    ReceiptCounter,
    Reschedule,
    RuleBook,
    RuleValue,
    SupplementItem,
    SupplementRequest,
)
from dossiers.statuses import DossierStatus, EventKind
from organizations.models import User
from tests.conftest import NOW, Desk

SECOND = timedelta(seconds=1)
S = DossierStatus


@dataclass
class Cast:
    """An accepted dossier, and people to act on it."""

    dossier: Dossier
    officer: User
    head: User

    def changed(self, **facts) -> Dossier:
        """The dossier with these facts instead of its own."""
        for name, value in facts.items():
            setattr(self.dossier, name, value)
        return self.dossier

    def event(self, **facts) -> DossierEvent:
        known = {"dossier": self.dossier, "sequence": 2, "kind": "file_added", "at": NOW,
                 "recorded_at": NOW, "actor_name": "A", "to_status": S.ACCEPTED,
                 "hash": "0" * 64}  # fmt: skip
        return DossierEvent(**(known | facts))

    def attachment(self, **facts) -> Attachment:
        known = {"dossier": self.dossier, "kind": "paper", "file": "a.pdf", "name": "a.pdf",
                 "content_type": "application/pdf", "size": 1, "sha256": "0" * 64,
                 "added_at": NOW}  # fmt: skip
        return Attachment(**(known | facts))

    def step(self, **facts) -> DossierStep:
        known = {"dossier": self.dossier, "position": 1, "name": "A", "role": "officer",
                 "share_until": 100}  # fmt: skip
        return DossierStep(**(known | facts))

    def pause(self, **facts) -> Pause:
        known = {"dossier": self.dossier, "kind": "supplement", "effect": "restart",
                 "started_at": NOW}  # fmt: skip
        return Pause(**(known | facts))

    def supplement(self, **facts) -> SupplementRequest:
        known = {"dossier": self.dossier, "number": 1, "reason": "Thiếu tờ khai",
                 "asked_by": self.officer, "asked_at": NOW}  # fmt: skip
        return SupplementRequest(**(known | facts))

    def reschedule(self, **facts) -> Reschedule:
        known = {"dossier": self.dossier, "at": NOW, "previous_due_at": NOW,
                 "new_due_at": NOW + SECOND, "reason": "A", "fault": "agency",
                 "decided_by": self.head}  # fmt: skip
        return Reschedule(**(known | facts))

    def correction(self, **facts) -> Correction:
        known = {"dossier": self.dossier, "event": self.dossier.events.earliest("sequence"),
                 "agency": self.dossier.agency, "moment": "ended", "status": "proposed",
                 "improves": False, "former_at": NOW, "true_at": NOW - SECOND, "reason": "A",
                 "reference": "B", "proposed_by": self.officer, "proposed_at": NOW}  # fmt: skip
        return Correction(**(known | facts))

    def decided(self, **facts) -> Correction:
        known = {"status": "accepted", "decided_by": self.head, "decided_at": NOW,
                 "decided_for": self.head.postings[0].agency.parent}  # fmt: skip
        return self.correction(**(known | facts))

    def form(self, **facts) -> PrintedForm:
        return PrintedForm(
            **({"dossier": self.dossier, "kind": "refusal", "asked_at": NOW} | facts)
        )


@pytest.fixture
def cast(desk: Desk) -> Cast:
    return Cast(desk.accept(), desk.officer, desk.head)


def fee(cast: Cast, **facts) -> Fee:
    known = {"dossier": cast.dossier, "name": "A", "amount": 1, "method": "cash", "paid_at": NOW}
    return Fee(**(known | facts))


def second_correction(cast: Cast) -> Correction:
    first = saved(cast.correction())
    happened = ledger.Entry(
        kind=EventKind.CORRECTION_PROPOSED, at=NOW, recorded_at=NOW, data={"correction": first.pk}
    )
    ledger.append(dossier=cast.dossier, entry=happened)
    cast.dossier.save(update_fields=[*ledger.HEAD_FIELDS])
    return cast.correction(true_at=NOW - 2 * SECOND)


def second_receipt(cast: Cast) -> Fee:
    given = {"receipt_agency": cast.dossier.agency, "receipt_year": 2026, "receipt_number": 1}
    fee(cast, **given).save()
    return fee(cast, **given)


def second_receipt_counter(cast: Cast) -> ReceiptCounter:
    counters = [ReceiptCounter(agency=cast.dossier.agency, year=2026, last=1) for _ in range(2)]
    counters[0].save()
    return counters[1]


def book(**facts) -> RuleBook:
    known = {"code": "nd99", "title": "Nghị định 99", "in_force_from": "2099-01-01"}
    return RuleBook(**(known | facts))


def second_step(cast: Cast) -> DossierStep:
    cast.step().save()
    return cast.step()


def saved(row: models.Model) -> models.Model:
    row.save()
    return row


def second_pause(cast: Cast) -> Pause:
    cast.pause().save()
    return cast.pause(started_at=NOW + SECOND)


def second_request(cast: Cast, **facts) -> SupplementRequest:
    first = cast.pause(ended_at=NOW)
    first.save()
    cast.supplement(pause=first).save()
    later = cast.pause(started_at=NOW)
    later.save()
    return cast.supplement(pause=later, **facts)


def item(cast: Cast, **facts) -> SupplementItem:
    pause = cast.pause()
    pause.save()
    request = cast.supplement(pause=pause)
    request.save()
    SupplementItem(request=request, position=1, name="Giấy khai sinh").save()
    return SupplementItem(**({"request": request, "position": 2, "name": "A"} | facts))


CASES = {
    "pause_one_open_for_dossier": second_pause,
    "pause_ends_after_it_starts": lambda cast: cast.pause(ended_at=NOW - SECOND),
    "pause_kind_and_effect_are_known": lambda cast: cast.pause(effect="forget"),
    "supplement_number_unique_in_dossier": lambda cast: second_request(
        cast, received_at=NOW, received_by=cast.officer
    ),
    "supplement_one_open_for_dossier": lambda cast: second_request(cast, number=2),
    "supplement_received_has_person_and_moment": lambda cast: cast.supplement(
        received_at=NOW, pause=saved(cast.pause())
    ),
    "supplement_has_number_and_reason": lambda cast: cast.supplement(
        reason="", pause=saved(cast.pause())
    ),
    "supplement_item_position_unique": lambda cast: item(cast, position=1),
    "supplement_item_is_named": lambda cast: item(cast, name=""),
    "reschedule_moves_forward": lambda cast: cast.reschedule(new_due_at=NOW),
    "reschedule_says_why": lambda cast: cast.reschedule(reason=""),
    "dossier_code_has_the_lawful_form": lambda cast: cast.changed(code="H41.15/261113/0001"),
    "dossier_status_is_known": lambda cast: cast.changed(status="lost", transferred_at=NOW),
    "dossier_accepted_has_moment": lambda cast: cast.changed(
        accepted_at=None, due_at=None, first_due_at=None
    ),
    "dossier_refused_has_moment": lambda cast: cast.changed(refused_at=NOW),
    "dossier_resolved_has_moment": lambda cast: cast.changed(resolved_at=NOW),
    "dossier_returned_has_moment": lambda cast: cast.changed(returned_at=NOW),
    "dossier_in_hand_was_transferred": lambda cast: cast.changed(status=S.PROCESSING),
    "dossier_due_after_acceptance": lambda cast: cast.changed(due_at=NOW),
    "dossier_promises_when_a_limit_is_set": lambda cast: cast.changed(due_at=None),
    "dossier_limit_has_unit": lambda cast: cast.changed(time_unit=""),
    "dossier_approved_by_a_second_person": lambda cast: cast.changed(
        proposed_by=cast.head, approved_by=cast.head
    ),
    "dossier_has_applicant": lambda cast: cast.changed(applicant_name=""),
    "dossier_sets_between_1_and_99": lambda cast: cast.changed(sets=100),
    "event_sequence_unique_in_dossier": lambda cast: cast.event(sequence=1),
    "event_kind_is_known": lambda cast: cast.event(kind="guessed"),
    "event_recorded_after_it_happened": lambda cast: cast.event(recorded_at=NOW - SECOND),
    "code_counter_unique_for_agency_and_day": lambda cast: CodeCounter(
        agency=cast.dossier.agency, day=NOW.date(), last=9
    ),
    "paper_position_unique_in_dossier": lambda cast: DossierPaper(
        dossier=cast.dossier, position=1, name="A"
    ),
    "attachment_is_not_empty": lambda cast: cast.attachment(size=0),
    "fee_is_not_negative": lambda cast: Fee(dossier=cast.dossier, name="A", amount=-1),
    "fee_paid_has_method": lambda cast: Fee(dossier=cast.dossier, name="A", amount=1, paid_at=NOW),
    "step_position_unique_in_dossier": second_step,
    "step_finished_was_started": lambda cast: cast.step(finished_at=NOW),
    "step_share_until_is_a_share": lambda cast: cast.step(share_until=101),
    "calendar_edit_has_grounds": lambda cast: CalendarEdit(
        sentence="Thêm ngày nghỉ",
        decision="",
        actor=cast.head,
        actor_name="A",
        moved_count=0,
        made_at=NOW,
    ),
    "form_number_unique_in_dossier": lambda cast: cast.form(kind="receipt"),
    "fee_receipt_number_unique": lambda cast: second_receipt(cast),
    "fee_receipt_is_whole": lambda cast: fee(cast, receipt_year=2026),
    "receipt_counter_one_for_agency_and_year": lambda cast: second_receipt_counter(cast),
    "form_numbered_from_one": lambda cast: cast.form(number=0),
    "rule_book_has_title": lambda cast: book(title=""),
    "rule_book_scheduled_by_somebody": lambda cast: book(scheduled_at=NOW),
    "rule_value_once_in_book": lambda cast: RuleValue(
        book=RuleBook.objects.get(code="nd61-2018"), key="stop_form", article="A"
    ),
    "rule_value_names_its_article": lambda cast: RuleValue(
        book=saved(book()), key="stop_form", article=""
    ),
    "correction_moment_is_known": lambda cast: cast.correction(moment="accepted"),
    "correction_status_is_known": lambda cast: cast.decided(status="guessed", decision_note="A"),
    "correction_tells_another_past_moment": lambda cast: cast.correction(true_at=NOW),
    "correction_has_reason_and_evidence": lambda cast: cast.correction(reference=""),
    "correction_decided_by_a_second_person": lambda cast: cast.decided(decided_by=cast.officer),
    "correction_that_improves_accepted_elsewhere": lambda cast: cast.decided(
        improves=True, decided_for=cast.dossier.agency
    ),
    "correction_decided_is_whole": lambda cast: cast.decided(decided_at=None),
    "correction_one_waits_for_moment": second_correction,
    "form_rendered_has_file": lambda cast: cast.form(rendered_at=NOW),
}
# The other side of the rules that say "exactly when", and both ends of the ranges.
MORE_CASES = [
    ("dossier_refused_has_moment", {"status": S.NOT_ACCEPTED}),
    ("dossier_resolved_has_moment", {"status": S.RESOLVED, "transferred_at": NOW}),
    (
        "dossier_returned_has_moment",
        {"status": S.RETURNED, "transferred_at": NOW, "resolved_at": NOW},
    ),
    ("dossier_in_hand_was_transferred", {"status": S.AWAITING_APPROVAL}),
    ("dossier_in_hand_was_transferred", {"status": S.RESOLVED, "resolved_at": NOW}),
    ("dossier_due_after_acceptance", {"due_at": NOW - SECOND}),
    ("dossier_promises_when_a_limit_is_set", {"first_due_at": None}),
    ("dossier_promises_when_a_limit_is_set", {"time_limit": None, "time_unit": ""}),
    ("dossier_limit_has_unit", {"time_limit": 0}),
    ("dossier_limit_has_unit", {"time_limit": -1}),
    ("dossier_limit_has_unit", {"time_unit": "fortnight"}),
    ("dossier_sets_between_1_and_99", {"sets": 0}),
    ("dossier_code_has_the_lawful_form", {"code": "H41.15-261113-001"}),
    ("dossier_code_has_the_lawful_form", {"code": "H41.15-261113-0001 "}),
    ("dossier_code_has_the_lawful_form", {"code": ""}),
]


def constraints() -> dict[str, models.BaseConstraint]:
    """By name, every constraint of the app's models."""
    return {
        constraint.name: constraint
        for model in apps.get_app_config("dossiers").get_models()
        for constraint in model._meta.constraints
    }


def test_every_constraint_has_a_case():
    assert set(constraints()) == set(CASES)


def test_the_database_has_every_constraint_of_the_models(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid::regclass::text LIKE 'dossiers_%'"
            # A rule over some of the rows is kept by an index.
            " UNION SELECT indexname FROM pg_indexes WHERE tablename LIKE 'dossiers_%'"
            " AND indexdef LIKE 'CREATE UNIQUE%'"
        )
        kept = {name for (name,) in cursor.fetchall()}

    assert set(CASES) - kept == set()


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses_it(cast, name):
    row = CASES[name](cast)

    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        row.save()


@pytest.mark.parametrize(("name", "facts"), MORE_CASES)
def test_the_database_refuses_the_other_side_too(cast, name, facts):
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        cast.changed(**facts).save()


@pytest.mark.parametrize("name", CASES)
def test_a_form_says_why_in_vietnamese(cast, name):
    row = CASES[name](cast)

    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()

    assert str(constraints()[name].violation_error_message) in refused.value.messages


@pytest.mark.parametrize(
    "facts",
    [
        {"sets": 1},
        {"sets": 99},
        {"code": "H41.15.101.G2-261113-0001234"},
        {"status": S.PROCESSING, "transferred_at": NOW},
        {"time_limit": None, "time_unit": "", "due_at": None, "first_due_at": None},
    ],
)
def test_what_is_lawful_is_kept(cast, facts):
    mine = Dossier.objects.filter(pk=cast.dossier.pk)

    with transaction.atomic():
        changed = mine.update(**facts)
        # The ledger would object to the commit: here only the constraints are asked.
        transaction.set_rollback(True)

    assert changed == 1


def test_codes_and_submission_keys_are_unique(desk: Desk):
    first, second = desk.accept(), desk.accept()
    second.code = first.code

    with pytest.raises(IntegrityError, match="code"), transaction.atomic():
        second.save()
