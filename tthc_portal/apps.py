"""The project as an app: registers the system checks."""

from django.apps import AppConfig

from tthc_portal import checks


class PortalConfig(AppConfig):
    name = "tthc_portal"
    verbose_name = "Cổng một cửa"

    def ready(self) -> None:
        checks.register_checks()
