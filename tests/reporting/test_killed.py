"""A worker killed at any moment of a stream of events changes no figure."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils import timezone

from dossiers import lifecycle
from dossiers.holding import Target
from reporting import figures, standing, tallies
from reporting.models import WaitingDossier
from reporting.periods import PeriodLength, ReportPeriod
from tests.notifications.servers import until
from tthc_portal import embedded

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
# What a worker's process does for `advance_tallies`, without the broker in between.
COUNTING = """
import django
django.setup()
from reporting import tallies
tallies.BATCH = 3
print("ready", flush=True)
while True:
    tallies.advance()
"""


def start():
    """A process of its own that counts without rest, in small batches."""
    url = embedded.database_url()
    name = connection.settings_dict["NAME"]
    variables = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tthc_portal.settings",
        "DATABASE_URL": url.replace(f"{urlsplit(url).path}?", f"/{name}?"),
        "REDIS_URL": embedded.redis_url(),
        "SECRET_KEY": embedded.secret_key(),
        "DEVELOPMENT": "true",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", COUNTING], cwd=ROOT, env=variables, stdout=subprocess.PIPE
    )
    assert process.stdout.readline() == b"ready\n"
    return process


def kill(process):
    """As a power cut would."""
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()


def test_workers_killed_at_random_moments_change_no_figure(desk, province):
    chance = Random(766)
    now = timezone.now()
    worker = start()
    for number in range(60):
        at = now - timedelta(hours=3) + timedelta(minutes=number)
        target = Target(code=desk.accept(at=at).code)
        lifecycle.transfer(target=target, actor=desk.clerk, at=at)
        lifecycle.take(target=target, actor=desk.officer, at=at)
        if number % 10 == 9:
            time.sleep(chance.random() / 50)
            kill(worker)
            worker = start()
    until(lambda: not WaitingDossier.objects.exists())
    kill(worker)

    month = ReportPeriod.containing(now, PeriodLength.MONTH)
    counts = figures.of(agency=province, period=month, at=timezone.now()).counts
    assert counts["3.3"].denominator == counts["2.1"].denominator == 60
    assert tallies.first_difference() is None
    assert tallies.rebuild() == 60


def test_two_workers_count_each_event_once(desk, province):
    workers = [start(), start()]
    now = timezone.now()
    for number in range(30):
        desk.accept(at=now - timedelta(minutes=number))
    until(lambda: not WaitingDossier.objects.exists())
    for worker in workers:
        kill(worker)

    assert tallies.first_difference() is None


def test_an_event_is_counted_within_two_seconds(desk):
    worker = start()
    try:
        began = time.monotonic()
        desk.accept(at=timezone.now())
        until(lambda: not WaitingDossier.objects.exists())
        # Beat's half second comes on top of it.
        assert time.monotonic() - began < 1
    finally:
        kill(worker)


def test_what_a_killed_transaction_took_waits_again(desk):
    desk.accept(at=timezone.now())
    before = WaitingDossier.objects.count()

    class PowerCut(Exception):
        pass

    def cut(*arguments):
        raise PowerCut

    original, tallies.count = tallies.count, cut
    try:
        with pytest.raises(PowerCut):
            tallies.advance()
    finally:
        tallies.count = original

    assert WaitingDossier.objects.count() == before == 1
    assert standing.read().fresh_at(at=timezone.now()) <= WaitingDossier.objects.get().since
