"""Ratings and petitions from citizens."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """Đánh giá, phản ánh."""

    name = "feedback"
    verbose_name = "Đánh giá, phản ánh"
