"""Logs tell what failed and where, and nothing of the people whose data it failed on."""

import logging
import subprocess
import sys
from io import StringIO

import pytest
from celery import current_app
from django.db import IntegrityError, connection, transaction

from tthc_portal import logs

CITIZEN = "Nguyễn Thị Đào"


@pytest.fixture
def written():
    """What the portal's own formatter writes of the loggers of this test."""
    facts = logs.configured("INFO")["formatters"]["line"]
    handler = logging.StreamHandler(StringIO())
    handler.setFormatter(logs.DiscreetFormatter(facts["format"], style=facts["style"]))
    watched = [logging.getLogger("portal.test"), logging.getLogger("celery.app.trace")]
    for logger in watched:
        logger.addHandler(handler)
    yield handler.stream
    for logger in watched:
        logger.removeHandler(handler)


def break_a_constraint(name):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE citizen (name text CONSTRAINT nobody CHECK (false))")
        cursor.execute("INSERT INTO citizen VALUES (%s)", [name])


@pytest.mark.django_db
def test_a_refused_row_is_named_by_its_constraint_alone(written):
    with pytest.raises(IntegrityError, match=CITIZEN) as refused, transaction.atomic():
        break_a_constraint(CITIZEN)

    logging.getLogger("portal.test").error("Import %s failed", 7, exc_info=refused.value)

    told = written.getvalue()
    assert CITIZEN not in told
    assert "ERROR portal.test Import 7 failed" in told
    assert "CheckViolation 23514 nobody\n" in told
    assert told.endswith("IntegrityError\n")
    assert "in break_a_constraint" in told


@pytest.mark.parametrize("is_caused", [True, False])
def test_an_error_while_another_is_handled_tells_of_both(written, is_caused):
    try:
        try:
            raise KeyError(CITIZEN)
        except KeyError as first:
            raise ValueError(CITIZEN) from (first if is_caused else None)
    except ValueError:
        logging.getLogger("portal.test").exception("Failed")

    assert ("KeyError" in written.getvalue()) == is_caused
    assert "ValueError" in written.getvalue()
    assert CITIZEN not in written.getvalue()


def test_a_failed_task_is_told_without_its_words(written):
    @current_app.task(name="tests.fails")
    def fails():
        raise ValueError(CITIZEN)

    fails.apply(throw=False)

    assert "Task tests.fails[" in written.getvalue()
    assert "raised unexpected: ValueError" in written.getvalue()
    assert CITIZEN not in written.getvalue()


def test_the_program_of_celery_writes_as_the_portal_does():
    code = (
        "import logging; from tthc_portal.celery import app;"
        "app.log.setup_logging_subsystem(loglevel='INFO');"
        "print(*(type(each.formatter).__name__ for each in logging.getLogger().handlers))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert done.stdout.split() == ["DiscreetFormatter"]
