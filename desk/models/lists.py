"""What a person has of their own about lists: their filters and columns, and what they saw last."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from dossiers.models import Dossier
from organizations.models import User


class ListSettings(models.Model):
    """Tùy chọn danh sách: saved filters by name, and the columns added to the usual ones."""

    user = models.OneToOneField(User, models.CASCADE, related_name="list_settings")
    columns = ArrayField(models.CharField(max_length=30), default=list, verbose_name="cột thêm")
    # Name and address of each, in the order of saving.
    filters = models.JSONField("bộ lọc đã lưu", default=list)

    class Meta:
        verbose_name = "tùy chọn danh sách"

    def __str__(self) -> str:
        return f"Danh sách của {self.user_id}"


class Look(models.Model):
    """Lần xem: how much of a dossier's history its reader has seen."""

    user = models.ForeignKey(User, models.CASCADE, db_index=False, related_name="looks")
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="looks")
    seen = models.PositiveIntegerField("số sự kiện đã thấy")
    looked_at = models.DateTimeField("xem lúc")

    class Meta:
        verbose_name = "lần xem"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "dossier"],
                name="look_once_for_dossier",
                violation_error_message="Lần xem này đã được ghi.",
            ),
        ]
        indexes = [
            # For tasks.forget_old_looks.
            models.Index("looked_at", name="look_looked"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.dossier_id}"
