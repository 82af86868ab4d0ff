"""Runs the demonstration: embedded servers, demo province, web, worker, beat; one Ctrl-C."""

import fcntl
import hashlib
import http.client
import os
import signal
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.checks import Tags
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone

from organizations.models import Agency
from tthc_portal import celery_app, embedded
from tthc_portal.demonstration import unfinished
from tthc_portal.demonstration.signing import certify_agencies
from tthc_portal.embedded_place import is_free
from tthc_portal.management.commands.seed_demo import SIGN_INS
from tthc_portal.processes import Children, within

HEALTH_PATH = "/suc-khoe/"
READY_SECONDS = 60.0
STOP_SECONDS = 15.0
# Dossiers of the past months, so that no dashboard is empty.
PAST = 3000
LOCK = "demo.lock"
COLLECTED = "static-collected"
COLLECT = ("manage.py", "collectstatic", "--verbosity=0", "--no-input", "--clear")


class Command(BaseCommand):
    help = "Chạy bản trình diễn: máy chủ nhúng, dữ liệu mẫu, web, worker và beat."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stop", action="store_true", help="Dừng bản trình diễn và máy chủ.")
        parser.add_argument("--remove", action="store_true", help="Dừng rồi xóa hết dữ liệu.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["stop"] or options["remove"]:
            _stop_other_demo()
            (embedded.remove if options["remove"] else embedded.stop)()
            return
        if settings.DATABASE_URL:
            raise CommandError("Bản trình diễn dùng máy chủ nhúng. Hãy bỏ biến DATABASE_URL.")
        with _only_demo():
            self._run()

    def _run(self) -> None:
        started = time.monotonic()
        port = _free_port()
        address = os.environ.setdefault("PUBLIC_URL", f"http://localhost:{port}")
        settings.PUBLIC_URL = address
        children = _children()
        try:
            # A closed terminal or `demo --stop` ends it as Ctrl-C does.
            for number in (signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.default_int_handler)
            self._prepare(children)
            self._serve(children, port)
            self._welcome(address, time.monotonic() - started)
            self._watch(children)
        except KeyboardInterrupt:
            self.stdout.write("\nĐang dừng…")
        finally:
            _stop_everything(children)
        self.stdout.write("Đã dừng. Dữ liệu được giữ cho lần chạy sau.")

    def _prepare(self, children: Children) -> None:
        embedded.ensure_running()
        with self._collecting_static(children):
            self._update_database()
            self._seed()
            # Also for a province that was seeded before, or whose keys were thrown away.
            certify_agencies(at=timezone.now())
        connections.close_all()

    def _update_database(self) -> None:
        if unfinished.is_there():
            self._say("Lần nạp trước bị ngắt giữa chừng, xóa đi để nạp lại từ đầu")
            unfinished.clear()
        self._say("Cập nhật cơ sở dữ liệu")
        self.check(tags=[Tags.database], databases=["default"])
        call_command("migrate", verbosity=0, interactive=False)

    @contextmanager
    def _collecting_static(self, children: Children) -> Iterator[None]:
        """Hashing and compressing takes seconds: beside the rest, and only after a change."""
        mark, state = settings.VAR_DIR / COLLECTED, _static_state()
        if mark.exists() and mark.read_text() == state and settings.STATIC_ROOT.exists():
            yield
            return
        children.start("static", sys.executable, *COLLECT)
        yield
        if not children.see_out("static"):
            raise CommandError(f"Không gom được tệp tĩnh. Hãy xem {children.log('static')}.")
        mark.write_text(state)

    def _seed(self) -> None:
        if Agency.objects.exists():
            return
        self._say("Nạp dữ liệu tỉnh mẫu")
        call_command("seed_demo", past=PAST)

    def _serve(self, children: Children, port: int) -> None:
        self._say("Khởi động web, worker và beat")
        for name, command in _commands(port).items():
            children.start(name, sys.executable, "-m", *command)
        _await(children, "web", lambda: _is_healthy(port))
        _await(children, "worker", _worker_answers)

    def _welcome(self, address: str, seconds: float) -> None:
        self.stdout.write(f"\nSẵn sàng sau {seconds:.1f} giây: {address}/\n\n")
        width = max(len(role) for role, _, _ in SIGN_INS)
        names = max(len(username) for _, username, _ in SIGN_INS)
        for role, username, password in SIGN_INS:
            self.stdout.write(f"  {role:<{width}}  {username:<{names}}  {password}")
        self.stdout.write("\nNhấn Ctrl-C để dừng tất cả. Nhật ký nằm trong var/log/.")
        self.stdout.flush()

    def _watch(self, children: Children) -> None:
        while True:
            _refuse_dead(children)
            time.sleep(0.5)

    def _say(self, sentence: str) -> None:
        self.stdout.write(f"{sentence}…")
        self.stdout.flush()


def _commands(port: int) -> dict[str, tuple[str, ...]]:
    return {
        "web": (
            *("gunicorn", "tthc_portal.wsgi", "--bind", f"127.0.0.1:{port}"),
            # Threads: a browser's idle connection would block a sync worker.
            *("--workers", "2", "--threads", "4"),
            *(
                "--preload",
                "--no-control-socket",
                "--graceful-timeout",
                "5",
                "--access-logfile",
                "-",
            ),
        ),
        "worker": (
            "celery",
            "-A",
            "tthc_portal",
            "worker",
            "-c",
            "2",
            "--without-mingle",
        ),
        "tallies": (
            *("celery", "-A", "tthc_portal.celery:counting", "worker"),
            "--without-mingle",
            *("--pool", "solo", "--queues", "tallies", "--hostname", "tallies@%h"),
        ),
        "beat": ("celery", "-A", "tthc_portal", "beat"),
    }


def _children() -> Children:
    return Children(
        logs=settings.VAR_DIR / "log", directory=settings.BASE_DIR, environment=os.environ
    )


def _stop_everything(children: Children) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    children.stop(STOP_SECONDS)
    connections.close_all()
    embedded.stop()


def _await(children: Children, name: str, answers: Callable[[], bool]) -> None:
    ready = within(READY_SECONDS, lambda: bool(children.dead()) or answers(), pause=0.1)
    _refuse_dead(children)
    if not ready:
        log = children.log(name)
        raise CommandError(f"{name} không trả lời sau {READY_SECONDS:.0f} giây. Hãy xem {log}.")


def _worker_answers() -> bool:
    return bool(celery_app.control.broadcast("ping", reply=True, limit=1, timeout=1.0))


def _refuse_dead(children: Children) -> None:
    if name := children.dead():
        raise CommandError(f"Tiến trình {name} đã dừng. Hãy xem {children.log(name)}.")


def _free_port() -> int:
    for port in range(8000, 8100):
        if is_free(port):
            return port
    raise CommandError("Các cổng 8000 đến 8099 đều đang bận. Hãy dừng bớt chương trình khác.")


def _is_healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", HEALTH_PATH)
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def _static_state() -> str:
    """Names, sizes and moments of change of every static source."""
    lines = []
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            lines.append(f"{name} {found.st_size} {found.st_mtime_ns}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


# -- One demonstration at a time ---------------------------------------------------------


@contextmanager
def _only_demo() -> Iterator[None]:
    with _lock_file() as file:
        if not _take(file):
            raise CommandError(
                "Bản trình diễn đang chạy. Hãy dừng nó bằng `python manage.py demo --stop`."
            )
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        yield


def _stop_other_demo() -> None:
    """The lock is held exactly while its process lives, so its number cannot be a stranger's."""
    with _lock_file() as file:
        if _take(file):
            return
        os.kill(int(file.read()), signal.SIGTERM)
        if not within(STOP_SECONDS * 3, lambda: _take(file)):
            raise CommandError("Bản trình diễn không dừng kịp. Hãy xem var/log/.")


def _lock_file() -> IO[str]:
    return (settings.VAR_DIR / LOCK).open("a+")


def _take(file: IO[str]) -> bool:
    file.seek(0)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
