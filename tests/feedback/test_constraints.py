"""Each rule that the database keeps of petitions and ratings, asked of the database itself."""

from dataclasses import dataclass

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from feedback.models import (
    Petition,
    PetitionEvent,
    PetitionFile,
    PetitionVote,
    Rating,
    RatingModeration,
)
from feedback.statuses import PetitionStatus
from organizations.models import User
from tests.conftest import NOW

S = PetitionStatus


@dataclass
class Cast:
    """A petition under way, a rated dossier, and somebody to act."""

    petition: Petition
    rating: Rating
    clerk: User

    def changed(self, **facts) -> Petition:
        """The petition with these facts instead of its own."""
        for name, value in facts.items():
            setattr(self.petition, name, value)
        return self.petition

    def event(self, **facts) -> PetitionEvent:
        known = {"petition": self.petition, "sequence": 3, "kind": "answered", "at": NOW,
                 "actor_name": "A", "to_status": S.ANSWERED}  # fmt: skip
        return PetitionEvent(**(known | facts))

    def rated(self, **facts) -> Rating:
        known = {"dossier": self.rating.dossier, "agency": self.rating.agency, "satisfaction": 5,
                 "source": "link", "given_at": NOW}  # fmt: skip
        return Rating(**(known | facts))


@pytest.fixture
def cast(hands, return_dossier, clerk) -> Cast:
    dossier = return_dossier()
    rating = Rating.objects.create(
        dossier=dossier, agency=dossier.agency, satisfaction=5, source="link", given_at=NOW
    )
    return Cast(hands.received(), rating, clerk)


def second_vote(cast: Cast) -> PetitionVote:
    facts = {"petition": cast.petition, "voter": "sender", "likes": True, "at": NOW}
    PetitionVote.objects.create(**facts)
    return PetitionVote(**facts)


ANSWERED = {"status": S.ANSWERED, "answered_at": NOW, "publish_by": NOW, "answer": "Rồi."}

CASES = {
    "petition_code_has_its_form": lambda cast: cast.changed(code="PA-261113-O0I1LL"),
    "petition_status_is_known": lambda cast: cast.changed(status="lost"),
    "petition_category_is_known": lambda cast: cast.changed(category="lost"),
    "petition_says_who_and_what": lambda cast: cast.changed(subject=""),
    "petition_sender_can_be_reached": lambda cast: cast.changed(phone="", email=""),
    "petition_refused_has_moment": lambda cast: cast.changed(status=S.REFUSED),
    "petition_answered_has_moment": lambda cast: cast.changed(answered_at=NOW),
    "petition_answered_has_term_to_publish": lambda cast: cast.changed(publish_by=NOW),
    "petition_published_has_moment": lambda cast: cast.changed(published_at=NOW),
    "petition_answered_has_answer": lambda cast: cast.changed(**ANSWERED),
    "petition_waiting_was_asked": lambda cast: cast.changed(status=S.NEEDS_MORE, asked_at=NOW),
    "petition_sent_has_term_to_refuse": lambda cast: cast.changed(status=S.SENT, refuse_by=None),
    "petition_terms_follow_the_sending": lambda cast: cast.changed(answer_by=NOW),
    "petition_hidden_was_published": lambda cast: cast.changed(hidden_at=NOW),
    "petition_event_sequence_unique": lambda cast: cast.event(sequence=2),
    "petition_event_kind_is_known": lambda cast: cast.event(kind="lost"),
    "petition_file_is_not_empty": lambda cast: PetitionFile(
        petition=cast.petition, file="a.pdf", name="a.pdf", content_type="application/pdf",
        size=0, sha256="0" * 64, added_at=NOW,
    ),
    "petition_vote_once": second_vote,
    "rating_once_for_a_dossier": lambda cast: cast.rated(),
    "rating_answers_from_1_to_5": lambda cast: cast.rated(satisfaction=6),
    "rating_at_the_counter_was_started_by_staff": lambda cast: cast.rated(source="counter"),
    "moderation_has_a_reason": lambda cast: RatingModeration(
        rating=cast.rating, hides=True, reason="", actor=cast.clerk, at=NOW
    ),
}  # fmt: skip


def constraints() -> dict[str, models.BaseConstraint]:
    """By name, every constraint of the app's models."""
    return {
        constraint.name: constraint
        for model in apps.get_app_config("feedback").get_models()
        for constraint in model._meta.constraints
    }


def test_every_constraint_has_a_case():
    assert set(constraints()) == set(CASES)


def test_the_database_has_every_constraint_of_the_models(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid::regclass::text LIKE 'feedback_%'"
        )
        kept = {name for (name,) in cursor.fetchall()}

    assert set(CASES) - kept == set()


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses_it(cast, name):
    row = CASES[name](cast)

    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        row.save()


@pytest.mark.parametrize("name", CASES)
def test_a_form_says_why_in_vietnamese(cast, name):
    row = CASES[name](cast)

    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()

    assert str(constraints()[name].violation_error_message) in refused.value.messages


@pytest.mark.parametrize("table", ["petitionevent", "petitionvote", "rating", "ratingmoderation"])
def test_what_people_said_is_never_changed(cast, table, hands):
    if table == "petitionvote":
        second_vote(cast)
    if table == "ratingmoderation":
        RatingModeration.objects.create(
            rating=cast.rating, hides=True, reason="Tục.", actor=cast.clerk, at=NOW
        )

    for statement in (f"UPDATE feedback_{table} SET id = id", f"DELETE FROM feedback_{table}"):
        refused = pytest.raises(IntegrityError, match="feedback_append_only")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
