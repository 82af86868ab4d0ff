"""What old systems leave behind: their exports, taken over row by row."""

from django.apps import AppConfig


class LegacyConfig(AppConfig):
    """Dữ liệu từ hệ thống cũ."""

    name = "legacy"
    verbose_name = "Dữ liệu từ hệ thống cũ"
