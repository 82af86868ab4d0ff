"""Reads everything, writes nothing but tallies and snapshots."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Chỉ số và báo cáo."""

    name = "reporting"
    verbose_name = "Chỉ số và báo cáo"
