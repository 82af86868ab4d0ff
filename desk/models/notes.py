"""Internal notes on a dossier, and who is named in them; they are no acts and change nothing."""

from django.db import models
from django.db.models import F, Q

from desk.querysets import MentionQuerySet
from dossiers.models import Dossier
from organizations.models import User


class Note(models.Model):
    """Ghi chú nội bộ: seen by whoever may see the dossier, never by citizens; not changed later."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, db_index=False, related_name="notes")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.CharField("nội dung", max_length=2000)
    written_at = models.DateTimeField("viết lúc")

    class Meta:
        verbose_name = "ghi chú nội bộ"
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="note_says_something",
                violation_error_message="Hãy viết nội dung ghi chú.",
            ),
        ]
        indexes = [
            # The page of a dossier, the latest first.
            models.Index("dossier", F("id").desc(), name="note_of_dossier"),
        ]

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:40]}"


class Mention(models.Model):
    """Nhắc tên: one person named in a note."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="mentions")
    user = models.ForeignKey(User, models.PROTECT, db_index=False, related_name="mentions")
    read_at = models.DateTimeField("đọc lúc", null=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = "nhắc tên"
        constraints = [
            models.UniqueConstraint(
                fields=["note", "user"],
                name="mention_once_in_note",
                violation_error_message="Mỗi người chỉ được nhắc một lần trong một ghi chú.",
            ),
        ]
        indexes = [
            # The inbox, the latest first; the count beside it.
            models.Index("user", F("id").desc(), name="mention_of_user"),
            models.Index("user", name="mention_unread", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"@{self.user.username}"
