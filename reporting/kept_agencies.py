"""Keeps the agencies while none of them changes: pages of figures name all of them."""

from functools import lru_cache

from organizations.models import Agency

_STATES_KEPT = 2


@lru_cache(maxsize=_STATES_KEPT)
def of(state: str) -> tuple[Agency, ...]:
    """All agencies in their order; `state` is how the rows stood just before (`standing.read`)."""
    return tuple(Agency.objects.in_order())
