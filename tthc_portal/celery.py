"""The Celery application: workers run documents and sweeps, beat rings the bell."""

import gc
import os
from logging.config import dictConfig

from celery import Celery
from celery.signals import (
    setup_logging,
    task_postrun,
    task_prerun,
    worker_before_create_process,
)
from django.conf import settings
from django.db import close_old_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tthc_portal.settings")
# Celery would have every worker load all pages and the API for checks whose answers it throws
# away; `migrate` asks them before a worker starts.
os.environ.setdefault("CELERY_SKIP_CHECKS", "true")

app = Celery("tthc_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Of the worker that only counts (-A tthc_portal.celery:counting): it loads the one task of its
# queue, and so neither PDF engine nor workbooks, for which it has no use.
counting = Celery("tthc_portal", include=["reporting.counting"], set_as_current=False)
counting.config_from_object("django.conf:settings", namespace="CELERY")


@setup_logging.connect
def _log_as_the_portal(**_: object) -> None:
    """Celery would write what failed tasks say in its own manner, personal data included."""
    dictConfig(settings.LOGGING)


@task_prerun.connect
@task_postrun.connect
def _prove_connections(**signal: object) -> None:
    """As around a request: the connection is kept, a lost or old one is let go."""
    if not signal["task"].request.is_eager:  # type: ignore[attr-defined]
        close_old_connections()


@worker_before_create_process.connect
def _share_memory(**_: object) -> None:
    """What is loaded by now stays shared: a collector that walks over it would copy it."""
    gc.collect()
    gc.freeze()
