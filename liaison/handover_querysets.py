"""The vocabulary of reading handovers: who sees which, what is on the way, where papers are."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Q

from liaison.places import own_agency_ids
from organizations.roles import Role

if TYPE_CHECKING:
    from organizations.models import User

_PLACES = ("from_counter__agency", "from_agency", "to_counter__agency", "to_agency")


class HandoverBatchQuerySet(models.QuerySet[Any]):
    """Biên bản bàn giao."""

    def visible_to(self, user: User) -> HandoverBatchQuerySet:
        """Both sides see a batch, and who watches over an agency of either side."""
        if user.sees_everything:
            return self.all()
        counters = user.counter_ids
        agencies = user.agency_ids_for(Role.OFFICER, Role.HEAD, Role.SUPERVISOR)
        return self.filter(
            Q(from_counter__in=counters)
            | Q(to_counter__in=counters)
            | Q(from_agency__in=agencies)
            | Q(to_agency__in=agencies)
        )

    def on_the_way(self) -> HandoverBatchQuerySet:
        """Something of it is still to be confirmed."""
        return self.filter(settled_at__isnull=True)

    def too_long(self, *, at: datetime) -> HandoverBatchQuerySet:
        """On the way after the moment by which it should have arrived."""
        return self.on_the_way().filter(expected_by__lt=at)

    def to_confirm_by(self, user: User) -> HandoverBatchQuerySet:
        """On the way to the person's own counter or agency."""
        own: HandoverBatchQuerySet = self.on_the_way().filter(
            Q(to_counter__in=user.counter_ids) | Q(to_agency__in=own_agency_ids(user))
        )
        return own

    def for_list(self) -> HandoverBatchQuerySet:
        """With both places, the giver, and how many dossiers, in one query."""
        listed: HandoverBatchQuerySet = self.for_page().annotate(
            total=Count("items"), waiting=Count("items", filter=Q(items__outcome=""))
        )
        return listed

    def for_page(self) -> HandoverBatchQuerySet:
        """With everything that its page names, in one query."""
        return self.select_related(*_PLACES, "given_by")


class HandoverItemQuerySet(models.QuerySet[Any]):
    """Hồ sơ bàn giao."""

    def pending(self) -> HandoverItemQuerySet:
        """On the way."""
        return self.filter(outcome="")

    def with_places(self) -> HandoverItemQuerySet:
        """With the batch and both its places, in one query."""
        return self.select_related(*(f"batch__{name}" for name in _PLACES))
