"""Each rule that the database keeps of imports, asked of the database itself."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.utils import DatabaseError

from dossiers.models import Dossier
from legacy.models import ImportRow, ImportRun, OldSystem, Origin
from organizations.models import User
from tests.conftest import NOW


class Cast:
    """An old system with a run, and a dossier to come from it."""

    def __init__(self, dossier: Dossier, actor: User) -> None:
        self.dossier, self.actor = dossier, actor
        self.known = OldSystem.objects.create(name="Cũ", changed_by=actor, changed_at=NOW)
        self.kept = self.run()
        self.kept.save()

    def system(self, **facts) -> OldSystem:
        return OldSystem(**({"name": "B", "changed_by": self.actor, "changed_at": NOW} | facts))

    def run(self, **facts) -> ImportRun:
        known = {"submission_key": uuid4(), "system": self.known, "actor": self.actor,
                 "is_dry": False, "file_name": "a.xlsx", "digest": "0" * 64,
                 "asked_at": NOW}  # fmt: skip
        return ImportRun(**(known | facts))

    def row(self, **facts) -> ImportRow:
        return ImportRow(**({"run": self.kept, "number": 2, "outcome": "ready"} | facts))

    def origin(self) -> Origin:
        return Origin(
            dossier=self.dossier, system=self.known, legacy_code="HS-1", run=self.kept, number=2
        )

    def second_run(self) -> ImportRun:
        self.run(started_at=NOW).save()
        return self.run(started_at=NOW)

    def second_row(self) -> ImportRow:
        self.row().save()
        return self.row()

    def second_origin(self) -> Origin:
        """The same record, of another dossier."""
        self.origin().save()
        again = self.origin()
        again.dossier_id = self.dossier.pk + 1
        return again


BROKEN = {
    "old_system_has_a_name": lambda cast: cast.system(name=""),
    "import_finished_was_started": lambda cast: cast.run(finished_at=NOW),
    "import_remarks_are_on_rows_taken": lambda cast: cast.run(remarked=1),
    "import_of_a_file_runs_once_at_a_time": lambda cast: cast.second_run(),
    "import_row_accounted_for_once": lambda cast: cast.second_row(),
    "import_row_outcome_is_known": lambda cast: cast.row(outcome="lost"),
    "import_row_has_dossier_when_imported": lambda cast: cast.row(outcome="imported"),
    "import_row_refused_says_why": lambda cast: cast.row(outcome="refused"),
    "origin_imported_once": lambda cast: cast.second_origin(),
}


@pytest.fixture
def cast(dossier: Dossier, administrator: User) -> Cast:
    return Cast(dossier, administrator)


def named() -> dict[str, models.BaseConstraint]:
    return {
        constraint.name: constraint
        for model in apps.get_app_config("legacy").get_models()
        for constraint in model._meta.constraints
    }


def test_every_constraint_of_imports_is_broken_here():
    assert set(named()) == set(BROKEN)


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_in_a_vietnamese_sentence(cast, name):
    row = BROKEN[name](cast)

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        row.save(force_insert=True)
    with pytest.raises(ValidationError) as told:
        named()[name].validate(type(row), row)

    assert refusal.value.__cause__.diag.constraint_name == name
    assert told.value.messages[0] == named()[name].violation_error_message


@pytest.mark.parametrize(
    "statement", ["UPDATE legacy_origin SET number = 3", "DELETE FROM legacy_origin"]
)
def test_an_origin_never_changes(cast, statement):
    cast.origin().save()

    with pytest.raises(DatabaseError, match="ghi thêm"), connection.cursor() as cursor:
        cursor.execute(statement)
