"""The ledger's rows: events, their daily seals, and the numbers given to dossiers."""

from django.db import models
from django.db.models import F, Q

from dossiers.models.dossier import Dossier
from dossiers.querysets import EventQuerySet
from dossiers.statuses import EventKind
from organizations.models import Agency, User


class DossierEvent(models.Model):
    """Sự kiện: one line of the ledger, written by `ledger.append` alone, never changed."""

    # Found by the index of its sequence.
    dossier = models.ForeignKey(Dossier, models.PROTECT, db_index=False, related_name="events")
    sequence = models.PositiveIntegerField()
    kind = models.CharField("sự kiện", max_length=24, choices=EventKind)
    at = models.DateTimeField("xảy ra lúc")
    recorded_at = models.DateTimeField("ghi lúc")
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # As it was then: a name may change, the ledger may not.
    actor_name = models.CharField("người thực hiện", max_length=120)
    from_status = models.CharField(max_length=20, blank=True)
    to_status = models.CharField(max_length=20)
    reason = models.TextField("lý do", blank=True)
    data = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "sự kiện"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "sequence"],
                name="event_sequence_unique_in_dossier",
                violation_error_message="Hồ sơ vừa được người khác cập nhật. Hãy tải lại trang.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=EventKind.values),
                name="event_kind_is_known",
                violation_error_message="Loại sự kiện không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(recorded_at__gte=F("at")),
                name="event_recorded_after_it_happened",
                violation_error_message="Sự kiện không thể được ghi trước khi xảy ra.",
            ),
        ]
        indexes = [
            # ledger.seal and verify_ledger walk a day's events in order.
            models.Index("recorded_at", "id", name="event_recorded"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.sequence}"


class LedgerSeal(models.Model):
    """Niêm phong ngày: a digest over all events that were recorded on one day."""

    day = models.DateField("ngày", unique=True)
    event_count = models.PositiveIntegerField("số sự kiện")
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField("niêm phong lúc")

    class Meta:
        verbose_name = "niêm phong ngày"

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"


class CodeCounter(models.Model):
    """Bộ đếm mã hồ sơ: the last number given out by one agency on one day."""

    agency = models.ForeignKey(Agency, models.PROTECT)
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "day"],
                name="code_counter_unique_for_agency_and_day",
                violation_error_message="Mỗi cơ quan chỉ có một bộ đếm mã hồ sơ trong một ngày.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.day:%d/%m/%Y}: {self.last}"
