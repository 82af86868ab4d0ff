"""The embedded PostgreSQL and Valkey of this checkout: found, started once, stopped in order.

For development and the demonstration only: with DATABASE_URL nothing here runs. The servers
outlive the command that started them, so the next command finds them at once.
"""

import json
import secrets
import shutil
import signal
import socket
from contextlib import suppress
from pathlib import Path

from tthc_portal import embedded_place as places
from tthc_portal import env
from tthc_portal.embedded_place import EmbeddedServerError, Place
from tthc_portal.processes import Steps, end, within, works_in

__all__ = [
    "EmbeddedServerError",
    "database_url",
    "ensure_running",
    "is_running",
    "redis_url",
    "remove",
    "secret_key",
    "stop",
]

DATABASE = USER = "tthc"
START_SECONDS = 60.0
POSTGRES_STOP: Steps = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))
VALKEY_STOP: Steps = ((signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0))
POSTGRES_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


# -- What the settings ask: nothing is started -------------------------------------------


def database_url() -> str:
    """Where PostgreSQL is, or will be once `ensure_running` was called."""
    return f"postgresql://{USER}@/{DATABASE}?host={places.current().sockets}"


def redis_url() -> str:
    """Where Valkey is, or will be once `ensure_running` was called."""
    place = places.current()
    return f"redis://:{place.valkey_password}@127.0.0.1:{place.valkey_port}/0"


def secret_key() -> str:
    """This checkout's own random key, made on first use."""
    return places.remembered("secret_key", lambda: secrets.token_urlsafe(50))


# -- What the commands ask ---------------------------------------------------------------


def ensure_running() -> None:
    """Find this checkout's servers or start them; does nothing when DATABASE_URL is set."""
    if env.secret("DATABASE_URL") or is_running():
        return
    with places.locked() as place:
        places.prepare(place)
        if not _postgres_answers(place):
            _start_postgres(place)
        if not _valkey_answers(place):
            _start_valkey(place)


def is_running() -> bool:
    """Whether both servers answer now."""
    place = places.current()
    return _postgres_answers(place) and _valkey_answers(place)


def stop() -> None:
    """Stop both servers: politely, then by force when the deadline has passed."""
    with places.locked() as place:
        _stop_valkey(place)
        _stop_postgres(place)


def remove() -> None:
    """Stop the servers and delete their data, wherever it is kept."""
    stop()
    places.delete(places.current())


# -- PostgreSQL ----------------------------------------------------------------------------


def _postgres_answers(place: Place) -> bool:
    if not _socket(place).exists():
        return False
    command = (places.postgres_program("pg_isready"), "-q", "-h", place.sockets, "-t", "5")
    status, _ = places.run(*command)
    return status == 0


def _socket(place: Place) -> Path:
    return Path(place.sockets, ".s.PGSQL.5432")


def _postgres_pid(place: Place) -> int | None:
    """The running server's process; a number left by a killed server does not count."""
    with suppress(OSError, ValueError, IndexError):
        pid = int((place.data / "postmaster.pid").read_text().splitlines()[0])
        return pid if works_in(pid, place.data) else None
    return None


def _start_postgres(place: Place) -> None:
    if not place.data.exists():
        _create_cluster(place)
    if not _recovers(place):
        _stop_postgres(place)
        # Left by a killed server; the number in it may be another process's by now.
        (place.data / "postmaster.pid").unlink(missing_ok=True)
        _launch_postgres(place)
    _create_database(place)


def _recovers(place: Place) -> bool:
    """Whether a server that is still replaying its log after a crash gets ready in time."""
    if not _postgres_pid(place) or not _socket(place).exists():
        return False
    return within(START_SECONDS, lambda: _postgres_answers(place))


def _launch_postgres(place: Place) -> None:
    log = place.logs / "postgresql.log"
    command = (
        *(places.postgres_program("pg_ctl"), "start", "-w", "-D", str(place.data), "-l", str(log)),
        *("-o", f"-c unix_socket_directories={place.sockets}"),
    )
    # The workers of a killed server need a moment to notice it and to leave its shared memory.
    if not within(10, lambda: places.run(*command)[0] == 0, pause=0.5):
        raise EmbeddedServerError(f"PostgreSQL không khởi động được. Hãy xem {log}.")


def _create_cluster(place: Place) -> None:
    """Make the data directory beside its place and move it in when it is whole."""
    draft = place.data.with_name(f"{place.data.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    places.make_private(draft)
    settings = [part for item in POSTGRES_SETTINGS.items() for part in ("-c", "=".join(item))]
    places.must_run(
        *(places.postgres_program("initdb"), "-D", str(draft), "-U", USER),
        *("--auth-local=trust", "--auth-host=reject"),  # the sockets' directory is private
        *("--encoding=UTF8", "--locale=C.UTF-8"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", *settings),
    )
    draft.rename(place.data)


def _create_database(place: Place) -> None:
    client = ("-h", place.sockets, "-U", USER)
    exists = f"select 1 from pg_database where datname = '{DATABASE}'"  # noqa: S608 (our constant)
    if not places.must_run(
        places.postgres_program("psql"), *client, "-d", "postgres", "-XAtc", exists
    ):
        places.must_run(places.postgres_program("createdb"), *client, DATABASE)


def _stop_postgres(place: Place) -> None:
    pid = _postgres_pid(place)
    if pid and not end(pid, place.data, POSTGRES_STOP):
        raise EmbeddedServerError(f"PostgreSQL (tiến trình {pid}) không dừng. Hãy dừng bằng tay.")


# -- Valkey --------------------------------------------------------------------------------


def _valkey_answers(place: Place) -> bool:
    """Whether our server answers: another program on the port does not know the password."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", place.valkey_port), 2) as link:
        link.sendall(f"AUTH {place.valkey_password}\r\nPING\r\n".encode())
        return link.makefile("rb").read(12) == b"+OK\r\n+PONG\r\n"
    return False


def _valkey_pid(place: Place) -> int | None:
    with suppress(OSError, ValueError):
        pid = int((place.valkey / "valkey.pid").read_text())
        return pid if works_in(pid, place.valkey) else None
    return None


def _start_valkey(place: Place) -> None:
    _stop_valkey(place)
    (place.valkey / "valkey.pid").unlink(missing_ok=True)
    if not places.is_free(place.valkey_port):
        place = places.move_valkey(place)
    # The configuration goes in by standard input: no password in a file or a list of processes.
    status, _ = places.run(places.valkey_program(), "-", stdin=_valkey_configuration(place))
    if status or not within(START_SECONDS, lambda: _valkey_answers(place)):
        log = place.logs / "valkey.log"
        raise EmbeddedServerError(f"Valkey không khởi động được. Hãy xem {log}.")


def _valkey_configuration(place: Place) -> str:
    """Nothing is kept on disk: every message also stands in PostgreSQL and is sent again."""
    return f"""
bind 127.0.0.1
port {place.valkey_port}
requirepass {place.valkey_password}
daemonize yes
dir {_quoted(place.valkey)}
pidfile {_quoted(place.valkey / "valkey.pid")}
logfile {_quoted(place.logs / "valkey.log")}
save ""
appendonly no
"""


def _quoted(path: Path) -> str:
    return json.dumps(str(path), ensure_ascii=False)


def _stop_valkey(place: Place) -> None:
    pid = _valkey_pid(place)
    if pid and not end(pid, place.valkey, VALKEY_STOP):
        raise EmbeddedServerError(f"Valkey (tiến trình {pid}) không dừng. Hãy dừng bằng tay.")
