"""A province whose seeding was interrupted: known as such, never worked upon, begun anew."""

import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import psycopg2
import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from organizations.models import Agency, User
from organizations.seeding import _communes, departments
from tests import migrated
from tests.conftest import NOW
from tthc_portal import embedded, env
from tthc_portal.demonstration import unfinished
from tthc_portal.management.commands import demo

CHECKOUT = Path(env.__file__).parent.parent
# The first procedures of the catalogue are enough to receive dossiers by.
SEEDED = """
import sys, lzma, django; django.setup()
from pathlib import Path
from django.core.management import call_command
from tthc_portal.demonstration import unfinished
from tthc_portal.management.commands import seed_demo
with lzma.open(seed_demo.CATALOGUE, "rt", encoding="utf-8") as lines:
    few = [next(lines) for _ in range(200)]
seed_demo.CATALOGUE = Path(sys.argv[1], "few.jsonl")
seed_demo.CATALOGUE.write_text("".join(few), encoding="utf-8")
if unfinished.is_there():
    unfinished.clear()
    call_command("migrate", verbosity=0)
call_command("seed_demo", dossiers=2, past=20)
"""


def test_a_mark_that_was_undone_was_never_set(db):
    with transaction.atomic():
        unfinished.begin()
        assert unfinished.is_there()
        transaction.set_rollback(True)

    assert not unfinished.is_there()


def test_nothing_is_seeded_or_drawn_upon_half_a_province(db):
    unfinished.begin()

    with pytest.raises(CommandError, match="ngắt giữa chừng"):
        call_command("seed_demo")
    with pytest.raises(CommandError, match="ngắt giữa chừng"):
        call_command("generate_province", dossiers=1)

    assert not Agency.objects.exists()


def test_half_a_province_in_which_somebody_worked_is_not_deleted(clerk):
    unfinished.begin()
    User.objects.filter(pk=clerk.pk).update(last_login=NOW)

    with pytest.raises(CommandError, match="đã có người đăng nhập"):
        unfinished.clear()

    assert User.objects.filter(pk=clerk.pk).exists()
    assert unfinished.is_there()


def test_a_whole_province_is_left_as_it_is(clerk, monkeypatch):
    monkeypatch.setattr(demo, "call_command", pytest.fail)

    assert not unfinished.is_there()
    demo.Command()._seed()


@pytest.fixture
def copy(db):
    """A migrated database of its own, where programs may be killed."""
    name = f"unfinished_{uuid4().hex[:8]}"
    migrated._server(f'CREATE DATABASE "{name}" TEMPLATE "{migrated.database()}"')
    yield embedded.database_url().replace("/tthc?", f"/{name}?")
    migrated._server(f'DROP DATABASE "{name}" WITH (FORCE)')


def seeding(copy, folder, *, killed_at=""):
    """Seed in a program of its own, to its end or until it says these words; what it said."""
    variables = {"DATABASE_URL": copy, "DEVELOPMENT": "1", "REDIS_URL": settings.REDIS_URL}
    said = []
    with subprocess.Popen(
        [sys.executable, "-u", "-c", SEEDED, str(folder)],
        cwd=CHECKOUT,
        env={**os.environ, **variables, "MEDIA_ROOT": str(folder / "media")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as program:
        for line in program.stdout:
            said.append(line)
            if killed_at and killed_at in line:
                program.kill()
                break
    assert program.returncode == (-9 if killed_at else 0), "".join(said)


def found(copy):
    """Agencies, dossiers, sealed days, and whether the mark is there."""
    with psycopg2.connect(copy) as link, link.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM organizations_agency),"
            " (SELECT count(*) FROM dossiers_dossier),"
            " (SELECT count(*) > 300 FROM dossiers_ledgerseal),"
            " obj_description('organizations_agency'::regclass, 'pg_class') IS NOT NULL"
        )
        return cursor.fetchone()


@pytest.mark.slow
def test_seeding_that_was_killed_begins_anew_and_ends_whole(copy, tmp_path):
    agencies = len(list(departments())) + len(_communes()) + 1

    seeding(copy, tmp_path, killed_at="Đã tạo")
    assert found(copy) == (agencies, 2, False, True)

    seeding(copy, tmp_path)
    assert found(copy) == (agencies, 22, True, False)
