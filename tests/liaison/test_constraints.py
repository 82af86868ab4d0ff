"""Each rule that the database keeps of consultations, asked of the database and in words."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from dossiers.models import Attachment
from liaison.models import (
    AnswerFile,
    Consultation,
    ConsultationRound,
    HandoverBatch,
    HandoverItem,
    LateNotice,
    PrintedBook,
    PrintOrder,
    SharedFile,
)
from organizations.models import Agency
from tests.conftest import NOW, Desk
from tests.liaison.conftest import taken

HOUR = timedelta(hours=1)


def saved(row: models.Model) -> models.Model:
    row.save()
    return row


@dataclass
class Cast:
    """A round about one dossier, and rows around it."""

    desk: Desk
    round: ConsultationRound
    agency: Agency

    def made(self, **facts) -> ConsultationRound:
        known = {"dossier": self.round.dossier, "order": "parallel", "content": "A",
                 "asked_by": self.desk.officer, "asked_at": NOW}  # fmt: skip
        return ConsultationRound(**(known | facts))

    def asked(self, **facts) -> Consultation:
        known = {"round": self.round, "dossier": self.round.dossier, "agency": self.agency,
                 "position": 1, "status": "asked", "term": 2, "unit": "working_day",
                 "asked_at": NOW, "due_at": NOW + HOUR, "remind_at": NOW}  # fmt: skip
        return Consultation(**(known | facts))

    def answered(self, **facts) -> Consultation:
        known = {"status": "answered", "verdict": "agrees", "answer": "A",
                 "answered_by": self.desk.officer, "answered_at": NOW}  # fmt: skip
        return self.asked(**(known | facts))

    def withdrawn(self, **facts) -> Consultation:
        known = {"status": "withdrawn", "closed_at": NOW, "closed_by": self.desk.officer,
                 "closing_reason": "A"}  # fmt: skip
        return self.asked(**(known | facts))

    def waiting(self, **facts) -> Consultation:
        known = {"status": "waiting", "asked_at": None, "due_at": None, "remind_at": None}
        return self.asked(**(known | facts))

    def file(self, **facts) -> Attachment:
        known = {"dossier": self.round.dossier, "kind": "paper", "file": "a.pdf", "name": "a.pdf",
                 "content_type": "application/pdf", "size": 1, "sha256": "0" * 64,
                 "added_at": NOW}  # fmt: skip
        return saved(Attachment(**(known | facts)))

    def batch(self, **facts) -> HandoverBatch:
        known = {"submission_key": uuid4(), "year": 2026, "number": 1,
                 "from_counter": self.desk.counter, "to_agency": self.desk.agency,
                 "carries": "papers", "way": "by_hand", "given_by": self.desk.clerk,
                 "given_at": NOW, "expected_by": NOW + HOUR}  # fmt: skip
        return HandoverBatch(**(known | facts))

    def item(self, **facts) -> HandoverItem:
        known = {"dossier": self.round.dossier, "position": 1}
        batch = facts.pop("batch", None) or saved(self.batch())
        return HandoverItem(batch=batch, **(known | facts))

    def settled(self, **facts) -> HandoverItem:
        known = {"outcome": "received", "settled_by": self.desk.officer, "settled_at": NOW}
        return self.item(**(known | facts))

    def order(self, **facts) -> PrintOrder:
        known = {"submission_key": uuid4(), "kind": "register", "counter": self.desk.counter,
                 "first_day": NOW.date(), "last_day": NOW.date(),
                 "asked_by": self.desk.clerk, "asked_at": NOW}  # fmt: skip
        return PrintOrder(**(known | facts))

    def book(self, **facts) -> PrintedBook:
        known = {"number": 1, "first_entry": 1, "last_entry": 2, "file": "a.pdf", "sha256": "0"}
        order = facts.pop("order", None) or saved(self.order())
        return PrintedBook(order=order, **(known | facts))


@pytest.fixture
def cast(desk: Desk, construction: Agency) -> Cast:
    dossier = taken(desk)
    made = ConsultationRound.objects.create(
        dossier=dossier, order="parallel", content="A", asked_by=desk.officer, asked_at=NOW
    )
    return Cast(desk, made, construction)


def shared_again(cast: Cast) -> SharedFile:
    file = cast.file()
    SharedFile(round=cast.round, attachment=file).save()
    return SharedFile(round=cast.round, attachment=file)


def same_position(cast: Cast) -> Consultation:
    cast.asked().save()
    return cast.asked(agency=cast.desk.agency)


def asked_twice(cast: Cast) -> Consultation:
    cast.asked().save()
    return cast.waiting(position=2)


def empty_file(cast: Cast) -> AnswerFile:
    return AnswerFile(
        consultation=saved(cast.asked()), name="a.pdf", content_type="a", size=0, file="a.pdf"
    )


def read_by_nobody(cast: Cast) -> LateNotice:
    return LateNotice(
        consultation=saved(cast.asked()), counter=cast.desk.counter, sent_at=NOW, read_at=NOW
    )


def same_number_at_counter(cast: Cast) -> HandoverBatch:
    cast.batch().save()
    return cast.batch()


def same_number_in_agency(cast: Cast) -> HandoverBatch:
    back = {"from_counter": None, "from_agency": cast.desk.agency,
            "to_agency": None, "to_counter": cast.desk.counter}  # fmt: skip
    cast.batch(**back).save()
    return cast.batch(**back)


def twice_in_batch(cast: Cast) -> HandoverItem:
    batch = saved(cast.batch())
    cast.settled(batch=batch, outcome="missing", reason="A").save()
    return cast.item(batch=batch)


def in_two_batches(cast: Cast) -> HandoverItem:
    cast.item().save()
    return cast.item(batch=saved(cast.batch(number=2)))


def same_book(cast: Cast) -> PrintedBook:
    book = saved(cast.book())
    return cast.book(order=book.order)


CASES = {
    "consultation_order_is_known": lambda cast: cast.made(order="random"),
    "consultation_asks_something": lambda cast: cast.made(content=""),
    "shared_file_once_in_round": shared_again,
    "consultation_position_unique_in_round": same_position,
    "consultation_one_open_for_dossier_and_agency": asked_twice,
    "consultation_status_is_known": lambda cast: cast.waiting(status="lost"),
    "consultation_term_is_measured": lambda cast: cast.asked(unit="month"),
    "consultation_asked_has_term": lambda cast: cast.asked(due_at=NOW),
    "consultation_waiting_has_no_term": lambda cast: cast.asked(status="waiting"),
    "consultation_answered_is_whole": lambda cast: cast.answered(answer=""),
    "consultation_closed_has_moment": lambda cast: cast.withdrawn(closed_at=None),
    "consultation_withdrawn_says_who_and_why": lambda cast: cast.withdrawn(closing_reason=""),
    "answer_file_is_not_empty": empty_file,
    "late_notice_read_has_person": read_by_nobody,
    "handover_number_unique_at_counter": same_number_at_counter,
    "handover_number_unique_in_agency": same_number_in_agency,
    "handover_numbered_from_one": lambda cast: cast.batch(number=0),
    "handover_from_one_place": lambda cast: cast.batch(from_counter=None),
    "handover_to_one_place": lambda cast: cast.batch(to_agency=None),
    "handover_places_differ": lambda cast: cast.batch(to_agency=None, to_counter=cast.desk.counter),
    "handover_carries_something_known": lambda cast: cast.batch(carries="food"),
    "handover_way_is_known": lambda cast: cast.batch(way="drone"),
    "handover_by_post_has_tracking_number": lambda cast: cast.batch(way="post"),
    "handover_expected_after_given": lambda cast: cast.batch(expected_by=NOW),
    "handover_settled_after_given": lambda cast: cast.batch(settled_at=NOW - HOUR),
    "handover_item_once_in_batch": twice_in_batch,
    "handover_item_one_pending_of_dossier": in_two_batches,
    "handover_item_outcome_is_known": lambda cast: cast.settled(outcome="eaten", reason="A"),
    "handover_item_settled_has_person_and_moment": lambda cast: cast.settled(settled_by=None),
    "handover_item_missing_or_extra_says_why": lambda cast: cast.settled(outcome="missing"),
    "print_is_of_a_batch_or_of_a_place_and_days": lambda cast: cast.order(kind="minutes"),
    "book_number_unique_in_order": same_book,
    "book_entries_in_order": lambda cast: cast.book(last_entry=0),
}
MORE_CASES = [
    ("consultation_term_is_measured", {"term": 81}),
    ("consultation_term_is_measured", {"term": 0}),
    ("consultation_asked_has_term", {"due_at": None}),
    ("consultation_asked_has_term", {"remind_at": None}),
    ("consultation_answered_is_whole", {"status": "answered"}),
    ("consultation_answered_is_whole", {"answer": "A"}),
    ("consultation_closed_has_moment", {"closed_at": NOW}),
]


def constraints() -> dict[str, models.BaseConstraint]:
    return {
        constraint.name: constraint
        for model in apps.get_app_config("liaison").get_models()
        for constraint in model._meta.constraints
    }


def test_every_constraint_has_its_case():
    assert set(constraints()) == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses(cast, name):
    row = CASES[name](cast)

    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        row.save()


@pytest.mark.parametrize(("name", "facts"), MORE_CASES)
def test_the_database_refuses_the_other_side_too(cast, name, facts):
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        cast.asked(**facts).save()


@pytest.mark.parametrize("name", CASES)
def test_a_form_says_why_in_vietnamese(cast, name):
    row = CASES[name](cast)

    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()

    assert str(constraints()[name].violation_error_message) in refused.value.messages


def test_what_is_lawful_is_kept(cast):
    cast.waiting().save()
    cast.answered(position=2).save()
    cast.withdrawn(position=3, asked_at=None, due_at=None, remind_at=None).save()

    assert Consultation.objects.count() == 3
