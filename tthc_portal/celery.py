"""The Celery application: workers run documents and sweeps, beat rings the bell."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tthc_portal.settings")

app = Celery("tthc_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
