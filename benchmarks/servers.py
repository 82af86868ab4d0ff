"""Starts and stops what is measured: two gunicorn workers each, on a database of their own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from celery import current_app
from psycopg2 import sql
from redis import Redis

from benchmarks.load import ask, request
from tthc_portal import embedded, env
from tthc_portal.processes import die_with_parent

CORNER = 1
ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
_CELERY = (str(BIN / "celery"), "-A", "tthc_portal")


@contextmanager
def database(name: str, *, template: str = "template1", keeps: bool = False) -> Iterator[str]:
    """A fresh database beside the demonstration's, on the same server; dropped afterwards.

    One that is kept is found again by the next run, unless something failed in this one.
    """
    url = embedded.database_url()
    if not (keeps and _exists(name)):
        _administer("DROP DATABASE IF EXISTS {} (FORCE)", name)
        # By file: copying a whole province through the log is slower.
        _administer("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
    is_good = False
    try:
        yield url.replace(f"/{urlsplit(url).path.lstrip('/')}?", f"/{name}?")
        is_good = True
    finally:
        if not (keeps and is_good):
            _administer("DROP DATABASE IF EXISTS {} (FORCE)", name)


def _exists(name: str) -> bool:
    found = _administer("SELECT 1 FROM pg_database WHERE datname = %s", parameters=(name,))
    return bool(found)


def _administer(statement: str, *names: str, parameters: tuple[str, ...] = ()) -> list[tuple]:
    facts = env.database(embedded.database_url())
    connection = psycopg2.connect(
        dbname=facts["NAME"], user=facts["USER"], host=facts["HOST"], port=facts["PORT"] or None
    )
    connection.autocommit = True
    with closing(connection), connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)), parameters or None)
        return cursor.fetchall() if cursor.description else []


def messages_url() -> str:
    """A corner of the broker of its own: no worker of the demonstration hears of the run."""
    return f"{embedded.redis_url().rpartition('/')[0]}/{CORNER}"


def forget_messages() -> None:
    """Empty that corner."""
    with Redis.from_url(messages_url()) as broker:
        broker.flushdb()


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def environment(database_url: str, folder: Path | None = None) -> dict[str, str]:
    """What the portal needs to run on that database as it does in development.

    Files and keys of the run lie in the folder.
    """
    places = {"MEDIA_ROOT": "media", "SIGNING_DIR": "signing"} if folder else {}
    return {
        **os.environ,
        **{name: str(Path(folder or "", place)) for name, place in places.items()},
        "DATABASE_URL": database_url,
        "REDIS_URL": messages_url(),
        "SECRET_KEY": embedded.secret_key(),
        "DEVELOPMENT": "true",
        "LOG_LEVEL": "WARNING",
    }


def portal(url: str) -> AbstractContextManager[tuple[int, int]]:
    """The portal on that database: its port and its process."""
    return gunicorn("tthc_portal.wsgi:application", url, "/suc-khoe/")


@contextmanager
def gunicorn(application: str, url: str, ready: str) -> Iterator[tuple[int, int]]:
    """Two sync workers, as in production; ends them, whatever happens."""
    (port,) = free_ports(1)
    variables = {**os.environ, "DATABASE_URL": url}
    command = [
        BIN / "gunicorn", application, "--workers=2", "--worker-class=sync",
        f"--bind=127.0.0.1:{port}", "--log-level=warning", "--preload",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=variables, preexec_fn=die_with_parent)
    try:
        _wait(port, ready)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def celery(processes: int) -> Iterator[int]:
    """So many workers under one parent, whose process is given."""
    with _running([*_CELERY, "worker", "-c", str(processes)]) as pid:
        _wait_for_worker()
        yield pid


@contextmanager
def celery_as_installed(folder: Path) -> Iterator[tuple[int, int]]:
    """Two workers under one parent, the one that counts alone, and beat; the first two processes.

    As docker-compose.yml starts them.
    """
    counting = [str(BIN / "celery"), "-A", "tthc_portal.celery:counting", "worker"]
    options = ["--pool", "solo", "--queues", "tallies", "--hostname", "tallies@%h"]
    files = ["-s", str(folder / "beat"), "--pidfile", str(folder / "beat.pid")]
    with (
        celery(2) as workers,
        _running([*counting, *options]) as alone,
        _running([*_CELERY, "beat", *files]),
    ):
        yield workers, alone


def _wait_for_worker() -> None:
    for _ in range(120):
        if current_app.control.ping(timeout=0.5):
            return
    raise RuntimeError("No Celery worker answers.")


@contextmanager
def _running(command: Sequence[str]) -> Iterator[int]:
    quiet = subprocess.DEVNULL  # a banner; warnings and errors go elsewhere
    process = subprocess.Popen(
        command, cwd=ROOT, env=dict(os.environ), stdout=quiet, preexec_fn=die_with_parent
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(port: int, path: str) -> None:
    for _ in range(200):
        try:
            ask(port, request("GET", path, host="127.0.0.1"))
        except (OSError, RuntimeError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{path} does not answer on port {port}.")


def resident_mib(pid: int) -> float:
    """The proportional memory of a process and its children, in MiB."""
    total = _pss(pid)
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return total + sum(resident_mib(int(child)) for child in children)


def _pss(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
