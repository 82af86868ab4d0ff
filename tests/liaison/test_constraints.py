"""Each rule that the database keeps of consultations, asked of the database and in words."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from dossiers.models import Attachment
from liaison.models import AnswerFile, Consultation, ConsultationRound, LateNotice, SharedFile
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
