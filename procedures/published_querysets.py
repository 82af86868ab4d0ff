"""The vocabulary of reading decisions: dated in a period, in time, made public, waiting."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

if TYPE_CHECKING:
    from procedures.models import Decision, DecisionItem  # noqa: F401

_PUBLISHED_LATE = Q(decision__issued_date__gt=F("publish_by"))
_PUBLIC_IN_TIME = Q(made_public_at__date__lte=F("public_by"))


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Quyết định công bố."""

    def recorded(self) -> Self:
        """Entered here with its dates; not only cited by the national catalogue."""
        return self.exclude(level="")

    def with_counts(self, *, today: date) -> Self:
        """With `total`, `made_public`, `published_late` and `public_late`: numbers of items."""
        late = Q(items__made_public_at__isnull=True, items__public_by__lt=today) | Q(
            items__made_public_at__date__gt=F("items__public_by")
        )
        return self.annotate(
            total=Count("items"),
            made_public=Count("items", Q(items__made_public_at__isnull=False)),
            published_late=Count("items", Q(issued_date__gt=F("items__publish_by"))),
            public_late=Count("items", late),
        )

    def waiting_to_be_public(self) -> Self:
        """Those with a procedure that nobody has made public."""
        # Apart from the query that counts, whose join must see every item.
        waiting = self.model._default_manager.filter(
            items__isnull=False, items__made_public_at__isnull=True
        )
        return self.filter(pk__in=waiting.values("pk"))

    def latest_first(self) -> Self:
        """The latest signed first."""
        return self.order_by(F("issued_date").desc(nulls_last=True), "-id")


class DecisionItemQuerySet(models.QuerySet["DecisionItem"]):
    """Thủ tục trong quyết định công bố."""

    def dated_within(self, since: date, until: date) -> Self:
        """Of decisions signed from `since` until the day before `until`."""
        return self.filter(decision__issued_date__gte=since, decision__issued_date__lt=until)

    def published_on_time(self) -> Self:
        """Signed on the last day or before it (NĐ 63/2010 Đ15; indicator 1.1)."""
        return self.exclude(_PUBLISHED_LATE)

    def published_late(self) -> Self:
        """Signed after the last day."""
        return self.filter(_PUBLISHED_LATE)

    def to_be_public_within(self, since: date, until: date) -> Self:
        """Made public in the period, or to be made public in it: the whole of indicator 1.2."""
        day = TruncDate("made_public_at")
        return self.annotate(public_date=day).filter(
            Q(public_date__gte=since, public_date__lt=until)
            | Q(public_by__gte=since, public_by__lt=until)
        )

    def made_public_on_time(self) -> Self:
        """Made public on the last day or before it (NĐ 63/2010 Đ24(2); indicator 1.2)."""
        return self.filter(_PUBLIC_IN_TIME)

    def not_yet_public(self) -> Self:
        """Nobody has made them public."""
        return self.filter(made_public_at__isnull=True)

    def with_lateness(self, *, today: date) -> Self:
        """With `was_published_late` and `is_public_late`, as they stand today."""
        waiting_too_long = Q(made_public_at__isnull=True, public_by__lt=today)
        return self.annotate(
            was_published_late=models.ExpressionWrapper(
                _PUBLISHED_LATE, output_field=models.BooleanField()
            ),
            is_public_late=models.ExpressionWrapper(
                waiting_too_long
                | Q(made_public_at__isnull=False, made_public_at__date__gt=F("public_by")),
                output_field=models.BooleanField(),
            ),
        )

    def waiting_on(self, day: date) -> Self:
        """Not yet in force, though their day has come."""
        return self.filter(applied_at__isnull=True, applies_from__lte=day)
