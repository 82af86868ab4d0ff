"""Registers the app with Django."""

from django.apps import AppConfig


class WorkdaysConfig(AppConfig):
    """Ngày làm việc."""

    name = "workdays"
    verbose_name = "Ngày làm việc"
