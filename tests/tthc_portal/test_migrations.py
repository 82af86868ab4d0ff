"""Migrations that stand for many: a database that had all of them goes on, half a one is refused."""

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection, migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from schema.operations import CreateModels


def recorded(**facts):
    return MigrationRecorder(connection).migration_qs.filter(**facts)


def replacing():
    return MigrationLoader(connection).replacements


def planned():
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def refusals():
    return run_checks(tags=[Tags.database], databases=["default"])


def test_a_fresh_database_is_whole(db):
    assert refusals() == []
    assert planned() == []


def test_a_database_that_ran_all_of_the_old_ones_has_nothing_to_do(db):
    for app, name in replacing():
        if app in {"dossiers", "reporting", "organizations"}:
            recorded(app=app, name=name).delete()

    assert refusals() == []
    assert planned() == []


@pytest.mark.parametrize(
    "name", ["0011_the_tallies_tell_that_they_moved", "0008_findings_and_campaigns"]
)
def test_a_database_that_stopped_half_way_is_refused_and_told_what_to_do(db, name):
    for app, new in replacing():
        recorded(app=app, name=new).delete()
    recorded(app="reporting", name=name).delete()

    [error] = refusals()

    assert error.id == "tthc_portal.E010"
    assert error.msg.endswith("của: reporting.")
    assert "0414e3a" in error.hint
    with pytest.raises(SystemCheckError, match="reporting"):
        call_command("migrate", verbosity=0, skip_checks=False)


def test_tables_that_are_created_as_one_step_are_dropped_as_one(db):
    key = ("id", models.BigAutoField(primary_key=True))
    parent = models.ForeignKey("toys.Box", models.CASCADE)
    named = models.UniqueConstraint(fields=["box", "name"], name="toy_once_in_a_box")
    step = CreateModels(
        [
            migrations.CreateModel("Box", [key]),
            migrations.CreateModel(
                "Toy",
                [key, ("name", models.CharField(max_length=9)), ("box", parent)],
                {"constraints": [named]},
            ),
        ]
    )
    before, after = ProjectState(), ProjectState()
    assert not list(after.apps.get_models())
    step.state_forwards("toys", after)

    with connection.schema_editor() as editor:
        step.database_forwards("toys", editor, before, after)
    with connection.cursor() as cursor:
        assert {"toys_box", "toys_toy"} <= set(connection.introspection.table_names(cursor))
        assert named.name in connection.introspection.get_constraints(cursor, "toys_toy")

    with connection.schema_editor() as editor:
        step.database_backwards("toys", editor, after, before)
    with connection.cursor() as cursor:
        assert not {"toys_box", "toys_toy"} & set(connection.introspection.table_names(cursor))
