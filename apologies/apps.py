"""Letters of apology with a new appointed day, and the ladder of warnings before them."""

from django.apps import AppConfig


class ApologiesConfig(AppConfig):
    """Xin lỗi và hẹn lại."""

    name = "apologies"
    verbose_name = "Xin lỗi và hẹn lại"
