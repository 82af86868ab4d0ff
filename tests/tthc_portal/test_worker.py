"""What a Celery worker loads, shares and keeps from one task to the next."""

import gc
import subprocess
import sys
from types import SimpleNamespace

import pytest
from celery.fixups.django import DjangoWorkerFixup
from celery.signals import task_postrun, task_prerun, worker_before_create_process
from django.db import connection

from tests.tthc_portal.test_database import end_this_session
from tthc_portal.celery import app

_LOAD = """
import sys
from tthc_portal.celery import {app}
{app}.loader.import_default_modules()
print(*(name for name in sys.argv[1:] if name in sys.modules))
"""
ASKED = ("reporting.counting", "weasyprint", "openpyxl", "tthc_portal.urls", "rest_framework.views")


class Task:
    """One that a worker runs."""

    request = SimpleNamespace(is_eager=False)


def loaded_by(app: str) -> list[str]:
    """Which of the modules a worker of this application loads."""
    command = [sys.executable, "-c", _LOAD.format(app=app), *ASKED]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.split()


def test_a_worker_loads_what_tasks_need_and_no_page():
    assert loaded_by("app") == ["reporting.counting", "weasyprint", "openpyxl"]


def test_the_worker_that_only_counts_loads_no_other_task():
    assert loaded_by("counting") == ["reporting.counting"]


def test_what_is_loaded_before_the_fork_is_left_to_be_shared():
    try:
        worker_before_create_process.send(sender=None)
        assert gc.get_freeze_count() > 100_000
    finally:
        gc.unfreeze()


@pytest.mark.django_db(transaction=True)
def test_tasks_keep_their_connection_until_it_is_lost():
    connection.ensure_connection()
    kept = connection.connection
    around_task(lambda: None)
    assert connection.connection is kept

    end_this_session()
    around_task(lambda: connection.cursor().execute("SELECT 1"))

    assert connection.connection is not kept


def around_task(work) -> None:
    """As the worker does it: Celery's own hand on the connection, then ours."""
    fixup = DjangoWorkerFixup(app)
    fixup.on_task_prerun(sender=Task)
    task_prerun.send(sender=Task, task=Task)
    work()
    fixup.on_task_postrun(sender=Task)
    task_postrun.send(sender=Task, task=Task)
