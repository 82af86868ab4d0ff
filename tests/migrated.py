"""A database with every migration applied, made once for each state of them and copied from then on.

Migrating takes seconds; PostgreSQL copies a database in a blink.
"""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection

PREFIX = "migrated_"


def database() -> str:
    """The name of the database to copy; nobody is connected to it."""
    name = PREFIX + _fingerprint()
    with _one_at_a_time():
        known = _known()
        if name not in known:
            _build(name)
        for old in known - {name}:
            _server(f'DROP DATABASE "{old}"')
    return name


def _fingerprint() -> str:
    """Changes with any migration of ours and with any library that brings its own."""
    root = settings.BASE_DIR
    files = [root / "requirements" / "base.txt", *sorted(root.glob("*/migrations/*.py"))]
    files += sorted(root.glob("schema/*.py"))
    contents = (str(path.relative_to(root)).encode() + path.read_bytes() for path in files)
    return hashlib.sha256(b"\0".join(contents)).hexdigest()[:16]


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """The processes of one run, and runs beside each other, build it once."""
    with (settings.VAR_DIR / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _known() -> set[str]:
    rows = _server(f"SELECT datname FROM pg_database WHERE datname LIKE '{PREFIX}%'")
    return {name for (name,) in rows}


def _build(name: str) -> None:
    """Under another name until it is whole: a run that is stopped leaves nothing to copy."""
    draft = f"half_{name}"
    _server(f'DROP DATABASE IF EXISTS "{draft}"')
    _server(f'CREATE DATABASE "{draft}"')
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = draft
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
    _server(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')


def _server(statement: str) -> list[tuple[str, ...]]:
    """What the server answers on the database that every server has."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []
