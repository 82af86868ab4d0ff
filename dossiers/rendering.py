"""Draws the printed forms as PDF, in workers only."""

from datetime import datetime


def render(*, form_id: int, at: datetime) -> None:
    """Draw one ordered form, unless it is drawn already."""


def render_waiting(*, at: datetime) -> int:
    """Draw forms whose wake-up was lost."""
    return 0
