"""Registers the app with Django."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    """Danh mục thủ tục."""

    name = "procedures"
    verbose_name = "Danh mục thủ tục"
