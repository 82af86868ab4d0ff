"""The vocabulary of reading what agencies offered, and what people had printed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from dossiers.querysets import Sight
from organizations.models import ServiceCounter
from reporting.statuses import OPEN_FINDINGS

# What a row of findings shows.
_SHOWN = (
    "kind",
    "status",
    "since",
    "subject",
    "reason",
    "opened_at",
    "handled_at",
    "closed_at",
    "agency__name",
    "agency__short_name",
    "counter__name",
    "dossier__code",
    "dossier__status",
    "dossier__version__name",
    "other__code",
    "handled_by__full_name",
)

if TYPE_CHECKING:
    from organizations.models import User


class OfferedServiceQuerySet(models.QuerySet[Any]):
    """Thủ tục thuộc thẩm quyền."""

    def known_at(self, moment: datetime) -> OfferedServiceQuerySet:
        """What was offered just before a moment, of procedures that were in force then."""
        return self.filter(
            Q(until__isnull=True) | Q(until__gte=moment),
            Q(procedure__retired_at__isnull=True) | Q(procedure__retired_at__gte=moment),
            since__lt=moment,
            procedure__current_version__isnull=False,
        )


class PrintOrderQuerySet(models.QuerySet[Any]):
    """Bản in PDF."""

    def visible_to(self, user: User) -> PrintOrderQuerySet:
        """A print is its person's alone."""
        return self.filter(asked_by=user)

    def unfinished(self) -> PrintOrderQuerySet:
        """Neither drawn nor given up."""
        return self.filter(finished_at__isnull=True)


class QualityFindingQuerySet(models.QuerySet[Any]):
    """Dấu hiệu dữ liệu cần xem lại."""

    def visible_to(self, user: User) -> QualityFindingQuerySet:
        """Those of the dossiers that the person may see, and of their own counters."""
        sight = Sight.of(user)
        if sight.is_whole:
            return self.all()
        return self.filter(Q(agency__in=sight.agencies) | Q(counter__in=sight.counters))

    def open(self) -> QualityFindingQuerySet:
        """Somebody still has to look."""
        return self.filter(status__in=OPEN_FINDINGS)

    def for_list(self) -> QualityFindingQuerySet:
        """With what a row shows, in one query, without the long texts of a version."""
        return self.select_related(
            "agency", "counter", "dossier__version", "other", "handled_by"
        ).only(*_SHOWN)


class CampaignQuerySet(models.QuerySet[Any]):
    """Đợt làm sạch dữ liệu."""

    def visible_to(self, user: User) -> CampaignQuerySet:
        """All for those who see everything, otherwise those of the person's agencies."""
        sight = Sight.of(user)
        if sight.is_whole:
            return self.all()
        kept_by = ServiceCounter.objects.filter(pk__in=sight.counters).values("agency")
        theirs = Q(agencies__in=sight.agencies) | Q(agencies__in=kept_by)
        return self.filter(pk__in=self.filter(theirs).values("pk"))

    def running(self) -> CampaignQuerySet:
        """Not closed yet."""
        return self.filter(closed_at__isnull=True)
