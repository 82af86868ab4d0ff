"""Registers the app with Django."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """Tổ chức."""

    name = "organizations"
    verbose_name = "Tổ chức"
