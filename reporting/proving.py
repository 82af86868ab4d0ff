"""Proves that the tallies say what the facts say."""

from datetime import datetime

from reporting import tallies


def first_difference(*, at: datetime) -> str | None:
    """Where the tallies differ from the facts, in words; None when they are equal."""
    return tallies.first_difference()
