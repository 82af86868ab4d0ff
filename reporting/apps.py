"""Registers the app with Django."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Báo cáo."""

    name = "reporting"
    verbose_name = "Báo cáo"
