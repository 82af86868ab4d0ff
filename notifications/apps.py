"""Registers the app with Django."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Thông báo."""

    name = "notifications"
    verbose_name = "Thông báo"
