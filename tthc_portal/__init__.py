"""The project: wires the apps together and holds no rules."""

from tthc_portal.celery import app as celery_app

__all__ = ["celery_app"]
