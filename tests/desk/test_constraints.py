"""Each rule that the database keeps of the desk's rows, asked of the database itself."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from desk.models import (
    BulkItem,
    BulkRun,
    Guidance,
    GuidanceItem,
    IntakeDraft,
    ListExport,
    Look,
    Mention,
    Note,
)
from dossiers.models import Dossier
from organizations.models import User
from tests.conftest import NOW


class Cast:
    """A run with an item, and people to own rows."""

    def __init__(self, dossier: Dossier, clerk: User) -> None:
        self.dossier, self.clerk = dossier, clerk
        self.kept = self.run()
        self.kept.save()
        BulkItem.objects.create(run=self.kept, position=1, dossier=dossier, expected_version=1)

    def run(self, **facts) -> BulkRun:
        known = {"submission_key": uuid4(), "actor": self.clerk, "act": "transfer", "asked_at": NOW}
        return BulkRun(**(known | facts))

    def item(self, **facts) -> BulkItem:
        other = self.run()
        other.save()
        known = {"run": other, "position": 2, "dossier": self.dossier, "expected_version": 1}
        return BulkItem(**(known | facts))

    def draft(self, **facts) -> IntakeDraft:
        known = {"user": self.clerk, "key": uuid4(), "procedure_code": "1", "procedure_name": "A",
                 "content": {}, "saved_at": NOW}  # fmt: skip
        return IntakeDraft(**(known | facts))

    def same_draft(self) -> IntakeDraft:
        first = self.draft()
        first.save()
        return self.draft(key=first.key)

    def note(self, **facts) -> Note:
        known = {"dossier": self.dossier, "author": self.clerk, "text": "A", "written_at": NOW}
        return Note(**(known | facts))

    def second_mention(self) -> Mention:
        note = self.note()
        note.save()
        Mention.objects.create(note=note, user=self.clerk)
        return Mention(note=note, user=self.clerk)

    def second_look(self) -> Look:
        facts = {"user": self.clerk, "dossier": self.dossier, "seen": 1, "looked_at": NOW}
        Look.objects.create(**facts)
        return Look(**facts)

    def export(self, **facts) -> ListExport:
        known = {"submission_key": uuid4(), "asked_by": self.clerk, "columns": ["code"],
                 "asked_at": NOW, "expires_at": NOW + timedelta(hours=1)}  # fmt: skip
        return ListExport(**(known | facts))

    def guidance(self, **facts) -> Guidance:
        version = self.dossier.version
        known = {"submission_key": uuid4(), "counter": self.dossier.counter, "version": version,
                 "year": 2026, "number": 1, "applicant_name": "A", "content": {},
                 "given_by": self.clerk, "given_at": NOW}  # fmt: skip
        return Guidance(**(known | facts))

    def second_guidance(self) -> Guidance:
        self.guidance().save()
        return self.guidance()

    def missing(self, **facts) -> GuidanceItem:
        guidance = self.guidance()
        guidance.save()
        GuidanceItem.objects.create(guidance=guidance, position=1, name="A")
        return GuidanceItem(**({"guidance": guidance, "position": 2, "name": "B"} | facts))


BROKEN = {
    "guidance_number_unique_at_counter": lambda cast: cast.second_guidance(),
    "guidance_is_for_somebody": lambda cast: cast.guidance(applicant_name=""),
    "guidance_item_position_unique": lambda cast: cast.missing(position=1),
    "guidance_item_has_a_name": lambda cast: cast.missing(name=""),
    "note_says_something": lambda cast: cast.note(text=""),
    "mention_once_in_note": lambda cast: cast.second_mention(),
    "look_once_for_dossier": lambda cast: cast.second_look(),
    "draft_key_unique_for_user": lambda cast: cast.same_draft(),
    "draft_is_not_too_long": lambda cast: cast.draft(content={"name": "a" * 100_001}),
    "draft_version_from_one": lambda cast: cast.draft(version=0),
    "export_has_columns": lambda cast: cast.export(columns=[]),
    "export_expires_after_asked": lambda cast: cast.export(expires_at=NOW),
    "bulk_act_is_known": lambda cast: cast.run(act="delete"),
    "bulk_officer_for_assignment_only": lambda cast: cast.run(officer=cast.clerk),
    "bulk_finished_after_asked": lambda cast: cast.run(finished_at=NOW - timedelta(seconds=1)),
    "bulk_item_position_unique": lambda cast: cast.item(run=cast.kept, position=1),
    "bulk_item_dossier_once": lambda cast: cast.item(run=cast.kept),
    "bulk_item_settled_has_moment": lambda cast: cast.item(state="done"),
    "bulk_item_refused_says_why": lambda cast: cast.item(state="refused", settled_at=NOW),
}


@pytest.fixture
def cast(dossier: Dossier, clerk: User) -> Cast:
    return Cast(dossier, clerk)


def named() -> dict[str, models.BaseConstraint]:
    return {
        constraint.name: constraint
        for model in apps.get_app_config("desk").get_models()
        for constraint in model._meta.constraints
    }


def test_every_constraint_of_the_desk_is_broken_here():
    assert set(named()) == set(BROKEN)


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(cast, name):
    row = BROKEN[name](cast)

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        row.save(force_insert=True)

    assert refusal.value.__cause__.diag.constraint_name == name


@pytest.mark.parametrize("name", BROKEN)
def test_the_refusal_is_a_vietnamese_sentence(cast, name):
    row = BROKEN[name](cast)

    with pytest.raises(ValidationError) as refusal:
        named()[name].validate(type(row), row)

    assert refusal.value.messages[0] == named()[name].violation_error_message
