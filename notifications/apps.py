"""Messages to people: knows addresses, not dossiers."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Thông báo."""

    name = "notifications"
    verbose_name = "Thông báo"
