"""What helps people do the acts of a dossier all day: bulk, saved lists, drafts, exports."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Bàn làm việc."""

    name = "desk"
    verbose_name = "Bàn làm việc"
