"""The ledger: append-only, chained, sealed, and unavoidable."""

import ast
import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from dossiers import ledger, lifecycle, sealing
from dossiers.holding import Target
from dossiers.models import Dossier, DossierEvent, LedgerSeal
from dossiers.statuses import TRANSITIONS, DossierStatus, EventKind
from tests.conftest import NOW, Desk

TOMORROW = NOW + timedelta(days=1)


def tamper(sql: str, *values: object) -> None:
    """What only the database's owner could do: go round the triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def two_events(desk: Desk) -> Dossier:
    dossier = desk.accept()
    lifecycle.transfer(target=Target(code=dossier.code), actor=desk.clerk, at=NOW)
    dossier.refresh_from_db()
    return dossier


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE dossiers_dossierevent SET reason = 'khác'",
        "DELETE FROM dossiers_dossierevent",
        "TRUNCATE dossiers_dossierevent CASCADE",
    ],
)
def test_the_database_refuses_to_change_an_event(dossier: Dossier, sql):
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError, match="chỉ được ghi thêm"), transaction.atomic():
        connection.cursor().execute(sql)

    assert DossierEvent.objects.count() == 1


@pytest.mark.parametrize(
    "sql", ["UPDATE dossiers_ledgerseal SET digest = 'x'", "DELETE FROM dossiers_ledgerseal"]
)
def test_the_database_refuses_to_change_a_seal(dossier: Dossier, sql):
    sealing.seal_until(at=TOMORROW)

    with pytest.raises(DatabaseError, match="chỉ được ghi thêm"), transaction.atomic():
        connection.cursor().execute(sql)


@pytest.mark.parametrize(
    "column",
    ["status = 'processing', transferred_at = now()", "event_count = 7", "last_hash = 'x'"],
)
def test_no_state_changes_without_an_event(dossier: Dossier, column):
    with (
        pytest.raises(IntegrityError, match="không có sự kiện"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE dossiers_dossier SET {column}")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_no_dossier_without_a_first_event(desk: Desk):
    dossier = desk.accept()
    dossier.pk = None
    dossier.code = "H41.15-261113-0099"

    with pytest.raises(IntegrityError, match="không có sự kiện"), transaction.atomic():
        dossier.save(force_insert=True)
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def is_status_of_a_dossier(target: ast.expr, app: str) -> bool:
    """In its own app whatever it is called, elsewhere by its name."""
    if not isinstance(target, ast.Attribute) or target.attr != "status":
        return False
    return app == "dossiers" or "dossier" in ast.unparse(target.value)


def test_only_the_ledger_assigns_a_status():
    writers = set()
    for path in Path(ledger.__file__).parent.parent.glob("*/**/*.py"):
        if {"tests", "migrations", ".venv", "var"} & set(path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            targets = node.targets if isinstance(node, ast.Assign) else []
            if any(is_status_of_a_dossier(t, path.parent.name) for t in targets):
                writers.add(f"{path.parent.name}/{path.name}")

    assert writers == {"dossiers/ledger.py"}


def test_every_state_and_event_has_a_place_in_the_table():
    reached = {state for moves in TRANSITIONS.values() for state in moves.values()}

    assert set(TRANSITIONS) == set(EventKind)
    assert reached == set(DossierStatus)


def test_an_intact_ledger_verifies(desk: Desk):
    two_events(desk)
    sealing.seal_until(at=TOMORROW)

    verdict = sealing.verify()

    assert verdict.broken is None
    assert (verdict.dossiers, verdict.events, verdict.seals) == (1, 2, 1)


@pytest.mark.parametrize(
    ("sql", "sequence", "why"),
    [
        ("UPDATE dossiers_dossierevent SET reason = 'x' WHERE sequence = 2", 2, "đã bị sửa"),
        (
            "UPDATE dossiers_dossierevent SET at = at - interval '1 s' WHERE sequence = 1",
            1,
            "đã bị sửa",
        ),
        (
            "UPDATE dossiers_dossierevent SET actor_name = 'Ai đó' WHERE sequence = 1",
            1,
            "đã bị sửa",
        ),
        ("UPDATE dossiers_dossierevent SET data = '{}' WHERE sequence = 1", 1, "đã bị sửa"),
        ("UPDATE dossiers_dossierevent SET previous_hash = '' WHERE sequence = 2", 2, "liên kết"),
        (
            "UPDATE dossiers_dossierevent SET from_status = '' WHERE sequence = 2",
            2,
            "Trạng thái trước",
        ),
        ("DELETE FROM dossiers_dossierevent WHERE sequence = 1", 2, "Thiếu"),
        ("DELETE FROM dossiers_dossierevent WHERE sequence = 2", 1, "sự kiện cuối cùng"),
        (
            "UPDATE dossiers_dossier SET status = 'resolved', resolved_at = now()",
            2,
            "sự kiện cuối cùng",
        ),
    ],
)
def test_verification_names_the_first_broken_link(desk: Desk, sql, sequence, why):
    dossier = two_events(desk)

    tamper(sql)

    broken = sealing.verify().broken
    assert broken is not None
    assert broken.where == f"hồ sơ {dossier.code}"
    assert broken.sequence == sequence
    assert why in broken.why


def test_a_dossier_whose_events_are_all_gone_is_found(desk: Desk):
    two_events(desk)

    tamper("DELETE FROM dossiers_dossierevent")

    broken = sealing.verify().broken
    assert broken is not None
    assert "không có sự kiện nào" in broken.why


def test_a_dossier_deleted_with_its_events_breaks_the_seal_of_the_day(desk: Desk):
    desk.accept()
    gone = desk.accept()
    sealing.seal_until(at=TOMORROW)

    tamper("DELETE FROM dossiers_dossierevent WHERE dossier_id = %s", gone.pk)
    tamper("DELETE FROM dossiers_dossier WHERE id = %s", gone.pk)

    broken = sealing.verify().broken
    assert broken is not None
    assert broken.where == "ngày 13/11/2026"


def test_a_day_is_sealed_once_and_only_when_it_is_over(desk: Desk):
    desk.accept()

    assert sealing.seal_until(at=NOW) == 0
    assert sealing.seal_until(at=TOMORROW) == 1
    assert sealing.seal_until(at=TOMORROW) == 0
    seal = LedgerSeal.objects.get()
    assert (seal.day.isoformat(), seal.event_count) == ("2026-11-13", 1)


def test_days_without_events_are_sealed_too_and_chained(desk: Desk):
    desk.accept()

    assert sealing.seal_until(at=NOW + timedelta(days=3)) == 3

    first, second, third = LedgerSeal.objects.order_by("day")
    assert (second.previous_digest, third.previous_digest) == (first.digest, second.digest)


def test_the_command_says_so_in_json_and_by_its_exit_status(desk: Desk):
    two_events(desk)
    out = StringIO()
    call_command("verify_ledger", "--json", stdout=out)
    assert json.loads(out.getvalue())["intact"] is True

    tamper("UPDATE dossiers_dossierevent SET reason = 'x' WHERE sequence = 2")

    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_ledger", "--json", stdout=out)
    assert stopped.value.code == 1
    assert json.loads(out.getvalue())["broken"]["sequence"] == 2
