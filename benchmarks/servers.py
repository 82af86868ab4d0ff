"""Starts and stops what is measured: two gunicorn workers each, on a database of their own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from psycopg2 import sql
from redis import Redis

from benchmarks.load import ask, request
from tthc_portal import embedded, env

CORNER = 1
ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


@contextmanager
def database(name: str) -> Iterator[str]:
    """A fresh database beside the demonstration's, on the same server; dropped afterwards."""
    url = embedded.database_url()
    _administer("DROP DATABASE IF EXISTS {} (FORCE)", name)
    _administer("CREATE DATABASE {}", name)
    try:
        yield url.replace(f"/{urlsplit(url).path.lstrip('/')}?", f"/{name}?")
    finally:
        _administer("DROP DATABASE IF EXISTS {} (FORCE)", name)


def _administer(statement: str, name: str) -> None:
    facts = env.database(embedded.database_url())
    connection = psycopg2.connect(
        dbname=facts["NAME"], user=facts["USER"], host=facts["HOST"], port=facts["PORT"] or None
    )
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(sql.Identifier(name)))
    connection.close()


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


def environment(database_url: str) -> dict[str, str]:
    """What the portal needs to run on that database as it does in development."""
    return {
        **os.environ,
        "DATABASE_URL": database_url,
        "REDIS_URL": messages_url(),
        "SECRET_KEY": embedded.secret_key(),
        "DEVELOPMENT": "true",
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def gunicorn(application: str, port: int, variables: dict[str, str], ready: str) -> Iterator[int]:
    """Two sync workers, as in production; ends them, whatever happens."""
    command = [
        BIN / "gunicorn", application, "--workers=2", "--worker-class=sync",
        f"--bind=127.0.0.1:{port}", "--log-level=warning", "--preload",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=variables)
    try:
        _wait(port, ready)
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


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
