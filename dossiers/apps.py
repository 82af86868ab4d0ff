"""Registers the app with Django."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """Hồ sơ."""

    name = "dossiers"
    verbose_name = "Hồ sơ"
