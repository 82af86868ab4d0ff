"""Work between agencies: consultations, and whose hands the papers are in."""

from django.apps import AppConfig


class LiaisonConfig(AppConfig):
    """Liên thông."""

    name = "liaison"
    verbose_name = "Liên thông"
